"""Marks: on the scale, alone, locked once handed in."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask

from rfp.accounts.models import User
from rfp.audit.queries import events_of
from rfp.briefs.models import Brief
from rfp.errors import IllegalMoveError, InvalidError, StaleError
from rfp.evaluation import queries, services
from rfp.vocabulary import Role
from tests import factories
from tests.browsing import post_form


def _evaluation(evaluators: int = 2) -> tuple[User, list[User], Brief]:
    buyer = factories.a_buyer()
    panel = [factories.a_colleague(buyer, Role.EVALUATOR) for _ in range(evaluators)]
    agencies = [factories.an_agency("One"), factories.an_agency("Two")]
    return buyer, panel, factories.an_evaluation(buyer, agencies=agencies, evaluators=panel)


def _mark(evaluator: User, brief: Brief, **changes: Any) -> Any:
    given = {
        "actor": evaluator,
        "member": factories.place_of(brief, evaluator),
        "bid": queries.bids_of(brief)[0],
        "criterion": next(c for c in brief.leaves if c.is_marked),
        "value": Decimal(3),
        "comment": "Sound.",
        "seen": 0,
        "now": datetime.now(UTC),
    }
    return services.save_mark(**{**given, **changes})


@pytest.mark.parametrize("value", [Decimal("2.5"), Decimal(-1), Decimal(6), Decimal("NaN")])
def test_a_mark_off_its_scale_is_refused_by_the_bids_name(context: Flask, value: Decimal) -> None:
    _buyer, panel, brief = _evaluation()

    with pytest.raises(InvalidError, match="One"):
        _mark(panel[0], brief, value=value)


def test_a_mark_saved_in_another_window_is_not_overwritten_unseen(context: Flask) -> None:
    _buyer, panel, brief = _evaluation()
    first = _mark(panel[0], brief)

    with pytest.raises(StaleError) as caught:
        _mark(panel[0], brief, value=Decimal(5))

    assert caught.value.theirs == {"value": Decimal(3), "comment": "Sound."}
    assert _mark(panel[0], brief, value=Decimal(5), seen=first.version).value == Decimal(5)


def test_handing_in_asks_for_every_mark_and_comment(context: Flask) -> None:
    _buyer, panel, brief = _evaluation()
    _mark(panel[0], brief, comment="")
    member = factories.place_of(brief, panel[0])

    left = services.left_to_mark(brief, member)

    marked = [c for c in brief.leaves if c.is_marked]
    assert len(left) == 2 * len(marked)
    assert [item.message for item in left].count("No comment") == 1
    with pytest.raises(InvalidError):
        services.hand_in(actor=panel[0], brief=brief, member=member, now=datetime.now(UTC))


def test_no_mark_slips_in_after_handing_in(context: Flask) -> None:
    _buyer, panel, brief = _evaluation()
    factories.all_marks(panel[0], brief)
    member = factories.place_of(brief, panel[0])

    services.hand_in(actor=panel[0], brief=brief, member=member, now=datetime.now(UTC))

    with pytest.raises(IllegalMoveError, match="locked"):
        _mark(panel[0], brief, value=Decimal(0), seen=1)
    event = events_of(subject=brief.public_id, kind="marks.handed_in")[0]
    assert event.data == services.marks_digest(queries.own_marks(member))


def test_the_last_to_hand_in_makes_it_ranked(context: Flask) -> None:
    _buyer, panel, brief = _evaluation()

    stages = []
    for evaluator in panel:
        factories.all_marks(evaluator, brief)
        member, now = factories.place_of(brief, evaluator), datetime.now(UTC)
        services.hand_in(actor=evaluator, brief=brief, member=member, now=now)
        stages.append(str(brief.stage(now)))

    assert stages == ["evaluation", "ranked"]


def test_nobody_sees_anothers_marks_before_handing_in(app: Flask) -> None:
    with factories.built(app):
        _buyer, panel, brief = _evaluation()
        _mark(panel[0], brief, comment="Canary comment of the first evaluator.")
        key = next(c.key for c in brief.leaves if c.is_marked)
        address = f"/briefs/{brief.public_id}"
    second = factories.signed_in(app, panel[1])

    shown = [second.get(f"{address}/{page}") for page in ("marking", f"marking/{key}", "hand-in", "bids")]
    refused = [
        second.get(f"{address}/{page}") for page in ("ranking", "ranking.json", "evaluation.json", "workbook.xlsx")
    ]

    assert [answer.status_code for answer in shown] == [200] * 4
    assert [answer for answer in shown if "Canary" in answer.text] == []
    assert [answer.status_code for answer in refused] == [404] * 4


def test_a_page_with_one_wrong_mark_saves_none_and_loses_nothing(app: Flask) -> None:
    with factories.built(app):
        _buyer, panel, brief = _evaluation()
        key = next(c.key for c in brief.leaves if c.is_marked)
        ids = [bid.public_id for bid in queries.bids_of(brief)]
        page = f"/briefs/{brief.public_id}/marking/{key}"
    client = factories.signed_in(app, panel[0])

    data = {f"mark-{ids[0]}": "4", f"comment-{ids[0]}": "Kept words.", f"mark-{ids[1]}": "77"}
    answer = post_form(client, page, data, page=page)

    assert answer.status_code == 422
    assert "Two: choose one of the marks of the scale." in answer.text
    assert "Kept words." in answer.text
    with app.app_context():
        assert queries.own_marks(factories.place_of(brief, panel[0])) == {}


def test_saving_tells_of_a_forgotten_comment_and_the_way_on_leads_to_it(app: Flask) -> None:
    with factories.built(app):
        _buyer, panel, brief = _evaluation()
        key = next(c.key for c in brief.leaves if c.is_marked)
        ids = [bid.public_id for bid in queries.bids_of(brief)]
        address = f"/briefs/{brief.public_id}"
    client = factories.signed_in(app, panel[0])
    page = f"{address}/marking/{key}"

    bare = {f"mark-{ids[0]}": "4", f"comment-{ids[0]}": "", f"mark-{ids[1]}": "3", f"comment-{ids[1]}": "Sound."}
    post_form(client, page, bare, page=page)
    listed = client.get(f"{address}/marking").text
    missing = client.get(f"{address}/hand-in").text

    assert "1 mark still needs its comment" in listed
    assert f'<a class="btn btn-primary" href="{page}">' in listed
    assert "No comment: One" in missing
    assert "Not marked: One, Two" in missing
