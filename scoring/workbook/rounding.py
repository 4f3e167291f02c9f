"""Rounding and comparing in a spreadsheet's binary doubles as the library does in exact fractions.

A double holds 15 decimal digits for certain, and the sums and products of a ranking lose a few units
of the 16th. So a figure of magnitude M is first rounded to ``guard`` decimals, its 14th significant
digit: far coarser than the error, far finer than any declared stage. An exact decimal half that the
arithmetic left at 2.4999999999999996 is 2.5 again before the declared rounding sees it.
"""

import math
from collections.abc import Iterable
from fractions import Fraction

CERTAIN_DIGITS = 14
MOST_PLACES = 15


def guard_places(magnitude: Fraction) -> int:
    """The decimals that a figure of this magnitude holds for certain; negative for a very large one."""
    digits = math.floor(math.log10(magnitude)) + 1 if magnitude > 0 else 1
    return CERTAIN_DIGITS - digits


def largest(values: Iterable[Fraction | None], least: Fraction = Fraction(0)) -> Fraction:
    """The largest magnitude among them."""
    return max((abs(v) for v in values if v is not None), default=least) or least


def tolerance(guard: int) -> str:
    """Below this, two figures are one."""
    return f"1E{-guard:+d}"


def certain(expression: str, guard: int) -> str:
    """The figure without the noise of its arithmetic."""
    return f"ROUND({expression},{max(0, min(guard, MOST_PLACES))})"


def rounded(expression: str, mode: str, places: int | None, guard: int) -> str:
    """The expression to ``places`` decimals by ``mode``; None keeps it as it is."""
    if places is None:
        return expression
    clean = certain(expression, guard) if guard > places else expression
    if mode == "half_up":
        return f"ROUND({clean},{places})"
    if mode == "down":
        return f"ROUNDDOWN({clean},{places})"
    return _half_even(clean, places, guard)


def _half_even(clean: str, places: int, guard: int) -> str:
    """Half up, less one unit where an even number was a half away; half a unit of the guard tells a half."""
    scaled = f"ABS({clean})*10^{places}" if places else f"ABS({clean})"
    too_far = f"(ABS(MOD({scaled},2)-0.5)<5E{min(places - guard, -1) - 1:+d})*SIGN({clean})"
    unit = f"/10^{places}" if places else ""
    return f"ROUND(ROUND({clean},{places})-{too_far}{unit},{places})"


def is_settled(places: int | None, guard: int) -> bool:
    """Whether figures rounded to ``places`` are equal in the sheet exactly where they are equal."""
    return places is not None and places < guard
