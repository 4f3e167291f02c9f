"""Evaluation files drawn at random, over every rule of the format."""

from typing import Any

from hypothesis import strategies as st

Document = dict[str, Any]
FORMULAS = (
    "lowest_ratio",
    "linear_range",
    "linear_from_lowest",
    "linear_to_reference",
    "discount_power",
    "reference_ratio",
    "reference_distance",
    "average_ratio",
    "n_formula",
    "bands",
    "share",
)
SIX = ("quality_per_price", "price_per_quality", "value_deduction", "reduced_price", "least_cost", "fixed_budget")
ORDERS = ("criterion_first", "evaluator_first", "pooled")
SCALES: tuple[Document, ...] = (
    {"min": 0, "max": 5, "step": 1},
    {"min": 1, "max": 4, "step": "0.5"},
    {"min": -3, "max": "3.9"},
)


def some(options: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(list(options))


@st.composite
def formulas(draw: st.DrawFn) -> Document:
    """``formula`` and ``better``."""
    name = draw(some(FORMULAS))
    reference = draw(some([1, 3, 7, "9.5"]))
    parameters: dict[str, Document] = {
        "linear_from_lowest": {"k": draw(some([1, "0.5", 3]))},
        "linear_to_reference": {"reference": reference},
        "discount_power": {"reference": reference, "exponent": draw(st.integers(1, 3))},
        "reference_ratio": {"reference": reference},
        "reference_distance": {
            "reference": reference,
            "target": draw(some([0, 1, "0.75"])),
            "slope": draw(some([1, "2.5", 40])),
            **draw(some([{}, {"places": 0}, {"places": 2}])),
        },
        "bands": {"bands": [{"up_to": 2, "fraction": "1.5"}, {"up_to": 5, "fraction": "0.4"}, {"fraction": "-0.1"}]},
        "share": {"max": reference},
    }
    clamp = draw(some([{}, {}, {"clamp": False}, {"clamp": True}]))
    high = name == "share" or (name in ("lowest_ratio", "linear_range", "bands") and draw(st.booleans()))
    return {"formula": {"name": name, **clamp, **parameters.get(name, {})}, **({"better": "high"} if high else {})}


@st.composite
def leaves(draw: st.DrawFn, index: int, rules: Document) -> Document:
    """A leaf; under pooled all marked ones alike, under reduced_price light ones."""
    pooled = rules.get("panel", {}).get("order") == "pooled"
    if draw(st.integers(0, 3)) == 0:
        leaf = {"weight": draw(some([0, 10, "7.5", 3])), "value": draw(some(["price", "weeks"])), **draw(formulas())}
    else:
        light = ["0.1", 0, "0.05"] if rules["combination"] == "reduced_price" else [0, 10, 5, "7.5", 1]
        weight = light[0] if pooled else draw(some(light))
        leaf = {"weight": weight, "scale": SCALES[0] if pooled else draw(some(SCALES))}
    return {"key": f"c{index}", **leaf, **_minimum(draw, leaf["weight"])}


def _minimum(draw: st.DrawFn, weight: Any) -> Document:
    if draw(st.integers(0, 7)) > 0:
        return {}
    return {"minimum": draw(some([0, weight, "0.05" if float(weight) < 1 else 1])) if float(weight) > 0 else 0}


@st.composite
def trees(draw: st.DrawFn, rules: Document) -> list[Document]:
    """One to six leaves, in groups and groups of groups."""
    items = [draw(leaves(i, rules)) for i in range(draw(st.integers(1, 6)))]
    for level in range(draw(st.integers(0, 2))):
        cut = draw(st.integers(1, len(items)))
        group: Document = {"key": f"g{level}", "children": items[:cut]}
        if draw(st.integers(0, 3)) == 0:
            group["minimum"] = 0
        items = [group, *items[cut:]]
    return items


@st.composite
def rule_sets(draw: st.DrawFn) -> Document:
    """Combination, panel and rounding; ties come with the tree."""
    order = draw(some(ORDERS))
    panel = {
        "order": order,
        "missing": draw(some(["block", "present", "present"])),
        "mean": draw(some(["arithmetic", "median"])),
    }
    if order != "pooled":
        panel["drop"] = draw(some([0, 0, 0, 0, 1]))
    places = some([None, None, 0, 1, 2])
    stages = {stage: draw(places) for stage in ("panel", "criterion", "group", "total")}
    combination = draw(some(["weighted_sum"] * 6 + list(SIX)))
    return {
        "combination": combination,
        "budget": draw(some([3, 6, 100])),
        "panel": panel,
        "rounding": {"mode": draw(some(["half_up", "half_even", "down"])), **stages},
    }


def _ties(draw: st.DrawFn, keys: list[str]) -> list[Document]:
    rule = st.one_of(
        some(keys).map(lambda key: {"by": "criterion", "key": key}),
        some(["lowest", "highest"]).map(lambda by: {"by": by, "value": "price"}),
        some(["earliest", "firsts"]).map(lambda by: {"by": by}),
    )
    return draw(st.lists(rule, max_size=3))


def _all_keys(items: list[Document]) -> list[str]:
    return [key for item in items for key in [item["key"], *_all_keys(item.get("children", []))]]


def _leaves(items: list[Document]) -> list[Document]:
    return [leaf for item in items for leaf in (_leaves(item["children"]) if "children" in item else [item])]


@st.composite
def bids(draw: st.DrawFn, index: int) -> Document:
    """A bid, most often with all it needs."""
    price = draw(some([1, 2, 2, 3, 4, 5, "6.5", 8] * 3 + [0, -1, None]))
    made: Document = {"key": f"b{index}", "values": {"price": price, "weeks": draw(some([1, 2, 3, 4]))}}
    made["gates"] = {"ok": draw(some([True] * 20 + [False, None]))}
    made["submitted_at"] = draw(
        some(["2026-01-01T12:00:00Z", "2026-01-01T12:00:00+01:00", "2026-01-01T12:30:00+01:00"])
    )
    if draw(st.integers(0, 19)) == 0:
        made |= {"status": draw(some(["excluded", "withdrawn"])), "reason": "said so"}
    return made


def _mark(draw: st.DrawFn, scale: Document) -> Any:
    low, high = float(scale["min"]), float(scale["max"])
    options = [scale["min"], scale["max"], "1", "2", "3"] + ([] if scale.get("step") == 1 else ["1.5", "3.5"])
    return draw(some([m for m in options if low <= float(m) <= high]))


@st.composite
def evaluations(draw: st.DrawFn) -> Document:
    """An evaluation file that can be read; whether it can be ranked depends on its values."""
    rules = draw(rule_sets())
    tree = draw(trees(rules))
    rules["ties"] = _ties(draw, _all_keys(tree))
    plain = rules["panel"]["mean"] == "median" or rules["panel"].get("drop")
    names = ["e1", "e2", "e3", "e4"][: draw(st.integers(1, 4))]
    evaluators = [{"key": name, **({} if plain else {"weight": draw(some([1, 1, 2, "0.5"]))})} for name in names]
    made = [draw(bids(i)) for i in range(draw(st.integers(1, 6)))]
    marks: Document = {}
    whole, agreed = draw(some([1, 6, 6])), draw(some([0, 0, 3]))
    for bid in made:
        marks[bid["key"]] = {}
        for leaf in _leaves(tree):
            if "scale" in leaf:
                given = _given(draw, leaf["scale"], names, whole, agreed, rules["panel"]["order"])
                if given is not None:
                    marks[bid["key"]][leaf["key"]] = given
    return {
        "format": "evaluation/1",
        "criteria": tree,
        "gates": [{"key": "ok"}],
        "rules": rules,
        "evaluators": evaluators,
        "bids": made,
        "marks": marks,
    }


def _given(draw: st.DrawFn, scale: Document, names: list[str], whole: int, agreed: int, order: str) -> Any:
    """What stands in marks for one leaf; ``whole`` 1 leaves nothing out, ``agreed`` 0 agrees on nothing."""
    if agreed and draw(st.integers(1, agreed)) == 1:
        return _mark(draw, scale)
    if whole > 1 and draw(st.integers(1, 3 * whole)) == 1:
        return None
    found = {name: _mark(draw, scale) for name in names}
    if whole > 1:
        for name in names:
            fate = draw(st.integers(1, 2 * whole))
            if fate == 1:
                found[name] = None
            elif fate == 2 and order != "evaluator_first":
                del found[name]
    return found
