"""A ranking and its working. Numbers are ``Fraction``; None where they cannot be worked out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from scoring.numbers import plain

STAGES = ("panel", "criterion", "group", "total")


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
class Rounded:
    """A figure that a stage of rounding changed; ``criterion`` is empty for Q (``panel``) and the total."""

    stage: str
    criterion: str
    exact: Fraction
    figure: Fraction


@dataclass(frozen=True)
class CriterionResult:
    """What a bid got on one criterion. ``exact`` is the points before rounding; ``marks`` counts those present.

    On a marked leaf ``exact_mark`` is the mean before rounding and ``asked`` counts those asked. On a
    computed leaf ``fraction`` is what the formula gave, held within 0…1 where it clamps.
    """

    points: Fraction | None = None
    exact: Fraction | None = None
    mark: Fraction | None = None
    marks: int | None = None
    value: Fraction | None = None
    kind: str = "group"
    exact_mark: Fraction | None = None
    asked: int | None = None
    fraction: Fraction | None = None

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
    """One bid: ``status`` is ranked, incomplete, excluded or withdrawn.

    Of a ranked bid ``quality`` is Q, the points of the marked leaves in the declared order, and ``price`` is P,
    each where the total is made of it (Q is not in ``weighted_sum`` by ``criterion_first``, which sums the top of
    the tree); ``exact_quality`` and ``exact_total`` are those before rounding.
    """

    key: str
    name: str
    status: str
    criteria: Mapping[str, CriterionResult]
    rank: int | None = None
    total: Fraction | None = None
    exact_total: Fraction | None = None
    reasons: tuple[Reason, ...] = ()
    quality: Fraction | None = None
    exact_quality: Fraction | None = None
    price: Fraction | None = None

    @property
    def roundings(self) -> list[Rounded]:
        """Every figure that rounding changed, in the order of the stages: panel, criterion, group, total."""
        found = []
        for key, got in self.criteria.items():
            stage = "group" if got.kind == "group" else "criterion"
            found += [("panel", key, got.exact_mark, got.mark), (stage, key, got.exact, got.points)]
        found += [("panel", "", self.exact_quality, self.quality), ("total", "", self.exact_total, self.total)]
        changed = [Rounded(s, k, e, f) for s, k, e, f in found if e is not None and f is not None and e != f]
        return sorted(changed, key=lambda figure: STAGES.index(figure.stage))

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
