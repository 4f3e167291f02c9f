"""From points and price to the total (docs/evaluation-file.md, Rules: combination)."""

from dataclasses import dataclass
from fractions import Fraction

from scoring.array_grid import ArrayGrid
from scoring.faults import Fault, step
from scoring.grid import Grid
from scoring.model import Bid, Evaluation
from scoring.panel import PanelMarks

ZERO = Fraction(0)
LOWEST_FIRST = ("price_per_quality", "value_deduction", "reduced_price", "least_cost")


@dataclass(frozen=True)
class Total:
    """The total of a complete bid before rounding, and Q and P where it is made of them."""

    total: Fraction
    quality: Fraction | None = None
    exact_quality: Fraction | None = None
    price: Fraction | None = None


class Combiner:
    """Totals of complete bids."""

    def __init__(self, evaluation: Evaluation, grid: Grid | ArrayGrid, panel: PanelMarks) -> None:
        self.evaluation = evaluation
        self.rules = evaluation.rules
        self.grid = grid
        self.panel = panel
        self.lowest_first = self.rules.combination in LOWEST_FIRST
        self._computed = [leaf for leaf in evaluation.leaves if leaf.value is not None]
        self._added = sum((leaf.weight for leaf in panel.counted), ZERO)

    def totals(self, bids: list[Bid]) -> tuple[dict[str, Total], list[Fault]]:
        """(bid → total, faults) for bids that are complete.

        ``weighted_sum`` is the rounded points of the top of the tree; under the other orders than
        ``criterion_first``, Q and the computed leaves.
        """
        found: dict[str, Total] = {}
        faults = []
        if self.rules.combination == "weighted_sum" and self.rules.panel.order == "criterion_first":
            return {bid.key: Total(self.grid.of_roots(bid.key)) for bid in bids}, []
        for bid in bids:
            exact, quality = self.panel.quality(bid.key, self.grid.of_leaves(bid.key))
            if self.rules.combination == "price_per_quality" and quality <= 0:
                place = next(i for i, b in enumerate(self.evaluation.bids) if b.key == bid.key)
                problem = f'the bid "{bid.key}" has no points to divide by'
                faults.append(Fault(step("$.bids", place), problem, "points above 0 in price_per_quality"))
            elif self.rules.combination == "weighted_sum":
                found[bid.key] = Total(quality + self._computed_points(bid), quality, exact)
            else:
                price = bid.values[self.rules.price] or ZERO
                found[bid.key] = Total(self._with_price(price, quality), quality, exact, price)
        return found, faults

    def _with_price(self, price: Fraction, quality: Fraction) -> Fraction:
        combination = self.rules.combination
        if combination == "quality_per_price":
            return quality / price
        if combination == "price_per_quality":
            return price / quality
        if combination == "value_deduction":
            return price - quality
        if combination == "reduced_price":
            return price / (1 + quality / (1 - self._added))
        return price if combination == "least_cost" else quality

    def _computed_points(self, bid: Bid) -> Fraction:
        return sum((self.grid.points(bid.key, leaf.key) or ZERO for leaf in self._computed), ZERO)
