"""The ranking a second time, straight from docs/evaluation-file.md, as plainly as it can be said.

It shares no code with the library and cares for nothing but being right: the property tests hold
the library against it on evaluations made at random.
"""

from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any

Document = dict[str, Any]
DIVIDES = ("lowest_ratio", "linear_from_lowest", "reference_ratio", "average_ratio", "n_formula")
LOW = ("price_per_quality", "value_deduction", "reduced_price", "least_cost")


class RefusedError(Exception):
    """The contract says error."""


def number(text: Any) -> Fraction:
    return Fraction(Decimal(str(text)))


def rounding(value: Fraction, mode: str, places: int | None) -> Fraction:
    if places is None:
        return value
    size = abs(value) * 10**places
    down = Fraction(floor(size))
    half = size - down
    if mode == "half_up":
        down += half >= Fraction(1, 2)
    elif mode == "half_even":
        down += half > Fraction(1, 2) or (half == Fraction(1, 2) and down % 2 == 1)
    return (down if value >= 0 else -down) / 10**places


def fraction_of(formula: Document, better: str, weight: Fraction, price: Fraction, prices: list[Fraction]) -> Fraction:
    """One row of the table of formulas, before it is held within 0…1."""
    name, low, high = formula["name"], min(prices), max(prices)
    if name in DIVIDES and not (name == "lowest_ratio" and better == "high") and price <= 0:
        raise RefusedError(name)
    if name == "lowest_ratio":
        if better == "high" and high <= 0:
            raise RefusedError(name)
        return price / high if better == "high" else low / price
    if name == "linear_range":
        if low == high:
            return Fraction(1)
        return ((price - low) if better == "high" else (high - price)) / (high - low)
    if name == "linear_from_lowest":
        return 1 - (price - low) / (number(formula.get("k", 1)) * low)
    if name == "linear_to_reference":
        reference = number(formula["reference"])
        if reference <= low:
            return Fraction(price == low)
        return (reference - price) / (reference - low)
    if name == "discount_power":
        if price < 0:
            raise RefusedError(name)
        return 1 - (price / number(formula["reference"])) ** int(formula["exponent"])
    if name == "reference_ratio":
        return number(formula["reference"]) / price
    if name == "reference_distance":
        ratio = rounding(price / number(formula["reference"]), "half_up", formula.get("places"))
        return 1 - abs(ratio - number(formula["target"])) * number(formula["slope"]) / weight
    if name == "average_ratio":
        return sum(prices, Fraction(0)) / len(prices) / price
    if name == "n_formula":
        n = len(prices)
        return Fraction(1) if n == 1 else (n * low - price) / ((n - 1) * low)
    if name == "bands":
        return next(number(b["fraction"]) for b in formula["bands"] if "up_to" not in b or price <= number(b["up_to"]))
    assert name == "share"
    return price / number(formula["max"])


class Oracle:
    """The ranking of a document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.rules = document.get("rules", {})
        self.panel = self.rules.get("panel", {})
        self.order = self.panel.get("order", "criterion_first")
        self.stages = self.rules.get("rounding", {})
        self.weights = {e["key"]: number(e.get("weight", 1)) for e in document.get("evaluators", [])}
        self.combination = self.rules.get("combination", "weighted_sum")
        self.tree: list[Document] = []
        for criterion in document["criteria"]:
            self.walk(criterion)
        self.marked = [c for c in self.tree if "scale" in c]
        self.computed = [c for c in self.tree if "value" in c]
        self.bids = {bid["key"]: bid for bid in document["bids"]}
        self.points: dict[str, dict[str, Fraction | None]] = {key: {} for key in self.bids}
        self.mark: dict[str, dict[str, Fraction | None]] = {key: {} for key in self.bids}
        self.left: dict[str, tuple[str, list[tuple[str, str]]]] = {}

    def walk(self, criterion: Document) -> Fraction:
        self.tree.append(criterion)
        children = criterion.get("children", [])
        criterion["w"] = sum(map(self.walk, children), Fraction(0)) if children else number(criterion["weight"])
        return criterion["w"]

    def round(self, value: Fraction, stage: str) -> Fraction:
        return rounding(value, self.stages.get("mode", "half_up"), self.stages.get(stage))

    def mean(self, marks: list[tuple[Fraction, Fraction]], drop: int) -> Fraction | None:
        marks = sorted(marks)
        for _ in range(drop):
            marks = marks[1:-1]
        if not marks:
            return None
        if self.panel.get("mean") == "median":
            values = [m for m, _ in marks]
            return (values[(len(values) - 1) // 2] + values[len(values) // 2]) / 2
        return sum(m * w for m, w in marks) / sum(w for _, w in marks)

    def given(self, bid: str, leaf: Document) -> Any:
        return self.document.get("marks", {}).get(bid, {}).get(leaf["key"], {})

    def share(self, leaf: Document, mark: Fraction) -> Fraction:
        low, high = number(leaf["scale"]["min"]), number(leaf["scale"]["max"])
        return leaf["w"] * (mark - low) / (high - low)

    def panel_mark(self, bid: str, leaf: Document) -> tuple[Fraction | None, str, int, bool]:
        """(mark, reason against it, marks present, whether someone asked has not marked)."""
        given = self.given(bid, leaf)
        if not isinstance(given, dict):
            return number(given), "", 1, False
        there = [(number(m), self.weights[e]) for e, m in given.items() if m is not None]
        gap = len(there) < len(given)
        block = self.panel.get("missing", "block") == "block" or self.order == "evaluator_first"
        if not there or (gap and block):
            return None, "marks_missing", len(there), gap
        mean = self.mean(there, self.panel.get("drop", 0))
        if mean is None:
            return None, "too_few_marks", len(there), gap
        return self.round(mean, "panel"), "", len(there), gap

    def work_out(self, bid: str, criterion: Document) -> Fraction | None:
        """Points as rounded, from the leaves up."""
        for child in criterion.get("children", []):
            self.work_out(bid, child)
        points: Fraction | None
        if "children" in criterion:
            below = [self.points[bid][c["key"]] for c in criterion["children"]]
            points = None if None in below else self.round(sum(below, Fraction(0)), "group")  # type: ignore[arg-type]
        elif "scale" in criterion:
            mark = self.mark[bid][criterion["key"]] = self.panel_mark(bid, criterion)[0]
            points = Fraction(0) if criterion["w"] == 0 else None
            if points is None and mark is not None:
                points = self.round(self.share(criterion, mark), "criterion")
        else:
            points = self.points[bid].get(criterion["key"], Fraction(0) if criterion["w"] == 0 else None)
        self.points[bid][criterion["key"]] = points
        return points

    def value(self, bid: str, key: str) -> Fraction:
        found = self.bids[bid].get("values", {}).get(key)
        if found is None:
            raise RefusedError(f"{bid} {key}")
        return number(found)

    def has_computed(self, criterion: Document) -> bool:
        return "value" in criterion or any(map(self.has_computed, criterion.get("children", [])))

    def below(self, bid: str, computed: bool) -> list[tuple[str, str]]:
        return [
            ("minimum", c["key"])
            for c in self.tree
            if "minimum" in c
            and self.has_computed(c) is computed
            and (points := self.points[bid][c["key"]]) is not None
            and points < number(c["minimum"])
        ]

    def steps_1_to_3(self, key: str) -> None:
        bid = self.bids[key]
        if bid.get("status", "admitted") != "admitted":
            self.left[key] = (bid["status"], [(bid["status"], "")])
            return
        gates = [
            ("gate", g["key"]) for g in self.document.get("gates", []) if bid.get("gates", {}).get(g["key"]) is False
        ]
        found = gates or self.below(key, computed=False)
        if found:
            self.left[key] = ("excluded", found)

    def step_4(self, key: str) -> None:
        price = self.value(key, self.rules.get("price", "price"))
        if self.combination in ("quality_per_price", "price_per_quality", "reduced_price") and price <= 0:
            raise RefusedError(key)
        if self.combination == "fixed_budget" and price > number(self.rules["budget"]):
            self.left[key] = ("excluded", [("over_budget", "")])

    def run_formulas(self, admitted: list[str]) -> None:
        for leaf in self.computed:
            if leaf["w"] > 0:
                prices = [self.value(key, leaf["value"]) for key in admitted]
                for key, price in zip(admitted, prices, strict=True):
                    f = fraction_of(leaf["formula"], leaf.get("better", "low"), leaf["w"], price, prices)
                    if leaf["formula"].get("clamp", True):
                        f = max(Fraction(0), min(Fraction(1), f))
                    self.points[key][leaf["key"]] = self.round(leaf["w"] * f, "criterion")
        for key in admitted:
            for criterion in self.document["criteria"]:
                self.work_out(key, criterion)

    def lacking(self, key: str) -> list[tuple[str, str]]:
        gates = self.bids[key].get("gates", {})
        found = [("gate_missing", g["key"]) for g in self.document.get("gates", []) if gates.get(g["key"]) is None]
        marks = [(self.panel_mark(key, leaf)[1], leaf["key"]) for leaf in self.marked if leaf["w"] > 0]
        return found + [pair for pair in marks if pair[0]]

    def quality(self, bid: str) -> Fraction:
        counted = [leaf for leaf in self.marked if leaf["w"] > 0]
        by_leaf = sum((self.points[bid][leaf["key"]] or Fraction(0) for leaf in counted), Fraction(0))
        if self.order == "pooled" and counted:
            pool: list[tuple[Fraction, Fraction]] = []
            for leaf in counted:
                given = self.given(bid, leaf)
                if isinstance(given, dict):
                    pool += [(number(m), self.weights[e]) for e, m in given.items() if m is not None]
                else:
                    pool.append((number(given), Fraction(1)))
            mean = self.mean(pool, 0)
            assert mean is not None
            return (
                sum(leaf["w"] for leaf in counted) * self.share(counted[0], self.round(mean, "panel")) / counted[0]["w"]
            )
        asked = {e for leaf in counted if isinstance(self.given(bid, leaf), dict) for e in self.given(bid, leaf)}
        if self.order != "evaluator_first" or not asked:
            return by_leaf
        own = []
        for evaluator in asked:
            q = Fraction(0)
            for leaf in counted:
                given = self.given(bid, leaf)
                mark = given[evaluator] if isinstance(given, dict) else given
                q += self.round(self.share(leaf, number(mark)), "criterion")
            own.append((q, self.weights[evaluator]))
        mean = self.mean(own, self.panel.get("drop", 0))
        assert mean is not None
        return self.round(mean, "panel")

    def total(self, bid: str) -> Fraction:
        q, name = self.quality(bid), self.combination
        if name == "weighted_sum" and self.order == "criterion_first":
            return sum((self.points[bid][c["key"]] or Fraction(0) for c in self.document["criteria"]), Fraction(0))
        if name == "weighted_sum":
            return q + sum((self.points[bid][c["key"]] or Fraction(0) for c in self.computed), Fraction(0))
        p = self.value(bid, self.rules.get("price", "price"))
        if name == "price_per_quality" and q <= 0:
            raise RefusedError(bid)
        v = sum((leaf["w"] for leaf in self.marked), Fraction(0))
        return {
            "quality_per_price": lambda: q / p,
            "price_per_quality": lambda: p / q,
            "value_deduction": lambda: p - q,
            "reduced_price": lambda: p / (1 + q / (1 - v)),
            "least_cost": lambda: p,
            "fixed_budget": lambda: q,
        }[name]()

    def firsts(self, bid: str, ranked: list[str]) -> int:
        leaves = [c["key"] for c in self.tree if "children" not in c and c["w"] > 0]
        return sum(all(self.points[bid][k] >= self.points[other][k] for other in ranked) for k in leaves)  # type: ignore[operator]

    def beats(self, one: str, two: str, totals: dict[str, Fraction]) -> bool:
        """Whether one bid comes before another: by total, then by the first tie rule that parts them."""
        if totals[one] != totals[two]:
            return (totals[one] < totals[two]) is (self.combination in LOW)
        for rule in self.rules.get("ties", []):
            if rule["by"] == "criterion":
                a, b = self.points[one][rule["key"]], self.points[two][rule["key"]]
            elif rule["by"] == "firsts":
                a, b = Fraction(self.firsts(one, list(totals))), Fraction(self.firsts(two, list(totals)))
            elif rule["by"] == "earliest":
                moments = [datetime.fromisoformat(self.bids[k]["submitted_at"]).timestamp() for k in (one, two)]
                a, b = Fraction(-moments[0]), Fraction(-moments[1])
            else:
                sign = -1 if rule["by"] == "lowest" else 1
                a, b = sign * self.value(one, rule["value"]), sign * self.value(two, rule["value"])
            assert a is not None
            assert b is not None
            if a != b:
                return a > b
        return False

    def result(self) -> Document:
        """Bid → status, rank, total, points, marks, reasons; and the ties. Raises RefusedError."""
        for key in self.bids:
            for criterion in self.document["criteria"]:
                self.work_out(key, criterion)
            self.steps_1_to_3(key)
        if self.combination != "weighted_sum":
            for key in [k for k in self.bids if k not in self.left]:
                self.step_4(key)
        admitted = [key for key in self.bids if key not in self.left]
        for rule in self.rules.get("ties", []):
            for key in admitted:
                if rule["by"] in ("lowest", "highest"):
                    self.value(key, rule["value"])
                elif rule["by"] == "earliest" and "submitted_at" not in self.bids[key]:
                    raise RefusedError(key)
        self.run_formulas(admitted)
        for key in admitted:
            if found := self.below(key, computed=True):
                self.left[key] = ("excluded", found)
        standing = [key for key in self.bids if key not in self.left]
        open_bids = {key: found for key in standing if (found := self.lacking(key))}
        totals = {key: self.round(self.total(key), "total") for key in standing if key not in open_bids}
        ranks = {key: 1 + sum(self.beats(other, key, totals) for other in totals) for key in totals}
        bids = {}
        for key in sorted(totals, key=lambda k: ranks[k]) + [k for k in self.bids if k not in totals]:
            status, reasons = self.left.get(key) or (
                ("incomplete", open_bids[key]) if key in open_bids else ("ranked", [])
            )
            bids[key] = {
                "status": status,
                "rank": ranks.get(key),
                "total": totals.get(key),
                "points": {c["key"]: self.points[key][c["key"]] for c in self.tree},
                "marks": {
                    leaf["key"]: (self.mark[key][leaf["key"]], self.panel_mark(key, leaf)[2]) for leaf in self.marked
                },
                "reasons": reasons,
            }
        shared: dict[int, list[str]] = {}
        for key in totals:
            shared.setdefault(ranks[key], []).append(key)
        gaps = [
            (key, leaf["key"])
            for key in bids
            if key in totals
            for leaf in self.marked
            if leaf["w"] > 0 and self.panel_mark(key, leaf)[3]
        ]
        ties = [keys for _, keys in sorted(shared.items()) if len(keys) > 1]
        return {"bids": bids, "ties": ties, "warnings": gaps}
