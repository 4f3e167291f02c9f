"""One sheet an evaluator: the sheets become one table with a panel."""

from dataclasses import replace

from scoring.intake.faults import refused
from scoring.intake.tables import Mark, OptionAt, Table, unique


def merged(tables: list[Table]) -> Table:
    """One table of all. Raises WorkbookError where the sheets differ in criteria, weights or options."""
    first = tables[0]
    for table in tables[1:]:
        _check_same(first, table)
    names = [table.evaluator for table in tables]
    keys = unique(names)
    options = tuple(_with_all(option, index, tables, keys) for index, option in enumerate(first.options))
    sheets = tuple(sheet for table in tables for sheet in table.sheets)
    evaluators = tuple(zip(keys, names, strict=True))
    return replace(first, name="", evaluator="", sheets=sheets, options=options, evaluators=evaluators)


def _check_same(first: Table, other: Table) -> None:
    facts = {"first": first.sheets[0], "other": other.sheets[0]}
    if [c.title for c in first.criteria] != [c.title for c in other.criteria]:
        raise refused("criteria_differ", other.sheets[0], **facts)
    if [c.weight for c in first.criteria] != [c.weight for c in other.criteria]:
        raise refused("weights_differ", other.sheets[0], **facts)
    if [o.name for o in first.options] != [o.name for o in other.options]:
        raise refused("options_differ", other.sheets[0], **facts)


def _with_all(option: OptionAt, index: int, tables: list[Table], keys: list[str]) -> OptionAt:
    marks: dict[int, tuple[Mark, ...]] = {
        number: tuple(
            replace(mark, evaluator=key)
            for table, key in zip(tables, keys, strict=True)
            for mark in table.options[index].marks[number]
        )
        for number in option.marks
    }
    return replace(option, marks=marks)
