"""What share of each leaf's weight a ranked bid was given, whatever the weights: the table that drawn weights are applied to."""

from fractions import Fraction

from scoring.model import Bid, Criterion, Evaluation
from scoring.result import BidResult

ZERO = Fraction(0)
Row = tuple[Fraction, ...]


def rows_of(evaluation: Evaluation, bid: Bid, result: BidResult, leaves: list[Criterion]) -> list[Row]:
    """One row of shares, leaf by leaf; or one for each evaluator where the mean of them is no straight line."""
    panel = evaluation.rules.panel
    if panel.order == "pooled":
        pooled = _pooled_share(evaluation, bid, result)
        return [tuple(pooled if leaf.scale else _share(result, leaf) for leaf in leaves)]
    if panel.order == "evaluator_first":
        own = _own_rows(evaluation, bid, result, leaves)
        if own and (panel.mean == "median" or panel.drop):
            return list(own.values())
        if own:
            weights = {e.key: e.weight for e in evaluation.evaluators}
            whole = sum((weights[e] for e in own), ZERO)
            columns = zip(*([x * weights[e] for x in row] for e, row in own.items()), strict=True)
            return [tuple(sum(column, ZERO) / whole for column in columns)]
    return [tuple(_share(result, leaf) for leaf in leaves)]


def _share(result: BidResult, leaf: Criterion) -> Fraction:
    return (result.criteria[leaf.key].exact or ZERO) / leaf.weight


def _own_rows(evaluation: Evaluation, bid: Bid, result: BidResult, leaves: list[Criterion]) -> dict[str, Row]:
    """Each evaluator's own shares; an agreed mark and a computed leaf count as each one's."""
    marks = evaluation.marks.get(bid.key, {})
    given = {leaf.key: marks.get(leaf.key) for leaf in leaves}
    asked = dict.fromkeys(e for by_evaluator in given.values() if isinstance(by_evaluator, dict) for e in by_evaluator)

    def share(leaf: Criterion, evaluator: str) -> Fraction:
        by_evaluator = given[leaf.key]
        mark = by_evaluator.get(evaluator) if isinstance(by_evaluator, dict) else by_evaluator
        return _share(result, leaf) if leaf.scale is None or mark is None else leaf.scale.share(mark)

    return {evaluator: tuple(share(leaf, evaluator) for leaf in leaves) for evaluator in asked}


def _pooled_share(evaluation: Evaluation, bid: Bid, result: BidResult) -> Fraction:
    """Q / W, with Q taken back out of the total."""
    marked = sum((leaf.weight for leaf in evaluation.leaves if leaf.scale is not None), ZERO)
    total, price = result.exact_total or ZERO, bid.values.get(evaluation.rules.price) or ZERO
    computed = [leaf for leaf in evaluation.leaves if leaf.value is not None and leaf.weight]
    quality = {
        "weighted_sum": lambda: total - sum((result.criteria[leaf.key].points or ZERO for leaf in computed), ZERO),
        "quality_per_price": lambda: total * price,
        "price_per_quality": lambda: price / total,
        "value_deduction": lambda: price - total,
        "reduced_price": lambda: (price / total - 1) * (1 - marked),
    }.get(evaluation.rules.combination, lambda: total)()
    return quality / marked if marked else ZERO
