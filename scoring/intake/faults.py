"""Why a workbook or its map cannot be used."""

from dataclasses import dataclass, field
from typing import Any

from scoring.faults import Fault


class MapError(Exception):
    """A map that cannot be used, with every fault found: YAML path, what is wrong, what was expected."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


@dataclass(frozen=True)
class Told:
    """Something to tell the reader: a code of ``words.py`` and what its sentence needs."""

    code: str
    facts: dict[str, Any] = field(default_factory=dict)
    where: str = ""


class WorkbookError(Exception):
    """A workbook that is refused, or cells in it that make an evaluation impossible."""

    def __init__(self, told: list[Told]) -> None:
        super().__init__("; ".join(f"{t.where} {t.code}".strip() for t in told))
        self.told = told


def refused(code: str, where: str = "", **facts: Any) -> WorkbookError:
    """A refusal for one reason."""
    return WorkbookError([Told(code, facts, where)])
