"""A ranking and its working. Numbers are ``Fraction``; None where they cannot be worked out."""

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from scoring.numbers import plain


@dataclass(frozen=True)
class Reason:
    """Why a bid left or is incomplete. ``evaluators``: whose marks are missing, with ``marks_missing``."""

    code: str
    criterion: str = ""
    gate: str = ""
    text: str = ""

    def to_document(self) -> dict[str, str]:
        """As result/1 has it."""
        named = {"criterion": self.criterion, "gate": self.gate}
        return {"code": self.code, **{k: v for k, v in named.items() if v}, "text": self.text}


@dataclass(frozen=True)
class CriterionResult:
    """What a bid got on one criterion. ``exact`` is the points before rounding; ``marks`` counts those present."""

    points: Fraction | None = None
    exact: Fraction | None = None
    mark: Fraction | None = None
    marks: int | None = None
    value: Fraction | None = None
    kind: str = "group"

    def to_document(self) -> dict[str, Any]:
        """As result/1 has it."""
        document: dict[str, Any] = {}
        if self.kind == "marked":
            document["mark"] = _text(self.mark)
        if self.kind == "computed":
            document["value"] = _text(self.value)
        document["points"] = _text(self.points)
        if self.kind == "marked":
            document["marks"] = self.marks
        return document


@dataclass(frozen=True)
class BidResult:
    """One bid: ``status`` is ranked, incomplete, excluded or withdrawn."""

    key: str
    name: str
    status: str
    criteria: dict[str, CriterionResult]
    rank: int | None = None
    total: Fraction | None = None
    exact_total: Fraction | None = None
    reasons: tuple[Reason, ...] = ()

    def to_document(self) -> dict[str, Any]:
        """As result/1 has it."""
        return {
            "key": self.key,
            "status": self.status,
            "rank": self.rank,
            "total": _text(self.total),
            "criteria": {key: result.to_document() for key, result in self.criteria.items()},
            "reasons": [reason.to_document() for reason in self.reasons],
        }


@dataclass(frozen=True)
class Warning:
    """Something a reader should know; ``code`` missing_marks names bid and criterion."""

    code: str
    text: str
    bid: str = ""
    criterion: str = ""


@dataclass(frozen=True)
class Result:
    """A ranking: the ranked by rank, then the others in file order."""

    points: Fraction
    bids: tuple[BidResult, ...]
    ties: tuple[tuple[str, ...], ...] = ()
    warnings: tuple[Warning, ...] = field(default_factory=tuple)

    @property
    def ranked(self) -> list[BidResult]:
        """Those with a rank, in order."""
        return [bid for bid in self.bids if bid.rank is not None]

    @property
    def unranked(self) -> list[BidResult]:
        """Those without, in file order."""
        return [bid for bid in self.bids if bid.rank is None]

    def bid(self, key: str) -> BidResult:
        """The result of one bid. Raises KeyError."""
        for bid in self.bids:
            if bid.key == key:
                return bid
        raise KeyError(key)

    def gap_to_first(self, bid: BidResult) -> Fraction | None:
        """How far the bid's total is from the first's; None where it has none."""
        if bid.total is None or not self.ranked:
            return None
        return abs(bid.total - (self.ranked[0].total or Fraction(0)))

    def to_document(self) -> dict[str, Any]:
        """The result/1 document: every number as plain text."""
        return {
            "format": "result/1",
            "points": plain(self.points),
            "bids": [bid.to_document() for bid in self.bids],
            "ties": [list(keys) for keys in self.ties],
            "warnings": [{"code": w.code, "text": w.text} for w in self.warnings],
        }


def _text(value: Fraction | None) -> str | None:
    return None if value is None else plain(value)
