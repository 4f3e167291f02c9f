"""A buyer signs up, writes a brief from the template, and publishes it."""

from collections.abc import Callable

import pytest

from tests.browser.conftest import Reader
from tests.browser.pages.brief import BriefPages
from tests.browser.pages.entrance import Entrance
from tests.browser.site import Site
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
TITLE = {"fr": "Une stratégie pour nos réseaux", "en": "A strategy for our networks"}
AMOUNT = {"fr": "42 500,50", "en": "42,500.50"}


def sign_up(visitor: Visitor, site: Site) -> None:
    """By the mailed link, with a mistake at each step."""
    entrance = Entrance(visitor, site)
    visitor.open("/")
    visitor.follow("/sign-up")
    entrance.send(status=422)
    assert visitor.page.locator(".field-error").count() == 4
    entrance.fill_sign_up(kind="buyer", organisation="Exampleville", name="Olga Owner", email="olga@example.org")
    entrance.send()
    entrance.open_mailed_link("olga@example.org")
    entrance.choose_password("short", status=422)
    entrance.choose_password()
    assert visitor.path == "/briefs"


def fill_details(brief: BriefPages, language: str) -> None:
    """A wrong number and too many words are told beside their fields; nothing typed is lost."""
    page = brief.page
    brief.open("details")
    page.fill('[name="reference"]', "EX-2027-04")
    page.fill('[name="summary"]', "word " * 121)
    page.fill('[name="estimate"]', "forty thousand")
    brief.save(status=422)
    assert "forty thousand" in brief.error_beside("estimate")
    assert "121" in brief.error_beside("summary")
    assert page.input_value('[name="estimate"]') == "forty thousand"
    assert page.input_value('[name="summary"]').split() == ["word"] * 121
    assert page.input_value('[name="reference"]') == "EX-2027-04"
    page.fill('[name="summary"]', "What we want, in short.")
    page.fill('[name="estimate"]', AMOUNT[language])
    brief.save()


def fill_sections(brief: BriefPages) -> None:
    """Too long a text is kept as a draft, named as still to do, and mended; then section after section."""
    page = brief.page
    sections = [path for path in brief.tasks() if "/sections/" in path]
    brief.visitor.open(sections[0])
    page.fill('[name="trigger"]', "word " * 151)
    assert page.locator("#trigger-counter.over").inner_text() == "151 / 150"
    brief.visitor.press('[name="then"][value="stay"]')
    assert "151" in page.locator('aside li:has(a[href="#trigger"])').inner_text()
    page.fill('[name="trigger"]', "A short story.")
    for path in sections:
        assert brief.visitor.path == path
        brief.fill_section()
    assert brief.visitor.path == brief.path


def set_grid(brief: BriefPages) -> None:
    """A minimum above its weight is refused; weights that do not make 100 are kept, but not published."""
    brief.open("grid")
    brief.minimum("team_people").fill("99")
    brief.save(status=422)
    assert brief.page.locator('td:has([name="m-team_people"]) .field-error').is_visible()
    brief.minimum("team_people").fill("")
    before = brief.weight("team_people").input_value()
    brief.weight("team_people").fill("1")
    brief.save()
    brief.open("publish")
    assert not brief.visitor.has("main form button")
    brief.open("grid")
    brief.weight("team_people").fill(before)
    brief.save()


def set_timetable(brief: BriefPages) -> None:
    """The dates proposed are shown before they are saved; a deadline in the past is refused."""
    brief.open("timetable")
    assert brief.page.input_value('[name="d-deadline"]') == ""
    brief.visitor.follow(f"{brief.path}/timetable?propose=1")
    proposed = brief.page.input_value('[name="d-deadline"]')
    brief.page.fill('[name="d-deadline"]', "2020-01-01T12:00")
    brief.save(status=422)
    assert brief.error_beside("d-deadline") != ""
    brief.page.fill('[name="d-deadline"]', proposed)
    brief.save()


def test_publish(site: Site, reader: Reader, window: Callable[..., Visitor]) -> None:
    visitor = window(reader)
    sign_up(visitor, site)
    brief = BriefPages(visitor)
    brief.start(TITLE[reader.language], reader.language)
    fill_details(brief, reader.language)
    fill_sections(brief)
    set_grid(brief)
    set_timetable(brief)
    brief.open("questions")
    brief.open("preview")

    brief.open("publish")
    visitor.press("main form button[type=submit]")

    assert len(visitor.asked) == 1
    assert visitor.path == brief.path
    stranger = window(reader)
    stranger.open("/open")
    stranger.follow(brief.path.replace("/briefs/", "/open/"))
    assert stranger.page.locator("h1").inner_text() == TITLE[reader.language]
    brief.open("grid")
    assert not visitor.has('[name^="w-"]')
    brief.open("details")
    assert visitor.path == brief.path  # nothing is left to edit
