"""Means of marks as spreadsheet formulas. Blank cells are marks not given; they count nowhere."""

from collections.abc import Callable, Sequence

from scoring.model import Panel
from scoring.workbook.cells import call


def mean(
    marks: Sequence[str],
    weights: Sequence[str] | None,
    panel: Panel,
    cells: int,
    finish: Callable[[str], str] = str,
) -> str:
    """The mean over ranges of marks, ``weights`` over as many ranges beside them; empty text where there is none.

    ``cells`` is how many marks were asked; ``finish`` is what is done to the mean, as rounding.
    """
    if 2 * panel.drop >= cells:
        return '""'
    needed = cells if panel.missing == "block" else 2 * panel.drop + 1
    return f'IF({call("COUNT", marks)}<{needed},"",{finish(_of_present(marks, weights, panel))})'


def _of_present(marks: Sequence[str], weights: Sequence[str] | None, panel: Panel) -> str:
    if panel.mean == "median":
        return call("MEDIAN", marks)  # leaving out as many above as below moves no median
    if weights is not None:
        pairs = list(zip(marks, weights, strict=True))
        above = "+".join(f"SUMPRODUCT({m},{w})" for m, w in pairs)
        below = "+".join(f"SUMPRODUCT(--ISNUMBER({m}),{w})" for m, w in pairs)
        return f"({above})/({below})"
    if not panel.drop:
        return call("AVERAGE", marks)
    highest = _extreme("LARGE", "MAX", marks[0], panel.drop)
    lowest = _extreme("SMALL", "MIN", marks[0], panel.drop)
    return f"({call('SUM', marks)}-{highest}-{lowest})/({call('COUNT', marks)}-{2 * panel.drop})"


def _extreme(function: str, single: str, marks: str, drop: int) -> str:
    if drop == 1:
        return f"{single}({marks})"
    places = ",".join(map(str, range(1, drop + 1)))
    return f"SUMPRODUCT({function}({marks},{{{places}}}))"
