"""From the marks in arrays to each leaf's points, exactly: ``criterion_first`` for every bid at once."""

from fractions import Fraction
from functools import cached_property
from math import gcd, lcm

import numpy as np

from scoring.columns import Column, Whole, exact_room, over, rounded, times
from scoring.mark_table import MarkTable
from scoring.model import Criterion, Evaluation, Scale

ABSENT = np.iinfo(np.int64).max


class LeafColumns:
    """Marks and points by leaf and bid; rows in the order of the table's leaves, columns in that of the bids."""

    def __init__(self, evaluation: Evaluation, table: MarkTable) -> None:
        self.table = table
        self.rules = evaluation.rules.panel
        self.rounding = evaluation.rules.rounding
        self.weights = {e.key: e.weight for e in evaluation.evaluators}
        self._lines: dict[tuple[int, int, int], tuple[int, int, int]] = {}
        self.place = {key: index for index, key in enumerate(table.leaves)}

    @cached_property
    def present(self) -> Whole:
        """How many marks there are; an agreed mark is one."""
        return np.where(self.table.settled, 1, self._given)

    @cached_property
    def _given(self) -> Whole:
        if self.table.everywhere:
            return np.full(self.table.settled.shape, len(self.table.evaluators))
        found: Whole = np.add.reduce(self.table.given, axis=0, dtype=np.int64)
        return found

    @cached_property
    def gaps(self) -> Whole:
        """Whether someone asked has not marked."""
        if self.table.everywhere:
            return np.zeros(self.table.settled.shape, np.bool_)
        return np.logical_or.reduce(self.table.asked & ~self.table.given, axis=0)

    @cached_property
    def emptied(self) -> Whole:
        """Whether there are marks enough to work with before ``drop``, and none after."""
        there = (self.present > 0) & ~self.table.settled
        return there & ~self._blocked & (self.present <= 2 * self.rules.drop)

    @cached_property
    def _blocked(self) -> Whole:
        return self.gaps if self.rules.missing == "block" else np.zeros_like(self.gaps)

    @cached_property
    def exact_marks(self) -> Column:
        """The mark of each leaf and bid before rounding, agreed marks among them."""
        return self._settled(self._means)

    @cached_property
    def marks(self) -> Column:
        """The mark of each leaf and bid: the mean as rounded, or the agreed mark as it is."""
        return self._settled(rounded(self._means, self.rounding.mode, self.rounding.panel))

    def _settled(self, means: Column) -> Column:
        """With the agreed marks put in, over one denominator."""
        known = self.table.settled | ((self.present > 0) & ~self._blocked & ~self.emptied)
        if not self.table.settled.any():
            return Column(means.nums, means.den, means.bound, None if known.all() else known)
        agreed = Column.of(self.table.agreed, self.table.unit)
        den = lcm(means.den, agreed.den)
        mine, theirs = over(agreed, den), over(means, den)
        nums = np.where(self.table.settled, mine.nums, theirs.nums)
        return Column(nums, den, max(mine.bound, theirs.bound), None if known.all() else known)

    @cached_property
    def _means(self) -> Column:
        if self.rules.drop or self.rules.mean == "median":
            return self._of_sorted()
        weights = [self.weights[key] for key in self.table.evaluators]
        if len(set(weights)) > 1:
            return self._weighted(weights)
        marks, count = self.table.marks, self._given
        sums = exact_room(marks, self.table.bound * len(marks)).sum(axis=0)
        return self._divided(sums, count)

    def _weighted(self, weights: list[Fraction]) -> Column:
        """Σ weight × mark over Σ weight of those present."""
        common = lcm(*(weight.denominator for weight in weights))
        whole = [int(weight * common) for weight in weights]
        bound = self.table.bound * sum(whole)
        sums = sum(exact_room(m, bound) * w for m, w in zip(self.table.marks, whole, strict=True))
        counts = sum(exact_room(g, sum(whole)) * w for g, w in zip(self.table.given, whole, strict=True))
        return self._divided(np.asarray(sums), np.asarray(counts))

    def _divided(self, sums: Whole, counts: Whole) -> Column:
        """Sums over their counts, brought over one denominator."""
        least, most = (int(counts.min()), int(counts.max())) if counts.size else (1, 1)
        found = [most] if least == most > 0 else [int(count) for count in np.unique(counts) if count > 0]
        common = lcm(*found)
        if len(found) == 1:
            return Column.of(sums, self.table.unit * common)
        factors = {count: common // count for count in found}
        room = exact_room(sums, _largest(sums) * common)
        by = np.zeros(sums.shape, dtype=room.dtype)
        for count, factor in factors.items():
            by[counts == count] = factor
        return Column.of(room * by, self.table.unit * common)

    def _of_sorted(self) -> Column:
        """The mean of what is left between the dropped, or the middle of it."""
        marks = np.sort(np.where(self.table.given, self.table.marks, ABSENT), axis=0)
        count, drop = self._given, min(self.rules.drop, len(marks))
        kept = np.maximum(count - 2 * drop, 1)
        last = max(len(marks) - 1, 0)

        def pick(table: Whole, index: Whole) -> Whole:
            return np.take_along_axis(table, np.clip(index, 0, last)[None], axis=0)[0]

        if not len(marks):
            return Column.of(np.zeros(count.shape, np.int64), self.table.unit)
        marks = np.where(marks == ABSENT, 0, marks)
        if self.rules.mean == "median":
            room = exact_room(marks, 2 * self.table.bound)
            return Column.of(pick(room, drop + (kept - 1) // 2) + pick(room, drop + kept // 2), 2 * self.table.unit)
        sums = np.cumsum(exact_room(marks, self.table.bound * len(marks)), axis=0)
        below = pick(sums, np.full(count.shape, drop - 1)) if drop else 0
        return self._divided(pick(sums, drop + kept - 1) - below, kept)

    def exact_points(self, leaf: Criterion) -> Column:
        """weight × (mark − min) / (max − min), of every bid."""
        marks = self.marks.row(self.place[leaf.key])
        if leaf.weight == 0 or leaf.scale is None:
            return Column(np.zeros(marks.nums.shape, np.int64), 1, 0)
        # Leaves of one weight on one scale are many, and their three numbers the same.
        alike = leaf.weight.numerator, leaf.weight.denominator, id(leaf.scale)
        if alike not in self._lines:
            self._lines[alike] = _line(leaf.weight, leaf.scale, marks.den)
        den, factor, shift = self._lines[alike]
        return Column(times(marks, factor, -shift), den, marks.bound * abs(factor) + abs(shift), marks.known)


def _largest(nums: Whole) -> int:
    return int(abs(nums).max()) if nums.size else 0


def _line(weight: Fraction, scale: Scale, den: int) -> tuple[int, int, int]:
    """(d, factor, shift) without a common divisor: a mark m/den is worth (factor·m − shift)/d points."""
    by = weight / (scale.maximum - scale.minimum)
    from_zero = scale.minimum * by
    common = lcm(den * by.denominator, from_zero.denominator)
    factor = by.numerator * (common // (den * by.denominator))
    shift = from_zero.numerator * (common // from_zero.denominator)
    divisor = gcd(common, factor, shift)
    return common // divisor, factor // divisor, shift // divisor
