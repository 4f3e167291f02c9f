"""An agency signs up from a brief's page, answers it, submits, replaces, withdraws, and is refused after the deadline."""

import hashlib
import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask_babel import force_locale

from rfp.briefs.models import Brief
from rfp.i18n import instant
from rfp.responses.models import Submission
from rfp.responses.services import canonical
from tests.browser.conftest import Reader
from tests.browser.pages.entrance import Entrance
from tests.browser.pages.response import ResponsePages
from tests.browser.site import Site
from tests.browser.visitor import Visitor
from tests.documents.samples import pdf
from tests.factories import a_buyer, a_published_brief, a_submission, an_agency, built

pytestmark = pytest.mark.browser
EMAIL = "paula@example.org"
PRICE = {"fr": "1 234,50", "en": "1,234.50"}


def come_in(visitor: Visitor, site: Site, brief: Brief) -> ResponsePages:
    """From the list of open briefs, by way of an account, to a response just started."""
    path = f"/open/{brief.public_id}"
    visitor.open("/open")
    visitor.follow(path)
    visitor.follow("/sign-up?kind=agency")
    assert visitor.page.is_checked('[name="kind"][value="agency"]')
    entrance = Entrance(visitor, site)
    entrance.fill_sign_up(kind="agency", organisation="Sample Studio", name="Paula Provider", email=EMAIL)
    entrance.send()
    entrance.open_mailed_link(EMAIL)
    entrance.choose_password()
    assert visitor.path == "/responses"
    response = ResponsePages(visitor)
    response.start(path)
    return response


def answer(response: ResponsePages, language: str) -> None:
    """Every section; the first saves by itself, the price is typed as people of that language type it."""
    page = response.page
    sections = response.sections()
    response.visitor.open(sections[0])
    before = page.locator("#save-state").inner_text()
    after = response.write_and_wait("need-reworded", "You want to be heard.")
    assert (after != before, bool(re.search(r"\d\d", after))) == (True, True)
    response.visitor.open(sections[0])
    assert page.input_value('[name="need-reworded"]') == "You want to be heard."
    for path in sections[:-1]:
        assert response.visitor.path == path
        response.answer_section()
    page.fill('[name="total-price"]', "a fair price")
    response.save(status=422)
    assert "a fair price" in page.locator("#total-price-error-1").inner_text()
    page.fill('[name="total-price"]', PRICE[language])
    response.answer_section()
    assert response.visitor.path == response.path


def tick_requirements(response: ResponsePages) -> None:
    """All are met."""
    response.open("requirements")
    for yes in response.page.locator('[name^="met-"][value="yes"]').all():
        yes.check()
    response.save()


def add_documents(response: ResponsePages, files: dict[str, bytes]) -> None:
    """A PDF that is none is refused beside its place; the true ones go in."""
    response.open("documents")
    slots = response.slots()
    response.put(slots[0], ("pretender.pdf", b"just words"), status=422)
    refused = response.page.locator(f'[id="{slots[0]}"] .field-error')
    assert refused.inner_text() != ""
    for slot in slots:
        name = f"{slot.partition(':')[2]}.pdf"
        files[name] = pdf(slot)
        response.put(slot, (name, files[name]))


def check_receipt(response: ResponsePages, number: int, files: dict[str, bytes]) -> dict[str, Any]:
    """The receipt's page and its JSON say the same, and its digests are those of what was sent."""
    page = response.page
    assert response.visitor.path == f"{response.path}/receipts/{number}"
    shown = page.locator("code").all_inner_texts()
    receipt: dict[str, Any] = json.loads(response.visitor.download(f"{response.path}/receipts/{number}.json"))
    digests = {item["name"]: item["sha256"] for item in receipt["content"]["files"]}
    assert digests == {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    whole = hashlib.sha256(canonical(receipt["content"])).hexdigest()
    assert (receipt["sha256"], shown[0]) == (whole, whole)
    assert sorted(shown[1:]) == sorted(digests.values())
    return receipt


def test_register_and_submit(site: Site, reader: Reader, window: Callable[..., Visitor]) -> None:
    with built(site.app):
        deadline = site.now + timedelta(hours=3)
        brief = a_published_brief(a_buyer(), language=reader.language, deadline=deadline)
    visitor = window(reader)
    response = come_in(visitor, site, brief)
    files: dict[str, bytes] = {}

    response.open("check")
    missing_at_first = response.missing()
    answer(response, reader.language)
    tick_requirements(response)
    add_documents(response, files)
    response.open("check")
    visitor.press(f'form[action="{response.path}/submit"] button', status=422)
    response.submit()
    receipt = check_receipt(response, 1, files)

    assert missing_at_first > 20
    assert receipt["content"]["price"] == "1234.50"
    assert receipt["sha256"] in site.mails_to(EMAIL)[-1].get_content()


@pytest.fixture
def submission(site: Site, reader: Reader) -> Submission:
    """The first of an agency, three hours before the deadline."""
    with built(site.app):
        brief = a_published_brief(a_buyer(), language=reader.language, deadline=site.now + timedelta(hours=3))
        return a_submission(an_agency(email=EMAIL, language=reader.language), brief)


@pytest.fixture
def response(site: Site, reader: Reader, window: Callable[..., Visitor], submission: Submission) -> ResponsePages:
    """The pages of that submission's response, its agency signed in."""
    pages = ResponsePages(window(reader))
    Entrance(pages.visitor, site).sign_in(EMAIL, path="/responses")
    pages.path = f"/responses/{submission.response.public_id}"
    return pages


def test_replace_and_withdraw(response: ResponsePages, submission: Submission) -> None:
    visitor, path = response.visitor, response.path
    visitor.follow(path)
    assert visitor.page.locator(".callout-success p").count() == 2

    visitor.open(response.sections()[0])
    visitor.page.fill('[name="need-reworded"]', "Better said.")
    response.save()
    response.open()
    assert visitor.page.locator(".callout-success p").count() == 3
    response.open("check")
    response.submit()
    assert visitor.path == f"{path}/receipts/2"
    assert visitor.page.locator("code").first.inner_text() != submission.sha256
    response.open()
    visitor.press(f'form[action="{path}/withdraw"] button')
    assert len(visitor.asked) == 1
    assert not visitor.has(f'form[action="{path}/withdraw"]')
    response.open("check")
    response.submit()

    assert visitor.path == f"{path}/receipts/3"


def test_too_late(site: Site, reader: Reader, response: ResponsePages, submission: Submission) -> None:
    brief, page = submission.response.brief, response.page
    response.open("check")
    page.check('[name="declared"]')
    site.wait_until(brief.deadline_at)

    response.submit(status=409)

    with site.app.test_request_context(), force_locale(reader.language):
        rule = instant(brief.deadline_at, brief.zone)
    assert rule in page.locator("main .lead").inner_text()
    response.open()
    assert not response.visitor.has(f'a[href="{response.path}/check"].btn')
    response.visitor.open(response.sections()[0])
    assert not response.visitor.has("main form button[type=submit]")
