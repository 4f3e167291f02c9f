"""The margin: how far first is from second, in points, and in steps of one mark."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from scoring import sentences
from scoring.mark_steps import moved, steps_to
from scoring.model import Criterion, Evaluation, Scale
from scoring.ranking import rank
from scoring.result import Result
from scoring.robustness.common import Named, Names, Progress, documents, firsts, quiet, text
from scoring.robustness.world import Change, Outcomes


@dataclass(frozen=True)
class Move:
    """One mark moved by ``steps`` steps, from ``before`` to ``after``; ``evaluator`` None is the agreed mark.

    ``winners`` are those first then: none where the move leaves nobody ranked.
    """

    bid: Named
    criterion: Named
    evaluator: Named | None
    before: Fraction
    after: Fraction
    steps: int
    winners: tuple[Named, ...]

    def to_document(self) -> dict[str, Any]:
        """For --json."""
        return {
            "bid": self.bid.to_document(),
            "criterion": self.criterion.to_document(),
            "evaluator": self.evaluator.to_document() if self.evaluator else None,
            "before": text(self.before),
            "after": text(self.after),
            "steps": self.steps,
            "winners": documents(self.winners),
        }


@dataclass(frozen=True)
class Margin:
    """First against second. ``gap`` is of the totals as declared, ``exact_gap`` before they were rounded.

    ``moves``: every move of one mark that changes who is first in the fewest steps; none where no mark does.
    """

    winners: tuple[Named, ...]
    second: tuple[Named, ...]
    gap: Fraction | None
    exact_gap: Fraction | None
    unit: str
    currency: str
    moves: tuple[Move, ...]

    @property
    def steps(self) -> int | None:
        """The fewest steps; None where no single mark changes who is first."""
        return self.moves[0].steps if self.moves else None

    def sentence(self, language: str) -> str:
        """In words."""
        return sentences.margin(self, language)

    def to_document(self) -> dict[str, Any]:
        """For --json."""
        return {
            "winners": documents(self.winners),
            "second": documents(self.second),
            "gap": text(self.gap),
            "exact_gap": text(self.exact_gap),
            "unit": self.unit,
            "currency": self.currency,
            "steps": self.steps,
            "moves": documents(self.moves),
            "sentence": sentences.both(self.sentence),
        }


def margin(evaluation: Evaluation, result: Result | None = None, progress: Progress = quiet) -> Margin:
    """The margin of the first place. A step is the scale's, or where it has none see ``mark_steps``."""
    result = result or rank(evaluation)
    names, leading = Names(evaluation), firsts(result)
    behind = [bid for bid in result.ranked if bid.rank != 1]
    second = [bid.key for bid in behind if bid.rank == behind[0].rank]
    gap = exact_gap = None
    if leading and (behind or len(leading) > 1):
        one, two = result.ranked[0], (result.ranked[1] if len(leading) > 1 else behind[0])
        gap, exact_gap = _apart(one.total, two.total), _apart(one.exact_total, two.exact_total)
    return Margin(
        winners=names.bids(leading),
        second=names.bids(second),
        gap=gap,
        exact_gap=exact_gap,
        unit=unit_of(evaluation),
        currency=evaluation.currency,
        moves=tuple(_Search(evaluation, result, progress).fewest()) if leading else (),
    )


def _apart(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    return None if one is None or other is None else abs(one - other)


def unit_of(evaluation: Evaluation) -> str:
    """What totals are: points, money, points per unit of money, or money per point."""
    units = {"quality_per_price": "ratio", "price_per_quality": "ratio"}
    money = ("value_deduction", "reduced_price", "least_cost")
    combination = evaluation.rules.combination
    return units.get(combination, "money" if combination in money else "points")


@dataclass(frozen=True)
class Cell:
    """A mark that can be moved one way, ``room`` steps at most; ``twins`` weigh and stand alike, and do the same."""

    bid: str
    leaf: Criterion
    scale: Scale
    evaluator: str | None
    mark: Fraction
    up: bool
    room: int
    twins: tuple[str, ...] = ()

    def change(self, steps: int) -> Change:
        """The mark so many steps away."""
        return Change(self.bid, self.leaf.key, self.evaluator, moved(self.scale, self.mark, steps, up=self.up))


def cells_of(evaluation: Evaluation, bid: str) -> Iterator[Cell]:
    """The marks that count for a bid, each upwards and downwards; those that weigh and stand alike as one."""
    marks = evaluation.marks.get(bid, {})
    for leaf in evaluation.leaves:
        given = marks.get(leaf.key)
        if leaf.scale is None or leaf.weight == 0 or given is None:
            continue
        for mark, (evaluator, *twins) in _alike(evaluation, given):
            for up in (True, False):
                room = steps_to(leaf.scale, mark, up=up)
                if room > 0:
                    yield Cell(bid, leaf, leaf.scale, evaluator, mark, up, room, tuple(t for t in twins if t))


def _alike(
    evaluation: Evaluation, given: Fraction | dict[str, Fraction | None]
) -> Iterator[tuple[Fraction, list[str | None]]]:
    """(mark, the evaluators whose mark it is and who weigh the same); each alone where their own points count."""
    if isinstance(given, Fraction):
        yield given, [None]
        return
    weights = {e.key: e.weight for e in evaluation.evaluators}
    own = evaluation.rules.panel.order == "evaluator_first"
    groups: dict[tuple[Fraction, Fraction, str], list[str | None]] = {}
    for evaluator, mark in given.items():
        if mark is not None:
            groups.setdefault((mark, weights[evaluator], evaluator if own else ""), []).append(evaluator)
    yield from ((mark, evaluators) for (mark, _, _), evaluators in groups.items())


class _Search:
    """Fewest steps over all cells: double the steps until one cell changes the winner, then halve."""

    def __init__(self, evaluation: Evaluation, result: Result, progress: Progress) -> None:
        self.evaluation = evaluation
        self.outcomes = Outcomes(evaluation, result)
        self.names = Names(evaluation)
        self.before = set(self.outcomes.firsts)
        self.progress = progress
        self.may_leave = any(c.minimum is not None and c.only_marked for c in evaluation.walk())
        self.cells = [
            cell
            for bid in result.bids
            if self.outcomes.movable(bid)
            for cell in cells_of(evaluation, bid.key)
            if self._may_matter(cell)
        ]

    def _may_matter(self, cell: Cell) -> bool:
        """A better mark matters to those not alone in front; a worse one to those in front, or by their leaving."""
        ahead = cell.bid in self.before
        if self.outcomes.looks_at_all:
            return True
        if cell.up:
            return not ahead or len(self.before) > 1
        if ahead:
            return True
        return self.may_leave and set(self.outcomes.without(cell.bid) or ()) != self.before

    def _changed(self, cells: Sequence[Cell], steps: Sequence[int]) -> list[bool]:
        found = self.outcomes.of([cell.change(k) for cell, k in zip(cells, steps, strict=True)])
        return [winners is None or set(winners) != self.before for winners in found]

    def fewest(self) -> list[Move]:
        """Every move with the fewest steps."""
        if self.outcomes.looks_at_all:
            return self._one_by_one()
        below, level, most = 0, 1, max((cell.room for cell in self.cells), default=0)
        while self.cells and below < most:
            tested = [min(level, cell.room) for cell in self.cells]
            changed = self._changed(self.cells, tested)
            self.progress(level, most)
            if any(changed):
                return self._narrowed([c for c, yes in zip(self.cells, changed, strict=True) if yes], below, level)
            below, level = level, level * 2
        return []

    def _narrowed(self, cells: list[Cell], below: int, reached: int) -> list[Move]:
        """``below`` steps change nothing, ``reached`` (or all the room) do, and what changes stays changed."""
        while reached - below > 1:
            middle = (below + reached) // 2
            changed = self._changed(cells, [min(middle, cell.room) for cell in cells])
            if any(changed):
                reached, cells = middle, [c for c, yes in zip(cells, changed, strict=True) if yes]
            else:
                below = middle
        return self._moves(cells, reached) or self._others(cells)

    def _others(self, cells: list[Cell]) -> list[Move]:
        """What is left once cells whose move leaves nothing to rank are set aside."""
        self.cells = [cell for cell in self.cells if cell not in cells]
        return self.fewest()

    def _one_by_one(self) -> list[Move]:
        """Where a tie is parted by firsts, a better mark of one bid may decide between two others: try each step."""
        most = max((cell.room for cell in self.cells), default=0)
        for steps in range(1, most + 1):
            cells = [cell for cell in self.cells if cell.room >= steps]
            changed = self._changed(cells, [steps] * len(cells))
            self.progress(steps, most)
            moves = self._moves([cell for cell, yes in zip(cells, changed, strict=True) if yes], steps)
            if moves:
                return moves
        return []

    def _moves(self, cells: list[Cell], steps: int) -> list[Move]:
        """The moves of these cells, without those that leave nothing to rank."""
        found = self.outcomes.of([cell.change(steps) for cell in cells])
        return [
            self._move(cell, evaluator, steps, winners)
            for cell, winners in zip(cells, found, strict=True)
            if winners is not None
            for evaluator in (cell.evaluator, *cell.twins)
        ]

    def _move(self, cell: Cell, evaluator: str | None, steps: int, winners: tuple[str, ...]) -> Move:
        return Move(
            bid=self.names.bid(cell.bid),
            criterion=self.names.criterion(cell.leaf.key),
            evaluator=self.names.evaluator(evaluator),
            before=cell.mark,
            after=cell.change(steps).mark,
            steps=steps,
            winners=self.names.bids(winners),
        )
