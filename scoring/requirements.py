"""The values that formulas, the combination and tie rules need of every admitted bid."""

from collections.abc import Iterator
from fractions import Fraction

from scoring.faults import Fault, step
from scoring.formulas import ValueFaultError, fractions
from scoring.model import Bid, Evaluation
from scoring.numbers import plain

ABOVE_0 = ("quality_per_price", "price_per_quality", "reduced_price")


def check_values(evaluation: Evaluation, admitted: list[Bid]) -> list[Fault]:
    """Every value that is missing or cannot be used, naming the bid.

    ``admitted`` may still hold those over budget: they must have a price to be judged by it.
    """
    places = {bid.key: index for index, bid in enumerate(evaluation.bids)}
    within = [bid for bid in admitted if not over_budget(evaluation, bid)]
    faults = [*_price(evaluation, admitted, places), *_ties(evaluation, within, places)]
    for leaf in evaluation.leaves:
        if leaf.value is not None and leaf.weight > 0:
            missing = [bid for bid in within if bid.values.get(leaf.value) is None]
            faults += [_missing(bid, places, leaf.value, f'the criterion "{leaf.key}"') for bid in missing]
            if not missing and within:
                try:
                    fractions(leaf, [bid.values[leaf.value] or Fraction(0) for bid in within])
                except ValueFaultError as fault:
                    faults += [_unfit(within[i], places, leaf.value, fault.expected) for i in fault.indexes]
    return list(dict.fromkeys(faults))


def over_budget(evaluation: Evaluation, bid: Bid) -> bool:
    """Whether fixed_budget takes the bid out."""
    rules, price = evaluation.rules, bid.values.get(evaluation.rules.price)
    return rules.combination == "fixed_budget" and None not in (price, rules.budget) and price > rules.budget  # type: ignore[operator]


def _path(places: dict[str, int], bid: Bid, *steps: str) -> str:
    path = step("$.bids", places[bid.key])
    for name in steps:
        path = step(path, name)
    return path


def _missing(bid: Bid, places: dict[str, int], value: str, why: str) -> Fault:
    return Fault(
        _path(places, bid, "values", value),
        f'the bid "{bid.key}" has no {value}',
        f"a number, needed by {why}",
    )


def _unfit(bid: Bid, places: dict[str, int], value: str, expected: str) -> Fault:
    number = plain(bid.values[value] or Fraction(0))
    return Fault(_path(places, bid, "values", value), f'the bid "{bid.key}" has {value} {number}', expected)


def _price(evaluation: Evaluation, admitted: list[Bid], places: dict[str, int]) -> Iterator[Fault]:
    combination, key = evaluation.rules.combination, evaluation.rules.price
    if combination == "weighted_sum":
        return
    for bid in admitted:
        price = bid.values.get(key)
        if price is None:
            yield _missing(bid, places, key, combination)
        elif combination in ABOVE_0 and price <= 0:
            yield _unfit(bid, places, key, f"a value above 0 in {combination}")


def _ties(evaluation: Evaluation, admitted: list[Bid], places: dict[str, int]) -> Iterator[Fault]:
    for rule in evaluation.rules.ties:
        for bid in admitted:
            if rule.by in ("lowest", "highest") and bid.values.get(rule.key) is None:
                yield _missing(bid, places, rule.key, "the tie rule")
            if rule.by == "earliest" and bid.submitted_at is None:
                expected = "an instant, needed by the tie rule"
                yield Fault(_path(places, bid, "submitted_at"), f'the bid "{bid.key}" has no submitted_at', expected)
