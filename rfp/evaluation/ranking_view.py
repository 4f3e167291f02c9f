"""What the ranking page shows, worked out from the library's result."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from rfp.i18n import number
from scoring import Evaluation, Result
from scoring.headline import headline_criteria
from scoring.model import Criterion
from scoring.result import BidResult

# What the library says of a bid, in words.
STATUS = {
    "ranked": _l("Ranked"),
    "incomplete": _l("Incomplete"),
    "excluded": _l("Excluded"),
    "withdrawn": _l("Withdrawn"),
}


@dataclass(frozen=True)
class Line:
    """One bid in the table."""

    bid: BidResult
    points: list[Fraction | None]
    gap: Fraction | None


@dataclass(frozen=True)
class RankingPage:
    """Everything the template needs; ``places`` is how many decimals totals are declared with."""

    columns: tuple[Criterion, ...]
    lines: list[Line]
    bars: list[dict[str, Any]]
    ties: list[str]
    tree: list[tuple[int, Criterion]]
    places: int


def ranking_page(evaluation: Evaluation, result: Result) -> RankingPage:
    """The page of a ranking."""
    columns = headline_criteria(evaluation)
    places = evaluation.rules.rounding.total
    names = {bid.key: bid.name for bid in result.bids}
    return RankingPage(
        columns=columns,
        lines=[
            Line(bid, [bid.criteria[c.key].points for c in columns], result.gap_to_first(bid)) for bid in result.bids
        ],
        bars=[_bar(bid, columns, evaluation.points, places) for bid in result.ranked],
        ties=[", ".join(names[key] for key in tie) for tie in result.ties],
        tree=[pair for root in evaluation.criteria for pair in _with_depth(root, 0)],
        places=2 if places is None else places,
    )


def _bar(bid: BidResult, columns: tuple[Criterion, ...], whole: Fraction, places: int | None) -> dict[str, Any]:
    segments = []
    for column in columns:
        points = bid.criteria[column.key].points or Fraction(0)
        width = float(max(points, Fraction(0)) / whole) if whole else 0.0
        segments.append({"title": column.title, "width": width, "text": number(points, 1)})
    return {
        "name": f"{bid.rank}. {bid.name}",
        "total": number(bid.total, 2 if places is None else places),
        "segments": segments,
    }


def _with_depth(criterion: Criterion, depth: int) -> list[tuple[int, Criterion]]:
    return [
        (depth, criterion),
        *(pair for child in criterion.children for pair in _with_depth(child, depth + 1)),
    ]


def sentence(result: Result) -> str:
    """Who is first, and by how much."""
    ranked = result.ranked
    if not ranked:
        return _("No bid can be ranked yet.")
    if len(ranked) > 1 and ranked[1].rank == 1:
        return _(
            "%(count)s bids share the first place: the committee decides.",
            count=sum(1 for b in ranked if b.rank == 1),
        )
    if len(ranked) == 1:
        return _("%(name)s is the only bid ranked.", name=ranked[0].name)
    gap = number(result.gap_to_first(ranked[1]))
    return _(
        "%(first)s is first, %(gap)s points ahead of %(second)s.",
        first=ranked[0].name,
        gap=gap,
        second=ranked[1].name,
    )
