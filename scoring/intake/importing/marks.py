"""Marks as an evaluation file has them; a blank is missing, never 0."""

from dataclasses import dataclass, field
from typing import Any

from scoring.intake.faults import Told
from scoring.intake.importing.criteria import Criteria
from scoring.intake.importing.plain_numbers import json_number
from scoring.intake.tables import Mark, OptionAt, Table


@dataclass
class Marks:
    """``marks`` of the file, and the options and criteria that were not marked."""

    by_bid: dict[str, Any] = field(default_factory=dict)
    told: list[Told] = field(default_factory=list)


def evaluators_of(table: Table) -> list[dict[str, str]]:
    """The panel."""
    return [{"key": key, "name": name} for key, name in table.evaluators]


def marks_of(table: Table, criteria: Criteria) -> Marks:
    """Every mark, turned round where the lower is better."""
    found = Marks()
    for option in table.options:
        by_criterion = {}
        for number, marks in option.marks.items():
            if (written := _written(number, marks, criteria)) is not None:
                by_criterion[table.criteria[number].key] = written
        found.by_bid[option.key] = by_criterion
        found.told += _missing(table, option)
    found.by_bid = {bid: marks for bid, marks in found.by_bid.items() if marks}
    return found


def _written(number: int, marks: tuple[Mark, ...], criteria: Criteria) -> Any:
    values = {
        mark.evaluator: None if mark.value is None else json_number(criteria.mark(number, mark.value)) for mark in marks
    }
    return values.get("") if set(values) <= {""} else values


def _missing(table: Table, option: OptionAt) -> list[Told]:
    if not option.marked:
        return [Told("option_unmarked", {"option": option.name}, str(option.place or ", ".join(table.sheets)))]
    return [
        Told("mark_missing", {"option": option.name, "criterion": table.criteria[number].title}, str(mark.places[0]))
        for number, marks in option.marks.items()
        for mark in marks
        if mark.value is None
    ]
