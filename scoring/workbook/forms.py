"""Workbooks to be filled anywhere and sent back: rows to read, cells to type in, a sheet that identifies the whole."""

import math
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from scoring.workbook.book import Book, Sheet
from scoring.workbook.text import safe

HEAD = 4
LIST_LIMIT = 255
LINE_HEIGHT, HIGHEST = 13.5, 409.0
WORDS = {
    "en": {
        "identity": "About",
        "identity_note": "Leave this sheet as it is: it says which workbook this is.",
        "progress": "Filled in: {done} of {all}",
        "joined": '"Filled in: "&COUNTA({cells})&" of {all}"',
        "page": "Page {p} of {n}",
        "choose": "Choose one of the list",
    },
    "fr": {
        "identity": "À propos",
        "identity_note": "Laissez cette feuille telle quelle : elle dit de quel classeur il s’agit.",
        "progress": "Rempli : {done} sur {all}",
        "joined": '"Rempli : "&COUNTA({cells})&" sur {all}"',
        "page": "Page {p} sur {n}",
        "choose": "Choisissez dans la liste",
    },
}


@dataclass(frozen=True)
class FormColumn:
    """A column: ``kind`` is shown (locked), text or number (to type in). ``counted`` columns make the progress."""

    title: str
    width: float
    kind: str = "shown"
    counted: bool = False


@dataclass(frozen=True)
class FormCell:
    """A cell to type in, and the words it may hold, offered as a list; blank allows anything."""

    value: str | Fraction | None = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class FormSheet:
    """One sheet: rows of texts (shown) and cells (typed), as its columns say."""

    name: str
    title: str
    note: str
    columns: tuple[FormColumn, ...]
    rows: tuple[tuple[str | FormCell, ...], ...]


@dataclass(frozen=True)
class Form:
    """The whole: what it is called, the lines that identify it, its sheets in order."""

    title: str
    identity: tuple[tuple[str, str], ...]
    sheets: tuple[FormSheet, ...] = field(default_factory=tuple)


def write_form(form: Form, target: Any, *, language: str = "en") -> None:
    """Write the form to a path or a binary stream, in ``en`` or ``fr``. Cells to type in are coloured and unlocked."""
    words = WORDS["fr" if language == "fr" else "en"]
    book = Book(target, title=form.title, footer="", page_words=words["page"], made_at=None)
    for sheet in form.sheets:
        _Writer(book.sheet(sheet.name), sheet, words).write()
    _write_identity(book.sheet(words["identity"]), form, words)
    book.close()


class _Writer:
    def __init__(self, sheet: Sheet, form: FormSheet, words: dict[str, str]) -> None:
        self.sheet, self.form, self.words = sheet, form, words

    def write(self) -> None:
        sheet, form = self.sheet, self.form
        sheet.text(0, 0, form.title, "title")
        sheet.text(1, 0, form.note, "subtitle")
        self._progress()
        sheet.heads(HEAD - 1, [column.title for column in form.columns])
        for row, cells in enumerate(form.rows, start=HEAD):
            for column, cell in enumerate(cells):
                self._cell(row, column, cell)
            sheet.page.set_row(row, self._height(cells))
        sheet.page.set_row(HEAD - 1, 30)
        sheet.widths([column.width for column in form.columns])
        last = (HEAD + max(len(form.rows), 1) - 1, len(form.columns) - 1)
        shown = next((i for i, c in enumerate(form.columns) if c.kind != "shown"), 0)
        sheet.finish(freeze=(HEAD, min(shown, 2)), last=last)

    def _height(self, cells: tuple[str | FormCell, ...]) -> float:
        """Points a row needs for its longest text: some programs do not work it out by themselves."""
        texts = [cell if isinstance(cell, str) else str(cell.value or "") for cell in cells]
        widths = [column.width for column in self.form.columns]
        lines = [
            sum(max(1, math.ceil(len(line) / width)) for line in text.split("\n"))
            for text, width in zip(texts, widths, strict=True)
        ]
        return min(HIGHEST, LINE_HEIGHT * max(lines) + 4)

    def _progress(self) -> None:
        """How many of the cells that count are filled, alive."""
        column = next((i for i, c in enumerate(self.form.columns) if c.counted), None)
        if column is None or not self.form.rows:
            return
        total = len(self.form.rows)
        filled = sum(_is_filled(row[column]) for row in self.form.rows)
        cells = xl_range_abs(HEAD, column, HEAD + total - 1, column)
        text = self.words["progress"].format(done=filled, all=total)
        self.sheet.formula(2, 0, self.words["joined"].format(cells=cells, all=total), text, "lead")

    def _cell(self, row: int, column: int, cell: str | FormCell) -> None:
        if isinstance(cell, str):
            self.sheet.text(row, column, cell, "wrapped", valign="top")
            return
        # A number typed in counts as one, a word stays a word; @ would turn typed numbers into text.
        number = self.form.columns[column].kind == "number"
        style = {"text_wrap": True, "valign": "top", "bold": False, "align": "center" if number else "left"}
        if isinstance(cell.value, Fraction):
            self.sheet.number(row, column, cell.value, "input", **style)
        elif cell.value is None:
            self.sheet.blank(row, column, "input", **style)
        else:
            self.sheet.text(row, column, cell.value, "input", **style)
        self._offer(row, column, cell.choices)

    def _offer(self, row: int, column: int, choices: tuple[str, ...]) -> None:
        """The list of what the cell may hold; Excel takes no list of more than 255 characters, nor a comma within."""
        listed = [safe(choice) for choice in choices]
        if not listed or len(",".join(listed)) > LIST_LIMIT or any("," in choice for choice in listed):
            return
        rule = {"validate": "list", "source": listed, "error_title": self.words["choose"]}
        rule["error_message"] = f"{self.sheet.name}!{xl_rowcol_to_cell(row, column)}: {', '.join(listed)}"[:LIST_LIMIT]
        self.sheet.page.data_validation(row, column, row, column, rule)


def _is_filled(cell: str | FormCell) -> bool:
    return isinstance(cell, FormCell) and cell.value is not None


def _write_identity(sheet: Sheet, form: Form, words: dict[str, str]) -> None:
    sheet.text(0, 0, form.title, "title")
    sheet.text(1, 0, words["identity_note"], "subtitle")
    for row, (label, value) in enumerate(form.identity, start=3):
        sheet.text(row, 0, label, "label")
        sheet.text(row, 1, value, "note")
    sheet.widths([24, 90])
    sheet.finish(freeze=(0, 0), last=(2 + max(len(form.identity), 1), 1))
