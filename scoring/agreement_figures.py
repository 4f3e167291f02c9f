"""Figures of agreement between raters. Exact in fractions up to the last division; never nan, never an exception.

A table has one row for each unit (what is rated) and one column for each rater; None is missing.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import lcm, sqrt

Table = Sequence[Sequence[Fraction | None]]
ZERO = Fraction(0)


@dataclass(frozen=True)
class Figure:
    """A figure over ``units`` units; or None, with ``reason``: ``one_evaluator``, ``few_units`` or ``all_equal``."""

    value: float | None
    units: int
    reason: str = ""

    def to_document(self) -> dict[str, float | int | str | None]:
        """For --json."""
        return {"value": self.value, "units": self.units, "reason": self.reason}


def whole(table: Table) -> tuple[list[list[int | None]], int]:
    """The same numbers as whole ones over one denominator: sums and products of those are far faster."""
    den = lcm(*{value.denominator for row in table for value in row if value is not None})
    return [
        [None if value is None else value.numerator * (den // value.denominator) for value in row] for row in table
    ], den


def complete(table: Table) -> list[list[Fraction]]:
    """The rows in which every rater has rated."""
    return [[value for value in row if value is not None] for row in table if None not in row]


def _unfit(rows: Sequence[Sequence[Fraction | None]], raters: int) -> Figure | None:
    if raters < 2:
        return Figure(None, len(rows), "one_evaluator")
    return Figure(None, len(rows), "few_units") if len(rows) < 2 else None


def _raters(table: Table) -> int:
    return len(table[0]) if table else 0


def icc_2(table: Table) -> tuple[Figure, Figure]:
    """ICC(2,1) and ICC(2,k): absolute agreement of one rater, and of the mean of all (Shrout & Fleiss 1979).

    (BMS − EMS) / (BMS + (k − 1) EMS + k (JMS − EMS) / n) and (BMS − EMS) / (BMS + (JMS − EMS) / n), over the
    rows that are complete.
    """
    rows = complete(table)
    unfit = _unfit(rows, _raters(table))
    if unfit:
        return unfit, unfit
    n, k = len(rows), len(rows[0])
    between, judges, error = mean_squares(rows)
    top = between - error
    return (
        _divided(top, between + (k - 1) * error + k * (judges - error) / n, n),
        _divided(top, between + (judges - error) / n, n),
    )


def _divided(top: Fraction, bottom: Fraction, units: int) -> Figure:
    return Figure(float(top / bottom), units) if bottom else Figure(None, units, "all_equal")


def mean_squares(rows: Sequence[Sequence[Fraction]]) -> tuple[Fraction, Fraction, Fraction]:
    """BMS, JMS and EMS of a two-way table without repetition: between units, between raters, what is left."""
    n, k = len(rows), len(rows[0])
    numbers, den = whole(rows)
    grand = sum(value or 0 for row in numbers for value in row) ** 2
    by_unit = sum(sum(value or 0 for value in row) ** 2 for row in numbers)
    by_rater = sum(sum(value or 0 for value in column) ** 2 for column in zip(*numbers, strict=True))
    squares = sum((value or 0) ** 2 for row in numbers for value in row)
    correction = Fraction(grand, n * k)
    units, raters = Fraction(by_unit, k) - correction, Fraction(by_rater, n) - correction
    error = squares - correction - units - raters
    scale = den * den
    return units / (n - 1) / scale, raters / (k - 1) / scale, error / ((n - 1) * (k - 1)) / scale


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, ZERO) / len(values)


def kendall_w(table: Table) -> Figure:
    """Kendall's W with the correction for ties, over the complete rows (Kendall & Babington Smith 1939; Siegel 1956).

    12 S / (m² (n³ − n) − m Σ (t³ − t)), S the squared deviations of the units' rank sums, t the sizes of ties.
    """
    rows = complete(table)
    unfit = _unfit(rows, _raters(table))
    if unfit:
        return unfit
    n, m = len(rows), len(rows[0])
    columns = list(zip(*rows, strict=True))
    ranked = [_mean_ranks(column) for column in columns]
    sums = [sum(ranks, ZERO) for ranks in zip(*ranked, strict=True)]
    mean = _mean(sums)
    deviations = sum(((total - mean) ** 2 for total in sums), ZERO)
    ties = sum(t**3 - t for column in columns for t in Counter(column).values())
    return _divided(12 * deviations, Fraction(m**2 * (n**3 - n) - m * ties), n)


def _mean_ranks(values: Sequence[Fraction]) -> list[Fraction]:
    """Ranks from 1, the mean of the places for those that tie."""
    counts = Counter(values)
    place, places = 1, {}
    for value in sorted(counts):
        places[value] = Fraction(2 * place + counts[value] - 1, 2)
        place += counts[value]
    return [places[value] for value in values]


def krippendorff_alpha(table: Table, metric: str) -> Figure:
    """Krippendorff's alpha, ``metric`` nominal, ordinal or interval (Krippendorff 2011). Missing values are allowed.

    1 − (n − 1) Σ o(c,k) δ²(c,k) / Σ n(c) n(k) δ²(c,k), over the units with at least two ratings; o counts the
    pairs of values in a unit, each 1 / (ratings − 1).
    """
    units = [Counter(value for value in row if value is not None) for row in whole(table)[0]]
    units = [values for values in units if values.total() > 1]
    if not units:
        return Figure(None, 0, "one_evaluator" if _raters(table) < 2 else "few_units")
    counts = Counter[int]()
    for values in units:
        counts.update(values)
    difference = _differences(counts, metric)
    observed = sum((Fraction(2 * _pairs(values, difference), values.total() - 1) for values in units), ZERO)
    expected = 2 * _pairs(counts, difference)
    if not expected:
        return Figure(None, len(units), "all_equal")
    return Figure(float(1 - (counts.total() - 1) * observed / expected), len(units))


def _pairs(counts: Counter[int], difference: Callable[[int, int], int]) -> int:
    """Σ n(c) n(k) δ²(c,k) over the pairs of different values."""
    return sum(counts[c] * counts[k] * difference(c, k) for c, k in combinations(counts, 2))


def _differences(counts: Counter[int], metric: str) -> Callable[[int, int], int]:
    """δ² between two values, up to a factor that drops out."""
    if metric == "nominal":
        return lambda one, other: int(one != other)
    if metric == "interval":
        return lambda one, other: (one - other) ** 2
    middle, below = {}, 0
    for value in sorted(
        counts
    ):  # Σ n between two values, half of each end: the distance of their middles, here doubled
        middle[value] = 2 * below + counts[value]
        below += counts[value]
    return lambda one, other: (middle[one] - middle[other]) ** 2


def correlation(pairs: Sequence[tuple[Fraction, Fraction]]) -> Figure:
    """Pearson's r of (x, y); three pairs at least."""
    n = len(pairs)
    if n < 3:
        return Figure(None, n, "few_units")
    table, _ = whole(pairs)
    xs, ys = ([row[column] or 0 for row in table] for column in (0, 1))
    xx, yy = n * sum(x * x for x in xs) - sum(xs) ** 2, n * sum(y * y for y in ys) - sum(ys) ** 2
    xy = n * sum(x * y for x, y in zip(xs, ys, strict=True)) - sum(xs) * sum(ys)
    if not xx or not yy:
        return Figure(None, n, "all_equal")
    return Figure((1 if xy >= 0 else -1) * sqrt(Fraction(xy * xy, xx * yy)), n)


def deviation(values: Sequence[Fraction]) -> float | None:
    """The standard deviation of a sample; None for fewer than two."""
    if len(values) < 2:
        return None
    return sqrt(_squares(values) / (len(values) - 1))


def _squares(values: Sequence[Fraction]) -> Fraction:
    """Σ (value − mean)²."""
    ((numbers,), den) = whole([values])
    total = sum(number or 0 for number in numbers)
    return Fraction(len(numbers) * sum((number or 0) ** 2 for number in numbers) - total**2, len(numbers) * den * den)


def within(table: Table) -> Figure:
    """The standard deviation within a unit, over the units with at least two ratings: √(Σ squares / Σ (ratings − 1))."""
    units = [[value for value in row if value is not None] for row in table]
    units = [values for values in units if len(values) > 1]
    if not units:
        return Figure(None, 0, "one_evaluator" if _raters(table) < 2 else "few_units")
    squares = sum((_squares(values) for values in units), ZERO)
    return Figure(sqrt(squares / sum(len(values) - 1 for values in units)), len(units))
