"""Opening: once, after the deadline, each response held against its receipt."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from rfp.audit.queries import events_of
from rfp.errors import IllegalMoveError, InvalidError
from rfp.evaluation import services
from rfp.responses.models import Submission
from rfp.responses.services import withdraw
from tests import factories


def test_nobody_opens_before_the_deadline(context: Flask) -> None:
    buyer = factories.a_buyer()
    brief = factories.a_published_brief(buyer)
    assert brief.deadline_at is not None

    with pytest.raises(IllegalMoveError, match="before the deadline"):
        services.open_responses(actor=buyer, brief=brief, now=brief.deadline_at - timedelta(microseconds=1))

    assert services.open_responses(actor=buyer, brief=brief, now=brief.deadline_at) == []


def test_opening_is_recorded_with_the_hash_of_each(context: Flask) -> None:
    buyer, agencies = factories.a_buyer(), [factories.an_agency("One"), factories.an_agency("Two")]
    brief = factories.a_closed_brief(buyer, agencies=agencies)

    bids = services.open_responses(actor=buyer, brief=brief, now=datetime.now(UTC))

    assert [bid.name for bid in bids] == ["One", "Two"]
    event = events_of(subject=brief.public_id, kind="evaluation.opened")[0]
    assert [r["sha256"] for r in event.data["responses"]] == [bid.submission.sha256 for bid in bids]
    with pytest.raises(IllegalMoveError):
        services.open_responses(actor=buyer, brief=brief, now=datetime.now(UTC))


def test_a_response_changed_since_its_receipt_stops_the_opening(context: Flask) -> None:
    buyer = factories.a_buyer()
    brief = factories.a_closed_brief(buyer, agencies=[factories.an_agency("One")])
    submission = context.extensions["sqlalchemy"].session.query(Submission).one()
    submission.content = {**submission.content, "price": "1.00"}

    with pytest.raises(InvalidError, match="does not match its receipt"):
        services.open_responses(actor=buyer, brief=brief, now=datetime.now(UTC))

    assert brief.opened_at is None


def test_what_was_withdrawn_is_not_opened(context: Flask) -> None:
    buyer, agency = factories.a_buyer(), factories.an_agency("One")
    start = datetime.now(UTC) - timedelta(days=10)
    brief = factories.a_published_brief(buyer, deadline=datetime.now(UTC) - timedelta(days=1), now=start)
    submission = factories.a_submission(agency, brief, now=start + timedelta(hours=1))
    withdraw(actor=agency, response=submission.response, now=start + timedelta(hours=2))

    assert services.open_responses(actor=buyer, brief=brief, now=datetime.now(UTC)) == []
