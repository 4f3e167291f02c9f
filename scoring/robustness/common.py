"""What every part of the analysis speaks of: who is first, and names beside keys."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from scoring.faults import EvaluationFileError
from scoring.model import Evaluation
from scoring.numbers import plain
from scoring.ranking import rank
from scoring.result import BidResult, Result

Progress = Callable[[int, int], None]
LOWEST_FIRST = ("price_per_quality", "value_deduction", "reduced_price", "least_cost")


def quiet(_done: int, _of: int) -> None:
    """Reports progress to nobody."""


@dataclass(frozen=True)
class Named:
    """A bid, a criterion or an evaluator: its key and what people call it."""

    key: str
    name: str

    def to_document(self) -> dict[str, str]:
        """For --json."""
        return {"key": self.key, "name": self.name}


class Names:
    """The names of an evaluation's bids, criteria and evaluators."""

    def __init__(self, evaluation: Evaluation) -> None:
        self._bids = {b.key: Named(b.key, b.name) for b in evaluation.bids}
        self._criteria = {c.key: Named(c.key, c.title) for c in evaluation.walk()}
        self._evaluators = {e.key: Named(e.key, e.name) for e in evaluation.evaluators}

    def bid(self, key: str) -> Named:
        """A bid."""
        return self._bids[key]

    def bids(self, keys: Iterable[str]) -> tuple[Named, ...]:
        """Several bids, in the order given."""
        return tuple(self._bids[key] for key in keys)

    def criterion(self, key: str) -> Named:
        """A criterion."""
        return self._criteria[key]

    def evaluator(self, key: str | None) -> Named | None:
        """An evaluator; None for the agreed mark."""
        return None if key is None else self._evaluators[key]


def firsts(result: Result) -> tuple[str, ...]:
    """The keys of those ranked first: several where they share the place, none where nobody is ranked."""
    return tuple(bid.key for bid in result.bids if bid.rank == 1)


def ranked_again(evaluation: Evaluation) -> Result | None:
    """The ranking of a changed evaluation; None where the change leaves something that cannot be ranked."""
    try:
        return rank(evaluation)
    except EvaluationFileError:
        return None


def score(evaluation: Evaluation, bid: BidResult) -> Fraction | None:
    """A figure that is higher for the better bid, and moves in a straight line with the quality points.

    The total; P − Q gives Q − P, and P / (…) its inverse.
    """
    total, combination = bid.exact_total, evaluation.rules.combination
    if total is None or combination not in LOWEST_FIRST:
        return total
    if combination in ("price_per_quality", "reduced_price"):
        return 1 / total if total else None
    return -total


def text(value: Fraction | None) -> str | None:
    """An exact number as result/1 writes it."""
    return None if value is None else plain(value)


def documents(items: Iterable[Any]) -> list[Any]:
    """``to_document`` of each."""
    return [item.to_document() for item in items]
