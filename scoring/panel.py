"""From evaluators' marks to one mark, and to Q under the orders that average later."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from scoring.model import Criterion, Evaluation, Marks
from scoring.numbers import rounded

ZERO = Fraction(0)


@dataclass(frozen=True)
class PanelMark:
    """One leaf of one bid: the mark shown (None where it cannot be worked out), and why it cannot.

    ``missing`` are those asked who have not marked, in the order of the panel; ``exact`` is the mean unrounded.
    """

    mark: Fraction | None
    present: int
    asked: int
    missing: tuple[str, ...] = ()
    too_few: bool = False
    exact: Fraction | None = None

    @property
    def blocks(self) -> bool:
        """Whether the bid is incomplete for it."""
        return self.mark is None


def mean(values: Sequence[tuple[Fraction, Fraction]], kind: str, drop: int) -> Fraction | None:
    """The mean of (value, weight) pairs, ``drop`` highest and lowest left out first; None where none is left."""
    kept = sorted(values)[drop : len(values) - drop] if drop else list(values)
    if not kept:
        return None
    if kind == "median":
        ordered = sorted(value for value, _ in kept)
        middle = len(ordered) // 2
        return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
    return sum((v * w for v, w in kept), ZERO) / sum((w for _, w in kept), ZERO)


class PanelMarks:
    """The panel's marks of an evaluation."""

    def __init__(self, evaluation: Evaluation) -> None:
        self.rules = evaluation.rules.panel
        self.rounding = evaluation.rules.rounding
        self.weights = {e.key: e.weight for e in evaluation.evaluators}
        self.marks = evaluation.marks
        self.leaves = [leaf for leaf in evaluation.leaves if leaf.scale is not None]
        self.counted = [leaf for leaf in self.leaves if leaf.weight > 0]

    def _round(self, value: Fraction) -> Fraction:
        return rounded(value, self.rounding.mode, self.rounding.panel)

    def of_leaf(self, bid: str, leaf: str) -> PanelMark:
        """What ``criterion_first`` gives: an agreed mark alone, or the rounded mean of the evaluators'."""
        given = self.marks.get(bid, {}).get(leaf)
        if isinstance(given, Fraction):
            return PanelMark(given, present=1, asked=1, exact=given)
        by_evaluator = given or {}
        missing = tuple(e for e in self.weights if e in by_evaluator and by_evaluator[e] is None)
        present = [(mark, self.weights[e]) for e, mark in by_evaluator.items() if mark is not None]
        counted = partial(PanelMark, present=len(present), asked=len(by_evaluator), missing=missing)
        if not present or (missing and self.rules.missing == "block"):
            return counted(None)
        found = mean(present, self.rules.mean, self.rules.drop)
        if found is None:
            return counted(None, too_few=True)
        return counted(self._round(found), exact=found)

    def quality(self, bid: str, by_leaf: Fraction) -> tuple[Fraction, Fraction]:
        """(before rounding, Q) of a complete bid in the declared order; ``by_leaf`` sums the points of its leaves."""
        if self.rules.order == "evaluator_first":
            return self._evaluator_first(self.marks.get(bid, {}), by_leaf)
        if self.rules.order == "pooled" and self.counted:
            return self._pooled(self.marks.get(bid, {}), by_leaf)
        return by_leaf, by_leaf

    def _evaluator_first(self, marks: Marks, by_leaf: Fraction) -> tuple[Fraction, Fraction]:
        """The mean of the evaluators' own Q; an agreed mark counts as each one's."""
        asked = dict.fromkeys(e for leaf in self.counted for e in self._by_evaluator(marks, leaf))
        own = [(self._own_quality(marks, evaluator), self.weights[evaluator]) for evaluator in asked]
        found = mean(own, self.rules.mean, self.rules.drop)
        return (by_leaf, by_leaf) if found is None else (found, self._round(found))

    @staticmethod
    def _by_evaluator(marks: Marks, leaf: Criterion) -> dict[str, Fraction | None]:
        given = marks.get(leaf.key)
        return given if isinstance(given, dict) else {}

    def _own_quality(self, marks: Marks, evaluator: str) -> Fraction:
        total = ZERO
        for leaf in self.counted:
            given = marks.get(leaf.key)
            mark = given.get(evaluator) if isinstance(given, dict) else given
            if mark is not None and leaf.scale is not None:
                total += rounded(leaf.weight * leaf.scale.share(mark), self.rounding.mode, self.rounding.criterion)
        return total

    def _pooled(self, marks: Marks, by_leaf: Fraction) -> tuple[Fraction, Fraction]:
        """W × (m − min) / (max − min), m the mean over all marks; an agreed mark is one mark."""
        pool: list[tuple[Fraction, Fraction]] = []
        for leaf in self.counted:
            given = marks.get(leaf.key)
            if isinstance(given, Fraction):
                pool.append((given, Fraction(1)))
            else:
                pool += [(mark, self.weights[e]) for e, mark in (given or {}).items() if mark is not None]
        found = mean(pool, self.rules.mean, 0)
        scale = self.counted[0].scale
        if found is None or scale is None:
            return by_leaf, by_leaf
        weight = sum((leaf.weight for leaf in self.counted), ZERO)
        return weight * scale.share(found), weight * scale.share(self._round(found))
