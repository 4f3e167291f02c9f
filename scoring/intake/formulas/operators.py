"""The operators of a sheet: arithmetic, comparison, joining, per cent."""

from collections.abc import Callable
from fractions import Fraction

from scoring.intake.formulas.operands import Cells, Operand, Stop, number_of, scalar
from scoring.intake.values import DIVISION, NUMERIC, VALUE, ExcelError, Unknown, Value
from scoring.numbers import plain

MOST_POWER = 200
MOST_IN_TABLE = 200_000
COMPARISONS: dict[str, Callable[[int], bool]] = {
    "=": lambda order: order == 0,
    "<>": lambda order: order != 0,
    "<": lambda order: order < 0,
    ">": lambda order: order > 0,
    "<=": lambda order: order <= 0,
    ">=": lambda order: order >= 0,
}


def unary(operator: str, operand: Operand) -> Operand:
    """A sign before or a per cent sign behind."""
    if isinstance(operand, Cells) and not operand.rows == operand.columns == 1:
        if operand.rows * operand.columns > MOST_IN_TABLE:
            return Unknown(operator)
        return Cells.table([[_value(unary(operator, v)) for v in row] for row in _rows(operand)])
    if operator == "+":
        return scalar(operand)
    try:
        return -number_of(operand) if operator == "-" else number_of(operand) / 100
    except Stop as stop:
        return stop.value


def binary(operator: str, left: Operand, right: Operand) -> Operand:
    """Two operands; rectangles are worked cell by cell, a single value or a single row or column repeated."""
    tables = [x for x in (left, right) if isinstance(x, Cells) and not x.rows == x.columns == 1]
    if tables:
        return _each(operator, left, right, max(t.rows for t in tables), max(t.columns for t in tables))
    try:
        return _single(operator, left, right)
    except Stop as stop:
        return stop.value


def _each(operator: str, left: Operand, right: Operand, rows: int, columns: int) -> Operand:
    sides = [side if isinstance(side, Cells) else Cells.of(side) for side in (left, right)]
    if any(side.rows not in (1, rows) or side.columns not in (1, columns) for side in sides):
        return VALUE

    if rows * columns > MOST_IN_TABLE:
        return Unknown(operator)

    def value(row: int, column: int) -> Value:
        pair = [side.at(min(row, side.rows), min(column, side.columns)) for side in sides]
        return _value(binary(operator, *pair))

    return Cells.table([[value(row, column) for column in range(1, columns + 1)] for row in range(1, rows + 1)])


def _single(operator: str, left: Operand, right: Operand) -> Value:
    if operator in COMPARISONS:
        return COMPARISONS[operator](_order(left, right))
    if operator == "&":
        return _text(left) + _text(right)
    a, b = number_of(left), number_of(right)
    if operator == "+":
        return a + b
    if operator == "-":
        return a - b
    if operator == "*":
        return a * b
    if operator == "/":
        return a / b if b else DIVISION
    return _power(a, b)


def _power(base: Fraction, exponent: Fraction) -> Value:
    if exponent.denominator != 1 or abs(exponent) > MOST_POWER:
        return Unknown("^")
    if base == 0 and exponent <= 0:
        return NUMERIC if exponent == 0 else DIVISION
    return base ** int(exponent)


def _order(left: Operand, right: Operand) -> int:
    """-1, 0 or 1. Numbers come before text, text before truth; letters are compared without their case."""
    a, b = scalar(left), scalar(right)
    for value in (a, b):
        if isinstance(value, ExcelError | Unknown):
            raise Stop(value)
    a, b = _filled(a, b), _filled(b, a)
    first, second = _key(a), _key(b)
    return (first > second) - (first < second)


def _filled(value: Value, other: Value) -> Value:
    """A blank beside text is empty text, beside truth it is false, else 0."""
    if value is not None:
        return value
    return "" if isinstance(other, str) else False if isinstance(other, bool) else Fraction(0)


def _key(value: Value) -> tuple[int, Fraction, str]:
    if isinstance(value, bool):
        return (2, Fraction(int(value)), "")
    if isinstance(value, str):
        return (1, Fraction(0), value.casefold())
    return (0, value if isinstance(value, Fraction) else Fraction(0), "")


def _text(operand: Operand) -> str:
    value = scalar(operand)
    if isinstance(value, ExcelError):
        raise Stop(value)
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, Fraction) and value.denominator == 1:
        return plain(value)
    raise Stop(Unknown("&"))  # how a broken number or a truth is spelt depends on the reader's language


def _rows(cells: Cells) -> list[list[Value]]:
    return [[cells.at(row, column) for column in range(1, cells.columns + 1)] for row in range(1, cells.rows + 1)]


def _value(operand: Operand) -> Value:
    return scalar(operand)
