"""Exact fractions in bulk: whole numbers over one common denominator.

Sums and products are made in 64-bit integers where a bound worked out beforehand says that nothing can
overflow, and in Python's own integers (an object array) where it does not. Never in floating point.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np

Whole = np.ndarray[Any, np.dtype[Any]]
LIMIT = 2**62


@dataclass(frozen=True)
class Column:
    """``nums[i] / den`` where ``known[i]`` (everywhere if None); ``bound`` is no less than any ``|nums[i]|``."""

    nums: Whole
    den: int
    bound: int
    known: Whole | None = None

    @classmethod
    def of(cls, nums: Whole, den: int) -> "Column":
        """A column, all known, whose bound is looked up."""
        return cls(nums, den, int(abs(nums).max()) if nums.size else 0)

    def has(self, index: Any) -> bool:
        """Whether the number is known."""
        return self.known is None or bool(self.known[index])

    def at(self, index: Any) -> Fraction | None:
        """One number; None where it is not known."""
        return Fraction(int(self.nums[index]), self.den) if self.has(index) else None

    def listed(self) -> list[Fraction | None]:
        """All the numbers."""
        if self.known is None:
            return [Fraction(number, self.den) for number in self.nums.tolist()]
        return [self.at(index) for index in range(len(self.nums))]

    def row(self, index: int) -> "Column":
        """One row of a table of columns."""
        return Column(self.nums[index], self.den, self.bound, None if self.known is None else self.known[index])


def exact_room(nums: Whole, bound: int) -> Whole:
    """The numbers in an array that can hold results up to ``bound``."""
    return nums if bound < LIMIT or nums.dtype == object else nums.astype(object)


def times(column: Column, factor: int, shift: int = 0) -> Whole:
    """``nums × factor + shift``."""
    return exact_room(column.nums, column.bound * abs(factor) + abs(shift)) * factor + shift


def over(column: Column, den: int) -> Column:
    """The same numbers over a multiple of their denominator."""
    factor = den // column.den
    return Column(times(column, factor), den, column.bound * factor, column.known)


def total(columns: list[Column], size: int) -> Column:
    """The sum, row by row; known where all are."""
    den = lcm(*(column.den for column in columns))
    bound = sum(column.bound * (den // column.den) for column in columns)
    nums: Whole = exact_room(np.zeros(size, dtype=np.int64), bound)
    known: Whole | None = None
    for column in columns:
        nums = nums + exact_room(column.nums, bound) * (den // column.den)
        if column.known is not None:
            known = column.known if known is None else known & column.known
    return Column(nums, den, bound, known)


def rounded(column: Column, mode: str, places: int | None) -> Column:
    """``scoring.numbers.rounded`` for a whole column."""
    if places is None:
        return column
    scale, den = 10**places, column.den
    size = exact_room(abs(column.nums), 2 * max(column.bound * scale, den)) * scale
    down, rest = size // den, size % den
    if mode == "half_up":
        down = down + (2 * rest >= den)
    elif mode == "half_even":
        down = down + ((2 * rest > den) | ((2 * rest == den) & (down % 2 == 1)))
    nums = np.where(column.nums < 0, -down, down)
    return Column(nums, scale, column.bound * scale // den + 1, column.known)
