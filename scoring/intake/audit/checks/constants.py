"""A typed number where formulas belong: pasted over one of a line, or a line of results between formulas."""

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from scoring.intake.audit.checks.patterns import finding
from scoring.intake.audit.finding import Finding
from scoring.intake.audit.lines import LEAST, Pattern, segments, shapes
from scoring.intake.audit.workings import Workings
from scoring.intake.formulas.tree import Number, Tree
from scoring.intake.places import Place
from scoring.numbers import plain


def check(workings: Workings) -> Iterator[Finding]:
    """Single numbers among formulas of one pattern first, then whole lines of them."""
    found: dict[Place, Tree] = {}
    for down in (True, False):
        for segment in segments(workings, down=down):
            found |= {place: tree for place, tree in _among(workings, segment, down) if place not in found}
    for place in sorted(found):
        yield finding(workings, place, found[place], "constant_among_formulas")
    lines = [line for down in (True, False) for line in _lines(workings, down) if not set(line) & set(found)]
    for line in lines:
        for place in line:
            yield _typed_result(workings, place, lines)


def _among(workings: Workings, segment: list[Place], down: bool) -> Iterator[tuple[Place, Tree]]:
    forms = shapes(workings, segment)
    counts = list(forms.values())
    for index, place in enumerate(segment):
        if workings.typed_number(place) is None or index == 0 or (not down and _in_typed_column(workings, place)):
            continue
        before = forms.get(segment[index - 1])
        last = index == len(segment) - 1
        after = before if last else forms.get(segment[index + 1])
        if before is None or before != after or counts.count(before) < LEAST:
            continue
        if last and not _leans_on_formula(workings, place, down):
            continue
        expected = Pattern(before, 0).expected(place)
        if expected is not None:
            yield place, expected


def _in_typed_column(workings: Workings, place: Place) -> bool:
    """Whether there is a typed number above or below: marks between the formulas of a row are no results."""
    return any(workings.typed_number(other) is not None for other in neighbours(place, False) if other.row)


def _leans_on_formula(workings: Workings, place: Place, down: bool) -> bool:
    """Whether the cell across the line's direction is a formula: a last number then is part of the line, no note after it."""
    across = place.moved(0, -1) if down else place.moved(-1, 0)
    return across in workings.trees


def _lines(workings: Workings, down: bool) -> Iterator[list[Place]]:
    """Rows (or columns) of at least two typed numbers, each between two formulas and read by none, with no formula beside them."""
    for sheet in workings.book.sheets.values():
        lines: dict[int, list[Place]] = defaultdict(list)
        with_formula = set()
        for (row, column), cell in sheet.cells.items():
            line = column if down else row
            if cell.formula:
                with_formula.add(line)
            elif isinstance(cell.value, Fraction) and not workings.calculation.readers.get(cell.place):
                lines[line].append(cell.place)
        for line, places in lines.items():
            between = [p for p in places if all(n in workings.trees for n in neighbours(p, down))]
            if line not in with_formula and len(between) > 1:
                yield sorted(between)


def neighbours(place: Place, down: bool) -> tuple[Place, Place]:
    """The cells on both sides, across the line's direction."""
    return (place.moved(0, -1), place.moved(0, 1)) if down else (place.moved(-1, 0), place.moved(1, 0))


def _typed_result(workings: Workings, place: Place, lines: list[list[Place]]) -> Finding:
    right = workings.right.get(place)
    shown = workings.typed_number(place)
    same = [p for line in lines for p in line if (p.row, p.column) == (place.row, place.column)]
    alike = sorted(p for p in same if workings.typed_number(p) == shown)
    above = {workings.value(neighbours(p, False)[0]) for p in alike}
    pasted = len(alike) > 1 and len(above) > 1
    facts = {"label": workings.label(place), "sheets": len(alike) if pasted else 0}
    repair = {place: Number(right, plain(right))} if right is not None else {}
    wrong = pasted if right is None else right != shown
    level = "error" if wrong else "warning"
    return Finding("typed_result", level, place, shown, right, facts, repair=repair, mends=bool(repair))
