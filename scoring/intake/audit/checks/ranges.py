"""A range that stops short of what it is about, or reaches far beyond it."""

from collections.abc import Iterator
from fractions import Fraction

from scoring.intake.audit.finding import Finding
from scoring.intake.audit.workings import Workings
from scoring.intake.formulas.relative import area_of, shape
from scoring.intake.formulas.tree import Call, Corner, Reference, Tree, replaced, walk
from scoring.intake.places import LAST_COLUMN, LAST_ROW, Area, Place
from scoring.intake.values import Value

AGGREGATES = {"SUM", "AVERAGE", "MIN", "MAX", "PRODUCT", "COUNT", "MEDIAN"}
MANY_BLANKS = 5


def check(workings: Workings) -> Iterator[Finding]:
    """Every range of one row or column that a function gathers."""
    gathered = [found for place, tree in workings.trees.items() for found in _gathered(place, tree)]
    sheets = workings.book.sheets
    covered = {
        (call.name, cell.place)
        for _, call, area in gathered
        if not _whole(area) and area.sheet in sheets
        for cell in sheets[area.sheet].inside(area)
    }
    for place, call, area in gathered:
        if _whole(area):
            continue
        for beyond in _beyond(area):
            if (call.name, beyond) not in covered and _continues(workings, place, area, beyond):
                yield _short(workings, place, call, area, beyond)
        yield from _long(workings, place, call, area)


def _gathered(place: Place, tree: Tree) -> Iterator[tuple[Place, Call, Area]]:
    for call in walk(tree):
        if isinstance(call, Call) and call.name in AGGREGATES:
            for argument in call.arguments:
                if isinstance(argument, Reference) and argument.last is not None:
                    area = area_of(argument, place)
                    if (area.rows == 1) != (area.columns == 1):
                        yield place, call, area


def _whole(area: Area) -> bool:
    return area.bottom == LAST_ROW or area.right == LAST_COLUMN


def _beyond(area: Area) -> Iterator[Place]:
    """The cells just before and just after."""
    down, across = (1, 0) if area.columns == 1 else (0, 1)
    if area.top - down >= 1 and area.left - across >= 1:
        yield area.first.moved(-down, -across)
    yield Place(area.sheet, area.bottom, area.right).moved(down, across)


def _continues(workings: Workings, place: Place, area: Area, beyond: Place) -> bool:
    """Whether the cell beyond carries on what the range holds: the same formula, or a number before the total."""
    if beyond == place or place in workings.upstream(beyond):
        return False
    after = beyond.row > area.bottom or beyond.column > area.right
    edge = Place(area.sheet, area.bottom, area.right) if after else area.first
    if beyond in workings.trees:
        return edge in workings.trees and shape(workings.trees[edge], edge) == shape(workings.trees[beyond], beyond)
    if workings.typed_number(beyond) is None or workings.typed_number(edge) is None:
        return False
    return after and place.sheet == area.sheet and _lies_before(beyond, place, area)


def _lies_before(beyond: Place, place: Place, area: Area) -> bool:
    """Whether the total stands further on in the same line."""
    if area.columns == 1:
        return place.column == beyond.column and place.row > beyond.row
    return place.row == beyond.row and place.column > beyond.column


def _short(workings: Workings, place: Place, call: Call, area: Area, beyond: Place) -> Finding:
    wider = Area(
        area.sheet,
        min(area.top, beyond.row),
        min(area.left, beyond.column),
        max(area.bottom, beyond.row),
        max(area.right, beyond.column),
    )
    expected = replaced(workings.trees[place], lambda reference: _widened(reference, place, area, wider))
    shown, right = workings.value(place), workings.calculation.worked_out(place, expected)
    facts = {
        "label": workings.label(place),
        "function": call.name,
        "range": area.a1,
        "cell": beyond.a1,
        "wider": wider.a1,
    }
    if call.name == "AVERAGE":
        return Finding("average_leaves_out", "info", place, shown, None, {**facts, "with_it": right}, (beyond,))
    level = "error" if shown != right else "warning"
    return Finding("range_short", level, place, shown, right, facts, (beyond,), {place: expected}, mends=True)


def _widened(reference: Reference, place: Place, area: Area, wider: Area) -> Reference:
    if reference.last is None or area_of(reference, place) != area:
        return reference
    first, last = reference.first, reference.last
    return Reference(
        reference.sheet,
        Corner(wider.top, wider.left, first.fixed_row, first.fixed_column),
        Corner(wider.bottom, wider.right, last.fixed_row, last.fixed_column),
    )


def _long(workings: Workings, place: Place, call: Call, area: Area) -> Iterator[Finding]:
    """Blanks at the end of a range, as many as half of what it holds and more."""
    filled = (
        [cell.place for cell in workings.book.sheets[area.sheet].inside(area)]
        if area.sheet in workings.book.sheets
        else []
    )
    if not filled:
        return
    last = max(filled)
    blanks = (area.bottom - last.row) + (area.right - last.column)
    if blanks >= MANY_BLANKS and blanks * 2 >= len(filled):
        value: Value = workings.value(place)
        if isinstance(value, Fraction):
            facts = {"range": area.a1, "blanks": blanks, "filled": len(filled), "function": call.name}
            yield Finding("range_long", "info", place, value, None, facts)
