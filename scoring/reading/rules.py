"""Reading the rules."""

from fractions import Fraction
from typing import Any

from scoring.faults import step
from scoring.model import Criterion, Evaluator, Panel, Rounding, Rules, TieRule
from scoring.reading.shape import Faults

COMBINATIONS = (
    "weighted_sum",
    "quality_per_price",
    "price_per_quality",
    "value_deduction",
    "reduced_price",
    "least_cost",
    "fixed_budget",
)
MOST_VALUE_ADDED = Fraction(99, 100)
STAGES = ("panel", "criterion", "group", "total")


def read_rules(faults: Faults, value: Any, path: str, criteria_keys: set[str]) -> Rules:
    """The rules object, every part with its default."""
    body = faults.object(value, path, ("combination", "price", "budget", "panel", "rounding", "ties"))
    combination = faults.choice(body.get("combination", "weighted_sum"), step(path, "combination"), COMBINATIONS)
    price = faults.text(body["price"], step(path, "price"), empty=False) if "price" in body else "price"
    budget = faults.number(body["budget"], step(path, "budget")) if "budget" in body else None
    if combination == "fixed_budget" and "budget" not in body:
        faults.add(path, '"budget" is missing', "the budget of fixed_budget")
    return Rules(
        combination=combination or "weighted_sum",
        price=price,
        budget=budget,
        panel=_read_panel(faults, body.get("panel", {}), step(path, "panel")),
        rounding=_read_rounding(faults, body.get("rounding", {}), step(path, "rounding")),
        ties=_read_ties(faults, body.get("ties", []), step(path, "ties"), criteria_keys),
    )


def _read_panel(faults: Faults, value: Any, path: str) -> Panel:
    body = faults.object(value, path, ("order", "mean", "drop", "missing"))
    orders = ("criterion_first", "evaluator_first", "pooled")
    order = faults.choice(body.get("order", "criterion_first"), step(path, "order"), orders)
    mean = faults.choice(body.get("mean", "arithmetic"), step(path, "mean"), ("arithmetic", "median"))
    drop = faults.whole(body.get("drop", 0), step(path, "drop"), least=0)
    missing = faults.choice(body.get("missing", "block"), step(path, "missing"), ("block", "present"))
    if order == "pooled" and drop:
        faults.add(step(path, "drop"), "drop with pooled", "no drop, or another order")
    if order == "evaluator_first":
        missing = "block"  # always, says the format
    return Panel(order or "criterion_first", mean or "arithmetic", drop or 0, missing or "block")


def _read_rounding(faults: Faults, value: Any, path: str) -> Rounding:
    body = faults.object(value, path, ("mode", *STAGES))
    mode = faults.choice(body.get("mode", "half_up"), step(path, "mode"), ("half_up", "half_even", "down"))
    places = {
        stage: faults.whole(body[stage], step(path, stage), least=0, most=15)
        for stage in STAGES
        if body.get(stage) is not None
    }
    return Rounding(mode=mode or "half_up", **places)


def _read_ties(faults: Faults, value: Any, path: str, criteria_keys: set[str]) -> tuple[TieRule, ...]:
    rules = []
    for index, item in enumerate(faults.array(value, path)):
        at = step(path, index)
        if not isinstance(item, dict) or "by" not in item:
            faults.object(item, at, required=("by",))
            continue
        by = faults.choice(item["by"], step(at, "by"), ("criterion", "lowest", "highest", "earliest", "firsts"))
        own = {"criterion": ("key",), "lowest": ("value",), "highest": ("value",)}.get(by or "", ())
        if by is None:
            continue
        body = faults.object(item, at, ("by", *own), own)
        key = faults.text(body[own[0]], step(at, own[0]), empty=False) if own and own[0] in body else ""
        if by == "criterion" and key and key not in criteria_keys:
            faults.add(step(at, "key"), f'the criterion "{key}" does not exist', "a key of the tree")
        rules.append(TieRule(by, key))
    return tuple(rules)


def check_rules(
    faults: Faults, rules: Rules, criteria: tuple[Criterion, ...], evaluators: tuple[Evaluator, ...]
) -> None:
    """What rules ask of the criteria and the evaluators."""
    marked = [leaf for root in criteria for leaf in root.leaves if leaf.scale is not None and leaf.weight > 0]
    panel = rules.panel
    if (panel.mean == "median" or panel.drop) and any(e.weight != 1 for e in evaluators):
        what = "median" if panel.mean == "median" else "drop"
        for index, evaluator in enumerate(evaluators):
            if evaluator.weight != 1:
                faults.add(f"$.evaluators[{index}].weight", f"a weight other than 1 together with {what}", "1")
    if panel.order == "pooled" and len({(c.scale.minimum, c.scale.maximum, c.weight) for c in marked if c.scale}) > 1:
        faults.add(
            "$.rules.panel.order",
            "pooled over leaves that differ",
            "marked leaves with one min, max and weight",
        )
    if rules.combination == "reduced_price" and sum(c.weight for c in marked) > MOST_VALUE_ADDED:
        faults.add(
            "$.rules.combination",
            "reduced_price with weights above 0.99",
            "marked leaves whose weights sum to at most 0.99",
        )
