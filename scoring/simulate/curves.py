"""The points a price formula gives over a range, and how many of them price really commands."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from scoring import sentences_simulate
from scoring.model import Bid, Criterion, Evaluation, Rules
from scoring.robustness.common import Named, ranked_again, text
from scoring.sentences_common import both

ZERO = Fraction(0)
INTERVALS = 20
LOWEST = Fraction(100)  # where nothing says what prices are like: the lowest is 100, the highest twice that


@dataclass(frozen=True)
class Curve:
    """One computed leaf: (value, points) along the range from ``low`` to ``high``.

    A bid at each value stands beside one at ``low`` and one at ``high``, for what depends on the others.
    ``swing``: the points between the best and the worst of the range. ``tenth``: what a value one tenth worse
    than the better end costs. ``given``: whether the range is that of test bids or the formula, or just 100 to 200.
    """

    criterion: Named
    formula: str
    weight: Fraction
    low: Fraction
    high: Fraction
    given: bool
    points: tuple[tuple[Fraction, Fraction], ...]
    swing: Fraction
    tenth: Fraction | None

    @property
    def best(self) -> Fraction:
        """The most points on the range."""
        return max((points for _, points in self.points), default=ZERO)

    def sentence(self, language: str) -> str:
        """In words."""
        return sentences_simulate.curve(self, language)

    def to_document(self) -> dict[str, Any]:
        """For --json."""
        return {
            "criterion": self.criterion.to_document(),
            "formula": self.formula,
            "weight": text(self.weight),
            "low": text(self.low),
            "high": text(self.high),
            "given": self.given,
            "points": [[text(value), text(points)] for value, points in self.points],
            "swing": text(self.swing),
            "tenth": text(self.tenth),
            "sentence": both(self.sentence),
        }


def points_at(leaf: Criterion, values: Sequence[Fraction]) -> list[Fraction] | None:
    """The exact points of bids with these values, by the formula alone; None where it cannot take one of them."""
    bids = tuple(Bid(str(index), "", values={leaf.value or "": value}) for index, value in enumerate(values))
    alone = Evaluation("", "", (replace(leaf, minimum=None),), (), Rules(), (), bids, {})
    found = ranked_again(alone)
    return None if found is None else [found.bid(bid.key).criteria[leaf.key].exact or ZERO for bid in bids]


def computed_leaves(evaluation: Evaluation) -> list[Criterion]:
    """The leaves with a formula that have weight."""
    return [leaf for leaf in evaluation.leaves if leaf.value is not None and leaf.weight > 0]


def range_of(evaluation: Evaluation, leaf: Criterion) -> tuple[Fraction, Fraction, bool]:
    """(low, high, whether something in the evaluation says so): of the bids, else of the formula's own figures."""
    found = [bid.values.get(leaf.value or "") for bid in evaluation.bids if bid.status == "admitted"]
    values = [value for value in found if value is not None]
    if values and min(values) < max(values) and points_at(leaf, values) is not None:
        return min(values), max(values), True
    formula = leaf.formula
    if formula and formula.maximum:
        return ZERO, formula.maximum, True
    bounds = [band.up_to for band in formula.bands if band.up_to] if formula else []
    if bounds:
        return min(bounds) / 2, max(bounds) * Fraction(3, 2), True
    if formula and formula.reference:
        ceiling = formula.name in ("discount_power", "linear_to_reference")  # no points are left above it
        return formula.reference / 2, formula.reference * (1 if ceiling else Fraction(3, 2)), True
    return LOWEST, 2 * LOWEST, False


def curve_of(
    evaluation: Evaluation, leaf: Criterion, low: Fraction | None = None, high: Fraction | None = None
) -> Curve:
    """The curve of one computed leaf, over the range given or the one that fits. Raises ValueError for an empty range."""
    from_low, to_high, known = range_of(evaluation, leaf)
    start, end = (from_low if low is None else low), (to_high if high is None else high)
    if start >= end:
        raise ValueError("the range ends before it starts")
    values = [start + (end - start) * Fraction(i, INTERVALS) for i in range(INTERVALS + 1)]
    points = tuple((value, got) for value in values if (got := beside(leaf, start, end, value)) is not None)
    reached = [got for _, got in points]
    return Curve(
        criterion=Named(leaf.key, leaf.title),
        formula=leaf.formula.name if leaf.formula else "",
        weight=leaf.weight,
        low=start,
        high=end,
        given=known or low is not None or high is not None,
        points=points,
        swing=max(reached) - min(reached) if reached else ZERO,
        tenth=_tenth(leaf, start, end),
    )


def beside(leaf: Criterion, low: Fraction, high: Fraction, value: Fraction) -> Fraction | None:
    """The points of a bid at ``value`` beside one at each end."""
    found = points_at(leaf, [low, high, value])
    return None if found is None else found[2]


def _tenth(leaf: Criterion, low: Fraction, high: Fraction) -> Fraction | None:
    best, worse = (low, low * Fraction(11, 10)) if leaf.better == "low" else (high, high * Fraction(9, 10))
    one, other = beside(leaf, low, high, best), beside(leaf, low, high, worse)
    return None if one is None or other is None else one - other
