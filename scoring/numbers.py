"""Exact numbers: reading, rounding, printing. No binary float."""

import re
from decimal import Decimal
from fractions import Fraction

FORM = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,15})?([eE][+-]?0*[0-9]{1,2})?", re.ASCII)
LIMIT = 10**15
SIGNIFICANT = 12


class NumberText(str):
    """The text of a JSON number: told from a JSON string, and never read as a float."""

    __slots__ = ()


def parse(text: str) -> Fraction | None:
    """The number, or None where it has another form or more than 15 digits on a side of the point."""
    if not FORM.fullmatch(text):
        return None
    value = Fraction(Decimal(text))
    return value if abs(value) < LIMIT and LIMIT % value.denominator == 0 else None


def rounded(value: Fraction, mode: str, places: int | None) -> Fraction:
    """``value`` to ``places`` decimals: half_up (halves away from 0), half_even or down (towards 0); None keeps it."""
    if places is None:
        return value
    scale, numerator, denominator = 10**places, value.numerator, value.denominator
    if scale % denominator == 0:
        return value
    quotient, rest = divmod(abs(numerator) * scale, denominator)
    if mode == "half_up":
        up = 2 * rest >= denominator
    elif mode == "half_even":
        up = 2 * rest > denominator or (2 * rest == denominator and quotient % 2 == 1)
    else:
        up = False
    quotient += up
    return Fraction(-quotient if numerator < 0 else quotient, scale)


def plain(value: Fraction) -> str:
    """Plain decimal text: exact without trailing zeros where the decimal ends, else 12 significant digits."""
    places = _decimal_places(value.denominator)
    if places is not None:
        return _fixed(value.numerator * 10**places // value.denominator, places)
    return _significant(value)


def _significant(value: Fraction) -> str:
    """To 12 significant digits, zeros kept: 1.00000000000 says how far it was worked out."""
    whole = abs(value.numerator) // value.denominator
    places = SIGNIFICANT - (len(_digits(whole)) if whole else 1 - _leading_zeros(abs(value)))
    scaled = int(rounded(value * Fraction(10) ** places, "half_even", 0))
    if abs(scaled) == 10**SIGNIFICANT:  # 9.99… went up to 10: one digit more before the point, one less after
        scaled, places = scaled // 10, places - 1
    return _fixed(scaled * 10 ** max(-places, 0), max(places, 0), keep_zeros=True)


def _decimal_places(denominator: int) -> int | None:
    """How many decimals 1/denominator has; None where they never end."""
    twos = (denominator & -denominator).bit_length() - 1
    rest, fives = denominator >> twos, 0
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    return max(twos, fives) if rest == 1 else None


def _leading_zeros(value: Fraction) -> int:
    """One more than the zeros after the point of a number between 0 and 1."""
    zeros = 1
    while value * 10 < 1:
        value, zeros = value * 10, zeros + 1
    return zeros


def _digits(number: int) -> str:
    """The digits of a whole number of any length, which ``str`` refuses beyond a few thousand."""
    return str(Decimal(number))


def _fixed(scaled: int, places: int, *, keep_zeros: bool = False) -> str:
    digits = _digits(abs(scaled)).rjust(places + 1, "0")
    whole, fraction = digits[: len(digits) - places], digits[len(digits) - places :]
    if not keep_zeros:
        fraction = fraction.rstrip("0")
    sign = "-" if scaled < 0 else ""
    return f"{sign}{whole}.{fraction}" if fraction else f"{sign}{whole}"
