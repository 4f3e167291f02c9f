"""The kinds of value a map is made of: cells, names, steps."""

import re
from typing import Any

from scoring.faults import step
from scoring.intake.mapping.model import CellList, Entry, Repeat
from scoring.intake.places import LAST_ROW, read_area
from scoring.numbers import NumberText
from scoring.reading.shape import Faults, shown

STRIDE = re.compile(r"(.+)/([1-9][0-9]{0,2})")
STEP = re.compile(r"([1-9][0-9]{0,3}) (rows?|columns?)")
CELLS = "cells such as B3:B12, Weights!B2:K2 or F6:Z6/2 (every second)"
MOST_CELLS = 100_000
MOST_OPTIONS = 2_000


def cells(faults: Faults, value: Any, path: str) -> CellList | None:
    """One area, or a list of areas."""
    if isinstance(value, list):
        found = [_entry(faults, item, step(path, index)) for index, item in enumerate(value)]
        if not found:
            faults.add(path, "the list is empty", CELLS)
    else:
        found = [_entry(faults, value, path)]
    entries = tuple(entry for entry in found if entry is not None)
    return CellList(entries) if entries else None


def one_cell(faults: Faults, value: Any, path: str) -> CellList | None:
    """One cell."""
    found = cells(faults, value, path)
    if found and (len(found.entries) > 1 or not found.entries[0].area.single):
        faults.add(path, f"{shown(value)} is more than one cell", "one cell, that of the first option or evaluator")
        return None
    return found


def _entry(faults: Faults, value: Any, path: str) -> Entry | None:
    if isinstance(value, str) and not isinstance(value, NumberText):
        strided = STRIDE.fullmatch(value.strip())
        area = read_area(strided[1] if strided else value, "")
        if area and area.rows * area.columns <= MOST_CELLS:
            return Entry(area, int(strided[2]) if strided else 1)
    faults.add(path, f"{shown(value)} names no cells", CELLS)
    return None


def name(faults: Faults, value: Any, path: str) -> str:
    """A name; a number may be one."""
    if isinstance(value, NumberText):
        return str(value)
    return faults.text(value, path, empty=False)


def names(faults: Faults, value: Any, path: str) -> tuple[str, ...]:
    """A list of names."""
    items = faults.array(value, path, empty=False)
    return tuple(name(faults, item, step(path, index)) for index, item in enumerate(items))


def repeat(faults: Faults, body: dict[str, Any], path: str, *, once: bool = False) -> Repeat:
    """``count`` and ``step``; ``step`` may be left out where there is one only."""
    count = faults.whole(body["count"], step(path, "count"), least=1, most=MOST_OPTIONS) if "count" in body else None
    if "step" not in body:
        if not once and count != 1:
            faults.add(path, '"step" is missing', 'how far the next one is, such as "2 columns" or "1 row"')
        return Repeat(1)
    found = STEP.fullmatch(body["step"]) if isinstance(body["step"], str) else None
    if not found or int(found[1]) > LAST_ROW:
        faults.add(step(path, "step"), f"{shown(body['step'])} is no step", 'such as "2 columns" or "1 row"')
        return Repeat(1)
    far = int(found[1])
    return Repeat(count, rows=far) if found[2].startswith("row") else Repeat(count, columns=far)
