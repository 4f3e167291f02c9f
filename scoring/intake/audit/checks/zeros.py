"""A typed 0 beside blanks in the same averaged range: one counts, the others do not. Was 0 meant, or "not marked"?"""

from collections.abc import Iterator

from scoring.intake.audit.finding import Finding
from scoring.intake.audit.workings import Workings
from scoring.intake.formulas.relative import area_of
from scoring.intake.formulas.tree import Call, Reference, walk
from scoring.intake.places import Area, Place

MOST_CELLS = 10_000
TOLD_APART = {"AVERAGE", "COUNT", "MIN", "MEDIAN"}


def check(workings: Workings) -> Iterator[Finding]:
    """Ranges with both, where a 0 and a blank give different results."""
    for place, tree in workings.trees.items():
        for call in walk(tree):
            if isinstance(call, Call) and call.name in TOLD_APART:
                for argument in call.arguments:
                    if isinstance(argument, Reference) and argument.last is not None:
                        yield from _mixed(workings, place, call.name, area_of(argument, place))


def _mixed(workings: Workings, place: Place, function: str, area: Area) -> Iterator[Finding]:
    sheet = workings.book.sheets.get(area.sheet)
    filled = [cell.place for cell in sheet.inside(area)] if sheet else []
    zeros = [cell for cell in filled if workings.typed_number(cell) == 0]
    if not zeros:
        return
    last = max(filled)
    if area.rows * area.columns > MOST_CELLS:
        return
    present = set(filled)
    within = Area(area.sheet, area.top, area.left, min(area.bottom, last.row), min(area.right, last.column))
    blanks = [cell for cell in within.places() if cell not in present]
    if blanks:
        repair: dict[Place, None] = dict.fromkeys(zeros)
        right = workings.mended(repair).value(place)
        facts = {"function": function, "range": area.a1, "zero": zeros[0].a1, "blank": blanks[0].a1}
        about = tuple(zeros + blanks)
        yield Finding("zero_or_blank", "question", place, workings.value(place), right, facts, about, repair)
