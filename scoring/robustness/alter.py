"""The same evaluation with something changed: weights, marks, who is there. Nothing is changed in place."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction

from scoring.mark_table import MarkTable
from scoring.model import Criterion, Evaluation, Formula, Marks
from scoring.result import Result
from scoring.robustness import tables

ZERO = Fraction(0)
AS_GIVEN = Formula("share", clamp=False, maximum=Fraction(1))


def reweighted(evaluation: Evaluation, weights: Mapping[str, Fraction]) -> Evaluation:
    """With new weights on the leaves named; groups become the sums, and minimums move in proportion to them."""
    return replace(evaluation, criteria=tuple(_reweighted(root, weights) for root in evaluation.criteria))


def _reweighted(criterion: Criterion, weights: Mapping[str, Fraction]) -> Criterion:
    children = tuple(_reweighted(child, weights) for child in criterion.children)
    own = weights.get(criterion.key, criterion.weight)
    weight = sum((child.weight for child in children), ZERO) if children else own
    minimum = criterion.minimum
    if minimum is not None:
        minimum = minimum * weight / criterion.weight if weight and criterion.weight else None
    return replace(criterion, children=children, weight=weight, minimum=minimum)


def exact(evaluation: Evaluation) -> Evaluation:
    """Without the rounding of points and totals. The panel's stays: no weight enters it."""
    rounding = replace(evaluation.rules.rounding, criterion=None, group=None, total=None)
    if evaluation.rules.panel.order == "evaluator_first":
        rounding = replace(rounding, panel=None)
    return replace(evaluation, rules=replace(evaluation.rules, rounding=rounding))


def without_bid(evaluation: Evaluation, bid: str) -> Evaluation:
    """As though the bid had never come."""
    return replace(evaluation, bids=tuple(b for b in evaluation.bids if b.key != bid))


def with_bid_out(evaluation: Evaluation, bid: str) -> Evaluation:
    """With the bid excluded before any formula is run."""
    bids = tuple(replace(b, status="excluded", reason="-") if b.key == bid else b for b in evaluation.bids)
    return replace(evaluation, bids=bids)


def without_evaluator(evaluation: Evaluation, evaluator: str) -> Evaluation:
    """As though the evaluator had not been asked. Agreed marks stand."""

    evaluators = tuple(e for e in evaluation.evaluators if e.key != evaluator)
    marks = evaluation.marks
    if isinstance(marks, MarkTable):
        return replace(evaluation, evaluators=evaluators, marks=tables.without_evaluator(marks, evaluator))

    def left(given: Fraction | dict[str, Fraction | None]) -> Fraction | dict[str, Fraction | None]:
        return {e: m for e, m in given.items() if e != evaluator} if isinstance(given, dict) else given

    fewer = {bid: {leaf: left(given) for leaf, given in by_leaf.items()} for bid, by_leaf in marks.items()}
    return replace(evaluation, evaluators=evaluators, marks=fewer)


def with_mark(evaluation: Evaluation, bid: str, leaf: str, evaluator: str | None, mark: Fraction) -> Evaluation:
    """With one mark changed: an evaluator's, or the agreed one where ``evaluator`` is None."""
    marks: Marks = dict(evaluation.marks.get(bid, {}))
    marks[leaf] = changed(marks.get(leaf), evaluator, mark)
    return replace(evaluation, marks={**evaluation.marks, bid: marks})


def changed(
    given: Fraction | dict[str, Fraction | None] | None, evaluator: str | None, mark: Fraction
) -> Fraction | dict[str, Fraction | None]:
    """One leaf's marks with one of them changed."""
    return mark if evaluator is None else {**(given if isinstance(given, dict) else {}), evaluator: mark}


def frozen(evaluation: Evaluation, result: Result) -> Evaluation:
    """With every computed leaf's points as the result has them, whoever else is admitted.

    A bid without points there is given 0: look at no more of it than its marks.
    """

    def still(criterion: Criterion) -> Criterion:
        if criterion.value is None or criterion.weight == 0:
            return criterion
        return replace(criterion, value=_held(criterion.key), formula=AS_GIVEN, better="high")

    computed = [leaf for leaf in evaluation.leaves if leaf.value is not None and leaf.weight > 0]
    bids, results = [], {bid.key: bid for bid in result.bids}
    for bid in evaluation.bids:
        found = results[bid.key].criteria
        held = {_held(leaf.key): (found[leaf.key].exact or ZERO) / leaf.weight for leaf in computed}
        bids.append(replace(bid, values={**bid.values, **held}))
    return replace(evaluation, criteria=mapped(evaluation.criteria, still), bids=tuple(bids))


def _held(leaf: str) -> str:
    return f"{leaf}\0held"


def mapped(criteria: tuple[Criterion, ...], change: Callable[[Criterion], Criterion]) -> tuple[Criterion, ...]:
    """The tree with ``change`` applied to each leaf."""
    return tuple(replace(c, children=mapped(c.children, change)) if c.children else change(c) for c in criteria)


def agreed(evaluation: Evaluation, result: Result) -> Evaluation:
    """With each leaf's panel mark in place of the marks it came from, where only that mark counts."""
    if evaluation.rules.panel.order != "criterion_first":
        return evaluation
    leaves = [leaf.key for leaf in evaluation.leaves if leaf.scale is not None]
    marks: dict[str, Marks] = {}
    results = {bid.key: bid for bid in result.bids}
    for bid in evaluation.bids:
        criteria = results[bid.key].criteria
        found = {key: criteria[key].mark for key in leaves}
        given = evaluation.marks.get(bid.key, {})
        marks[bid.key] = {
            key: mark if (mark := found[key]) is not None else given[key]
            for key in leaves
            if found[key] is not None or key in given
        }
    return replace(evaluation, marks=marks)
