"""Requirements and exclusion."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from rfp.audit.queries import events_of
from rfp.briefs.services import fingerprint
from rfp.db import db
from rfp.errors import InvalidError, NotFoundError, StaleError
from rfp.evaluation import queries, services
from rfp.evaluation.models import Bid
from rfp.vocabulary import BidStatus, Role
from tests import factories


@pytest.fixture
def bid(context: Flask) -> Bid:
    buyer = factories.a_buyer()
    evaluator = factories.a_colleague(buyer, Role.EVALUATOR)
    brief = factories.an_evaluation(buyer, agencies=[factories.an_agency("One")], evaluators=[evaluator])
    return queries.bids_of(brief)[0]


def test_checks_are_kept_and_only_changes_recorded(bid: Bid) -> None:
    keys, now = [r.key for r in bid.brief.requirements], datetime.now(UTC)

    services.check_gates(actor=bid.brief.created_by, bid=bid, met=dict.fromkeys(keys, True), now=now)
    db.session.refresh(bid, ["gates"])
    services.check_gates(actor=bid.brief.created_by, bid=bid, met={keys[0]: False, keys[1]: True}, now=now)

    assert services.gates_of(bid) == {**dict.fromkeys(keys, True), keys[0]: False}
    last = events_of(subject=bid.brief.public_id, kind="bid.gates_checked")[0]
    assert last.data == {"bid": "One", keys[0]: False}


def test_a_check_by_a_colleague_is_not_overwritten_unseen(bid: Bid) -> None:
    key, now = bid.brief.requirements[0].key, datetime.now(UTC)
    seen = fingerprint(services.gates_of(bid))
    services.check_gates(actor=bid.brief.created_by, bid=bid, met={key: False}, now=now, seen=seen)
    db.session.refresh(bid, ["gates"])

    with pytest.raises(StaleError) as caught:
        services.check_gates(actor=bid.brief.created_by, bid=bid, met={key: True}, now=now, seen=seen)

    assert caught.value.theirs == {key: False}


def test_exclusion_needs_a_reason_that_can_be_told(bid: Bid) -> None:
    now = datetime.now(UTC)

    with pytest.raises(InvalidError):
        services.exclude_bid(actor=bid.brief.created_by, bid=bid, reason="no", now=now)
    services.exclude_bid(actor=bid.brief.created_by, bid=bid, reason="No insurance certificate was sent.", now=now)

    assert (bid.status, bid.decided_by_name) == (BidStatus.EXCLUDED, bid.brief.created_by.name)


def test_an_exclusion_taken_back_stays_on_record_and_is_refused_once_ranked(bid: Bid) -> None:
    actor, now, brief = bid.brief.created_by, datetime.now(UTC), bid.brief
    services.exclude_bid(actor=actor, bid=bid, reason="No insurance certificate was sent.", now=now)

    services.readmit_bid(actor=actor, bid=bid, now=now)

    assert bid.status == BidStatus.ADMITTED
    assert [e.kind for e in events_of(subject=brief.public_id)][:2] == ["bid.readmitted", "bid.excluded"]
    services.exclude_bid(actor=actor, bid=bid, reason="No insurance certificate was sent.", now=now)
    brief.ranked_at = now
    with pytest.raises(InvalidError):
        services.readmit_bid(actor=actor, bid=bid, now=now)


def test_the_panel_is_of_the_organisation_once_each(bid: Bid) -> None:
    brief, actor, now = bid.brief, bid.brief.created_by, datetime.now(UTC)
    stranger = factories.a_buyer("Elsewhere")

    with pytest.raises(NotFoundError):
        services.name_evaluator(actor=actor, brief=brief, user_id=stranger.public_id, now=now)
    services.name_evaluator(actor=actor, brief=brief, user_id=actor.public_id, now=now)
    with pytest.raises(InvalidError, match="already"):
        services.name_evaluator(actor=actor, brief=brief, user_id=actor.public_id, now=now)
