"""The columns of the Ranking sheet: a bid's way to its rank, from left to right."""

from scoring.workbook.cells import a1, on, span
from scoring.workbook.layout import Layout


class Steps:
    """Which columns there are, and the addresses in them."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.sheet = layout.say["ranking"]
        self.names = self._names()
        self.place = {name: i for i, name in enumerate(self.names)}

    def _names(self) -> list[str]:
        layout, rules = self.layout, self.layout.rules
        minimums = [c for c in layout.criteria if c.minimum is not None]
        names = ["provider", "declared"]
        names += ["gates_failed", "gates_open"] if layout.evaluation.gates else []
        names += ["below_marks"] if any(c.only_marked for c in minimums) else []
        names += ["over_budget"] if rules.combination == "fixed_budget" else []
        names += ["admitted"]
        names += ["below_values"] if any(not c.only_marked for c in minimums) else []
        names += ["missing", "status"]
        names += ["pooled_mean"] if rules.panel.order == "pooled" and self._needs_quality else []
        names += ["quality"] if self._needs_quality else []
        names += ["price"] if layout.uses_price and rules.combination != "fixed_budget" else []
        names += ["exact", "total", "rank_total"]
        for number in range(1, len(rules.ties) + 1):
            names += [f"tie_key_{number}", f"after_tie_{number}"]
        return [*names, "rank", "order", "published_total", "published_rank", "changed"]

    @property
    def _needs_quality(self) -> bool:
        rules = self.layout.rules
        if rules.combination == "weighted_sum":
            return rules.panel.order != "criterion_first"
        return rules.combination != "least_cost"

    def here(self, name: str, bid: int, fix: str = "c") -> str:
        """A bid's cell, on the Ranking sheet itself."""
        return a1(self.layout.first_bid + bid, self.place[name], fix)

    def column_here(self, name: str) -> str:
        """A column over all bids, on the Ranking sheet itself."""
        column = self.place[name]
        return span(self.layout.first_bid, column, self.layout.last_bid, column)

    def cell(self, name: str, bid: int) -> str:
        """A bid's cell, from another sheet."""
        return on(self.sheet, self.here(name, bid, "rc"))

    def column(self, name: str) -> str:
        """A column over all bids, from another sheet."""
        return on(self.sheet, self.column_here(name))

    def __contains__(self, name: str) -> bool:
        return name in self.place
