"""What makes the pages a pleasure, or possible at all: keyboard, light and dark, languages, two windows."""

from collections.abc import Callable

import pytest

from tests.browser.conftest import Reader
from tests.browser.pages.entrance import Entrance
from tests.browser.site import Site
from tests.browser.visitor import Visitor
from tests.factories import PASSWORD, a_buyer, a_complete_response, a_draft, a_published_brief, an_agency, built

pytestmark = pytest.mark.browser
FRENCH, ENGLISH = Reader("fr", "light"), Reader("en", "light")


def focus_ring(visitor: Visitor) -> str:
    """The width and style of the outline on what has the focus."""
    ring: str = visitor.page.evaluate("""() => {
      const style = getComputedStyle(document.activeElement);
      return `${style.outlineWidth} ${style.outlineStyle}`;
    }""")
    return ring


def focused(visitor: Visitor) -> str:
    """The name, or else the address or class, of what has the focus."""
    name: str = visitor.page.evaluate(
        "() => { const e = document.activeElement; return e.name || e.getAttribute('href') || e.className; }"
    )
    return name


def test_sign_in_by_keyboard_alone(site: Site, window: Callable[..., Visitor]) -> None:
    with built(site.app):
        a_buyer(email="olga@example.org")
    visitor = window(ENGLISH)
    keyboard = visitor.page.keyboard
    visitor.open("/sign-in")

    keyboard.press("Tab")
    assert focused(visitor) == "#content"
    assert visitor.page.locator(".skip").bounding_box()["y"] >= 0
    assert focus_ring(visitor) == "3px solid"
    keyboard.press("Enter")
    keyboard.press("Tab")
    assert focused(visitor) == "email"
    assert focus_ring(visitor) == "3px solid"
    keyboard.type("olga@example.org")
    keyboard.press("Tab")
    assert focused(visitor) == "password"
    keyboard.type(PASSWORD)
    with visitor.page.expect_navigation():
        keyboard.press("Enter")

    visitor.settle()
    assert visitor.path == "/briefs"


def test_submit_by_keyboard_alone(site: Site, window: Callable[..., Visitor]) -> None:
    with built(site.app):
        agency = an_agency(email="paula@example.org")
        response = a_complete_response(agency, a_published_brief(a_buyer()))
    path = f"/responses/{response.public_id}"
    visitor = window(ENGLISH)
    Entrance(visitor, site).sign_in("paula@example.org", path=f"{path}/check")
    keyboard = visitor.page.keyboard

    for _stop in range(visitor.page.locator("a[href], button, input, [tabindex]").count()):
        keyboard.press("Tab")
        if focused(visitor) == "declared":
            break
    assert focus_ring(visitor) == "3px solid"
    keyboard.press("Space")
    keyboard.press("Tab")
    with visitor.page.expect_navigation():
        keyboard.press("Enter")

    visitor.settle()
    assert visitor.path == f"{path}/receipts/1"


def test_everything_on_a_page_can_be_reached_and_seen_by_keyboard(site: Site, window: Callable[..., Visitor]) -> None:
    visitor = window(ENGLISH)
    visitor.open("/sign-up")
    wanted = visitor.page.locator("a[href], button, input:not([type=hidden]):not([type=radio])").count() + 1

    rings = set()
    for _stop in range(wanted):  # the radio buttons are one stop
        visitor.page.keyboard.press("Tab")
        rings.add(focus_ring(visitor))
    last = focused(visitor)

    assert rings == {"3px solid"}
    assert last == "language"


def test_light_and_dark_are_chosen_and_remembered(window: Callable[..., Visitor]) -> None:
    visitor = window(ENGLISH)
    visitor.open("/")
    root = visitor.page.locator("html")

    assert root.get_attribute("data-bs-theme") == "light"
    visitor.page.click("[data-theme-toggle]")
    assert root.get_attribute("data-bs-theme") == "dark"
    visitor.open("/open")

    assert root.get_attribute("data-bs-theme") == "dark"


def test_the_browsers_language_is_followed_and_can_be_switched(window: Callable[..., Visitor]) -> None:
    visitor = window(FRENCH)
    visitor.open("/open?page=1")

    visitor.language = "en"
    visitor.press('.foot button[name="language"]')

    assert visitor.path == "/open?page=1"
    visitor.open("/sign-in")


def test_an_account_keeps_its_language_whatever_the_browser_says(site: Site, window: Callable[..., Visitor]) -> None:
    with built(site.app):
        a_buyer(email="olga@example.org", language="fr")
    visitor = window(ENGLISH)
    visitor.open("/sign-in")
    visitor.page.fill('[name="email"]', "olga@example.org")
    visitor.page.fill('[name="password"]', PASSWORD)
    visitor.language = "fr"

    visitor.press("main form button[type=submit]")

    assert visitor.path == "/briefs"


def test_a_stale_edit_is_refused_and_shows_both_versions(
    site: Site, reader: Reader, window: Callable[..., Visitor]
) -> None:
    with built(site.app):
        brief = a_draft(a_buyer(email="olga@example.org", language=reader.language), language=reader.language)
    visitor = window(reader)
    Entrance(visitor, site).sign_in("olga@example.org")
    path = f"/briefs/{brief.public_id}/sections/why-strategy"
    visitor.open(path)
    other = Visitor(visitor.page.context.new_page(), reader.language)
    other.open(path)

    visitor.page.fill('[name="trigger"]', "First window.")
    visitor.press('[name="then"][value="stay"]')
    other.page.fill('[name="trigger"]', "Second window.")
    other.press('[name="then"][value="stay"]', status=409)

    versions = other.page.locator(".versions pre").all_inner_texts()
    assert versions == ["First window.", "Second window."]
    assert other.page.input_value('[name="trigger"]') == "Second window."
    other.press('[name="then"][value="stay"]')
    assert other.page.input_value('[name="trigger"]') == "Second window."


def test_leaving_unsaved_words_is_asked_about(site: Site, window: Callable[..., Visitor]) -> None:
    with built(site.app):
        brief = a_draft(a_buyer(email="olga@example.org"))
    visitor = window(ENGLISH)
    Entrance(visitor, site).sign_in("olga@example.org")
    visitor.open(f"/briefs/{brief.public_id}/sections/why-strategy")
    visitor.page.locator('[name="trigger"]').press_sequentially("Words")

    visitor.press("header .brand")

    assert visitor.asked == ["beforeunload"]
    assert visitor.path == "/briefs"


def test_pages_obey_their_own_policy(site: Site, window: Callable[..., Visitor]) -> None:
    """With the policy on, nothing on a page is refused by it: no inline script or style, no outside address."""
    with built(site.app):
        brief = a_draft(a_buyer(email="olga@example.org"))
    visitor = window(ENGLISH, bypass_csp=False)
    page = visitor.page
    page.goto("/sign-in")
    page.fill('[name="email"]', "olga@example.org")
    page.fill('[name="password"]', PASSWORD)
    page.click("main form button[type=submit]")
    page.wait_for_url("**/briefs")

    for path in ["", "/details", "/sections/provider-role", "/grid", "/timetable", "/preview", "/publish", "/record"]:
        page.goto(f"/briefs/{brief.public_id}{path}")
        page.click("[data-theme-toggle]")

    assert visitor.errors == []
