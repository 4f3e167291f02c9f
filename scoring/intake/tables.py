"""What a map finds in a workbook: criteria, options and marks as one table a sheet (or one for the book)."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from scoring.intake.faults import Told
from scoring.intake.places import Area, Place
from scoring.intake.values import Value
from scoring.model import Scale
from scoring.numbers import plain


@dataclass(frozen=True)
class CriterionAt:
    """A criterion and where it was found; ``weight`` is None where it could not be read."""

    key: str
    title: str
    weight: Fraction | None
    place: Place | None
    scale: Scale | None
    group: str = ""
    low: bool = False
    weight_place: Place | None = None
    words: str = ""


@dataclass(frozen=True)
class Mark:
    """One mark: the cells it is the sum of, what it comes to (None: not marked), and who gave it."""

    places: tuple[Place, ...]
    value: Fraction | None
    evaluator: str = ""


@dataclass(frozen=True)
class Results:
    """The cells that show what an option comes to; None where the map names none."""

    total: Place | None = None
    normalised: Place | None = None
    rank: Place | None = None
    weighted: tuple[Place, ...] = ()


@dataclass(frozen=True)
class OptionAt:
    """An option; ``marks`` by the criterion's number."""

    key: str
    name: str
    marks: dict[int, tuple[Mark, ...]]
    results: Results = Results()
    place: Place | None = None
    values: dict[str, Fraction | None] = field(default_factory=dict)

    @property
    def marked(self) -> bool:
        """Whether anyone has marked it on anything."""
        return any(mark.value is not None for marks in self.marks.values() for mark in marks)

    @property
    def complete(self) -> bool:
        """Whether no mark is missing."""
        return all(mark.value is not None for marks in self.marks.values() for mark in marks)


@dataclass(frozen=True)
class Table:
    """One evaluation on paper: criteria times options. ``evaluator`` where the sheet is one evaluator's."""

    name: str
    sheets: tuple[str, ...]
    criteria: tuple[CriterionAt, ...]
    options: tuple[OptionAt, ...]
    evaluator: str = ""
    evaluators: tuple[tuple[str, str], ...] = ()
    kinds: tuple[str, ...] = ()

    @property
    def weights(self) -> Fraction | None:
        """What the weights add up to; None where one could not be read."""
        found = [criterion.weight for criterion in self.criteria]
        return None if None in found else sum((weight for weight in found if weight is not None), Fraction(0))

    @property
    def area(self) -> list[Area]:
        """The cells of all marks."""
        return [
            Area.of(p) for option in self.options for marks in option.marks.values() for m in marks for p in m.places
        ]


@dataclass
class Found:
    """The tables of a workbook; ``told`` for people, ``faults`` stand in the way of an evaluation file."""

    tables: list[Table]
    told: list[Told]
    faults: list[Told]


def unique(names: Iterable[str]) -> list[str]:
    """A key for each name: small letters, digits and hyphens, none twice."""
    seen: dict[str, int] = {}
    keys = []
    for name in names:
        bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
        key = re.sub(r"[^a-z0-9]+", "-", bare).strip("-")[:60].strip("-") or "x"
        while key in seen:
            seen[key] += 1
            key = f"{key}-{seen[key]}"
        seen[key] = 1
        keys.append(key)
    return keys


def shown(value: Value) -> str:
    """What stands in a cell, short, for a message."""
    text = plain(value) if isinstance(value, Fraction) else str(getattr(value, "code", value))
    text = " ".join(text.split())
    return text if len(text) <= 40 else f"{text[:37]}…"
