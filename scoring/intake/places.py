"""Where things are in a workbook: cells, areas, and their names in A1 style."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384
PLAIN_SHEET = re.compile(r"[^\W\d][\w.]*")
CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


@dataclass(frozen=True, order=True)
class Place:
    """One cell; rows and columns count from 1."""

    sheet: str
    row: int
    column: int

    @property
    def a1(self) -> str:
        """``D7``."""
        return f"{column_name(self.column)}{self.row}"

    def __str__(self) -> str:
        return f"{quoted(self.sheet)}!{self.a1}"

    def moved(self, rows: int, columns: int) -> "Place":
        """So many rows down and columns to the right."""
        return Place(self.sheet, self.row + rows, self.column + columns)


@dataclass(frozen=True, order=True)
class Area:
    """A rectangle of cells, its edges included."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int

    @classmethod
    def of(cls, place: Place) -> "Area":
        """The area of one cell."""
        return cls(place.sheet, place.row, place.column, place.row, place.column)

    @property
    def rows(self) -> int:
        return self.bottom - self.top + 1

    @property
    def columns(self) -> int:
        return self.right - self.left + 1

    @property
    def single(self) -> bool:
        """Whether it is one cell."""
        return self.rows == 1 and self.columns == 1

    @property
    def first(self) -> Place:
        """Its top left cell."""
        return Place(self.sheet, self.top, self.left)

    def at(self, row: int, column: int) -> Place:
        """The cell so many rows and columns in, from 1."""
        return Place(self.sheet, self.top + row - 1, self.left + column - 1)

    def __contains__(self, place: Place) -> bool:
        inside = self.top <= place.row <= self.bottom and self.left <= place.column <= self.right
        return inside and place.sheet == self.sheet

    def places(self) -> Iterator[Place]:
        """Its cells, row by row."""
        for row in range(self.top, self.bottom + 1):
            for column in range(self.left, self.right + 1):
                yield Place(self.sheet, row, column)

    @property
    def a1(self) -> str:
        """``B2:K2``, without the sheet."""
        first, last = self.first.a1, Place(self.sheet, self.bottom, self.right).a1
        return first if self.single else f"{first}:{last}"

    def __str__(self) -> str:
        return f"{quoted(self.sheet)}!{self.a1}"


def column_name(number: int) -> str:
    """1 is A, 27 is AA."""
    name = ""
    while number:
        number, letter = divmod(number - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def column_number(name: str) -> int:
    """A is 1, AA is 27."""
    number = 0
    for letter in name.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def quoted(sheet: str) -> str:
    """A sheet's name as a formula writes it."""
    return sheet if PLAIN_SHEET.fullmatch(sheet) else "'" + sheet.replace("'", "''") + "'"


def read_cell(text: str, sheet: str) -> Place | None:
    """``D7`` or ``$D$7`` on a sheet; None where it is none."""
    found = CELL.fullmatch(text.strip())
    if not found:
        return None
    column, row = column_number(found[1]), int(found[2])
    return Place(sheet, row, column) if 1 <= row <= LAST_ROW and column <= LAST_COLUMN else None


def read_area(text: str, sheet: str) -> Area | None:
    """``B2:K2``, ``Sheet!B2`` or ``'My sheet'!B2:K2``; ``sheet`` where none is named. None where it is none."""
    where, cells = split_sheet(text)
    first, _, last = cells.partition(":")
    start = read_cell(first, where or sheet)
    end = read_cell(last, where or sheet) if last else start
    if start is None or end is None or start.row > end.row or start.column > end.column:
        return None
    return Area(start.sheet, start.row, start.column, end.row, end.column)


def split_sheet(text: str) -> tuple[str, str]:
    """The sheet's name (empty where none is named) and the cells."""
    where, mark, cells = text.strip().rpartition("!")
    if not mark:
        return "", cells
    if where.startswith("'") and where.endswith("'") and len(where) > 1:
        where = where[1:-1].replace("''", "'")
    return where, cells
