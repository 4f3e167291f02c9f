"""Submitting: once, whole, strictly before the deadline, with a receipt that can be checked."""

import hashlib
import json
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from rfp.audit.queries import events_of
from rfp.db import db
from rfp.errors import InvalidError, TooLateError
from rfp.responses import services
from rfp.responses.models import Response, Submission
from rfp.vocabulary import ResponseStatus
from tests import factories
from tests.browsing import post_form


def _ready(context: Flask) -> Response:
    return factories.a_complete_response(factories.an_agency(), factories.a_published_brief(factories.a_buyer()))


def _deadline(response: Response) -> datetime:
    assert response.brief.deadline_at is not None
    return response.brief.deadline_at


def test_the_last_microsecond_counts_and_the_deadline_does_not(context: Flask) -> None:
    response = _ready(context)
    last = _deadline(response) - timedelta(microseconds=1)

    submission = services.submit(actor=response.created_by, response=response, now=last)

    assert submission.received_at == last
    with pytest.raises(TooLateError):
        services.submit(actor=response.created_by, response=response, now=_deadline(response))


def test_the_same_draft_submitted_twice_is_one_submission(context: Flask) -> None:
    response, now = _ready(context), datetime.now(UTC)

    first = services.submit(actor=response.created_by, response=response, now=now)
    second = services.submit(actor=response.created_by, response=response, now=now + timedelta(seconds=1))

    assert second is first
    assert [e.kind for e in events_of(subject="")].count("response.submitted") == 1


def test_a_replacement_is_counted_and_the_old_one_stays(context: Flask) -> None:
    response, now = _ready(context), datetime.now(UTC)
    first = services.submit(actor=response.created_by, response=response, now=now)
    key = response.brief.requirements[0].key
    services.tick_requirements(actor=response.created_by, response=response, met={key: False}, now=now)
    db.session.expire(response, ["ticks"])

    second = services.submit(actor=response.created_by, response=response, now=now + timedelta(minutes=1))

    assert (first.number, second.number) == (1, 2)
    assert first.content["requirements"][key] is True
    assert second.content["requirements"][key] is False
    assert response.submission is second


def test_withdrawn_then_submitted_again_stands(context: Flask) -> None:
    response, now = _ready(context), datetime.now(UTC)
    services.submit(actor=response.created_by, response=response, now=now)

    services.withdraw(actor=response.created_by, response=response, now=now)

    assert response.status(now) == ResponseStatus.WITHDRAWN
    services.submit(actor=response.created_by, response=response, now=now + timedelta(minutes=1))
    assert response.status(now) == ResponseStatus.SUBMITTED


def test_what_is_missing_is_named_and_nothing_is_submitted(context: Flask) -> None:
    response = factories.a_response(factories.an_agency(), factories.a_published_brief(factories.a_buyer()))

    missing = services.missing_in(response)

    assert {m.page for m in missing} == {"section", "requirements", "documents"}
    with pytest.raises(InvalidError):
        services.submit(actor=response.created_by, response=response, now=datetime.now(UTC))
    assert response.submissions == []


def test_the_hash_is_that_of_the_canonical_content(context: Flask) -> None:
    response = _ready(context)

    submission = services.submit(actor=response.created_by, response=response, now=datetime.now(UTC))

    text = json.dumps(submission.content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert submission.sha256 == hashlib.sha256(text.encode()).hexdigest()
    assert submission.content["price"] == "30000.00"


def test_the_receipt_as_data_checks_itself(app: Flask) -> None:
    with factories.built(app):
        agency = factories.an_agency()
        submission = factories.a_submission(agency, factories.a_published_brief(factories.a_buyer()))
        address = f"/responses/{submission.response.public_id}/receipts/1.json"
    client = factories.signed_in(app, agency)

    receipt = client.get(address).json

    assert receipt is not None
    text = json.dumps(receipt["content"], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert hashlib.sha256(text.encode()).hexdigest() == receipt["sha256"]
    assert receipt["agency"] == "Sample Studio"


def test_a_double_click_is_one_submission_and_one_mail(app: Flask, outbox: list[object]) -> None:
    with factories.built(app):
        agency = factories.an_agency()
        response = factories.a_complete_response(agency, factories.a_published_brief(factories.a_buyer()))
        page = f"/responses/{response.public_id}"
    client = factories.signed_in(app, agency)

    answers = [post_form(client, f"{page}/submit", {"declared": "y"}, page=f"{page}/check") for _click in range(2)]

    assert [a.location for a in answers] == [f"{page}/receipts/1"] * 2
    assert len(outbox) == 1
    with app.app_context():
        assert db.session.query(Submission).count() == 1


def test_without_the_declaration_nothing_is_submitted(app: Flask) -> None:
    with factories.built(app):
        agency = factories.an_agency()
        response = factories.a_complete_response(agency, factories.a_published_brief(factories.a_buyer()))
        page = f"/responses/{response.public_id}"
    client = factories.signed_in(app, agency)

    answer = post_form(client, f"{page}/submit", {}, page=f"{page}/check")

    assert answer.status_code == 422
    assert "Tick this to submit." in answer.text
    with app.app_context():
        assert db.session.query(Submission).count() == 0


def test_a_rival_and_the_buyer_see_nothing_before_the_opening(app: Flask) -> None:
    with factories.built(app):
        buyer, agency, rival = factories.a_buyer(), factories.an_agency(), factories.an_agency("Rival")
        brief = factories.a_published_brief(buyer)
        submission = factories.a_submission(agency, brief, price="31415.92")
        response = submission.response.public_id
        pages = [
            f"/briefs/{brief.public_id}",
            f"/briefs/{brief.public_id}/record",
            f"/briefs/{brief.public_id}/opening",
        ]
    rival_client, buyer_client = factories.signed_in(app, rival), factories.signed_in(app, buyer)

    shown = [buyer_client.get(page) for page in pages] + [rival_client.get(f"/open/{brief.public_id}")]
    refused = [client.get(f"/responses/{response}") for client in (rival_client, buyer_client)]

    assert [answer.status_code for answer in shown] == [200] * 4
    assert [answer.status_code for answer in refused] == [404] * 2
    assert [w for answer in shown for w in ("Sample Studio", "31415", "31,415") if w in answer.text] == []
    assert buyer_client.get(f"/briefs/{brief.public_id}/bids").status_code == 404
