"""Near ties: pairs that the declared rounding or one step of one mark cannot tell apart."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from scoring import sentences_checks as sentences
from scoring.model import Evaluation
from scoring.ranking import rank
from scoring.result import BidResult, Result
from scoring.robustness.common import Named, Names, documents, text
from scoring.robustness.moves import cells_of
from scoring.robustness.world import Change, World


@dataclass(frozen=True)
class NearTie:
    """``ahead`` is before ``behind`` or beside it. ``cause``: ``rounding``, ``mark``, or ``equal`` for exactly equal totals."""

    ahead: Named
    behind: Named
    gap: Fraction
    exact_gap: Fraction
    cause: str

    def sentence(self, language: str) -> str:
        """In words."""
        return sentences.near_tie(self, language)

    def to_document(self) -> dict[str, Any]:
        """For --json."""
        return {
            "ahead": self.ahead.to_document(),
            "behind": self.behind.to_document(),
            "gap": text(self.gap),
            "exact_gap": text(self.exact_gap),
            "cause": self.cause,
            "sentence": sentences.both(self.sentence),
        }


@dataclass(frozen=True)
class NearTies:
    """All pairs, by rank."""

    pairs: tuple[NearTie, ...]

    def sentence(self, language: str) -> str:
        """In words."""
        return sentences.near_ties(self, language)

    def to_document(self) -> dict[str, Any]:
        """For --json."""
        return {"pairs": documents(self.pairs), "sentence": sentences.both(self.sentence)}


def near_ties(evaluation: Evaluation, result: Result | None = None) -> NearTies:
    """Equal totals, exact or by rounding; and pairs of which one step of one mark makes the totals equal or the other way round."""
    result = result or rank(evaluation)
    ranked, reach = result.ranked, _reach(evaluation, result)
    names = Names(evaluation)
    pairs = []
    for index, ahead in enumerate(ranked):
        for behind in ranked[index + 1 :]:
            cause = _cause(ahead, behind, reach)
            if cause:
                gap, exact_gap = _gap(ahead.total, behind.total), _gap(ahead.exact_total, behind.exact_total)
                pairs.append(NearTie(names.bid(ahead.key), names.bid(behind.key), gap, exact_gap, cause))
    return NearTies(tuple(pairs))


def _gap(one: Fraction | None, other: Fraction | None) -> Fraction:
    return abs((one or Fraction(0)) - (other or Fraction(0)))


def _cause(ahead: BidResult, behind: BidResult, reach: dict[str, tuple[Fraction, Fraction]]) -> str:
    if ahead.exact_total == behind.exact_total:
        return "equal"
    if ahead.total == behind.total:
        return "rounding"
    if ahead.key not in reach or behind.key not in reach or ahead.total is None or behind.total is None:
        return ""
    (ahead_low, ahead_high), (behind_low, behind_high) = reach[ahead.key], reach[behind.key]
    if ahead.total > behind.total:
        return "mark" if behind_high >= ahead.total or ahead_low <= behind.total else ""
    return "mark" if behind_low <= ahead.total or ahead_high >= behind.total else ""


def _reach(evaluation: Evaluation, result: Result) -> dict[str, tuple[Fraction, Fraction]]:
    """The lowest and highest total of each ranked bid after one step of one mark, others as they are."""
    changes = [cell.change(1) for bid in result.ranked for cell in cells_of(evaluation, bid.key)]
    totals: dict[str, list[Fraction]] = {bid.key: [bid.total] for bid in result.ranked if bid.total is not None}
    for bid, total in _totals(evaluation, result, changes):
        totals[bid].append(total)
    return {key: (min(found), max(found)) for key, found in totals.items()}


def _totals(evaluation: Evaluation, result: Result, changes: list[Change]) -> Iterator[tuple[str, Fraction]]:
    variants = World(evaluation, result).each(changes)
    for change, variant in zip(changes, variants, strict=True):
        if variant is not None and variant.total is not None:
            yield change.bid, variant.total
