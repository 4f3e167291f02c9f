"""What a workbook says, read back in the library's own terms."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from scoring.model import Evaluation
from scoring.result import Result
from tests.scoring.workbook.recalculation import same

WORDS = {"Ranked": "ranked", "Incomplete": "incomplete", "Excluded": "excluded", "Withdrawn": "withdrawn"}


@dataclass
class BidFound:
    """One bid's figures, None where a cell is empty."""

    status: str
    rank: Any
    total: Any
    points: dict[str, Any] = field(default_factory=dict)
    marks: dict[str, Any] = field(default_factory=dict)


def read_ranking(path: Path, names: list[str]) -> list[BidFound]:
    """From the English sheets Ranking and Matrix, in the order of their rows; ``names`` are the bids'."""
    book = load_workbook(path, data_only=True)
    ranking = list(book["Ranking"].iter_rows(min_row=4, values_only=True))
    place = {title: column for column, title in reversed(list(enumerate(ranking[0])))}
    matrix = list(book["Matrix"].iter_rows(min_row=6, values_only=True))
    leaves = [row for row in matrix if row[0] is not None]
    found = []
    for index, row in enumerate(ranking[1 : len(names) + 1]):
        bid = BidFound(WORDS[row[place["Status"]]], row[place["Rank"]], row[place["Total"]])
        for line in leaves:
            bid.marks[str(line[0])], bid.points[str(line[0])] = line[7 + 2 * index], line[8 + 2 * index]
        found.append(bid)
    return found


def against_library(path: Path, evaluation: Evaluation, result: Result, order: list[str] | None = None) -> list[str]:
    """Every status, rank, total, mark and points that is not the library's; ``order``: the bids as they stand there."""
    wrong = []
    marked = {c.key for c in evaluation.leaves if c.scale is not None}
    bids = [result.bid(key) for key in order] if order else list(result.bids)
    for bid, found in zip(bids, read_ranking(path, [b.name for b in bids]), strict=True):
        pairs = {
            "status": (bid.status, found.status),
            "rank": (bid.rank, found.rank),
            "total": (_number(bid.total), found.total),
        }
        for key, criterion in bid.criteria.items():
            pairs[f"points {key}"] = (_number(criterion.points), found.points[key])
            if key in marked:
                pairs[f"mark {key}"] = (_number(criterion.mark), found.marks[key])
        wrong += [f"{path.stem} {bid.key} {what}: {a!r} != {b!r}" for what, (a, b) in pairs.items() if not same(a, b)]
    return wrong


def _number(value: Any) -> float | None:
    return None if value is None else float(value)
