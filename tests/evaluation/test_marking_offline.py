"""Marking in a workbook: one's own, shown before it is taken, nothing overwritten unseen."""

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import Workbook, load_workbook
from werkzeug.test import TestResponse

from rfp.accounts.models import User
from rfp.audit.queries import events_of
from rfp.briefs.models import Brief
from rfp.evaluation import queries
from rfp.evaluation.services import hand_in, save_mark
from rfp.vocabulary import Role
from tests import factories
from tests.browsing import csrf_token
from tests.documents.samples import pdf

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
Change = Callable[[Workbook], None]


class Room:
    """Two evaluators of a consultation of two bids, and the first one's browser."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        with factories.built(app):
            buyer = factories.a_buyer()
            self.panel = [factories.a_colleague(buyer, Role.EVALUATOR) for _ in range(2)]
            agencies = [factories.an_agency("One"), factories.an_agency("Two")]
            self.brief: Brief = factories.an_evaluation(buyer, agencies=agencies, evaluators=self.panel)
            self.marked = [c for c in self.brief.leaves if c.is_marked]
        self.address = f"/briefs/{self.brief.public_id}/marking"
        self.browser: FlaskClient = factories.signed_in(app, self.panel[0])

    def download(self) -> Workbook:
        return load_workbook(io.BytesIO(self.browser.get(f"{self.address}/workbook.xlsx").data))

    def send(self, content: bytes, browser: FlaskClient | None = None) -> TestResponse:
        browser = browser or self.browser
        token = csrf_token(browser, f"{self.address}/upload")
        data = {"csrf_token": token, "file": (io.BytesIO(content), "marks.xlsx")}
        headers = {"Referer": "http://localhost/"}
        return browser.post(f"{self.address}/upload", data=data, headers=headers, follow_redirects=True)

    def fill(self, change: Change) -> TestResponse:
        book = self.download()
        change(book)
        return self.send(content_of(book))

    def take(self, review: TestResponse, **more: Any) -> TestResponse:
        path = review.request.path
        token = csrf_token(self.browser, path)
        versions = {f"version-{n}": "0" for n in range(1, 2 * len(self.marked) + 1)}
        data = {"csrf_token": token, **versions, **more}
        return self.browser.post(path, data=data, headers={"Referer": "http://localhost/"}, follow_redirects=True)

    def mark_first(self, evaluator: User, value: Decimal, comment: str) -> None:
        """On the page, the first bid on the first criterion."""
        with factories.built(self.app):
            save_mark(
                actor=evaluator,
                member=factories.place_of(self.brief, evaluator),
                bid=queries.admitted_bids(self.brief)[0],
                criterion=self.marked[0],
                value=value,
                comment=comment,
                seen=0,
                now=datetime.now(UTC),
            )

    def marks(self, evaluator: User) -> dict[tuple[int, int], Any]:
        with self.app.app_context():
            return queries.own_marks(factories.place_of(self.brief, evaluator))


@pytest.fixture
def room(app: Flask) -> Room:
    return Room(app)


def content_of(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def fill_all(book: Workbook) -> None:
    sheet = book.worksheets[0]
    for row in range(5, sheet.max_row + 1):
        sheet.cell(row, 6).value, sheet.cell(row, 7).value, sheet.cell(row, 8).value = 3, f"Row {row}.", "Answer 2"


def test_it_holds_every_mark_to_give_and_nobody_elses(room: Room) -> None:
    room.mark_first(room.panel[1], Decimal(1), "Canary.")

    book = room.download()

    rows = list(book.worksheets[0].iter_rows(min_row=5, values_only=True))
    assert len(rows) == 2 * len(room.marked)
    assert [row[5] for row in rows] == [None] * len(rows)
    assert "Canary." not in {cell for sheet in book for row in sheet.values for cell in row}
    assert {row[2] for row in rows} == {"One", "Two"}
    assert "Stated in a few words." in rows[0][3]
    assert [sheet.sheet_state for sheet in book] == ["visible", "visible"]


def test_filled_in_full_it_is_shown_then_taken(room: Room) -> None:
    review = room.fill(fill_all)

    assert review.status_code == 200
    assert room.marks(room.panel[0]) == {}  # nothing is taken by looking
    done = room.take(review)
    found = room.marks(room.panel[0]).values()
    assert done.status_code == 200
    assert {(m.value, m.evidence) for m in found} == {(Decimal(3), "Answer 2")}
    assert len(found) == 2 * len(room.marked)
    assert room.marks(room.panel[1]) == {}
    with room.app.app_context():
        event = events_of(subject=room.brief.public_id, kind="marks.workbook_taken")[0]
        assert event.data == {"workbook": 1, "marks": len(found)}


def test_rows_that_cannot_be_taken_are_named_by_cell_and_the_rest_is_taken(room: Room) -> None:
    def change(book: Workbook) -> None:
        sheet = book.worksheets[0]
        sheet["F5"], sheet["F6"], sheet["F7"] = 4, 77, "good"
        sheet["G8"] = "x" * 5001

    review = room.fill(change)
    room.take(review)

    for cell in ("F6", "F7", "G8"):
        assert f"<li>{cell} (" in review.text
    assert [m.value for m in room.marks(room.panel[0]).values()] == [Decimal(4)]


def test_a_blank_cell_never_erases_what_stands(room: Room) -> None:
    room.take(room.fill(fill_all))

    def only_a_comment(book: Workbook) -> None:
        sheet = book.worksheets[0]
        sheet["F5"], sheet["G5"] = None, "A better reason."

    review = room.fill(only_a_comment)
    room.take(review, **{"version-1": "1"})

    kept = [m for m in room.marks(room.panel[0]).values() if m.comment == "A better reason."]
    assert [(m.value, m.evidence) for m in kept] == [(Decimal(3), "Answer 2")]


def test_a_mark_changed_here_since_the_download_is_kept_unless_ticked(room: Room) -> None:
    book = room.download()
    room.mark_first(room.panel[0], Decimal(5), "Later.")
    book.worksheets[0]["F5"] = 2

    review = room.send(content_of(book))

    assert 'name="replace"' in review.text
    room.take(review, **{"version-1": "1"})
    assert [m.value for m in room.marks(room.panel[0]).values()] == [Decimal(5)]
    room.take(review, replace="1", **{"version-1": "1"})
    assert [m.value for m in room.marks(room.panel[0]).values()] == [Decimal(2)]


def test_what_the_page_did_not_show_is_not_overwritten(room: Room) -> None:
    review = room.fill(fill_all)
    room.mark_first(room.panel[0], Decimal(5), "Later.")

    done = room.take(review, replace="1")

    assert done.status_code == 409
    assert [m.value for m in room.marks(room.panel[0]).values()] == [Decimal(5)]


def _alter_seal(book: Workbook) -> None:
    sheet = book.worksheets[1]
    for row in range(1, 20):
        if sheet.cell(row, 1).value == "Grille":
            sheet.cell(row, 2).value = sheet.cell(row, 2).value[:-3] + "abc"


def _drop_seal(book: Workbook) -> None:
    del book[book.sheetnames[1]]


def _drop_rows(book: Workbook) -> None:
    book.worksheets[0].delete_rows(1, 500)


@pytest.mark.parametrize(
    ("change", "words"),
    [(_alter_seal, "was altered"), (_drop_seal, "was not made here"), (_drop_rows, "were not found")],
)
def test_an_altered_workbook_is_refused(room: Room, change: Change, words: str) -> None:
    answer = room.fill(change)

    assert answer.status_code == 422
    assert words in answer.text


def test_a_repeated_or_invented_row_is_refused_by_its_cell(room: Room) -> None:
    def change(book: Workbook) -> None:
        sheet = book.worksheets[0]
        sheet["F5"], sheet["F6"], sheet["A6"] = 3, 4, sheet["A5"].value
        sheet["A7"], sheet["F7"] = "999", 2

    review = room.fill(change)

    assert "<li>A6:" in review.text
    assert "<li>A7:" in review.text


def test_somebody_elses_workbook_is_refused(room: Room) -> None:
    content = content_of(room.download())

    answer = room.send(content, factories.signed_in(room.app, room.panel[1]))

    assert answer.status_code == 422
    assert "given out for another consultation or to somebody else" in answer.text


def _with_macros() -> bytes:
    buffer = io.BytesIO()
    book = Workbook()
    book.save(buffer)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    return buffer.getvalue()


def _bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * (70 * 1024 * 1024))
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (pdf(), "not an Excel workbook"),
        (b"", "not an Excel workbook"),
        (b"PK\x03\x04 broken", "not an Excel workbook"),
        (_with_macros(), "carries macros"),
        (_bomb(), "unpacks to more"),
    ],
    ids=["pdf", "empty", "broken", "macros", "bomb"],
)
def test_what_is_no_workbook_is_refused_in_words(room: Room, content: bytes, words: str) -> None:
    answer = room.send(content)

    assert answer.status_code == 422
    assert words in answer.text


def test_nothing_is_taken_after_handing_in(room: Room) -> None:
    review = room.fill(fill_all)
    with factories.built(room.app):
        factories.all_marks(room.panel[0], room.brief)
        member = factories.place_of(room.brief, room.panel[0])
        hand_in(actor=room.panel[0], brief=room.brief, member=member, now=datetime.now(UTC))

    assert room.take(review).status_code == 409
    assert room.fill(fill_all).status_code == 409
