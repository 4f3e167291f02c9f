"""The written content, and how its short notation becomes the values of fields (rfp/briefs/fields).

In the YAML files a table is a list of rows, each a list of cells in the order of its columns. Where the
template gives the rows, their first cell is left out. ``@start+30`` is a date: thirty days after the
contract starts.
"""

from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

try:  # the same in C, where it was built in
    from yaml import CSafeLoader as SafeLoader
except ImportError:
    from yaml import SafeLoader  # type: ignore[assignment]

FOLDER = Path(__file__).parent / "content"


@cache
def read(name: str) -> dict[str, Any]:
    """One file of ``content/``, by its name without ``.yaml``."""
    loaded: dict[str, Any] = yaml.load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"), Loader=SafeLoader)
    return loaded


def value_of(definition: dict[str, Any], given: Any, initial: Any, start: date) -> Any:
    """What a field keeps for what the file says; ``initial`` is what the template filled in."""
    if definition["type"] != "table":
        return _cell(definition, given, start)
    columns = definition["columns"]
    rows = []
    for index, cells in enumerate(given):
        if len(cells) == len(columns) - 1:
            cells = [initial[index][columns[0]["key"]], *cells]
        pairs = zip(columns, cells, strict=True)
        rows.append({column["key"]: _cell(column, cell, start) for column, cell in pairs})
    return rows


def _cell(definition: dict[str, Any], given: Any, start: date) -> Any:
    if given is None or isinstance(given, bool | list):
        return given
    if definition["type"] == "date" and str(given).startswith("@start"):
        return (start + timedelta(days=int(str(given).removeprefix("@start")))).isoformat()
    return str(given).strip()


def commitments(given: dict[str, Any], definition: dict[str, Any], kpis: list[dict[str, Any]], language: str) -> Any:
    """The rows of the table of indicators: ``given`` has the cells after the first, by the indicator's key.

    An indicator left out is a row the agency took out.
    """
    keys = [column["key"] for column in definition["columns"]]
    return [
        dict(zip(keys, [kpi["title"][language], *(str(cell) for cell in given[kpi["key"]])], strict=True))
        for kpi in kpis
        if kpi["key"] in given
    ]
