"""Exact numbers as an evaluation file writes them."""

from fractions import Fraction
from typing import Any

from scoring.numbers import NumberText, parse, plain, rounded

MOST_DECIMALS = 15


def json_number(value: Fraction) -> int | str:
    """A whole number as such, any other as its decimal text; one that never ends is cut at 15 decimals."""
    if value.denominator == 1:
        return int(value)
    text = plain(value)
    found = parse(text)
    return text if found == value else plain(rounded(value, "half_even", MOST_DECIMALS))


def ends(value: Fraction) -> bool:
    """Whether the decimal can be written in full."""
    return parse(str(json_number(value))) == value


def without_number_text(value: Any) -> Any:
    """A part of the map as plain JSON: numbers that are whole as such, others as their text."""
    if isinstance(value, NumberText):
        return int(value) if value.lstrip("-").isdigit() else str(value)
    if isinstance(value, dict):
        return {key: without_number_text(item) for key, item in value.items()}
    if isinstance(value, list):
        return [without_number_text(item) for item in value]
    return value
