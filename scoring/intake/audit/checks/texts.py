"""Numbers kept as text: a range passes them by, arithmetic takes them."""

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from scoring.intake.audit.finding import Finding
from scoring.intake.audit.workings import Workings
from scoring.intake.formulas.relative import area_of
from scoring.intake.formulas.tree import Call, Reference, Tree, walk
from scoring.intake.places import Place
from scoring.intake.values import number_in

PASS_BY = {"SUM", "AVERAGE", "MIN", "MAX", "PRODUCT", "SUMPRODUCT", "COUNT", "MEDIAN", "RANK", "RANK.EQ", "RANK.AVG"}


def check(workings: Workings) -> Iterator[Finding]:
    """Where text is passed by in a range; then, for each sheet, how many numbers that formulas read are text."""
    for place, tree in workings.trees.items():
        texts = sorted(_texts_in_ranges(workings, place, tree))
        if texts:
            repair = {text: number for text in texts if (number := _number(workings, text)) is not None}
            shown, right = workings.value(place), workings.mended(repair).value(place)
            level = "error" if shown != right else "warning"
            facts = {"label": workings.label(place), "text": workings.value(texts[0])}
            yield Finding("text_in_range", level, place, shown, right, facts, tuple(texts), repair, mends=True)
    yield from _kept_as_text(workings)


def _texts_in_ranges(workings: Workings, place: Place, tree: Tree) -> set[Place]:
    found: set[Place] = set()
    for call in walk(tree):
        if not isinstance(call, Call) or call.name not in PASS_BY:
            continue
        for argument in call.arguments:
            if isinstance(argument, Reference) and (sheet := workings.book.sheets.get(area_of(argument, place).sheet)):
                inside = sheet.inside(area_of(argument, place))
                found.update(cell.place for cell in inside if _number(workings, cell.place) is not None)
    return found


def _number(workings: Workings, place: Place) -> Fraction | None:
    value = workings.value(place)
    return number_in(value) if isinstance(value, str) else None


def _kept_as_text(workings: Workings) -> Iterator[Finding]:
    texts: dict[str, list[Place]] = defaultdict(list)
    numbers: dict[str, int] = defaultdict(int)
    for place, readers in workings.calculation.readers.items():
        cell = workings.book.cell(place)
        if not readers or cell is None or cell.formula:
            continue
        if isinstance(cell.value, Fraction):
            numbers[place.sheet] += 1
        elif _number(workings, place) is not None:
            texts[place.sheet].append(place)
    for sheet, places in texts.items():
        places.sort()
        facts = {"count": len(places), "of": len(places) + numbers[sheet]}
        yield Finding("numbers_as_text", "info", places[0], workings.value(places[0]), None, facts, whole_sheet=True)
