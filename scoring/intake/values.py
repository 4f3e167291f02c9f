"""What a cell may hold: exact numbers, text, truth, nothing, an error, or what cannot be worked out here."""

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

NUMBER = re.compile(r"[+-]?([0-9]{1,30}([.,][0-9]{0,30})?|[.,][0-9]{1,30})([eE][+-]?[0-9]{1,2})?", re.ASCII)
SPACES = re.compile(r"[\s\u00a0\u202f]+")


@dataclass(frozen=True)
class ExcelError:
    """``#VALUE!`` and its kind."""

    code: str


@dataclass(frozen=True)
class Unknown:
    """A value that is not worked out: ``reason`` is a function's name or another part of a formula."""

    reason: str


Value = Fraction | str | bool | ExcelError | Unknown | None

VALUE = ExcelError("#VALUE!")
DIVISION = ExcelError("#DIV/0!")
REFERENCE = ExcelError("#REF!")
NUMERIC = ExcelError("#NUM!")
ABSENT = ExcelError("#N/A")


def is_number(value: object) -> bool:
    """Whether it is a number, which a truth value is not."""
    return isinstance(value, Fraction)


def of_float(value: float | int) -> Fraction:
    """The decimal that a stored float shows: 2.68, not the binary number nearest to it."""
    return Fraction(Decimal(repr(value)))


def number_in(text: str) -> Fraction | None:
    """The number that text holds, with a point or a comma, spaces between thousands, perhaps a per cent sign."""
    bare = SPACES.sub("", text).replace("−", "-")
    percent = bare.endswith("%")
    bare = bare.removesuffix("%")
    if not NUMBER.fullmatch(bare):
        return None
    value = Fraction(Decimal(bare.replace(",", ".")))
    return value / 100 if percent else value


def near(stored: Fraction, exact: Fraction) -> bool:
    """Whether a stored float may be the exact value: a hundred times the noise of binary arithmetic is let pass."""
    return abs(stored - exact) <= max(abs(stored), abs(exact), Fraction(1)) / 10**13
