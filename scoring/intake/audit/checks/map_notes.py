"""What laying the map over the workbook brought to light: marks off their scale, cells that are no numbers, empty forms."""

from collections.abc import Iterator

from scoring.intake.audit.finding import Finding
from scoring.intake.audit.workings import Workings
from scoring.intake.faults import Told
from scoring.intake.places import Place, read_area

LEVEL = {
    "mark_off_scale": "error",
    "no_weight": "error",
    "negative_weight": "error",
    "unreadable_number": "error",
    "date_for_number": "error",
    "tied_by_place": "info",
    "empty_form": "info",
    "empty_form_error": "info",
}


def check(workings: Workings) -> Iterator[Finding]:
    """Only with a map."""
    if workings.found is None:
        return
    for told in [*workings.found.faults, *workings.found.told]:
        if told.code in LEVEL:
            place = _place(workings, told)
            yield Finding(told.code, LEVEL[told.code], place, workings.value(place), None, dict(told.facts))
    for table in workings.tables:
        for option in table.options:
            missing = [m.places[0] for marks in option.marks.values() for m in marks if m.value is None]
            if option.marked and missing:
                facts = {"option": option.name, "count": len(missing)}
                yield Finding("marks_missing", "info", missing[0], facts=facts, about=tuple(missing))


def _place(workings: Workings, told: Told) -> Place:
    if told.where in workings.book.sheets:
        return Place(told.where, 1, 1)
    area = read_area(told.where, "")
    return area.first if area else Place(next(iter(workings.book.sheets)), 1, 1)
