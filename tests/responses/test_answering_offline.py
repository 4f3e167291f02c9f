"""Answering in a workbook: read back into the draft, shown first, nothing submitted by it."""

import io
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import Workbook, load_workbook
from werkzeug.test import TestResponse

from rfp.briefs.services import fingerprint
from rfp.db import db
from rfp.responses import queries, services
from rfp.responses.models import Response
from rfp.responses.offline.form import simple, tables
from tests import factories
from tests.browsing import csrf_token

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")


class Desk:
    """An agency with a response just begun, and its browser."""

    def __init__(self, app: Flask, *, complete: bool = False, language: str = "en") -> None:
        self.app = app
        with factories.built(app):
            self.agency = factories.an_agency(language=language)
            brief = factories.a_published_brief(factories.a_buyer())
            begin = factories.a_complete_response if complete else factories.a_response
            self.response: Response = begin(self.agency, brief)
            queries.load_whole(self.response)
            self.simple, self.tables = simple(self.response), tables(self.response)
        self.address = f"/responses/{self.response.public_id}"
        self.browser: FlaskClient = factories.signed_in(app, self.agency)

    def download(self) -> Workbook:
        return load_workbook(io.BytesIO(self.browser.get(f"{self.address}/workbook.xlsx").data))

    def send(self, book: Workbook, browser: FlaskClient | None = None) -> TestResponse:
        buffer, browser = io.BytesIO(), browser or self.browser
        book.save(buffer)
        data = {"csrf_token": csrf_token(browser, "/account"), "file": (io.BytesIO(buffer.getvalue()), "r.xlsx")}
        headers = {"Referer": "http://localhost/"}
        return browser.post(f"{self.address}/upload", data=data, headers=headers, follow_redirects=True)

    def fill(self, change: Callable[[Workbook], None]) -> TestResponse:
        book = self.download()
        change(book)
        return self.send(book)

    def take(self, review: TestResponse, seen: str | None = None) -> TestResponse:
        shown = review.text.split('name="seen" value="')[1].split('"')[0]
        data = {"csrf_token": csrf_token(self.browser, "/account"), "seen": seen or shown}
        return self.browser.post(
            review.request.path, data=data, headers={"Referer": "http://localhost/"}, follow_redirects=True
        )

    def answers(self) -> dict[str, Any]:
        with self.app.app_context():
            return queries.answers_of(db.session.get_one(Response, self.response.id))

    def row_of(self, kind: str) -> tuple[int, str]:
        """(row of the sheet of questions, question key) of the first question of a type."""
        return next((n + 5, q.key) for n, q in enumerate(self.simple) if q.definition["type"] == kind)


def test_it_asks_everything_with_what_the_draft_holds(app: Flask) -> None:
    desk = Desk(app, complete=True)

    book = desk.download()

    questions = list(book["Answers"].iter_rows(min_row=5, values_only=True))
    assert [row[2] for row in questions] == [q.text for q in desk.simple]
    money, key = desk.row_of("money")
    assert book["Answers"].cell(money, 5).value == 30000 == float(desk.answers()[key])
    assert len([name for name in book.sheetnames if name.startswith("T")]) == len(desk.tables)
    assert {row[3] for row in book["Requirements"].iter_rows(min_row=5, values_only=True)} == {"Yes"}


def test_sent_back_untouched_it_changes_nothing(app: Flask) -> None:
    desk = Desk(app, complete=True)

    review = desk.fill(lambda book: None)

    assert "0 answers would change." in review.text
    assert "cannot be taken" not in review.text


def test_what_is_typed_goes_into_the_draft_once_taken(app: Flask) -> None:
    desk = Desk(app)
    text_row, text_key = desk.row_of("longtext")
    money_row, money_key = desk.row_of("money")
    table = desk.tables[0]

    def change(book: Workbook) -> None:
        book["Answers"].cell(text_row, 5).value = "We listen first.\nThen we speak."
        book["Answers"].cell(money_row, 5).value = "1 234,50"
        book["Requirements"].cell(5, 4).value = "No"
        sheet = next(book[name] for name in book.sheetnames if name.startswith("T1 "))
        first = next(n for n, c in enumerate(table.definition["columns"]) if c["type"] in ("text", "longtext"))
        sheet.cell(6, first + 2).value = "A row"

    review = desk.fill(change)

    assert desk.answers().get(text_key) is None
    done = desk.take(review)
    assert "Nothing is submitted yet." in done.text
    answers = desk.answers()
    assert (answers[text_key], answers[money_key]) == ("We listen first.\nThen we speak.", "1234.50")
    assert "A row" in answers[table.key][0].values() or "A row" in answers[table.key][1].values()
    with app.app_context():
        response = db.session.get_one(Response, desk.response.id)
        assert [services.ticks_of(response)[response.brief.requirements[0].key], response.submission] == [False, None]


def test_what_is_wrong_is_named_by_sheet_and_cell_and_the_rest_is_taken(app: Flask) -> None:
    desk = Desk(app)
    text_row, text_key = desk.row_of("longtext")
    money_row, money_key = desk.row_of("money")

    def change(book: Workbook) -> None:
        book["Answers"].cell(text_row, 5).value = "Good."
        book["Answers"].cell(money_row, 5).value = "a lot"
        book["Requirements"].cell(6, 4).value = "perhaps"

    review = desk.fill(change)
    desk.take(review)

    assert f"<li>Answers!E{money_row}:" in review.text
    assert "<li>Requirements!D6:" in review.text
    assert desk.answers().get(text_key) == "Good."
    assert desk.answers().get(money_key) is None


def test_too_many_words_are_told_and_kept(app: Flask) -> None:
    desk = Desk(app)
    row, key = desk.row_of("longtext")
    limit = next(q.definition["max_words"] for q in desk.simple if q.key == key)
    text = "word " * (limit + 1)

    review = desk.fill(lambda book: setattr(book["Answers"].cell(row, 5), "value", text))

    assert f"{limit + 1} words, the limit is {limit}" in review.text


def test_a_workbook_of_one_language_is_read_in_the_other(app: Flask) -> None:
    desk = Desk(app, language="fr")
    row, key = desk.row_of("longtext")

    review = desk.fill(lambda book: setattr(book.worksheets[0].cell(row, 5), "value", "Nous écoutons."))
    desk.take(review)

    assert desk.answers()[key] == "Nous écoutons."


def test_a_colleagues_answer_is_not_overwritten_unseen(app: Flask) -> None:
    desk = Desk(app)
    row, key = desk.row_of("longtext")
    review = desk.fill(lambda book: setattr(book["Answers"].cell(row, 5), "value", "Mine."))
    with factories.built(app):
        response = db.session.get_one(Response, desk.response.id)
        section = next(q.section_key for q in response.brief.questions if q.key == key)
        seen = fingerprint(services.section_answers(response, section))
        services.save_answers(
            actor=desk.agency,
            response=response,
            section_key=section,
            values={key: "Theirs."},
            seen=seen,
            now=datetime.now(UTC),
        )

    done = desk.take(review)

    assert done.status_code == 409
    assert "Theirs." in done.text
    assert desk.answers()[key] == "Theirs."


def test_a_rivals_workbook_is_refused(app: Flask) -> None:
    desk = Desk(app)
    with factories.built(app):
        rival = factories.an_agency("Rival")
        theirs = factories.a_response(rival, db.session.get_one(Response, desk.response.id).brief)
        address = f"/responses/{theirs.public_id}/workbook.xlsx"
    book = load_workbook(io.BytesIO(factories.signed_in(app, rival).get(address).data))

    answer = desk.send(book)

    assert answer.status_code == 422
    assert "given out for another consultation or to somebody else" in answer.text


def test_after_the_deadline_the_rule_is_said(app: Flask) -> None:
    desk = Desk(app)
    book = desk.download()
    with factories.built(app):
        brief = db.session.get_one(Response, desk.response.id).brief
        brief.deadline_at = datetime.now(UTC)

    answer = desk.send(book)

    assert answer.status_code == 409
    assert "strictly before" in answer.text
