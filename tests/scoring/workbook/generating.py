"""Random evaluation documents, over the whole format, with values chosen so that ties and exact halves are common."""

from fractions import Fraction
from random import Random
from typing import Any

from scoring.numbers import plain

SCALES: list[dict[str, Any]] = [
    {"min": 0, "max": 5, "step": 1},
    {"min": 0, "max": 10, "step": "0.5"},
    {"min": 1, "max": 4, "step": 1},
    {"min": 0, "max": 3, "step": 1},
    {"min": -2, "max": 5, "step": 1},
    {"min": 0, "max": 20, "step": "0.25"},
]
WEIGHTS = ["10", "20", "25", "30", "12.5", "7.25", "33.3", "5", "0", "1"]
PRICES = ["48000.00", "52000.00", "40000", "40000.50", "61999.99", "99000", "30000", "75000"]
MONTHS = ["12", "24", "36", "18.5", "60"]
COMBINATIONS = ["weighted_sum"] * 6 + [
    "quality_per_price",
    "price_per_quality",
    "value_deduction",
    "reduced_price",
    "least_cost",
    "fixed_budget",
]
FORMULA_NAMES = [
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
]
PARAMETERS: dict[str, dict[str, list[Any]]] = {
    "linear_from_lowest": {"k": ["1", "0.5", "2"]},
    "linear_to_reference": {"reference": ["70000", "40000", "29000"]},
    "discount_power": {"reference": ["70000", "99000"], "exponent": [1, 2, 3]},
    "reference_ratio": {"reference": ["50000"]},
    "reference_distance": {"reference": ["50000"], "target": ["0.88"], "slope": ["20", "1.5"], "places": [2, 3]},
    "bands": {
        "bands": [
            [{"up_to": 40000, "fraction": 1}, {"up_to": "52000", "fraction": "0.5"}, {"fraction": "0.1"}],
            [{"fraction": "0.75"}],
        ]
    },
    "share": {"max": ["60", "99000"]},
}


class Generator:
    """One document from one source of chance."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)  # noqa: S311 - tests, not secrets

    def one_in(self, n: int) -> bool:
        return self.chance.randrange(n) == 0

    def formula(self) -> dict[str, Any]:
        name = self.chance.choice(FORMULA_NAMES)
        parameters = {p: self.chance.choice(choices) for p, choices in PARAMETERS.get(name, {}).items()}
        return {"name": name, **parameters, **({"clamp": False} if self.one_in(4) else {})}

    def leaf(self, key: str, scale: dict[str, Any] | None) -> dict[str, Any]:
        """A marked or a computed leaf; ``scale`` where all must share one."""
        leaf: dict[str, Any] = {"key": key, "title": f"Criterion {key}", "weight": self.chance.choice(WEIGHTS)}
        if not self.one_in(3):
            shared = {"weight": "10"} if scale else {}
            return {**leaf, **shared, "scale": scale or self.chance.choice(SCALES)}
        formula = self.formula()
        name = formula["name"]
        either = name in ("lowest_ratio", "linear_range", "bands")
        high = name == "share" or (either and self.one_in(2))
        value = self.chance.choice(["price", "months"]) if name in ("lowest_ratio", "share") else "price"
        return {**leaf, "value": value, "formula": formula, "better": "high" if high else "low"}

    def tree(self, scale: dict[str, Any] | None) -> list[dict[str, Any]]:
        """Up to three tops, some with children, some with grandchildren."""
        top = []
        for i in range(self.chance.randint(1, 3)):
            if self.one_in(3):
                top.append(self.leaf(f"c{i}", scale))
                continue
            children = []
            for j in range(self.chance.randint(1, 3)):
                if self.one_in(5):
                    below = [self.leaf(f"c{i}{j}{k}", scale) for k in range(self.chance.randint(1, 2))]
                    children.append({"key": f"g{i}{j}", "children": below})
                else:
                    children.append(self.leaf(f"c{i}{j}", scale))
            top.append({"key": f"g{i}", "children": children})
        return top

    def marks(self, leaf: dict[str, Any], evaluators: list[str], *, everyone: bool, gaps: bool) -> Any:
        """An agreed mark, or marks by evaluator; None for no mark at all."""
        scale = leaf["scale"]
        step = Fraction(scale["step"])
        count = int((scale["max"] - scale["min"]) / step)

        def one() -> str:
            return plain(scale["min"] + self.chance.randint(0, count) * step)

        if not evaluators or self.one_in(6):
            return one()
        if gaps and self.one_in(20):
            return None
        asked = evaluators if everyone else [e for e in evaluators if not self.one_in(6)]
        return {e: None if gaps and self.one_in(12) else one() for e in asked}

    def rules(self, keys: list[str], *, pooled: bool) -> dict[str, Any]:
        order = "pooled" if pooled else self.chance.choice(["criterion_first"] * 2 + ["evaluator_first"])
        panel: dict[str, Any] = {"order": order, "missing": self.chance.choice(["block", "present"])}
        panel["mean"] = self.chance.choice(["arithmetic", "arithmetic", "median"])
        panel["drop"] = 0 if pooled else self.chance.choice([0, 0, 0, 1, 2])
        stages = ("panel", "criterion", "group", "total")
        rounding: dict[str, Any] = {stage: self.chance.choice([None, None, 0, 1, 2, 3]) for stage in stages}
        rounding["mode"] = self.chance.choice(["half_up", "half_even", "down"])
        more = {
            "criterion": {"key": self.chance.choice(keys)},
            "lowest": {"value": "price"},
            "highest": {"value": "months"},
        }
        by = self.chance.sample(["criterion", "lowest", "highest", "earliest", "firsts"], self.chance.randint(0, 3))
        ties = [{"by": rule, **more.get(rule, {})} for rule in by]
        combination = self.chance.choice(COMBINATIONS)
        budget = {"budget": "61000"} if combination == "fixed_budget" else {}
        return {"combination": combination, "panel": panel, "rounding": rounding, "ties": ties, **budget}

    def bid(self, key: str, gates: list[dict[str, str]]) -> dict[str, Any]:
        values = {"price": self.chance.choice(PRICES), "months": self.chance.choice(MONTHS)}
        day, hour, zone = self.chance.randint(1, 2), self.chance.randint(8, 9), self.chance.randint(0, 2)
        met = {gate["key"]: self.chance.choice([True] * 20 + [False, None]) for gate in gates}
        bid: dict[str, Any] = {"key": key, "name": f"Agency {key}", "values": values, "gates": met}
        bid["submitted_at"] = f"2026-05-0{day}T{hour:02}:00:00+0{zone}:00"
        status = self.chance.choice(["admitted"] * 14 + ["excluded", "withdrawn"])
        return bid if status == "admitted" else {**bid, "status": status, "reason": "As decided"}

    def evaluators(self, rules: dict[str, Any]) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = [
            {"key": f"e{i}", "name": f"Member {i}"} for i in range(self.chance.randint(0, 4))
        ]
        may_weigh = rules["panel"]["mean"] == "arithmetic" and not rules["panel"]["drop"]
        if may_weigh and self.one_in(4):
            return [{**e, "weight": self.chance.choice(["1", "2", "0.5"])} for e in found]
        return found

    def adjust(self, criteria: list[dict[str, Any]], rules: dict[str, Any]) -> None:
        """Weights and minimums that fit the combination."""
        for leaf in (c for c in every(criteria) if "weight" in c):
            if rules["combination"] == "reduced_price":
                leaf["weight"] = plain(Fraction(leaf["weight"]) / 1000)
            elif self.one_in(8):
                leaf["minimum"] = plain(
                    min(Fraction(leaf["weight"]), Fraction(self.chance.choice(["2", "0.5", "6.25"])))
                )

    def document(self) -> dict[str, Any]:
        """An evaluation/1 document; some are refused for what their rules ask of their bids."""
        scale = self.chance.choice(SCALES) if self.one_in(6) else None
        criteria = self.tree(scale)
        found = every(criteria)
        rules = self.rules([c["key"] for c in found], pooled=scale is not None)
        self.adjust(criteria, rules)
        evaluators = self.evaluators(rules)
        keys = [e["key"] for e in evaluators]
        gates = [{"key": f"gate{i}"} for i in range(self.chance.randint(0, 2))]
        bids = [self.bid(f"b{i}", gates) for i in range(self.chance.randint(1, 7))]
        how = {"everyone": rules["panel"]["order"] == "evaluator_first" or self.one_in(2), "gaps": self.one_in(3)}
        marked = [leaf for leaf in found if "scale" in leaf]
        marks = {b["key"]: {leaf["key"]: self.marks(leaf, keys, **how) for leaf in marked} for b in bids}
        return {
            "format": "evaluation/1",
            "title": "Random",
            "currency": "EUR",
            "criteria": criteria,
            "gates": gates,
            "rules": rules,
            "evaluators": evaluators,
            "bids": bids,
            "marks": {b: {k: m for k, m in by_leaf.items() if m is not None} for b, by_leaf in marks.items()},
        }


def every(criteria: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """All criteria of a tree, depth first."""
    return [c for root in criteria for c in (root, *every(root.get("children", [])))]
