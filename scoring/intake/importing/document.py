"""From the tables of a workbook to evaluation files, each checked by the reader of evaluation files."""

from dataclasses import dataclass
from typing import Any

from scoring.evaluation_file import FORMAT, from_document
from scoring.faults import EvaluationFileError
from scoring.intake.cells import Book
from scoring.intake.faults import MapError, Told, WorkbookError, refused
from scoring.intake.finding_tables import find_tables
from scoring.intake.formulas.calculation import Calculation
from scoring.intake.importing.criteria import Criteria
from scoring.intake.importing.marks import evaluators_of, marks_of
from scoring.intake.importing.merging import merged
from scoring.intake.importing.plain_numbers import json_number, without_number_text
from scoring.intake.mapping.model import Map
from scoring.intake.tables import Table


@dataclass(frozen=True)
class Taken:
    """Evaluation files by the name of their sheet (one, unless each sheet is a set of weights), and what to tell."""

    documents: dict[str, dict[str, Any]]
    told: list[Told]


def take_in(book: Book, mapped: Map) -> Taken:
    """The evaluation files a workbook holds. Raises WorkbookError, or MapError where the map's own parts are refused."""
    found = find_tables(book, mapped, Calculation(book))
    if found.faults:
        raise WorkbookError(found.faults)
    tables = [merged(found.tables)] if mapped.each_sheet == "evaluator" else found.tables
    told = list(found.told)
    documents = {table.name or mapped.title: _document(table, mapped, told, len(tables) > 1) for table in tables}
    if len(documents) < len(tables):
        raise refused("same_name_twice")
    return Taken(documents, told)


def document_of(table: Table, mapped: Map) -> dict[str, Any]:
    """One table as an evaluation file. Raises MapError where the map's own parts are refused."""
    return _document(table, mapped, [], several=False)


def _document(table: Table, mapped: Map, told: list[Told], several: bool) -> dict[str, Any]:
    criteria = Criteria(table, mapped)
    told += [note for note in criteria.told if note not in told]
    marks = marks_of(table, criteria)
    told += [note for note in marks.told if note not in told]
    title = " · ".join(part for part in (mapped.title, table.name if several else "") if part)
    document = {
        "format": FORMAT,
        "title": title,
        "currency": mapped.currency,
        "criteria": [*criteria.tree(), *without_number_text(mapped.computed)],
        "rules": without_number_text(mapped.rules),
        "evaluators": evaluators_of(table),
        "bids": [_bid(option.key, option.name, option.values) for option in table.options],
        "marks": marks.by_bid,
    }
    document = {key: value for key, value in document.items() if value or key in ("criteria", "bids")}
    try:
        from_document(document)
    except EvaluationFileError as error:
        raise MapError(error.faults) from error
    return document


def _bid(key: str, name: str, values: dict[str, Any]) -> dict[str, Any]:
    bid: dict[str, Any] = {"key": key, "name": name}
    if values:
        bid["values"] = {k: None if v is None else json_number(v) for k, v in values.items()}
    return bid
