"""A buyer opens the responses after the deadline and checks them; two evaluators mark alone and hand in."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from rfp.accounts.models import User
from rfp.briefs.models import Brief
from rfp.vocabulary import Role
from tests.browser.conftest import Reader
from tests.browser.pages.entrance import Entrance
from tests.browser.pages.evaluation import EvaluationPages
from tests.browser.site import Site
from tests.browser.visitor import Visitor
from tests.factories import a_buyer, a_colleague, a_published_brief, a_submission, an_agency, built

pytestmark = pytest.mark.browser
REASON = "The insurance required was not shown."
Enter = Callable[[User], EvaluationPages]


@pytest.fixture
def deadline(site: Site) -> datetime:
    """Of the consultation, three hours away."""
    return site.now + timedelta(hours=3)


@pytest.fixture
def people(site: Site, reader: Reader) -> list[User]:
    """The buyer, and two evaluators of the same organisation."""
    with built(site.app):
        buyer = a_buyer(email="olga@example.org", language=reader.language)
        language = reader.language
        first = a_colleague(buyer, Role.EVALUATOR, name="Ada First", email="ada@example.org", language=language)
        second = a_colleague(buyer, Role.EVALUATOR, name="Ben Second", email="ben@example.org", language=language)
    return [buyer, first, second]


@pytest.fixture
def brief(site: Site, reader: Reader, people: list[User], deadline: datetime) -> Brief:
    """Still open, with three submissions."""
    with built(site.app):
        made = a_published_brief(people[0], language=reader.language, deadline=deadline)
        for number, name in enumerate(["Alpha Agency", "Beta Studio", "Gamma House"]):
            a_submission(an_agency(name), made, price=f"{30 + number}000.00")
    return made


@pytest.fixture
def enter(site: Site, reader: Reader, window: Callable[..., Visitor], brief: Brief) -> Enter:
    """``enter(person)`` signs them in, in a browser of their own, at the consultation."""

    def sign_in(person: User) -> EvaluationPages:
        visitor = window(reader)
        Entrance(visitor, site).sign_in(person.email)
        return EvaluationPages(visitor, f"/briefs/{brief.public_id}")

    return sign_in


def test_open_and_mark(site: Site, people: list[User], deadline: datetime, enter: Enter) -> None:
    buyer, ada, ben = (enter(person) for person in people)

    refuse_opening_early(buyer)
    name_panel(buyer, people[1:])
    site.wait_until(deadline)
    buyer.open("opening")
    buyer.press("opening")
    assert len(buyer.visitor.asked) == 1
    check_and_exclude(buyer)

    ada.mark_everything("Ada saw it done.")
    see_nothing_of_others(ben)
    refuse_incomplete_hand_in(ada)
    ada.open("hand-in")
    ada.press("")
    assert ada.visitor.path == f"{ada.path}/marking"
    ada.open("ranking")
    assert ada.page.locator(".callout-warning").inner_text().count("Ben Second") == 1
    assert [rank.inner_text() for rank in ada.page.locator(".ranking td:first-child").all()] == ["–"] * 3
    ben.mark_everything("Ben has doubts.")
    ben.open("hand-in")
    ben.press("")

    assert ben.visitor.path == f"{ben.path}/ranking"
    assert [rank.inner_text() for rank in ben.page.locator(".ranking td:first-child").all()] == ["1", "2", "–"]
    ada.open("marking")
    assert not ada.visitor.has(f'a[href="{ada.path}/hand-in"]')
    buyer.open("ranking")
    buyer.open("panel")
    assert not buyer.visitor.has("#user")


def refuse_opening_early(buyer: EvaluationPages) -> None:
    """Before the deadline there is no button, no bid, and no way round."""
    buyer.open("opening")
    assert not buyer.visitor.has("main form")
    buyer.open("bids", status=404)
    assert buyer.post_unasked("opening") == 409


def name_panel(buyer: EvaluationPages, evaluators: list[User]) -> None:
    """Two evaluators."""
    buyer.open("panel")
    for evaluator in evaluators:
        buyer.name(evaluator)
    assert buyer.page.locator("main .tasks li").count() == 2


def check_and_exclude(buyer: EvaluationPages) -> None:
    """Two responses meet everything; the third is excluded, which takes a reason."""
    alpha, beta, gamma = buyer.bid_links()
    buyer.find_all_met(alpha)
    buyer.find_all_met(beta)
    buyer.visitor.open(gamma)
    buyer.exclude(gamma, "No.", status=422)
    assert buyer.page.locator("#reason-error").inner_text() != ""
    assert buyer.page.input_value("#reason") == "No."
    buyer.exclude(gamma, REASON)
    row = buyer.page.locator(f'tr:has(a[href="{gamma}"])')
    assert REASON in row.inner_text()
    assert buyer.page.locator("tbody .badge-bad").count() == 1


def see_nothing_of_others(evaluator: EvaluationPages) -> None:
    """Whoever has not handed in sees no mark, no comment and no ranking but their own."""
    first, *_rest = evaluator.criteria()
    assert evaluator.page.locator("progress").get_attribute("value") == "0"
    evaluator.visitor.open(first)
    assert "Ada saw it done." not in evaluator.page.content()
    assert evaluator.page.locator("[type=radio]:checked").count() == 0
    evaluator.open("ranking", status=404)
    for bid in evaluator.bid_links():
        evaluator.visitor.open(bid)
        assert "Ada saw it done." not in evaluator.page.content()


def refuse_incomplete_hand_in(evaluator: EvaluationPages) -> None:
    """A comment blanked in another window is missed when the button is pressed, and named."""
    first, *_rest = evaluator.criteria()
    evaluator.open("hand-in")
    other = EvaluationPages(Visitor(evaluator.page.context.new_page(), evaluator.visitor.language), evaluator.path)
    other.visitor.open(first)
    other.page.locator('[name^="comment-"]').first.fill("")
    other.save()
    evaluator.press("", status=422)
    missing = evaluator.page.locator(".callout-warning li a")
    assert missing.count() == 1
    evaluator.visitor.press(missing)
    evaluator.give_marks("Ada saw it done.")
    evaluator.save()
