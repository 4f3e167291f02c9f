"""The download: the ranking's figures, and nothing its reader may not see."""

import io
import zipfile
from decimal import Decimal

import pytest
from flask import Flask
from openpyxl import load_workbook

from rfp.accounts.models import User
from rfp.audit.queries import events_of
from rfp.briefs.models import Brief
from rfp.db import db
from rfp.vocabulary import Role
from tests import factories
from tests.ground.test_queries import counted

# openpyxl reads no conditional formats of 2010; nothing here looks at them.
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")


def _ranked(app: Flask) -> tuple[User, User, Brief]:
    """(buyer, evaluator, consultation)."""
    with factories.built(app):
        buyer = factories.a_buyer()
        evaluator = factories.a_colleague(buyer, Role.EVALUATOR)
        agencies = [factories.an_agency(name) for name in ("One", "Two")]
        brief = factories.a_ranking(buyer, agencies=agencies, evaluators=[evaluator])
    return buyer, evaluator, brief


def _texts(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def test_its_cached_totals_are_those_of_the_page(app: Flask) -> None:
    buyer, _evaluator, brief = _ranked(app)
    client = factories.signed_in(app, buyer)
    ranking = client.get(f"/briefs/{brief.public_id}/ranking.json").json
    assert ranking is not None

    answer = client.get(f"/briefs/{brief.public_id}/workbook.xlsx")

    book = load_workbook(io.BytesIO(answer.data), data_only=True)
    cells = {round(cell, 2) for row in book["Summary"].values for cell in row if isinstance(cell, int | float)}
    assert {float(Decimal(bid["total"])) for bid in ranking["bids"]} <= cells
    assert answer.headers["Content-Disposition"] == "attachment; filename=REF-1.xlsx"


def test_its_words_are_in_the_readers_language(app: Flask) -> None:
    buyer, _evaluator, brief = _ranked(app)
    client = factories.signed_in(app, buyer)

    answer = client.get(f"/briefs/{brief.public_id}/workbook.xlsx", headers={"Accept-Language": "fr"})

    assert "Summary" in load_workbook(io.BytesIO(answer.data)).sheetnames  # the person's own language is English
    with factories.built(app):
        french = factories.a_colleague(buyer, Role.PROCUREMENT, language="fr")
    answer = factories.signed_in(app, french).get(f"/briefs/{brief.public_id}/workbook.xlsx")
    assert "Synthèse" in load_workbook(io.BytesIO(answer.data)).sheetnames


def test_taking_it_away_is_recorded(app: Flask) -> None:
    buyer, _evaluator, brief = _ranked(app)
    client = factories.signed_in(app, buyer)

    client.get(f"/briefs/{brief.public_id}/workbook.xlsx")

    with app.app_context():
        event = events_of(subject=brief.public_id, kind="report.downloaded")[0]
        assert (event.actor_name, event.data) == (buyer.name, {"report": "workbook"})


def test_answers_are_those_submitted_and_files_are_named(app: Flask) -> None:
    buyer, _evaluator, brief = _ranked(app)

    answer = factories.signed_in(app, buyer).get(f"/briefs/{brief.public_id}/workbook.xlsx")

    rows = [row[:4] for row in load_workbook(io.BytesIO(answer.data))["Answers"].iter_rows(min_row=4, values_only=True)]
    assert rows[0] == ("Code", "Question", "One", "Two")
    assert [row[2:] for row in rows if row[0] == "price.amount"] == [
        ("30,000.00", "31,000.00"),
        ("Document.pdf", "Document.pdf"),
    ]
    with app.app_context():
        asked = db.session.merge(brief, load=True)
        written = [question for question in asked.questions if question.stage == "written"]
        due = [request for request in asked.document_requests if request.due == "submission"]
        assert [row[1] for row in rows if row[1] is not None][1:] == [
            *(question.text for question in written),
            *(request.title for request in due),
        ]


def test_more_bids_take_no_more_queries(app: Flask) -> None:
    counts = set()
    for agencies in (1, 4):
        with factories.built(app):
            buyer = factories.a_buyer()
            brief = factories.a_ranking(buyer, agencies=[factories.an_agency() for _ in range(agencies)], evaluators=[])
        client = factories.signed_in(app, buyer)
        with counted(app) as statements:
            answer = client.get(f"/briefs/{brief.public_id}/workbook.xlsx")
        assert answer.status_code == 200
        counts.add(len(statements))

    assert len(counts) == 1


def test_comments_are_those_handed_in_and_the_record_is_for_its_readers(app: Flask) -> None:
    buyer, evaluator, brief = _ranked(app)

    buyers = _texts(factories.signed_in(app, buyer).get(f"/briefs/{brief.public_id}/workbook.xlsx").data)
    evaluators = _texts(factories.signed_in(app, evaluator).get(f"/briefs/{brief.public_id}/workbook.xlsx").data)

    assert "For a reason." in buyers
    assert "For a reason." in evaluators
    assert "Responses opened" not in evaluators
