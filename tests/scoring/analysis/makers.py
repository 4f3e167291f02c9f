"""Small legal evaluations of every kind, for the analyses."""

from typing import Any

from hypothesis import strategies as st

from scoring import Evaluation, from_document

COMBINATIONS = (
    "weighted_sum",
    "quality_per_price",
    "price_per_quality",
    "value_deduction",
    "reduced_price",
    "least_cost",
    "fixed_budget",
)


def document(
    marks: dict[str, dict[str, Any]],
    weights: dict[str, int],
    *,
    prices: dict[str, int] | None = None,
    price_weight: int = 0,
    rules: dict[str, Any] | None = None,
    **more: Any,
) -> dict[str, Any]:
    """Marked leaves on a scale from 0 to 5 by 1 and, with ``price_weight``, a price by lowest_ratio."""
    criteria: list[dict[str, Any]] = [
        {"key": key, "weight": weight, "scale": {"min": 0, "max": 5, "step": 1}} for key, weight in weights.items()
    ]
    if price_weight:
        formula = {"name": "lowest_ratio"}
        criteria.append({"key": "price", "weight": price_weight, "value": "price", "formula": formula})
    asked = {e for by_leaf in marks.values() for given in by_leaf.values() if isinstance(given, dict) for e in given}
    return {
        "format": "evaluation/1",
        "criteria": criteria,
        "rules": rules or {},
        "evaluators": [{"key": key} for key in sorted(asked)],
        "bids": [{"key": key, "values": {"price": (prices or {}).get(key, 100)}} for key in marks],
        "marks": marks,
        **more,
    }


def evaluation(*arguments: Any, **named: Any) -> Evaluation:
    """The evaluation of ``document``."""
    return from_document(document(*arguments, **named))


@st.composite
def evaluations(draw: st.DrawFn) -> Evaluation:
    """Two to four bids, a group of two leaves and a third leaf, a price, and rules of any kind."""
    combination = draw(st.sampled_from(COMBINATIONS))
    order = draw(st.sampled_from(["criterion_first", "criterion_first", "evaluator_first", "pooled"]))
    least = 1 if combination == "price_per_quality" else 0
    scale = {"min": -least, "max": 3, "step": 1}
    people = ["x", "y", "z"][: draw(st.integers(1, 3))]
    bids = ["A", "B", "C", "D"][: draw(st.integers(2, 4))]
    unit = "0.05" if combination == "reduced_price" else str(draw(st.sampled_from([10, 15])))
    weights = [unit if order == "pooled" else draw(st.sampled_from([unit, "0.1", "0.2"])) for _ in "abc"]
    minimum = {"minimum": draw(st.sampled_from([weights[0], "0.03"]))} if draw(st.booleans()) else {}
    if draw(st.booleans()):
        minimum = {}
    price = draw(
        st.sampled_from(
            [
                {"name": "lowest_ratio"},
                {"name": "linear_range"},
                {"name": "average_ratio"},
                {"name": "reference_distance", "reference": 100, "target": 1, "slope": 30},
            ]
        )
    )
    ties = draw(
        st.sampled_from(
            [[], [{"by": "firsts"}], [{"by": "lowest", "value": "price"}], [{"by": "criterion", "key": "a"}]]
        )
    )
    places = st.sampled_from([None, None, 0, 1, 2])
    panel = {"order": order, "mean": draw(st.sampled_from(["arithmetic", "median"]))}
    marks = {bid: {leaf: {who: draw(st.integers(0, 3)) for who in people} for leaf in "abc"} for bid in bids}
    return from_document(
        {
            "format": "evaluation/1",
            "criteria": [
                {
                    "key": "quality",
                    **minimum,
                    "children": [
                        {"key": "a", "weight": weights[0], "scale": scale},
                        {"key": "b", "weight": weights[1], "scale": scale},
                    ],
                },
                {"key": "c", "weight": weights[2], "scale": scale},
                {"key": "price", "weight": 20, "value": "price", "formula": price},
            ],
            "rules": {
                "combination": combination,
                **({"budget": 110} if combination == "fixed_budget" else {}),
                "panel": panel,
                "rounding": {stage: draw(places) for stage in ("panel", "criterion", "group", "total")},
                "ties": ties,
            },
            "evaluators": [{"key": who} for who in people],
            "bids": [{"key": bid, "values": {"price": draw(st.sampled_from([80, 90, 100, 115]))}} for bid in bids],
            "marks": marks,
        }
    )
