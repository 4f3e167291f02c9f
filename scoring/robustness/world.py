"""Many small changes of one evaluation, ranked in one go.

As long as the same bids are admitted, the computed criteria stand still and every total depends on its
own bid alone. So a changed bid can stand beside the unchanged ones as one more bid, and one call of
``rank`` judges thousands of changes with the rules that rank everything else. Where a change makes a bid
enter or leave the formulas, that world no longer holds, and the whole is ranked again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm

from scoring.faults import EvaluationFileError
from scoring.mark_table import MarkTable
from scoring.model import Evaluation, Marks
from scoring.ranking import rank
from scoring.result import BidResult, Result
from scoring.robustness import alter
from scoring.robustness.common import firsts, ranked_again
from scoring.robustness.tables import in_unit, most_bids, table_of, with_columns


@dataclass(frozen=True)
class Change:
    """One mark of one bid moved to ``mark``; ``evaluator`` None is the agreed mark."""

    bid: str
    leaf: str
    evaluator: str | None
    mark: Fraction


class World:
    """An evaluation in which the computed criteria stand still, as ``result`` has them.

    ``other``: a bid whose marks differ in ``result``, and are left as the evaluation has them.
    """

    def __init__(self, evaluation: Evaluation, result: Result, other: str = "") -> None:
        self.original = evaluation
        still = alter.agreed(alter.frozen(evaluation, result), result)
        self.still = replace(still, marks={**still.marks, other: evaluation.marks[other]}) if other else still
        self.most = max(most_bids(evaluation) - len(result.ranked), 1)
        self._bids = {bid.key: bid for bid in self.still.bids}
        ranked = {bid.key for bid in result.ranked}
        self._standing = tuple(self._bids[bid.key] for bid in evaluation.bids if bid.key in ranked)
        self._given: dict[str, Marks] = {}
        self._tables = _Tables.of(evaluation, self.still)

    def rank(self, changes: Sequence[Change]) -> tuple[dict[str, BidResult], list[BidResult]]:
        """(the unchanged ranked bids, one result for each change), all in one ranking: compare by ``rank``."""
        keys = [f"{change.bid}\0{index}" for index, change in enumerate(changes)]
        variants = tuple(replace(self._bids[c.bid], key=key) for c, key in zip(changes, keys, strict=True))
        standing = [bid.key for bid in self._standing]
        marks: Mapping[str, Marks]
        if self._tables:
            marks = self._tables.changed(standing, keys, changes)
        else:
            marks = {key: self.still.marks.get(key, {}) for key in standing}
            marks |= {key: self._changed(change) for key, change in zip(keys, changes, strict=True)}
        found = rank(replace(self.still, bids=(*self._standing, *variants), marks=marks))
        by_key = {bid.key: bid for bid in found.bids}
        return {key: by_key[key] for key in standing}, [by_key[key] for key in keys]

    def each(self, changes: Sequence[Change]) -> list[BidResult | None]:
        """One result for each change; None where it leaves no quality to divide by, which spoils the ranking of all."""
        if not changes:
            return []
        if len(changes) > self.most:
            return [*self.each(changes[: self.most]), *self.each(changes[self.most :])]
        try:
            return list(self.rank(changes)[1])
        except EvaluationFileError:
            middle = len(changes) // 2
            return [*self.each(changes[:middle]), *self.each(changes[middle:])] if middle else [None]

    def _changed(self, change: Change) -> dict[str, Fraction | dict[str, Fraction | None]]:
        if change.bid not in self._given:
            self._given[change.bid] = self.original.marks[change.bid]
        given = self._given[change.bid].get(change.leaf)
        new = alter.changed(given, change.evaluator, change.mark)
        return {**self.still.marks.get(change.bid, {}), change.leaf: new}

    def alone(self, change: Change) -> Result | None:
        """The change in the place of its bid, for a cascade that looks at all bids at once."""
        bids = {bid.key: bid for bid in (*self._standing, self._bids[change.bid])}
        marks = {key: self.still.marks.get(key, {}) for key in bids} | {change.bid: self._changed(change)}
        return ranked_again(replace(self.still, bids=tuple(bids.values()), marks=marks))


class _Tables:
    """The marks as they were given and as they stand still, in arrays of one unit."""

    def __init__(self, given: MarkTable, still: MarkTable) -> None:
        self.given = given
        self.still = still
        self.columns = {key: index for index, key in enumerate(still.bids)}
        self.rows = {key: index for index, key in enumerate(still.leaves)}
        self.who = {key: index for index, key in enumerate(still.evaluators)}

    @classmethod
    def of(cls, evaluation: Evaluation, still: Evaluation) -> "_Tables | None":
        """None where arrays do not pay."""
        tables = [table_of(replace(e, marks=dict(e.marks)), steps=True) for e in (evaluation, still)]
        if None in tables:
            return None
        unit = lcm(*(table.unit for table in tables if table))
        one, other = (in_unit(table, unit) for table in tables if table)
        return cls(one, other) if one and other else None

    def changed(self, standing: list[str], keys: list[str], changes: Sequence[Change]) -> MarkTable:
        """A table of the standing bids, then of each change."""
        columns = [(key, self.columns[key]) for key in standing]
        columns += [(key, self.columns[change.bid]) for key, change in zip(keys, changes, strict=True)]
        made, given = with_columns(self.still, columns), self.given
        for column, change in enumerate(changes, start=len(standing)):
            row, old = self.rows[change.leaf], self.columns[change.bid]
            made.noted[row, column] = True
            made.settled[row, column] = change.evaluator is None
            mark = int(change.mark * made.unit)
            if change.evaluator is None:
                made.agreed[row, column] = mark
                continue
            made.asked[:, row, column] = given.asked[:, row, old]
            made.given[:, row, column] = given.given[:, row, old]
            made.marks[:, row, column] = given.marks[:, row, old]
            made.marks[self.who[change.evaluator], row, column] = mark
        return made


class Outcomes:
    """Who is first after a change of one mark, exactly as the whole evaluation ranked again would say."""

    def __init__(self, evaluation: Evaluation, result: Result) -> None:
        self.evaluation = evaluation
        self.result = result
        self.firsts = firsts(result)
        self.world = World(evaluation, result)
        self.only_marked = {c.key for c in evaluation.walk() if c.only_marked}
        self.looks_at_all = any(rule.by == "firsts" for rule in evaluation.rules.ties)
        self._without: dict[str, tuple[str, ...] | None] = {}
        self._entered: dict[str, World | None] = {}

    def admitted(self, bid: BidResult) -> bool:
        """Whether the bid is among those that make the formulas."""
        return bid.status in ("ranked", "incomplete") or (bid.status == "excluded" and not self._early(bid))

    def _early(self, bid: BidResult) -> bool:
        """Whether it left before the formulas were run."""
        return any(reason.code != "minimum" or reason.criterion in self.only_marked for reason in bid.reasons)

    def movable(self, bid: BidResult) -> bool:
        """Whether its marks can matter: it is there, or only a minimum keeps it out."""
        return self.admitted(bid) or (bid.status == "excluded" and all(r.code == "minimum" for r in bid.reasons))

    def without(self, bid: str) -> tuple[str, ...] | None:
        """Who is first once the bid is out of the formulas too; None where that cannot be ranked."""
        if bid not in self._without:
            found = ranked_again(alter.with_bid_out(self.evaluation, bid))
            self._without[bid] = None if found is None else firsts(found)
        return self._without[bid]

    def of(self, changes: Sequence[Change]) -> list[tuple[str, ...] | None]:
        """For each change the keys of those first; None where the ranking cannot be worked out."""
        if not changes:
            return []
        most = self.world.most
        if len(changes) > most:
            return [*self.of(changes[:most]), *self.of(changes[most:])]
        try:
            standing, variants = self.world.rank(changes)
        except EvaluationFileError:  # one change that leaves no quality to divide by spoils the ranking of all
            middle = len(changes) // 2
            return [*self.of(changes[:middle]), *self.of(changes[middle:])] if middle else [None]
        return [self._one(c, v, standing) for c, v in zip(changes, variants, strict=True)]

    def _one(self, change: Change, variant: BidResult, standing: dict[str, BidResult]) -> tuple[str, ...] | None:
        before = self.admitted(self.result.bid(change.bid))
        if variant.status == "excluded" and self._early(variant):
            return self.without(change.bid) if before else self.firsts
        if not before:
            return self._entering(change)
        if self.looks_at_all:
            found = self.world.alone(change)
            return None if found is None else firsts(found)
        return _best(change.bid, variant, standing)

    def _entering(self, change: Change) -> tuple[str, ...] | None:
        """The bid enters the formulas: a world of its own, the same for all changes that let it in."""
        if change.bid not in self._entered:
            there = alter.with_mark(self.evaluation, change.bid, change.leaf, change.evaluator, change.mark)
            found = ranked_again(there)
            self._entered[change.bid] = None if found is None else World(self.evaluation, found, change.bid)
        world = self._entered[change.bid]
        found = None if world is None else world.alone(change)
        return None if found is None else firsts(found)


def _best(bid: str, variant: BidResult, standing: dict[str, BidResult]) -> tuple[str, ...]:
    """Who is first when the changed bid stands in the place of its old self."""
    places = {key: result.rank for key, result in standing.items() if key != bid}
    places[bid] = variant.rank
    there = [place for place in places.values() if place is not None]
    first = min(there, default=0)
    return tuple(key for key, place in places.items() if place == first)
