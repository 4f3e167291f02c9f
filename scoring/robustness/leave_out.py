"""Who is first when one evaluator, one bid or one criterion is left out."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from scoring import sentences_checks as sentences
from scoring.model import Evaluation
from scoring.ranking import rank
from scoring.result import Result
from scoring.robustness import alter
from scoring.robustness.common import Named, Names, documents, firsts, ranked_again
from scoring.robustness.tables import tabled


@dataclass(frozen=True)
class LeftOut:
    """The ranking without one. ``kind``: evaluator, bid or criterion.

    ``reversed``: pairs of the others that change places (a tie made or broken is none), the bid that was
    behind first. ``unranked``: ranked before, no longer so. ``usable``: whether a ranking could be worked out at all.
    """

    kind: str
    left_out: Named
    winners: tuple[Named, ...]
    changes: bool
    reversed: tuple[tuple[Named, Named], ...] = ()
    unranked: tuple[Named, ...] = ()
    usable: bool = True

    def sentence(self, language: str) -> str:
        """In words."""
        return sentences.left_out(self, language)

    def to_document(self) -> dict[str, Any]:
        """For --json."""
        return {
            "kind": self.kind,
            "left_out": self.left_out.to_document(),
            "winners": documents(self.winners),
            "changes": self.changes,
            "reversed": [documents(pair) for pair in self.reversed],
            "unranked": documents(self.unranked),
            "usable": self.usable,
            "sentence": sentences.both(self.sentence),
        }


@dataclass(frozen=True)
class LeaveOneOut:
    """Each evaluator, each bid that was ranked or made the formulas, each criterion with weight, left out in turn."""

    winners: tuple[Named, ...]
    evaluators: tuple[LeftOut, ...]
    bids: tuple[LeftOut, ...]
    criteria: tuple[LeftOut, ...]

    @property
    def all(self) -> tuple[LeftOut, ...]:
        """Every one."""
        return (*self.evaluators, *self.bids, *self.criteria)

    @property
    def decisive(self) -> tuple[LeftOut, ...]:
        """Those without which another is first; a bid in front that leaves makes room, and is not counted."""
        return tuple(one for one in self.all if one.changes)

    def sentence(self, language: str) -> str:
        """In words."""
        return sentences.leave_one_out(self, language)

    def to_document(self) -> dict[str, Any]:
        """For --json."""
        return {
            "winners": documents(self.winners),
            "evaluators": documents(self.evaluators),
            "bids": documents(self.bids),
            "criteria": documents(self.criteria),
            "sentence": sentences.both(self.sentence),
        }


def leave_one_out(evaluation: Evaluation, result: Result | None = None) -> LeaveOneOut:
    """Each left out in turn and all ranked again. A criterion left out weighs nothing; the others keep their weights."""
    result = result or rank(evaluation)
    compare = _Comparison(evaluation, result)
    evaluation = tabled(evaluation)
    return LeaveOneOut(
        winners=compare.names.bids(compare.before),
        evaluators=tuple(_evaluators(evaluation, compare)),
        bids=tuple(
            compare.of("bid", compare.names.bid(bid.key), alter.without_bid(evaluation, bid.key))
            for bid in result.bids
            if bid.status != "withdrawn"
        ),
        criteria=tuple(_criteria(evaluation, compare)),
    )


def _evaluators(evaluation: Evaluation, compare: "_Comparison") -> Iterator[LeftOut]:
    for evaluator in evaluation.evaluators:
        named = Named(evaluator.key, evaluator.name)
        yield compare.of("evaluator", named, alter.without_evaluator(evaluation, evaluator.key))


def _criteria(evaluation: Evaluation, compare: "_Comparison") -> Iterator[LeftOut]:
    for criterion in evaluation.walk():
        weighty = [child for child in criterion.children if child.weight]
        if criterion.weight in (0, evaluation.points) or (criterion.children and len(weighty) < 2):
            continue
        nothing = {leaf.key: criterion.weight * 0 for leaf in criterion.leaves}
        yield compare.of("criterion", Named(criterion.key, criterion.title), alter.reweighted(evaluation, nothing))


class _Comparison:
    def __init__(self, evaluation: Evaluation, result: Result) -> None:
        self.names = Names(evaluation)
        self.before = firsts(result)
        self.places = {bid.key: bid.rank for bid in result.ranked if bid.rank}

    def of(self, kind: str, left_out: Named, evaluation: Evaluation) -> LeftOut:
        found = ranked_again(evaluation)
        if found is None:
            return LeftOut(kind, left_out, (), changes=False, usable=False)
        there = {bid.key for bid in found.bids}
        places = {bid.key: bid.rank for bid in found.ranked if bid.rank}
        expected = {key for key in self.before if key in there}
        return LeftOut(
            kind=kind,
            left_out=left_out,
            winners=self.names.bids(firsts(found)),
            changes=bool(expected) and set(firsts(found)) != expected,
            reversed=tuple(self._reversed(places)),
            unranked=self.names.bids(key for key in self.places if key in there and key not in places),
        )

    def _reversed(self, places: dict[str, int]) -> Iterator[tuple[Named, Named]]:
        """(now ahead, was ahead)."""
        both = [key for key in self.places if key in places]
        for index, ahead in enumerate(both):
            for behind in both[index + 1 :]:
                if self.places[ahead] < self.places[behind] and places[ahead] > places[behind]:
                    yield self.names.bid(behind), self.names.bid(ahead)
