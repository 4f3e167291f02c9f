"""Workbooks there and back: an evaluator marks, and an agency answers, away from the site."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from rfp.responses.offline.form import simple
from rfp.vocabulary import Role
from tests.browser.conftest import Reader
from tests.browser.pages.entrance import Entrance
from tests.browser.site import Site
from tests.browser.visitor import Visitor
from tests.factories import (
    a_buyer,
    a_colleague,
    a_published_brief,
    a_response,
    an_agency,
    an_evaluation,
    built,
)

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")]
FIRST_ROW = 5


def send(visitor: Visitor, book: Workbook, folder: Path, status: int = 200) -> None:
    """Choose the workbook in the page's form, and send it."""
    path = folder / "filled.xlsx"
    book.save(path)
    visitor.page.set_input_files("#file", str(path))
    visitor.press('main form[enctype="multipart/form-data"] button', status)


def test_mark_away_from_the_site(site: Site, reader: Reader, window: Callable[..., Visitor], tmp_path: Path) -> None:
    with built(site.app):
        buyer = a_buyer(language=reader.language)
        evaluator = a_colleague(buyer, Role.EVALUATOR, email="ada@example.org", language=reader.language)
        brief = an_evaluation(buyer, agencies=[an_agency("Alpha"), an_agency("Beta")], evaluators=[evaluator])
        address = f"/briefs/{brief.public_id}/marking"
        marks = 2 * len([c for c in brief.leaves if c.is_marked])
    visitor = window(reader)
    Entrance(visitor, site).sign_in(evaluator.email, path="/evaluations")
    visitor.follow(address)
    visitor.follow(f"{address}/upload")

    book = load_workbook(io.BytesIO(visitor.download(f"{address}/workbook.xlsx")))
    sheet = book.worksheets[0]
    for row in range(FIRST_ROW, FIRST_ROW + marks):
        sheet.cell(row, 6).value, sheet.cell(row, 7).value = 3, "Sound."
    sheet.cell(FIRST_ROW, 6).value = 9
    send(visitor, book, tmp_path)

    assert f"F{FIRST_ROW}" in visitor.page.locator(".callout-danger").inner_text()
    assert visitor.page.locator("main tbody tr").count() == marks - 1
    visitor.press("main form .btn-primary")
    assert visitor.path == address
    assert visitor.page.locator("progress").get_attribute("value") == str(marks - 1)
    visitor.open(f"{address}/upload")
    sheet.cell(FIRST_ROW, 6).value = 2
    send(visitor, book, tmp_path)
    assert visitor.page.locator("main tbody tr").count() == 1
    visitor.press("main form .btn-primary")
    assert visitor.page.locator("progress").get_attribute("value") == str(marks)


def test_answer_away_from_the_site(site: Site, reader: Reader, window: Callable[..., Visitor], tmp_path: Path) -> None:
    with built(site.app):
        agency = an_agency(email="pat@example.org", language=reader.language)
        response = a_response(agency, a_published_brief(a_buyer(), language=reader.language))
        address = f"/responses/{response.public_id}"
        types = [question.definition["type"] for question in simple(response)]
    visitor = window(reader)
    Entrance(visitor, site).sign_in(agency.email, path="/responses")
    visitor.follow(address)
    visitor.follow(f"{address}/upload")

    book = load_workbook(io.BytesIO(visitor.download(f"{address}/workbook.xlsx")))
    sheet, money = book.worksheets[0], FIRST_ROW + types.index("money")
    sheet.cell(FIRST_ROW + types.index("longtext"), 5).value = "We listen first."
    sheet.cell(money, 5).value = "a lot"
    send(visitor, book, tmp_path)

    assert f"!E{money}" in visitor.page.locator(".callout-danger").inner_text()
    assert visitor.page.locator("main section pre").nth(1).inner_text() == "We listen first."
    visitor.press("main form .btn-primary")
    assert visitor.path == address
    visitor.open(f"{address}/upload")
    sheet.cell(money, 5).value = "1 234,50"
    send(visitor, book, tmp_path)
    visitor.press("main form .btn-primary")
    visitor.open(f"{address}/check")
    assert "We listen first." in visitor.page.locator("main").inner_text()
    assert not visitor.has('main form[action$="/submit"]')


def test_a_file_that_is_no_workbook_is_refused_in_words(
    site: Site, reader: Reader, window: Callable[..., Visitor], tmp_path: Path
) -> None:
    with built(site.app):
        agency = an_agency(email="pat@example.org", language=reader.language)
        response = a_response(agency, a_published_brief(a_buyer()))
    visitor = window(reader)
    Entrance(visitor, site).sign_in(agency.email, path=f"/responses/{response.public_id}/upload")
    path = tmp_path / "notes.xlsx"
    path.write_bytes(b"not a workbook")

    visitor.page.set_input_files("#file", str(path))
    visitor.press('main form[enctype="multipart/form-data"] button', 422)

    assert visitor.has("#file-error")
