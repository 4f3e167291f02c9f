"""From points and price to the total (docs/evaluation-file.md, Rules: combination)."""

from fractions import Fraction

from scoring.faults import Fault, step
from scoring.grid import Grid
from scoring.model import Bid, Evaluation
from scoring.panel import PanelMarks

ZERO = Fraction(0)
LOWEST_FIRST = ("price_per_quality", "value_deduction", "reduced_price", "least_cost")


class Combiner:
    """Totals, not yet rounded, of complete bids."""

    def __init__(self, evaluation: Evaluation, grid: Grid) -> None:
        self.evaluation = evaluation
        self.rules = evaluation.rules
        self.grid = grid
        self.panel = PanelMarks(evaluation)
        self.lowest_first = self.rules.combination in LOWEST_FIRST

    def totals(self, bids: list[Bid]) -> tuple[dict[str, Fraction], list[Fault]]:
        """(bid → total, faults) for bids that are complete."""
        found: dict[str, Fraction] = {}
        faults = []
        for bid in bids:
            quality = self._quality(bid)
            if self.rules.combination == "price_per_quality" and quality <= 0:
                place = next(i for i, b in enumerate(self.evaluation.bids) if b.key == bid.key)
                problem = f'the bid "{bid.key}" has no points to divide by'
                faults.append(Fault(step("$.bids", place), problem, "points above 0 in price_per_quality"))
            else:
                found[bid.key] = self._total(bid, quality)
        return found, faults

    def _quality(self, bid: Bid) -> Fraction:
        points = {leaf.key: self.grid.points(bid.key, leaf.key) for leaf in self.panel.counted}
        return self.panel.quality(bid.key, points) or ZERO

    def _total(self, bid: Bid, quality: Fraction) -> Fraction:
        combination = self.rules.combination
        if combination == "weighted_sum":
            return self._weighted_sum(bid, quality)
        price = bid.values[self.rules.price] or ZERO
        if combination == "quality_per_price":
            return quality / price
        if combination == "price_per_quality":
            return price / quality
        if combination == "value_deduction":
            return price - quality
        if combination == "reduced_price":
            added = sum((leaf.weight for leaf in self.panel.counted), ZERO)
            return price / (1 + quality / (1 - added))
        return price if combination == "least_cost" else quality

    def _weighted_sum(self, bid: Bid, quality: Fraction) -> Fraction:
        """The rounded points of the top of the tree; under the other orders, Q and the computed leaves."""
        if self.rules.panel.order == "criterion_first":
            return sum((self.grid.points(bid.key, c.key) or ZERO for c in self.evaluation.criteria), ZERO)
        computed = [leaf for leaf in self.evaluation.leaves if leaf.value is not None]
        return quality + sum((self.grid.points(bid.key, leaf.key) or ZERO for leaf in computed), ZERO)
