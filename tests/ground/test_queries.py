"""List pages ask the database as often for thirty rows as for one. Each figure is literal: a change is meant."""

import contextlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import event

from rfp.accounts import services as accounts
from rfp.accounts.models import User
from rfp.audit.services import record
from rfp.db import db
from rfp.evaluation import services as evaluation
from rfp.vocabulary import Role
from tests import factories

MANY = 30


@contextlib.contextmanager
def counted(app: Flask) -> Iterator[list[str]]:
    """The statements sent to the database inside, but for those that begin and end transactions."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", "SAVEPOINT", "RELEASE")):
            statements.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)


def queries_of(app: Flask, user: User | None, page: str, shown: str, rows: int) -> int:
    """How many statements a page takes; it must show ``shown`` once a row."""
    client = factories.signed_in(app, user) if user else app.test_client()
    with counted(app) as statements:
        answer = client.get(page)
    assert (answer.status_code, answer.text.count(shown)) == (200, rows), page
    return len(statements)


@pytest.fixture(params=[1, MANY])
def rows(request: pytest.FixtureRequest) -> int:
    """One row, then thirty."""
    return int(request.param)


def test_portal(app: Flask, rows: int) -> None:
    with factories.built(app):
        for _ in range(rows):
            factories.a_published_brief(factories.a_buyer(), title="Listed here")

    assert queries_of(app, None, "/open", "Listed here", rows) == 2


def test_briefs(app: Flask, rows: int) -> None:
    with factories.built(app):
        owner = factories.a_buyer()
        for _ in range(rows):
            factories.a_draft(owner, title="Listed here")

    assert queries_of(app, owner, "/briefs", "Listed here", min(rows, 25)) == 4


def test_members_and_invitations(app: Flask, rows: int) -> None:
    with factories.built(app):
        owner = factories.a_buyer()
        organisation = factories.organisation_of(owner)
        for number in range(rows - 1):
            factories.a_colleague(owner, Role.BUYER, email=f"m{number}@listed.example")
        for number in range(rows):
            accounts.invite_colleague(
                actor=owner,
                organisation=organisation,
                email=f"i{number}@listed.example",
                role=Role.BUYER,
                now=datetime.now(UTC),
            )

    page = f"/organisations/{organisation.public_id}/members"
    assert queries_of(app, owner, page, "@listed.example", 2 * rows - 1) == 5


def test_responses(app: Flask, rows: int) -> None:
    with factories.built(app):
        buyer, agency = factories.a_buyer(), factories.an_agency()
        for _ in range(rows):
            factories.a_response(agency, factories.a_published_brief(buyer, title="Listed here"))

    assert queries_of(app, agency, "/responses", "Listed here", rows) == 4


def test_evaluations(app: Flask, rows: int) -> None:
    with factories.built(app):
        buyer = factories.a_buyer()
        evaluator = factories.a_colleague(buyer, Role.EVALUATOR)
        agency = factories.an_agency()
        factories.an_evaluation(buyer, agencies=[agency], evaluators=[evaluator], title="Listed here")
        for _ in range(rows - 1):
            brief = factories.a_draft(buyer, title="Listed here")
            evaluation.name_evaluator(actor=buyer, brief=brief, user_id=evaluator.public_id, now=datetime.now(UTC))

    assert queries_of(app, evaluator, "/evaluations", "Listed here", rows) == 6


@pytest.fixture
def opened(app: Flask, rows: int) -> tuple[User, User, str]:
    """(buyer, evaluator, public id) of an evaluation with that many bids."""
    with factories.built(app):
        buyer = factories.a_buyer()
        evaluator = factories.a_colleague(buyer, Role.EVALUATOR)
        agencies = [factories.an_agency(f"Listed agency {number}") for number in range(rows)]
        brief = factories.an_evaluation(buyer, agencies=agencies, evaluators=[evaluator])
        return buyer, evaluator, brief.public_id


def test_bids(app: Flask, rows: int, opened: tuple[User, User, str]) -> None:
    buyer, _evaluator, brief = opened

    assert queries_of(app, buyer, f"/briefs/{brief}/bids", "Listed agency", rows) == 13


def test_the_ranking(app: Flask, rows: int, opened: tuple[User, User, str]) -> None:
    buyer, _evaluator, brief = opened

    client = factories.signed_in(app, buyer)
    with counted(app) as statements:
        answer = client.get(f"/briefs/{brief}/ranking")

    assert (answer.status_code, len(statements)) == (200, 19)


def test_marking_one_criterion(app: Flask, rows: int, opened: tuple[User, User, str]) -> None:
    _buyer, evaluator, brief = opened

    client = factories.signed_in(app, evaluator)
    with counted(app) as statements:
        answer = client.get(f"/briefs/{brief}/marking/strategy.research")

    assert (answer.status_code, len(statements)) == (200, 14)


def test_the_record(app: Flask, rows: int) -> None:
    with factories.built(app):
        owner = factories.a_buyer()
        brief = factories.a_draft(owner)
        for number in range(rows - 1):
            now = datetime.now(UTC) + timedelta(seconds=number)
            record(kind="brief.section_saved", actor=owner, now=now, subject=brief.public_id, data={"n": number})

    assert queries_of(app, owner, f"/briefs/{brief.public_id}/record", "<tr>", rows + 1) == 11
