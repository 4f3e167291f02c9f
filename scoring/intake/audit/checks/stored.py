"""A stored value that its own formula does not give, and formulas that were not worked out here."""

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from scoring.intake.audit.finding import Finding
from scoring.intake.audit.workings import Workings
from scoring.intake.formulas.tree import Binary, calls, walk
from scoring.intake.places import Place
from scoring.intake.values import Unknown, Value, near

RANKING = {"RANK", "RANK.EQ", "RANK.AVG"}
COMPARISONS = {"<", ">", "<=", ">=", "=", "<>"}


def check(workings: Workings) -> Iterator[Finding]:
    """Where the difference starts; cells that only carry it on are left out."""
    differing = {place for place in workings.calculation.values if _differs(workings, place)}
    for place in sorted(differing):
        if not workings.reads.get(place, set()) & differing:
            cell = workings.book.cell(place)
            code = "float_parts_a_tie" if _compares(workings, place) else "stored_differs"
            yield Finding(
                code, "error", place, cell.value if cell else None, workings.value(place), _facts(workings, place)
            )
    yield from _not_checked(workings)
    yield from _never_calculated(workings)


def _facts(workings: Workings, place: Place) -> dict[str, str]:
    cell = workings.book.cell(place)
    return {"label": workings.label(place), "formula": cell.formula if cell else ""}


def _differs(workings: Workings, place: Place) -> bool:
    cell = workings.book.cell(place)
    exact = workings.value(place)
    if cell is None or cell.value is None or isinstance(exact, Unknown) or place in workings.calculation.unchecked:
        return False
    return not _same(cell.value, exact)


def _same(stored: Value, exact: Value) -> bool:
    if isinstance(stored, Fraction) and isinstance(exact, Fraction):
        return near(stored, exact)
    return stored == exact


def _compares(workings: Workings, place: Place) -> bool:
    """Whether the formula compares numbers that are equal, and so asks the float's last digit."""
    tree = workings.trees.get(place)
    if tree is None:
        return False
    compares = any(isinstance(part, Binary) and part.operator in COMPARISONS for part in walk(tree))
    values = [workings.value(p) for p in workings.reads.get(place, ())]
    numbers = [value for value in values if isinstance(value, Fraction)]
    return (compares or bool(calls(tree) & RANKING)) and len(set(numbers)) < len(numbers)


def _not_checked(workings: Workings) -> Iterator[Finding]:
    by_reason: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for place, reason in workings.calculation.unchecked.items():
        by_reason[place.sheet, reason].append(place)
    for (_, reason), places in sorted(by_reason.items()):
        places.sort()
        yield Finding("not_checked", "info", places[0], facts={"function": reason}, about=tuple(places))


def _never_calculated(workings: Workings) -> Iterator[Finding]:
    formulas = [cell for cell in workings.book.cells() if cell.formula]
    if formulas and all(cell.value is None for cell in formulas):
        yield Finding("never_calculated", "info", formulas[0].place, facts={"count": len(formulas)})
