"""Small workbooks for the tests, written as people's programs write them, and what is found in them."""

import io
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from xlsxwriter import Workbook as Writer

from scoring import from_document, rank
from scoring.intake.audit import Report, audit
from scoring.intake.audit.finding import Finding
from scoring.intake.cells import Book, read_book, read_bytes
from scoring.intake.importing import take_in
from scoring.intake.mapping.model import Map
from scoring.intake.mapping.reading import from_page
from scoring.intake.mapping.yaml_page import parse
from scoring.intake.report import LANGUAGES, as_document, as_text
from scoring.numbers import plain

WORKBOOKS = Path(__file__).parents[2] / "data" / "workbooks"
Cells = dict[str, Any]


def packed(sheets: dict[str, Cells], merged: dict[str, list[str]] | None = None) -> bytes:
    """An .xlsx file; formulas have no stored value."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for name, cells in sheets.items():
        sheet = workbook.create_sheet(name)
        for cell, value in cells.items():
            sheet[cell] = value
        for area in (merged or {}).get(name, []):
            sheet.merge_cells(area)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def book(cells: Cells, merged: list[str] | None = None, **sheets: Cells) -> Book:
    """A book whose first sheet is called Sheet."""
    return read_bytes(packed({"Sheet": cells, **sheets}, {"Sheet": merged or []}))


def calculated(cells: dict[str, tuple[str, Any]], typed: Cells, name: str = "Sheet") -> Book:
    """A book whose formulas have the stored values given: cell → (formula, value)."""
    stream = io.BytesIO()
    writer = Writer(stream)
    sheet = writer.add_worksheet(name)
    for cell, value in typed.items():
        sheet.write(cell, value)
    for cell, (formula, value) in cells.items():
        sheet.write_formula(cell, formula, None, value)
    writer.close()
    return read_bytes(stream.getvalue())


def a_map(text: str) -> Map:
    """A map from its YAML."""
    return from_page(parse(text.encode()))


def shipped(name: str) -> tuple[Book, Map]:
    """A published workbook and its map."""
    return read_book(WORKBOOKS / f"{name}.xlsx"), a_map((WORKBOOKS / f"{name}.yaml").read_text())


def audited(cells: Cells, mapped: str = "", **sheets: Cells) -> Report:
    """The audit of a small book."""
    report = audit(book(cells, **sheets), a_map(mapped) if mapped else None)
    as_document(report)
    assert all(as_text(report, language) for language in LANGUAGES)  # every finding has its sentences
    return report


def where(report: Report, code: str, level: str = "") -> list[str]:
    """The cells of a code's findings, with their sheet where it is not the first."""
    return [
        f.place.a1 if f.place.sheet == "Sheet" else f"{f.place.sheet}!{f.place.a1}"
        for f in report.findings
        if f.code == code and level in ("", f.level)
    ]


def one(report: Report, code: str) -> Finding:
    """The only finding of a code."""
    (found,) = [finding for finding in report.findings if finding.code == code]
    return found


def values(finding: Finding) -> tuple[str, str]:
    """What is shown and what is right, as text."""
    return text(finding.shown), text(finding.right)


def effects(finding: Finding, kind: str) -> dict[str, tuple[str, str]]:
    """Option → what it shows, and what it would."""
    return {e.name: (text(e.shown), text(e.right)) for e in finding.effects if e.kind == kind}


def text(value: Any) -> str:
    """A value as text."""
    from fractions import Fraction

    return plain(value) if isinstance(value, Fraction) else str(getattr(value, "code", value))


def ranking(document: dict[str, Any]) -> dict[str, tuple[int | None, str | None]]:
    """Bid → rank and total, by the library."""
    result = rank(from_document(document)).to_document()
    return {bid["key"]: (bid["rank"], bid["total"]) for bid in result["bids"]}


def imported(given: Book, mapped: str | Map) -> dict[str, dict[str, Any]]:
    """The evaluation files a book becomes, by sheet."""
    return take_in(given, a_map(mapped) if isinstance(mapped, str) else mapped).documents


def only(documents: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The one evaluation file there is."""
    (document,) = documents.values()
    return document
