"""How far the weight of one criterion must move, the others in proportion, before another bid is first.

Solved on the totals before points and totals are rounded: they are straight lines in the weight, and so
the answer is an exact fraction. ``band`` says how far around it the declared rounding may still tip the
scales. Minimums move in proportion to the weight of their criterion: half the weight stays half.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from scoring import sentences
from scoring.model import Criterion, Evaluation
from scoring.ranking import rank
from scoring.result import Result
from scoring.robustness import alter
from scoring.robustness.common import Named, Names, Progress, documents, firsts, quiet, ranked_again, score, text
from scoring.robustness.lines import Line, Shift, counted_leaves
from scoring.robustness.tables import tabled

ZERO = Fraction(0)
MOST_TRIES = 60


@dataclass(frozen=True)
class Crossing:
    """At ``weight`` the first bid is caught up with, and just beyond it ``winners`` are first (none: nobody is ranked).

    ``cause``: ``total``, or ``minimum`` where a bid falls below one or comes to reach it.
    ``band``: within it the declared rounding may give another answer; None where that cannot be said.
    """

    weight: Fraction
    change: Fraction
    winners: tuple[Named, ...]
    cause: str
    band: Fraction | None

    def to_document(self) -> dict[str, Any]:
        """For --json."""
        return {
            "weight": text(self.weight),
            "fraction": str(self.weight),
            "change": text(self.change),
            "winners": documents(self.winners),
            "cause": self.cause,
            "band": text(self.band),
        }


@dataclass(frozen=True)
class BreakEven:
    """One criterion: its weight, of how much in all, and the crossings below and above it.

    ``reason`` says why there is nothing to solve: ``alone``, ``not_in_total``, ``pooled``; else it is "".
    """

    criterion: Named
    weight: Fraction
    whole: Fraction
    down: Crossing | None = None
    up: Crossing | None = None
    reason: str = ""

    @property
    def nearest(self) -> Crossing | None:
        """The crossing that is nearer; the lower one where both are as near."""
        found = [crossing for crossing in (self.down, self.up) if crossing]
        return min(found, key=lambda crossing: abs(crossing.change), default=None)

    def sentence(self, language: str) -> str:
        """In words."""
        return sentences.break_even(self, language)

    def to_document(self) -> dict[str, Any]:
        """For --json."""
        return {
            "criterion": self.criterion.to_document(),
            "weight": text(self.weight),
            "whole": text(self.whole),
            "down": self.down.to_document() if self.down else None,
            "up": self.up.to_document() if self.up else None,
            "reason": self.reason,
            "sentence": sentences.both(self.sentence),
        }


@dataclass(frozen=True)
class BreakEvens:
    """All criteria, leaves and groups. ``reason``: ``nobody``, ``alone``, ``shared`` or ``rounding``; else ""."""

    winners: tuple[Named, ...]
    criteria: tuple[BreakEven, ...] = ()
    reason: str = ""

    @property
    def nearest(self) -> BreakEven | None:
        """The criterion whose weight has the least way to go."""
        found = [c for c in self.criteria if c.nearest]
        return min(found, key=lambda c: abs(c.nearest.change) if c.nearest else ZERO, default=None)

    def sentence(self, language: str) -> str:
        """In words."""
        return sentences.break_evens(self, language)

    def to_document(self) -> dict[str, Any]:
        """For --json."""
        return {
            "winners": documents(self.winners),
            "criteria": documents(self.criteria),
            "reason": self.reason,
            "sentence": sentences.both(self.sentence),
        }


def break_even_weights(evaluation: Evaluation, result: Result | None = None, progress: Progress = quiet) -> BreakEvens:
    """The break-even weight of each criterion."""
    result = result or rank(evaluation)
    names, leading = Names(evaluation), firsts(result)
    winners = names.bids(leading)
    if len(leading) != 1:
        return BreakEvens(winners, reason="shared" if leading else "nobody")
    if len(result.bids) < 2:
        return BreakEvens(winners, reason="alone")
    solver = _Solver(evaluation, result, leading[0])
    if not solver.leads_exactly():
        return BreakEvens(winners, reason="rounding")
    nodes = list(_nodes(evaluation))
    found = []
    for index, criterion in enumerate(nodes):
        progress(index, len(nodes))
        found.append(solver.solve(criterion))
    return BreakEvens(winners, tuple(found))


def _nodes(evaluation: Evaluation) -> Iterator[Criterion]:
    """Leaves and groups that have weight, without groups that hold everything or only one thing."""
    for criterion in evaluation.walk():
        weighty = [child for child in criterion.children if child.weight]
        if criterion.weight and (not criterion.children or (len(weighty) > 1 and criterion.weight < evaluation.points)):
            yield criterion


class _Solver:
    def __init__(self, evaluation: Evaluation, result: Result, leader: str) -> None:
        self.declared = evaluation
        self.exact = tabled(alter.agreed(alter.exact(evaluation), result))
        self.leader = leader
        self.names = Names(evaluation)

    @cached_property
    def declared_scores(self) -> dict[str, Fraction]:
        """The exact scores with the declared weights."""
        return self._scores(ranked_again(self.exact))

    def leads_exactly(self) -> bool:
        """Whether the first bid is also first, alone or not, before points and totals are rounded."""
        found = self.declared_scores
        return self.leader in found and found[self.leader] == max(found.values())

    def _scores(self, result: Result | None) -> dict[str, Fraction]:
        scores = {bid.key: score(self.exact, bid) for bid in result.ranked} if result else {}
        return {key: value for key, value in scores.items() if value is not None}

    def solve(self, criterion: Criterion) -> BreakEven:
        shift = Shift(self.exact, criterion)
        reason = self._reason(shift, criterion)
        weight = shift.weight or criterion.weight
        named = self.names.criterion(criterion.key)
        if reason:
            return BreakEven(named, weight, shift.whole, reason=reason)
        if shift.straight and (lines := self._straight(shift)):
            down, up = (self._crossing(shift, lines, shift.weight, end) for end in (ZERO, shift.whole))
        else:
            down, up = self._walk(shift, ZERO), self._walk(shift, shift.whole)
        return BreakEven(named, weight, shift.whole, down, up)

    def _reason(self, shift: Shift, criterion: Criterion) -> str:
        if not shift.weight:
            return "not_in_total"
        if shift.weight == shift.whole:
            return "alone"
        if self.exact.rules.panel.order == "pooled":
            marked = {leaf.key for leaf in counted_leaves(self.exact) if leaf.scale is not None}
            inside = marked & {leaf.key for leaf in criterion.leaves}
            return "pooled" if inside and inside != marked else ""
        return ""

    def _at(self, shift: Shift, t: Fraction) -> Result | None:
        return ranked_again(alter.reweighted(self.exact, shift.weights(t)))

    def _straight(self, shift: Shift) -> dict[str, Line]:
        """The lines of all ranked bids from end to end; none where the ranking elsewhere is not of the same bids."""
        here, there = shift.weight, (shift.weight + shift.whole) / 2
        one, two = self.declared_scores, self._scores(self._at(shift, there))
        if one.keys() != two.keys():
            return {}
        return {key: Line.through((here, one[key]), (there, two[key])) for key in one}

    def _walk(self, shift: Shift, end: Fraction) -> Crossing | None:
        """From the declared weight towards ``end``, stretch by stretch, until the first bid is no longer ahead."""
        position = shift.weight
        for _ in range(MOST_TRIES):
            stretch = self._stretch(shift, position, end)
            if stretch is None:
                return None
            lines, ends = stretch
            crossing = self._crossing(shift, lines, position, ends)
            if crossing is not None or ends == end:
                return crossing
            position = ends
        return None

    def _stretch(self, shift: Shift, position: Fraction, end: Fraction) -> tuple[dict[str, Line], Fraction] | None:
        """(each ranked bid's score as a line, where the lines end), from ``position`` towards ``end``."""
        t = (position + end) / 2
        for _ in range(MOST_TRIES):
            here = self._at(shift, t)
            if here is None:
                return None
            ahead = [x for x in shift.thresholds(here, t) if _between(position, x, end)]
            before = [x for x in ahead if not _between(t, x, end)]
            if before:
                t = (position + min(before, key=lambda x: abs(x - position))) / 2
                continue
            near = (position + t) / 2
            one, two = self._scores(here), self._scores(self._at(shift, near))
            if one.keys() == two.keys():
                lines = {key: Line.through((t, one[key]), (near, two[key])) for key in one}
                return lines, min(ahead, key=lambda x: abs(x - position), default=end)
            t = near
        return None

    def _crossing(self, shift: Shift, lines: dict[str, Line], position: Fraction, end: Fraction) -> Crossing | None:
        """The first point of the stretch beyond which another bid is strictly ahead."""
        way = 1 if end > position else -1
        if self.leader not in lines:
            return self._made(shift, lines, position, way, "minimum")
        ahead = {key: line - lines[self.leader] for key, line in lines.items() if key != self.leader}
        points = [(x, key) for key, line in ahead.items() if (x := _overtakes(line, position, end, way)) is not None]
        if not points:
            return None
        at, _ = min(points, key=lambda point: abs(point[0] - position))
        jumped = at == position and max(line(at) for line in ahead.values()) > 0
        return self._made(shift, lines, at, way, "minimum" if jumped else "total")

    def _made(self, shift: Shift, lines: dict[str, Line], at: Fraction, way: int, cause: str) -> Crossing:
        best = max(((line(at), way * line.by) for line in lines.values()), default=None)
        winners = [key for key, line in lines.items() if (line(at), way * line.by) == best]
        band = None
        if cause == "total":
            band = self._band(lines[winners[0]].by - lines[self.leader].by)
        return Crossing(at, at - shift.weight, self.names.bids(winners), cause, band)

    def _band(self, slope: Fraction) -> Fraction | None:
        """How far from the crossing the two totals may still be within what their rounding adds or takes."""
        slack = _rounding_slack(self.declared)
        if slack and self.declared.rules.combination not in ("weighted_sum", "fixed_budget", "value_deduction"):
            return None
        return 2 * slack / abs(slope) if slope else None


def _between(one: Fraction, x: Fraction, other: Fraction) -> bool:
    """Whether x is strictly between."""
    return min(one, other) < x < max(one, other)


def _overtakes(line: Line, position: Fraction, end: Fraction, way: int) -> Fraction | None:
    """Where the lead of another bid becomes positive; None where it does not before ``end``."""
    if line(position) > 0 or (line(position) == 0 and way * line.by > 0):
        return position
    root = line.root
    return root if root is not None and way * line.by > 0 and _between(position, root, end) else None


def _rounding_slack(evaluation: Evaluation) -> Fraction:
    """The most that rounding can put between a total and its exact figure."""
    rounding = evaluation.rules.rounding
    part = Fraction(1) if rounding.mode == "down" else Fraction(1, 2)
    counts = {"criterion": len(counted_leaves(evaluation)), "total": 1}
    if evaluation.rules.panel.order != "criterion_first":
        counts["panel"] = 1
    elif evaluation.rules.combination == "weighted_sum":
        counts["group"] = sum(1 for c in evaluation.walk() if c.children)
    places = {stage: getattr(rounding, stage) for stage in counts}
    return sum((part * counts[stage] / 10**p for stage, p in places.items() if p is not None), ZERO)
