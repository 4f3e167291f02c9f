"""The points of each bid on each criterion, all bids at once: what large evaluations are worked out with.

Every method says what ``Grid``'s of that name does. Figures are made when they are asked for.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cached_property

import numpy as np

from scoring.columns import Column, Whole, rounded, total
from scoring.formulas import fractions
from scoring.leaf_columns import LeafColumns
from scoring.mark_table import MarkTable
from scoring.model import Bid, Criterion, Evaluation
from scoring.numbers import rounded as rounded_number
from scoring.panel import PanelMark
from scoring.result import CriterionResult

ZERO = Fraction(0)


class ArrayGrid:
    """Points by bid and criterion, over marks in arrays."""

    def __init__(self, evaluation: Evaluation, table: MarkTable) -> None:
        self.evaluation = evaluation
        self.rounding = evaluation.rules.rounding
        self.table = table
        self.leaves = LeafColumns(evaluation, table)
        self.criteria = {c.key: c for c in evaluation.walk()}
        self.counted = [c for c in self.criteria.values() if c.scale is not None and c.weight > 0]
        self.only_marked = {c.key for c in self.criteria.values() if c.only_marked}
        self._at = {key: index for index, key in enumerate(table.bids)}
        self._values = {bid.key: bid.values for bid in evaluation.bids}
        self._fractions: dict[str, dict[str, Fraction]] = {}
        self._columns: dict[str, tuple[Column, Column]] = {}
        self._parts: dict[str, tuple[list[Fraction | None], list[str]]] = {}

    @staticmethod
    def fits(evaluation: Evaluation, table: MarkTable) -> bool:
        """Whether the table has a place for every bid and marked leaf, and no evaluator that is gone."""
        return (
            {bid.key for bid in evaluation.bids} <= set(table.bids)
            and {leaf.key for leaf in evaluation.leaves if leaf.scale is not None} <= set(table.leaves)
            and set(table.evaluators) <= {e.key for e in evaluation.evaluators}
        )

    def compute(self, admitted: list[Bid]) -> None:
        """Run the formulas of the counted leaves over the admitted bids, whose values have been checked."""
        for leaf in self.criteria.values():
            if leaf.value is not None and leaf.weight > 0:
                found = fractions(leaf, [bid.values[leaf.value] or ZERO for bid in admitted])
                self._fractions[leaf.key] = {b.key: f for b, f in zip(admitted, found, strict=True)}

    def of(self, bid: str) -> Mapping[str, CriterionResult]:
        """Every criterion of one bid, worked out when it is looked at."""
        return CriteriaOfBid(self, bid)

    def points(self, bid: str, criterion: str) -> Fraction | None:
        """Points as rounded."""
        return self._points(bid, self.criteria[criterion])[1]

    def mark(self, bid: str, leaf: str) -> PanelMark:
        """The panel's mark on a marked leaf."""
        place = self.leaves.place[leaf], self._at[bid]
        leaves, table = self.leaves, self.table
        agreed = bool(table.settled[place])
        asked = np.flatnonzero(table.asked[:, *place] & ~table.given[:, *place])
        by_place = {table.evaluators[e] for e in asked}
        return PanelMark(
            leaves.marks.at(place),
            present=int(leaves.present[place]),
            asked=1 if agreed else int(table.asked[:, *place].sum()),
            missing=tuple(e.key for e in self.evaluation.evaluators if e.key in by_place),
            too_few=bool(leaves.emptied[place]),
            exact=leaves.exact_marks.at(place),
        )

    def blocking(self, bid: str) -> list[tuple[Criterion, PanelMark]]:
        """The counted leaves that make the bid incomplete."""
        return self._where(self._unknown, bid)

    def gaps(self, bid: str) -> list[tuple[Criterion, PanelMark]]:
        """The counted leaves that someone asked has not marked."""
        return self._where(self._gaps, bid)

    def of_leaves(self, bid: str) -> Fraction:
        """The points of the marked leaves of a complete bid."""
        return self._leaf_sums.at(self._at[bid]) or ZERO

    def of_roots(self, bid: str) -> Fraction:
        """The points of the top of the tree of a complete bid."""
        return self._sum(bid, "", self.evaluation.criteria) or ZERO

    def result(self, bid: str, criterion: Criterion) -> CriterionResult:
        """What the bid got on one criterion."""
        exact, points = self._points(bid, criterion)
        if criterion.children:
            return CriterionResult(points=points, exact=exact)
        if criterion.scale is None:
            value, fraction = self._values[bid].get(criterion.value or ""), self._fraction(bid, criterion)
            return CriterionResult(points=points, exact=exact, value=value, kind="computed", fraction=fraction)
        mark = self.mark(bid, criterion.key)
        return CriterionResult(
            points=points,
            exact=exact,
            mark=mark.mark,
            marks=mark.present,
            kind="marked",
            exact_mark=mark.exact,
            asked=mark.asked,
        )

    @cached_property
    def _rows(self) -> list[int]:
        return [self.leaves.place[leaf.key] for leaf in self.counted]

    @cached_property
    def _unknown(self) -> tuple[Whole, list[bool]]:
        known = self.leaves.marks.known
        table = ~known[self._rows] if known is not None else np.zeros((0, len(self.table.bids)), np.bool_)
        return table, np.logical_or.reduce(table, axis=0).tolist()

    @cached_property
    def _gaps(self) -> tuple[Whole, list[bool]]:
        table = self.leaves.gaps[self._rows]
        return table, np.logical_or.reduce(table, axis=0).tolist()

    def _where(self, found: tuple[Whole, list[bool]], bid: str) -> list[tuple[Criterion, PanelMark]]:
        """The counted leaves, and their marks, where a table by leaf and bid is true."""
        place = self._at[bid]
        if not found[1][place]:
            return []
        leaves = [self.counted[int(row)] for row in np.flatnonzero(found[0][:, place])]
        return [(leaf, self.mark(bid, leaf.key)) for leaf in leaves]

    @cached_property
    def _leaf_sums(self) -> Column:
        return total([self._column(leaf)[1] for leaf in self.counted], len(self.table.bids))

    def _fraction(self, bid: str, leaf: Criterion) -> Fraction | None:
        return self._fractions.get(leaf.key, {}).get(bid)

    def _points(self, bid: str, criterion: Criterion) -> tuple[Fraction | None, Fraction | None]:
        """(exact, as rounded)."""
        if criterion.key in self.only_marked:
            exact_column, column = self._column(criterion)
            return exact_column.at(self._at[bid]), column.at(self._at[bid])
        if criterion.children:
            return self._rounded(self._sum(bid, criterion.key, criterion.children), self.rounding.group)
        fraction = self._fraction(bid, criterion)
        exact = ZERO if criterion.weight == 0 else None if fraction is None else criterion.weight * fraction
        return self._rounded(exact, self.rounding.criterion)

    def _rounded(self, exact: Fraction | None, places: int | None) -> tuple[Fraction | None, Fraction | None]:
        return exact, None if exact is None else rounded_number(exact, self.rounding.mode, places)

    def _sum(self, bid: str, name: str, criteria: tuple[Criterion, ...]) -> Fraction | None:
        """The points of some criteria, those only marked summed for all bids at once under ``name``."""
        if name not in self._parts:
            marked = [self._column(c)[1] for c in criteria if c.key in self.only_marked]
            loose = [c.key for c in criteria if c.key not in self.only_marked]
            self._parts[name] = total(marked, len(self.table.bids)).listed(), loose
        numbers, loose = self._parts[name]
        found = numbers[self._at[bid]]
        for key in loose:
            points = self.points(bid, key)
            found = None if found is None or points is None else found + points
        return found

    def _column(self, criterion: Criterion) -> tuple[Column, Column]:
        """(exact, as rounded) of a criterion with nothing computed in it, for all bids."""
        key = criterion.key
        if key not in self._columns:
            if criterion.children:
                exact = total([self._column(child)[1] for child in criterion.children], len(self.table.bids))
                self._columns[key] = exact, rounded(exact, self.rounding.mode, self.rounding.group)
            else:
                exact = self.leaves.exact_points(criterion)
                self._columns[key] = exact, rounded(exact, self.rounding.mode, self.rounding.criterion)
        return self._columns[key]


class CriteriaOfBid(Mapping[str, CriterionResult]):
    """Every criterion of one bid, in the order of the tree."""

    def __init__(self, grid: ArrayGrid, bid: str) -> None:
        self._grid = grid
        self._bid = bid

    @cached_property
    def _made(self) -> dict[str, CriterionResult]:
        return {}

    def __getitem__(self, key: str) -> CriterionResult:
        if key not in self._made:
            self._made[key] = self._grid.result(self._bid, self._grid.criteria[key])
        return self._made[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._grid.criteria)

    def __len__(self) -> int:
        return len(self._grid.criteria)

    def __repr__(self) -> str:
        return repr(dict(self))
