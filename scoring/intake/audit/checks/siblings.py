"""Sheets made from one form: a formula that differs on one of them, or a number typed over it."""

from collections import Counter
from collections.abc import Iterator

from scoring.intake.audit.checks.patterns import finding
from scoring.intake.audit.finding import Finding
from scoring.intake.audit.workings import Workings
from scoring.intake.formulas.relative import plain
from scoring.intake.formulas.tree import Tree
from scoring.intake.places import Place

LEAST_SHEETS = 3
LEAST_FORMULAS = 4
ALIKE = 0.7
SHARE = 0.66


def check(workings: Workings) -> Iterator[Finding]:
    """Cell by cell over each family of sheets."""
    for family in families(workings):
        cells = {(p.row, p.column) for sheet in family for p in workings.trees if p.sheet == sheet}
        for row, column in sorted(cells):
            yield from _compare(workings, [Place(sheet, row, column) for sheet in family])


def families(workings: Workings) -> list[list[str]]:
    """Sheets whose formulas stand in the same cells."""
    formulas: dict[str, set[tuple[int, int]]] = {name: set() for name in workings.book.sheets}
    for place in workings.trees:
        formulas[place.sheet].add((place.row, place.column))
    found: list[list[str]] = []
    for name, cells in formulas.items():
        if len(cells) < LEAST_FORMULAS:
            continue
        for family in found:
            other = formulas[family[0]]
            if len(cells & other) >= ALIKE * len(cells | other):
                family.append(name)
                break
        else:
            found.append([name])
    return [family for family in found if len(family) >= LEAST_SHEETS]


def _compare(workings: Workings, places: list[Place]) -> Iterator[Finding]:
    forms = {place: plain(workings.trees[place]) for place in places if place in workings.trees}
    form, count = Counter(forms.values()).most_common(1)[0]
    if count < 2 or count < SHARE * len(places):
        return
    expected = next(workings.trees[place] for place, own in forms.items() if own == form)
    for place in places:
        if place in forms and forms[place] != form and len(forms) - count == 1:
            yield finding(workings, place, expected, "sheet_break")
        elif place not in forms and workings.typed_number(place) is not None:
            yield _typed(workings, place, expected)


def _typed(workings: Workings, place: Place, expected: Tree) -> Finding:
    return finding(workings, place, expected, "constant_among_formulas")
