"""A workbook in memory: what was typed, every formula, and the value last stored beside it."""

import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

from scoring.intake import opening
from scoring.intake.faults import WorkbookError, refused
from scoring.intake.places import Area, Place, read_area
from scoring.intake.values import ExcelError, Value, of_float

MOST_CELLS = 400_000
SPILLED = "={…}"


@dataclass(frozen=True)
class Cell:
    """``value`` as typed, or as last stored beside ``formula``; ``array`` for an array formula."""

    place: Place
    value: Value
    formula: str = ""
    array: bool = False
    dated: bool = False
    number_format: str = "General"


@dataclass
class Sheet:
    """Cells by (row, column), the empty ones left out; merged areas; what is hidden or of width 0."""

    name: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merged: dict[tuple[int, int], Area] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    last_row: int = 0
    last_column: int = 0

    def cell(self, row: int, column: int) -> Cell | None:
        return self.cells.get((row, column))

    def inside(self, area: Area) -> Iterator[Cell]:
        """The cells of an area that hold something, row by row."""
        bottom, right = min(area.bottom, self.last_row), min(area.right, self.last_column)
        if (bottom - area.top + 1) * (right - area.left + 1) > len(self.cells):
            yield from (cell for _, cell in sorted(self.cells.items()) if cell.place in area)
            return
        for row in range(area.top, bottom + 1):
            for column in range(area.left, right + 1):
                if found := self.cells.get((row, column)):
                    yield found

    def merged_around(self, place: Place) -> Area:
        """The merged area a cell is part of, or its own."""
        return self.merged.get((place.row, place.column), Area.of(place))


@dataclass
class Book:
    """Sheets in their order, and the names defined for the whole book."""

    sheets: dict[str, Sheet]
    names: dict[str, str] = field(default_factory=dict)

    def cell(self, place: Place) -> Cell | None:
        """The cell there; None where it is empty."""
        sheet = self.sheets.get(place.sheet)
        return sheet.cell(place.row, place.column) if sheet else None

    def cells(self) -> Iterator[Cell]:
        """Every cell that holds something, sheet by sheet, row by row."""
        for sheet in self.sheets.values():
            yield from (sheet.cells[key] for key in sorted(sheet.cells))

    def text_at(self, place: Place) -> str:
        """The words shown at a cell, those of its merged area included; empty where there are none."""
        sheet = self.sheets[place.sheet]
        cell = self.cell(sheet.merged_around(place).first)
        return " ".join(cell.value.split()) if cell and isinstance(cell.value, str) else ""


def read_book(path: Path | str) -> Book:
    """The workbook in a file. Raises WorkbookError where it is refused, OSError where it cannot be opened."""
    with Path(path).open("rb") as stream:
        return read_bytes(stream.read(opening.MOST_PACKED + 1))


def read_bytes(data: bytes) -> Book:
    """The workbook in ``data``. Raises WorkbookError where it is refused."""
    opening.check(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # openpyxl tells of charts and validations it leaves out; no cell is among them
            typed = load_workbook(io.BytesIO(data), keep_links=False)
            stored = load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
            return _book(typed, stored)
    except WorkbookError:
        raise
    except Exception as error:  # the parser meets a damaged file with errors of every kind
        raise refused("broken") from error


def _book(typed: Any, stored: Any) -> Book:
    sheets = {}
    count = 0
    for worksheet in typed.worksheets:
        sheets[worksheet.title] = sheet = _sheet(worksheet, stored[worksheet.title])
        count += len(sheet.cells)
        if count > MOST_CELLS:
            raise refused("too_many_cells", limit=MOST_CELLS)
    if not sheets:
        raise refused("no_sheet")
    names = {name.upper(): defined.attr_text or "" for name, defined in typed.defined_names.items()}
    return Book(sheets, names)


def _sheet(typed: Any, stored: Any) -> Sheet:
    sheet = Sheet(typed.title)
    for row in typed.iter_rows():
        for raw in row:
            if raw.value is not None:
                cell = _cell(raw, stored.cell(raw.row, raw.column), typed.title)
                sheet.cells[cell.place.row, cell.place.column] = cell
    for row, column in _spilled(typed):
        if filled := sheet.cells.get((row, column)):
            sheet.cells[row, column] = replace(filled, formula=SPILLED, array=True)
    sheet.last_row = max((row for row, _ in sheet.cells), default=0)
    sheet.last_column = max((column for _, column in sheet.cells), default=0)
    sheet.hidden_rows = frozenset(row for row, look in typed.row_dimensions.items() if look.hidden)
    for merged in typed.merged_cells.ranges:
        area = Area(typed.title, merged.min_row, merged.min_col, merged.max_row, merged.max_col)
        if area.rows * area.columns <= MOST_CELLS:
            sheet.merged.update({(place.row, place.column): area for place in area.places()})
    return sheet


def _spilled(typed: Any) -> Iterator[tuple[int, int]]:
    """The cells that an array formula of another cell fills."""
    for anchor, reference in typed.array_formulae.items():
        area = read_area(reference, typed.title)
        if area is not None and 1 < area.rows * area.columns <= MOST_CELLS:
            yield from ((place.row, place.column) for place in area.places() if place.a1 != anchor)


def _cell(raw: Any, stored: Any, sheet: str) -> Cell:
    place = Place(sheet, raw.row, raw.column)
    dated = isinstance(stored.value, date | datetime | time | timedelta)
    formula, array = "", False
    if isinstance(raw.value, ArrayFormula):
        formula, array = str(raw.value.text or ""), True
    elif isinstance(raw.value, DataTableFormula):
        formula = "=TABLE()"  # no function of a sheet: it is then told as not checked
    elif raw.data_type == "f":
        formula = str(raw.value)
    if formula and not formula.startswith("="):
        formula = f"={formula}"
    value = _value(stored)
    return Cell(place, value, formula, array, dated, str(raw.number_format))


def _value(stored: Any) -> Value:
    value = stored.value
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return of_float(value)
    if isinstance(value, date | datetime | time | timedelta):
        return of_float(to_excel(value))
    return ExcelError(str(value)) if stored.data_type == "e" else str(value)
