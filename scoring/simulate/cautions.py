"""What rules may do that whoever wrote them may not have meant, each with a name."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from scoring import sentences_simulate
from scoring.mark_steps import moved, steps_to
from scoring.model import Criterion, Evaluation
from scoring.robustness.common import Named, text
from scoring.sentences_common import both
from scoring.simulate.curves import Curve, beside, points_at

ZERO = Fraction(0)
ONE = Fraction(1)
FAR = 10  # a price this many times the highest of the range is still a price
CODES = (
    "convex_punishes_middle",
    "points_out_of_reach",
    "negative_points",
    "points_above_weight",
    "one_decides",
    "rank_reversal",
    "minimum_impossible",
    "zero_price_undefined",
)
LEANS_ON = {
    "lowest_ratio": "best",
    "linear_range": "both",
    "linear_from_lowest": "best",
    "linear_to_reference": "best",
    "average_ratio": "average",
    "n_formula": "number",
}
DIVIDES = ("lowest_ratio", "linear_from_lowest", "reference_ratio", "average_ratio", "n_formula")
DIVIDES_TOTAL = ("quality_per_price", "price_per_quality", "reduced_price")


@dataclass(frozen=True)
class Caution:
    """One warning. ``figures`` hold what the sentence needs; ``detail`` which kind, where a code has several."""

    code: str
    criterion: Named | None = None
    detail: str = ""
    figures: tuple[Fraction, ...] = ()

    def sentence(self, language: str) -> str:
        """In words."""
        return sentences_simulate.caution(self, language)

    def to_document(self) -> dict[str, Any]:
        """For --json."""
        return {
            "code": self.code,
            "criterion": self.criterion.to_document() if self.criterion else None,
            "detail": self.detail,
            "figures": [text(figure) for figure in self.figures],
            "sentence": both(self.sentence),
        }


def cautions(evaluation: Evaluation, curves: list[Curve]) -> Iterator[Caution]:
    """Every warning the rules give rise to, price formulas first."""
    by_key = {leaf.key: leaf for leaf in evaluation.leaves}
    for curve in curves:
        leaf = by_key[curve.criterion.key]
        yield from _shape(leaf, curve)
        yield from _bounds(leaf, curve)
        yield from _others(evaluation, leaf, curve)
    yield from _marks(evaluation)
    yield from _minimums(evaluation)
    yield from _alone(evaluation, curves)
    if evaluation.rules.combination in DIVIDES_TOTAL:
        yield Caution("zero_price_undefined", None, evaluation.rules.combination)


def _shape(leaf: Criterion, curve: Curve) -> Iterator[Caution]:
    """A curve that is below its chord all along gives the middle bid less than half of what parts the ends."""
    if len(curve.points) < 3:
        return
    (low, first), (high, last) = curve.points[0], curve.points[-1]
    inside = curve.points[1:-1]
    if first != last and all(got < first + (last - first) * (value - low) / (high - low) for value, got in inside):
        middle = beside(leaf, low, high, (low + high) / 2)
        yield Caution("convex_punishes_middle", curve.criterion, "", (middle or ZERO, (first + last) / 2))


def _bounds(leaf: Criterion, curve: Curve) -> Iterator[Caution]:
    if curve.points and curve.best < leaf.weight:
        yield Caution("points_out_of_reach", curve.criterion, "formula", (curve.best, leaf.weight))
    ends = (curve.low, curve.high, curve.high * FAR) if leaf.better == "low" else (ZERO, curve.low, curve.high)
    far = [(value, got) for value in ends if (got := beside(leaf, curve.low, curve.high, value)) is not None]
    far += curve.points
    lowest, highest = min(far, key=lambda pair: pair[1], default=None), max(far, key=lambda p: p[1], default=None)
    if lowest and lowest[1] < 0:
        yield Caution("negative_points", curve.criterion, "", lowest)
    if highest and highest[1] > leaf.weight:
        yield Caution("points_above_weight", curve.criterion, "", (*highest, leaf.weight))


def _others(evaluation: Evaluation, leaf: Criterion, curve: Curve) -> Iterator[Caution]:
    formula = leaf.formula.name if leaf.formula else ""
    others = evaluation.points - leaf.weight
    if evaluation.rules.combination == "weighted_sum" and formula in LEANS_ON and others:
        yield Caution("rank_reversal", curve.criterion, LEANS_ON[formula])
    if formula in DIVIDES and points_at(leaf, [ZERO, ONE]) is None:
        yield Caution("zero_price_undefined", curve.criterion, formula)


def _marks(evaluation: Evaluation) -> Iterator[Caution]:
    for leaf in evaluation.leaves:
        best = best_mark_points(leaf)
        if leaf.scale and best < leaf.weight:
            yield Caution("points_out_of_reach", Named(leaf.key, leaf.title), "step", (best, leaf.weight))


def best_mark_points(leaf: Criterion) -> Fraction:
    """The points of the best mark that the scale's steps allow."""
    if leaf.scale is None:
        return ZERO
    steps = steps_to(leaf.scale, leaf.scale.minimum, up=True)
    return leaf.weight * leaf.scale.share(moved(leaf.scale, leaf.scale.minimum, steps, up=True))


def _reach(criterion: Criterion) -> tuple[Fraction, bool]:
    """(the most points anyone can have, whether they can be had and not only come near to)."""
    if criterion.children:
        below = [_reach(child) for child in criterion.children]
        return sum((most for most, _ in below), ZERO), all(had for _, had in below)
    if criterion.scale is not None:
        return best_mark_points(criterion), True
    formula = criterion.formula
    if formula is None or criterion.weight == 0:
        return ZERO, True
    if formula.name == "bands":
        most = max(band.fraction for band in formula.bands)
        return criterion.weight * (min(most, ONE) if formula.clamp else most), True
    return criterion.weight, formula.name != "discount_power"


def _minimums(evaluation: Evaluation) -> Iterator[Caution]:
    for criterion in evaluation.walk():
        if criterion.minimum and all(_clamped(leaf) for leaf in criterion.leaves):
            most, had = _reach(criterion)
            if criterion.minimum > most or (criterion.minimum == most and not had):
                named = Named(criterion.key, criterion.title)
                yield Caution("minimum_impossible", named, "", (criterion.minimum, most))


def _clamped(leaf: Criterion) -> bool:
    """Whether the leaf's points cannot go beyond what ``_reach`` says."""
    return leaf.formula is None or leaf.formula.clamp or leaf.formula.name in ("bands", "discount_power")


def _alone(evaluation: Evaluation, curves: list[Curve]) -> Iterator[Caution]:
    """A criterion whose swing is more than that of all the others together."""
    combination = evaluation.rules.combination
    if combination == "least_cost":
        yield Caution("one_decides", None, "least_cost")
        return
    swings = {Named(leaf.key, leaf.title): best_mark_points(leaf) for leaf in evaluation.leaves if leaf.scale}
    if combination == "weighted_sum":
        swings |= {curve.criterion: curve.swing for curve in curves}
    whole = sum(swings.values(), ZERO)
    beside_price = combination in ("weighted_sum", "fixed_budget")
    for named, swing in swings.items():
        if beside_price and len(swings) > 1 and swing > whole - swing:
            yield Caution("one_decides", named, "", (swing, whole - swing))
