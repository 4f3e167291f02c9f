"""The points of each bid on each criterion, rounded stage by stage."""

from fractions import Fraction

from scoring.formulas import fractions
from scoring.model import Bid, Criterion, Evaluation
from scoring.numbers import rounded
from scoring.panel import PanelMark, PanelMarks
from scoring.result import CriterionResult

ZERO = Fraction(0)
NOTHING = PanelMark(None, present=0, asked=0)


class Grid:
    """Points by bid and criterion. Marked leaves at once; computed ones after ``compute`` on the admitted.

    One number at a time: what small evaluations are worked out with, and what ``ArrayGrid`` must agree with.
    """

    def __init__(self, evaluation: Evaluation, panel: PanelMarks) -> None:
        self.evaluation = evaluation
        self.rounding = evaluation.rules.rounding
        self.counted = panel.counted
        self._marks = {
            b.key: {leaf.key: panel.of_leaf(b.key, leaf.key) for leaf in panel.leaves} for b in evaluation.bids
        }
        self._fractions: dict[str, dict[str, Fraction]] = {}
        self._values = {b.key: b.values for b in evaluation.bids}
        self._results = {b.key: self._work_out(b.key) for b in evaluation.bids}

    def compute(self, admitted: list[Bid]) -> None:
        """Run the formulas of the counted leaves over the admitted bids, whose values have been checked."""
        for leaf in self.evaluation.leaves:
            if leaf.value is None or leaf.weight == 0:
                continue
            found = fractions(leaf, [bid.values[leaf.value] or ZERO for bid in admitted])
            self._fractions[leaf.key] = {b.key: f for b, f in zip(admitted, found, strict=True)}
        for bid in admitted:
            self._results[bid.key] = self._work_out(bid.key)

    def of(self, bid: str) -> dict[str, CriterionResult]:
        """Every criterion of one bid, in the order of the tree."""
        return self._results[bid]

    def points(self, bid: str, criterion: str) -> Fraction | None:
        """Points as rounded."""
        return self._results[bid][criterion].points

    def mark(self, bid: str, leaf: str) -> PanelMark:
        """The panel's mark on a marked leaf."""
        return self._marks[bid].get(leaf, NOTHING)

    def blocking(self, bid: str) -> list[tuple[Criterion, PanelMark]]:
        """The counted leaves that make the bid incomplete."""
        return [(leaf, mark) for leaf in self.counted if (mark := self.mark(bid, leaf.key)).blocks]

    def gaps(self, bid: str) -> list[tuple[Criterion, PanelMark]]:
        """The counted leaves that someone asked has not marked."""
        return [(leaf, mark) for leaf in self.counted if (mark := self.mark(bid, leaf.key)).missing]

    def of_leaves(self, bid: str) -> Fraction:
        """The points of the marked leaves of a complete bid."""
        return sum((self.points(bid, leaf.key) or ZERO for leaf in self.counted), ZERO)

    def of_roots(self, bid: str) -> Fraction:
        """The points of the top of the tree of a complete bid."""
        return sum((self.points(bid, root.key) or ZERO for root in self.evaluation.criteria), ZERO)

    def _work_out(self, bid: str) -> dict[str, CriterionResult]:
        found: dict[str, CriterionResult] = {}
        for root in self.evaluation.criteria:
            self._visit(bid, root, found)
        return {c.key: found[c.key] for c in self.evaluation.walk()}

    def _visit(self, bid: str, criterion: Criterion, found: dict[str, CriterionResult]) -> None:
        for child in criterion.children:
            self._visit(bid, child, found)
        if criterion.children:
            below = [found[child.key].points for child in criterion.children]
            exact = None if any(p is None for p in below) else sum((p or ZERO for p in below), ZERO)
            found[criterion.key] = CriterionResult(points=self._round(exact, self.rounding.group), exact=exact)
        elif criterion.scale is not None:
            found[criterion.key] = self._marked(bid, criterion)
        else:
            found[criterion.key] = self._from_value(bid, criterion)

    def _round(self, value: Fraction | None, places: int | None) -> Fraction | None:
        return None if value is None else rounded(value, self.rounding.mode, places)

    def _marked(self, bid: str, leaf: Criterion) -> CriterionResult:
        """weight × (mark − min) / (max − min); 0 on a leaf that is not counted, whatever is missing."""
        panel = self._marks[bid][leaf.key]
        if leaf.weight == 0:
            exact: Fraction | None = ZERO
        elif panel.mark is None or leaf.scale is None:
            exact = None
        else:
            exact = leaf.weight * leaf.scale.share(panel.mark)
        points = self._round(exact, self.rounding.criterion)
        return CriterionResult(
            points=points,
            exact=exact,
            mark=panel.mark,
            marks=panel.present,
            kind="marked",
            exact_mark=panel.exact,
            asked=panel.asked,
        )

    def _from_value(self, bid: str, leaf: Criterion) -> CriterionResult:
        value, fraction = self._values[bid].get(leaf.value or ""), self._fractions.get(leaf.key, {}).get(bid)
        exact = leaf.weight * fraction if fraction is not None else None
        exact = ZERO if leaf.weight == 0 else exact
        points = self._round(exact, self.rounding.criterion)
        return CriterionResult(points=points, exact=exact, value=value, kind="computed", fraction=fraction)
