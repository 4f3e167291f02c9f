"""Weights that move along a line: one criterion from none to all of the weight, the others in proportion.

Everything here is a straight line in t, the weight of that criterion, as long as nobody enters or leaves
and no clamp is reached: ``thresholds`` says where that may happen.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import combinations

from scoring.model import Criterion, Evaluation
from scoring.numbers import rounded
from scoring.result import BidResult, Result

ZERO = Fraction(0)


@dataclass(frozen=True)
class Line:
    """at + by × t."""

    at: Fraction
    by: Fraction

    @classmethod
    def through(cls, one: tuple[Fraction, Fraction], two: tuple[Fraction, Fraction]) -> "Line":
        """The line through two (t, value)."""
        by = (two[1] - one[1]) / (two[0] - one[0])
        return cls(one[1] - by * one[0], by)

    def __call__(self, t: Fraction) -> Fraction:
        return self.at + self.by * t

    def __sub__(self, other: "Line") -> "Line":
        return Line(self.at - other.at, self.by - other.by)

    def __add__(self, other: "Line") -> "Line":
        return Line(self.at + other.at, self.by + other.by)

    def times(self, factor: Fraction) -> "Line":
        """The line stretched."""
        return Line(self.at * factor, self.by * factor)

    @property
    def root(self) -> Fraction | None:
        """Where it is 0; None where it is level."""
        return -self.at / self.by if self.by else None


NOTHING = Line(ZERO, ZERO)


def total_of(lines: Iterator[Line]) -> Line:
    """The sum of lines."""
    return sum(lines, NOTHING)


def counted_leaves(evaluation: Evaluation) -> list[Criterion]:
    """The leaves whose weight enters the total under the declared combination."""
    combination = evaluation.rules.combination
    if combination == "least_cost":
        return []
    leaves = [leaf for leaf in evaluation.leaves if leaf.weight > 0]
    return leaves if combination == "weighted_sum" else [leaf for leaf in leaves if leaf.scale is not None]


class Shift:
    """The weights of the counted leaves as that of one criterion goes from 0 to ``whole``."""

    def __init__(self, evaluation: Evaluation, criterion: Criterion) -> None:
        self.evaluation = evaluation
        counted = counted_leaves(evaluation)
        inside = {leaf.key for leaf in criterion.leaves}
        self.weight = sum((leaf.weight for leaf in counted if leaf.key in inside), ZERO)
        self.whole = sum((leaf.weight for leaf in counted), ZERO)
        rest = self.whole - self.weight
        self.lines: dict[str, Line] = {leaf.key: Line(leaf.weight, ZERO) for leaf in evaluation.leaves}
        for leaf in counted if self.weight and rest else []:
            if leaf.key in inside:
                self.lines[leaf.key] = Line(ZERO, leaf.weight / self.weight)
            else:
                self.lines[leaf.key] = Line(leaf.weight * self.whole / rest, -leaf.weight / rest)

    @cached_property
    def straight(self) -> bool:
        """Whether nothing can bend a line: no minimum, no clamp that moves, no mean that leaves evaluators out."""
        panel = self.evaluation.rules.panel
        middle = panel.order == "evaluator_first" and (panel.mean == "median" or panel.drop > 0)
        distances = any(leaf.formula and leaf.formula.name == "reference_distance" for leaf in self.evaluation.leaves)
        return not middle and not distances and not any(c.minimum for c in self.evaluation.walk())

    def weights(self, t: Fraction) -> dict[str, Fraction]:
        """The weight of every leaf."""
        return {key: line(t) for key, line in self.lines.items()}

    def thresholds(self, result: Result, t: Fraction) -> set[Fraction]:
        """Where a straight line may end, seen from the ranking at t: a minimum, a clamp, a change of middle mark."""
        found: set[Fraction | None] = set()
        for bid in () if self.straight else result.bids:
            found.update(line.root for line in self._minimums(bid, t))
            found.update(line.root for line in self._clamps(bid))
            found.update(line.root for line in self._evaluators(bid.key))
        return {root for root in found if root is not None}

    def _points(self, bid: BidResult, leaf: Criterion, t: Fraction) -> Line | None:
        """The leaf's points, exact, around t."""
        points, weight = bid.criteria[leaf.key].exact, self.lines[leaf.key]
        if points is None or not weight(t):
            return NOTHING if points is not None else None
        if leaf.formula and leaf.formula.name == "reference_distance" and points:
            return weight - Line(weight(t) - points, ZERO)
        return weight.times(points / weight(t))

    def _minimums(self, bid: BidResult, t: Fraction) -> Iterator[Line]:
        """Points above each minimum, which moves in proportion to the weight of its criterion."""
        for criterion in self.evaluation.walk():
            if not criterion.minimum or not criterion.weight:
                continue
            points = [self._points(bid, leaf, t) for leaf in criterion.leaves]
            if None not in points:
                weight = total_of(self.lines[leaf.key] for leaf in criterion.leaves)
                above = total_of(line for line in points if line)
                yield above - weight.times(criterion.minimum / criterion.weight)

    def _clamps(self, bid: BidResult) -> Iterator[Line]:
        """Where what reference_distance takes off is all the weight."""
        for leaf in self.evaluation.leaves:
            formula = leaf.formula
            if formula is None or formula.name != "reference_distance" or not formula.clamp:
                continue
            value = bid.criteria[leaf.key].value
            if value is not None:
                ratio = rounded(value / (formula.reference or Fraction(1)), "half_up", formula.places)
                lost = abs(ratio - formula.target) * formula.slope
                yield self.lines[leaf.key] - Line(lost, ZERO)

    def _evaluators(self, bid: str) -> Iterator[Line]:
        """Where two evaluators' own points cross, for a mean that leaves some of them out."""
        panel = self.evaluation.rules.panel
        if panel.order != "evaluator_first" or (panel.mean == "arithmetic" and not panel.drop):
            return
        own: dict[str, Line] = {}
        marks = self.evaluation.marks.get(bid, {})
        for leaf in self.evaluation.leaves:
            given = marks.get(leaf.key)
            if leaf.scale is not None and isinstance(given, dict):
                for evaluator, mark in given.items():
                    share = leaf.scale.share(mark) if mark is not None else ZERO
                    own[evaluator] = own.get(evaluator, NOTHING) + self.lines[leaf.key].times(share)
        yield from (one - other for one, other in combinations(own.values(), 2))
