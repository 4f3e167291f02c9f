"""Error values: an empty form, or a formula that fails."""

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from scoring.intake.audit.finding import Finding
from scoring.intake.audit.workings import Workings
from scoring.intake.places import Place
from scoring.intake.values import ExcelError


def check(workings: Workings) -> Iterator[Finding]:
    """One finding a sheet, at the cell where the errors start."""
    failing: dict[str, list[Place]] = defaultdict(list)
    for place, value in workings.calculation.values.items():
        if isinstance(value, ExcelError):
            failing[place.sheet].append(place)
    mapped = {sheet for table in workings.tables for sheet in table.sheets}
    for sheet, places in failing.items():
        roots = sorted(p for p in places if not any(_fails(workings, other) for other in workings.reads.get(p, ())))
        first = roots[0] if roots else min(places)
        waits = all(_waits_for_input(workings, root) for root in roots) and sheet not in mapped
        level = "info" if waits else "warning"
        code = "errors_in_form" if waits else "error_values"
        facts = {"count": len(places), "label": workings.label(first)}
        yield Finding(code, level, first, workings.value(first), None, facts, about=tuple(sorted(places)))


def _fails(workings: Workings, place: Place) -> bool:
    return isinstance(workings.value(place), ExcelError)


def _waits_for_input(workings: Workings, place: Place) -> bool:
    """Whether a failing formula rests on a cell that is blank, holds words, or adds up blanks to 0."""
    read = workings.read_areas(place)
    return (
        any(not isinstance(workings.value(p), Fraction | ExcelError) for p in read)
        or any(workings.value(p) == 0 for p in workings.reads.get(place, ()))
        or _divides_by_nothing(workings, place)
    )


def _divides_by_nothing(workings: Workings, place: Place) -> bool:
    """Whether every typed cell it rests on leaves a range of it empty."""
    value = workings.value(place)
    return isinstance(value, ExcelError) and value.code == "#DIV/0!" and len(workings.reads.get(place, ())) <= 1
