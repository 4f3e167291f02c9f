"""The ranking as a table for a terminal."""

from fractions import Fraction

from scoring.commands.terminal import table
from scoring.headline import headline_criteria
from scoring.model import Evaluation
from scoring.numbers import plain, rounded
from scoring.result import BidResult, Result

WORDS = {
    "en": {
        "rank": "Rank",
        "bid": "Bid",
        "total": "Total",
        "gap": "Gap",
        "points": "points in all",
        "ties": "Sharing a rank",
    },
    "fr": {
        "rank": "Rang",
        "bid": "Offre",
        "total": "Total",
        "gap": "Écart",
        "points": "points en tout",
        "ties": "À égalité",
    },
}
COLON = {"en": ":", "fr": "\u00a0:"}
STATUS = {
    "en": {"incomplete": "incomplete", "excluded": "excluded", "withdrawn": "withdrawn"},
    "fr": {"incomplete": "incomplète", "excluded": "écartée", "withdrawn": "retirée"},
}


def as_text(evaluation: Evaluation, result: Result, language: str) -> str:
    """Aligned columns: rank, bid, points per headline criterion, total, gap to the first; then reasons."""
    words = WORDS[language]
    columns = headline_criteria(evaluation)
    head = [
        words["rank"],
        words["bid"],
        *(f"{c.title} /{_short(c.weight, language)}" for c in columns),
        words["total"],
        words["gap"],
    ]
    rows = [_row(result, bid, [c.key for c in columns], language) for bid in result.bids]
    lines = [evaluation.title] if evaluation.title else []
    lines += [f"{_short(result.points, language)} {words['points']}", "", *table([head, *rows], left=(1,), lead=1)]
    for bid in result.unranked:
        lines += [
            "",
            f"{bid.name}{COLON[language]} {STATUS[language][bid.status]}",
            *(f"  - {reason.text}" for reason in bid.reasons),
        ]
    names = {bid.key: bid.name for bid in result.bids}
    lines += [f"{words['ties']}{COLON[language]} {', '.join(names[key] for key in tie)}" for tie in result.ties]
    lines += [f"! {warning.text}" for warning in result.warnings]
    return "\n".join(lines) + "\n"


def _row(result: Result, bid: BidResult, columns: list[str], language: str) -> list[str]:
    gap = result.gap_to_first(bid)
    figures = [bid.criteria[key].points for key in columns]
    return [
        str(bid.rank) if bid.rank else "–",
        bid.name,
        *(_short(figure, language) for figure in figures),
        "–" if bid.total is None else _number(plain(bid.total), language),
        _short(gap, language),
    ]


def _number(text: str, language: str) -> str:
    return text.replace(".", ",") if language == "fr" else text


def _short(value: Fraction | None, language: str) -> str:
    """At most two decimals: a glance, not the record."""
    return "–" if value is None else _number(plain(rounded(value, "half_up", 2)), language)
