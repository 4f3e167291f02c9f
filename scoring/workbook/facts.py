"""Figures that the workbook's helper cells hold now, worked out exactly from the evaluation and its result."""

from fractions import Fraction
from functools import cached_property

from scoring.numbers import rounded
from scoring.result import BidResult
from scoring.workbook.layout import Layout

LEFT_BEFORE_ADMISSION = ("withdrawn", "excluded", "gate", "over_budget")


class Facts:
    """By bid, counted from 0 in the order of the result."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.rules = layout.rules
        self.criteria = {c.key: c for c in layout.criteria}
        self.counted = [leaf for leaf in layout.evaluation.leaves if leaf.scale is not None and leaf.weight > 0]

    def _bid(self, bid: int) -> BidResult:
        return self.layout.bids[bid]

    def gates_failed(self, bid: int) -> int:
        """Requirements the bid does not meet."""
        gates = self.layout.given[self._bid(bid).key].gates
        return sum(gates.get(g.key) is False for g in self.layout.evaluation.gates)

    def gates_open(self, bid: int) -> int:
        """Requirements not checked yet."""
        gates = self.layout.given[self._bid(bid).key].gates
        return sum(gates.get(g.key) is None for g in self.layout.evaluation.gates)

    def below_marks(self, bid: int) -> int:
        """Minimums missed on what is only marked."""
        return self._below(bid, only_marked=True)

    def below_values(self, bid: int) -> int:
        """Minimums missed on what depends on a value."""
        return self._below(bid, only_marked=False)

    def _below(self, bid: int, *, only_marked: bool) -> int:
        results = self._bid(bid).criteria
        return sum(
            c.minimum is not None and c.only_marked is only_marked and points is not None and points < c.minimum
            for c in self.layout.criteria
            for points in (results[c.key].points,)
        )

    def missing(self, bid: int) -> int:
        """Counted leaves without a mark."""
        return sum(self._bid(bid).criteria[leaf.key].mark is None for leaf in self.counted)

    def over_budget(self, bid: int) -> bool:
        """Whether the price is above the budget."""
        price = self.layout.given[self._bid(bid).key].values.get(self.rules.price)
        return price is not None and self.rules.budget is not None and price > self.rules.budget

    def admitted(self, bid: int) -> bool:
        """Whether the bid is there after step 4, so that its values count."""
        for reason in self._bid(bid).reasons:
            if reason.code in LEFT_BEFORE_ADMISSION:
                return False
            if reason.code == "minimum" and self.criteria[reason.criterion].only_marked:
                return False
        return True

    def counted_value(self, bid: int, key: str) -> Fraction | None:
        """The bid's value where it is admitted."""
        return self.layout.given[self._bid(bid).key].values.get(key) if self.admitted(bid) else None

    def counted_values(self, key: str) -> list[Fraction]:
        """The values of all admitted bids."""
        found = (self.counted_value(bid, key) for bid in range(len(self.layout.bids)))
        return [value for value in found if value is not None]

    def price(self, bid: int) -> Fraction:
        """A ranked bid's price."""
        return self.layout.given[self._bid(bid).key].values.get(self.rules.price) or Fraction(0)

    @property
    def marked_weight(self) -> Fraction:
        """The summed weight of the marked leaves."""
        return sum((leaf.weight for leaf in self.counted), Fraction(0))

    def quality(self, bid: int) -> Fraction | None:
        """Q of a ranked bid: what its total was made from, read back from it."""
        total = self._bid(bid).exact_total
        if total is None:
            return None
        combination = self.rules.combination
        if combination == "weighted_sum":
            return total - self._computed_points(bid)
        if combination == "fixed_budget":
            return total
        price = self.price(bid)
        if combination == "quality_per_price":
            return total * price
        if combination == "price_per_quality":
            return price / total
        if combination == "value_deduction":
            return price - total
        return (price / total - 1) * (1 - self.marked_weight)

    def _computed_points(self, bid: int) -> Fraction:
        results = self._bid(bid).criteria.values()
        return sum((r.points or Fraction(0) for r in results if r.kind == "computed"), Fraction(0))

    def pooled_mean(self, bid: int) -> Fraction | None:
        """The mean of all of a ranked bid's marks, as rounded."""
        quality, scale = self.quality(bid), self.counted[0].scale if self.counted else None
        if quality is None or scale is None:
            return None
        return scale.minimum + quality / self.marked_weight * (scale.maximum - scale.minimum)

    def own_points(self, leaf_key: str, mark: Fraction | None) -> Fraction | None:
        """What one evaluator's mark is worth, rounded as a criterion's points."""
        leaf = self.criteria[leaf_key]
        if leaf.weight == 0:
            return Fraction(0)
        if mark is None or leaf.scale is None:
            return None
        return rounded(leaf.weight * leaf.scale.share(mark), self.rules.rounding.mode, self.rules.rounding.criterion)

    def firsts(self, bid: int) -> int | None:
        """On how many counted leaves a ranked bid is best, alone or not."""
        if self._bid(bid).rank is None:
            return None
        mine = self._bid(bid).criteria
        return sum(mine[key].points == best for key, best in self._best.items())

    @cached_property
    def _best(self) -> dict[str, Fraction]:
        """Counted leaf → the most points a ranked bid has on it."""
        ranked = self.layout.result.ranked
        leaves = [leaf.key for leaf in self.layout.evaluation.leaves if leaf.weight > 0]
        return {key: max(bid.criteria[key].points or Fraction(0) for bid in ranked) for key in leaves}
