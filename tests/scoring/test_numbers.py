"""Exact numbers: reading, rounding, printing."""

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.numbers import parse, plain, rounded

MODES = {"half_up": ROUND_HALF_UP, "half_even": ROUND_HALF_EVEN, "down": ROUND_DOWN}


@pytest.mark.parametrize(
    "text",
    [
        "0",
        "-0",
        "12.50",
        "1e3",
        "1E-2",
        "999999999999999",
        "0.000000000000001",
        "-3.5",
        "1.5e+1",
        "1e003",
        "0e99",
        "100e-1",
    ],
)
def test_numbers_that_are(text: str) -> None:
    assert parse(text) == Fraction(Decimal(text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " 1",
        "01",
        ".5",
        "5.",
        "+1",
        "1e15",
        "1e-16",
        "1234567890123456",
        "0.1234567890123456",
        "NaN",
        "1,5",
        "0x1",
        "1e100",
        "0e100",
        "1e-99",
        "1e1000000000",
        "1000000000000000e-5",
        "5\n",
        "1_000",
        "e5",
        "1e",
        "--1",
        "٣.٥",
        "١",
    ],
)
def test_numbers_that_are_not(text: str) -> None:
    assert parse(text) is None


@given(st.decimals(-(10**6), 10**6, places=6), st.sampled_from(sorted(MODES)), st.integers(0, 5))
def test_rounding_is_that_of_decimal(value: Decimal, mode: str, places: int) -> None:
    found = rounded(Fraction(value), mode, places)

    assert found == Fraction(value.quantize(Decimal(1).scaleb(-places), rounding=MODES[mode]))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(0), "0"),
        (Fraction(-1, 2), "-0.5"),
        (Fraction(100), "100"),
        (Fraction(1, 3), "0.333333333333"),
        (Fraction(2, 3), "0.666666666667"),
        (Fraction(2, 21), "0.0952380952381"),
        (Fraction(1, 11), "0.0909090909091"),
        (Fraction(1, 5**30), "0.000000000000000000001073741824"),
        (Fraction(7, 5**30 * 3), "0.00000000000000000000250539758933"),
        (Fraction(-1, 300), "-0.00333333333333"),
        (Fraction(480, 13), "36.9230769231"),
        (Fraction(10**14, 3), "33333333333300"),
        (Fraction(10**13, 3), "3333333333330"),
        (Fraction(10**12, 3), "333333333333"),
        (Fraction(10**11, 3), "33333333333.3"),
        (Fraction(3 * 10**13 - 1, 3 * 10**13), "1.00000000000"),
        (Fraction(1 - 3 * 10**13, 3 * 10**12), "-10.0000000000"),
        (Fraction(3 * 10**12 - 1, 3), "1000000000000"),
        (Fraction(1, 3 * 10**13), "0.0000000000000333333333333"),
        (Fraction(1, 2**20), "0.00000095367431640625"),
    ],
)
def test_plain_text(value: Fraction, text: str) -> None:
    assert plain(value) == text


@given(st.decimals(-(10**14), 10**14, places=15).map(Fraction))
def test_what_ends_is_printed_exactly(value: Fraction) -> None:
    assert Fraction(plain(value)) == value


def test_a_decimal_of_thousands_of_digits_is_printed() -> None:
    text = plain(Fraction(1, 2**5000))

    assert len(text) == 5002
    assert text.endswith("90625")
