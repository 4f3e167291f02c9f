"""A map in memory."""

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from scoring.intake.places import Area, Place
from scoring.model import Scale


@dataclass(frozen=True)
class Entry:
    """An area as a map writes it: every ``stride``-th cell of it; its sheet is empty where none is named."""

    area: Area
    stride: int = 1

    def on(self, sheet: str, rows: int, columns: int) -> list[Place]:
        """Its cells, moved so far, on ``sheet`` where it names none."""
        found = list(self.area.places())[:: self.stride]
        return [Place(place.sheet or sheet, place.row + rows, place.column + columns) for place in found]


@dataclass(frozen=True)
class CellList:
    """Cells in their order. With ``whole`` each entry is one item of several cells, else each cell is an item."""

    entries: tuple[Entry, ...]

    def places(self, sheet: str, rows: int = 0, columns: int = 0) -> list[Place]:
        """Every cell."""
        return [place for entry in self.entries for place in entry.on(sheet, rows, columns)]

    def items(self, sheet: str, rows: int, columns: int, *, whole: bool) -> list[tuple[Place, ...]]:
        """The cells of each item."""
        if whole:
            return [tuple(entry.on(sheet, rows, columns)) for entry in self.entries]
        return [(place,) for place in self.places(sheet, rows, columns)]


@dataclass(frozen=True)
class SheetPlan:
    """A sheet's name or a pattern of names, what it is called, and weights of its own."""

    pattern: str
    name: str = ""
    weights: CellList | None = None


@dataclass(frozen=True)
class CriteriaPlan:
    """Where the criteria are. ``weights`` may be numbers instead of cells; ``better`` is one word or one each."""

    names: CellList | tuple[str, ...]
    weights: CellList | tuple[Fraction, ...]
    groups: CellList | None = None
    kinds: CellList | None = None
    weight_names: CellList | None = None
    add_to: Fraction | None = None
    factor: bool = False
    better: tuple[str, ...] = ("high",)
    scale_words: CellList | None = None


@dataclass(frozen=True)
class Repeat:
    """How often something comes again (None: until its name is blank), so many rows and columns further each time."""

    count: int | None = None
    rows: int = 0
    columns: int = 0


@dataclass(frozen=True)
class OptionsPlan:
    """Where the first option is, and how the others follow. ``marks`` by evaluator; by "" where there is one mark."""

    repeat: Repeat
    name: CellList | None = None
    names: tuple[str, ...] = ()
    marks: dict[str, CellList] = field(default_factory=dict)
    parts: bool = False
    weighted: CellList | None = None
    total: CellList | None = None
    normalised: CellList | None = None
    rank: CellList | None = None
    values: dict[str, CellList] = field(default_factory=dict)


@dataclass(frozen=True)
class EvaluatorsPlan:
    """Where the first evaluator's name and marks are, on a sheet that is one option's."""

    repeat: Repeat
    marks: CellList
    name: CellList | None = None


@dataclass(frozen=True)
class Map:
    """``each_sheet``: weight_set, evaluator or option. ``scale`` is None where marks are points up to the weight."""

    sheets: tuple[SheetPlan, ...]
    criteria: CriteriaPlan
    options: OptionsPlan
    scale: Scale | None
    title: str = ""
    currency: str = ""
    left_out: tuple[str, ...] = ()
    each_sheet: str = "weight_set"
    evaluators: EvaluatorsPlan | None = None
    total_formula: str = ""
    normalised_formula: str = ""
    lowest_first: bool = False
    rules: dict[str, Any] = field(default_factory=dict)
    computed: list[Any] = field(default_factory=list)
