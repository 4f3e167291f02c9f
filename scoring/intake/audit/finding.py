"""What an audit finds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from scoring.intake.formulas.tree import Tree
from scoring.intake.places import Place
from scoring.intake.values import Value

# From the gravest: wrong now; right by luck or misleading; for the owner to answer; good to know.
LEVELS = ("error", "warning", "question", "info")
Repair = Mapping[Place, "Tree | Value"]


@dataclass(frozen=True)
class Effect:
    """What would change: a total, a figure made from it, a rank or another cell of ``group`` (a sheet's table)."""

    kind: str
    group: str
    name: str
    place: Place
    shown: Value
    right: Value


@dataclass(frozen=True)
class Finding:
    """One finding: ``facts`` fill the sentence of its ``code``. ``repair`` says what would stand there instead.

    ``mends``: whether the repair belongs to the workbook put right as its author meant it; other repairs
    only show what is at stake. ``about`` are the cells concerned, where they are several.
    """

    code: str
    level: str
    place: Place
    shown: Value = None
    right: Value = None
    facts: dict[str, Any] = field(default_factory=dict)
    about: tuple[Place, ...] = ()
    repair: Repair = field(default_factory=dict, compare=False, repr=False)
    mends: bool = False
    effects: tuple[Effect, ...] = ()
    whole_sheet: bool = False
