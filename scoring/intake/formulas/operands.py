"""What a formula works with: single values, and rectangles of cells."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from scoring.intake.values import VALUE, ExcelError, Unknown, Value, number_in


class Stop(Exception):  # noqa: N818 - a value travelling up, no fault of the program's
    """An error value or a value not worked out, which is then the whole formula's."""

    def __init__(self, value: ExcelError | Unknown) -> None:
        super().__init__(value)
        self.value = value


@dataclass(frozen=True)
class Cells:
    """A rectangle of values. ``at`` reads one, from 1; ``filled`` gives those that are not blank, row by row.

    ``place`` is where it stands on a sheet (row and column of its top left cell); None for one worked out.
    """

    rows: int
    columns: int
    at: Callable[[int, int], Value]
    filled: Callable[[], Iterator[Value]]
    place: tuple[int, int] | None = None

    @classmethod
    def of(cls, *values: "Operand") -> "Cells":
        """One row of single values."""
        row = [scalar(value) for value in values]
        return cls.table([row])

    @classmethod
    def table(cls, rows: list[list[Value]]) -> "Cells":
        """Rows of values that a formula worked out."""

        def filled() -> Iterator[Value]:
            yield from (value for row in rows for value in row if value is not None)

        return cls(len(rows), len(rows[0]), lambda row, column: rows[row - 1][column - 1], filled)

    def all(self) -> Iterator[Value]:
        """Every value, blanks as None, row by row."""
        for row in range(1, self.rows + 1):
            for column in range(1, self.columns + 1):
                yield self.at(row, column)

    def part(self, row: int, column: int) -> "Cells":
        """One cell; a whole column where ``row`` is 0, a whole row where ``column`` is."""
        rows = [row] if row else range(1, self.rows + 1)
        columns = [column] if column else range(1, self.columns + 1)
        return Cells.table([[self.at(r, c) for c in columns] for r in rows])


Operand = Value | Cells


def scalar(operand: Operand) -> Value:
    """A single value: that of a rectangle of one cell; a larger one is a fault, as in a sheet."""
    if isinstance(operand, Cells):
        return operand.at(1, 1) if operand.rows == operand.columns == 1 else VALUE
    return operand


def number_of(operand: Operand) -> Fraction:
    """The number an operand stands for: a blank is 0, text its number. Raises Stop with an error or Unknown."""
    value = scalar(operand)
    if isinstance(value, bool):
        return Fraction(int(value))
    if value is None:
        return Fraction(0)
    if isinstance(value, str):
        found = number_in(value)
        if found is None:
            raise Stop(VALUE)
        return found
    if isinstance(value, ExcelError | Unknown):
        raise Stop(value)
    return value


def truth_of(operand: Operand) -> bool:
    """Whether a condition holds. Raises Stop where it is text, an error or Unknown."""
    value = scalar(operand)
    if isinstance(value, str):
        if value.upper() in ("TRUE", "FALSE"):
            return value.upper() == "TRUE"
        raise Stop(VALUE)
    return number_of(value) != 0
