"""Criteria as an evaluation file has them: a tree, weights in points, the higher mark always the better."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from scoring.intake.faults import Told
from scoring.intake.finding_tables import block_scale
from scoring.intake.importing.plain_numbers import ends, json_number
from scoring.intake.mapping.model import Map
from scoring.intake.tables import CriterionAt, Table, unique
from scoring.model import Scale

NO_WEIGHT = Scale(Fraction(0), Fraction(1))


@dataclass
class Criteria:
    """The criteria of a table; ``scales`` by number, those of several cells summed included."""

    table: Table
    mapped: Map

    def __post_init__(self) -> None:
        self.told: list[Told] = []
        self.scales = [self._scale(number) for number in range(len(self.table.criteria))]
        self._tell()

    def _scale(self, number: int) -> Scale:
        cells = max(
            (len(mark.places) for option in self.table.options for mark in option.marks.get(number, ())), default=1
        )
        scale = block_scale(self.table.criteria[number].scale, cells)
        return scale or self._widened(number)

    def _widened(self, number: int) -> Scale:
        """Marks are points of a weight of 0: any scale will do that holds them."""
        values = [m.value for option in self.table.options for m in option.marks.get(number, ()) if m.value is not None]
        return Scale(min([Fraction(0), *values]), max([Fraction(1), *values]))

    def _tell(self) -> None:
        for number, criterion in enumerate(self.table.criteria):
            if criterion.low:
                scale = self.scales[number]
                turned = {"title": criterion.title, "sum": scale.minimum + scale.maximum}
                self.told.append(Told("turned_round", turned))
            if criterion.weight is not None and not ends(self.points(number)):
                self.told.append(Told("weight_cut", {"title": criterion.title}, str(criterion.weight_place or "")))

    def points(self, number: int) -> Fraction:
        """The most points: the weight, or, where the sheet multiplies marks by it, the weight times the scale's span."""
        weight = self.table.criteria[number].weight or Fraction(0)
        scale = self.scales[number]
        return weight * (scale.maximum - scale.minimum) if self.mapped.criteria.factor else weight

    def mark(self, number: int, value: Fraction) -> Fraction:
        """The mark on a scale whose top is best: turned round where the lower is better."""
        scale = self.scales[number]
        return scale.minimum + scale.maximum - value if self.table.criteria[number].low else value

    def tree(self) -> list[dict[str, Any]]:
        """The criteria as the file writes them: groups by the heading above, or by criterion and part."""
        top: list[dict[str, Any]] = []
        groups: dict[str, dict[str, Any]] = {}
        named = [criterion.group for criterion in self.table.criteria if criterion.group]
        taken = [criterion.key for criterion in self.table.criteria]
        keys = dict(zip(dict.fromkeys(named), unique([*taken, *dict.fromkeys(named)])[len(taken) :], strict=True))
        parent: dict[str, Any] | None = None
        for number, criterion in enumerate(self.table.criteria):
            kind = self._kind(number)
            if kind == "group":
                parent = {"key": criterion.key, "title": criterion.title, "children": []}
                top.append(parent)
            elif kind == "part" and parent is not None:
                parent["children"].append(self._leaf(number, criterion))
            elif criterion.group:
                if criterion.group not in groups:
                    groups[criterion.group] = {"key": keys[criterion.group], "title": criterion.group, "children": []}
                    top.append(groups[criterion.group])
                groups[criterion.group]["children"].append(self._leaf(number, criterion))
            else:
                parent = None
                top.append(self._leaf(number, criterion))
        return top

    def _kind(self, number: int) -> str:
        """Group, part or leaf: what the map's ``kinds`` (C and S) say."""
        kinds = [kind.upper() for kind in self.table.kinds]
        if not kinds:
            return "leaf"
        if kinds[number] == "S":
            return "part"
        return "group" if "S" in kinds[number + 1 : number + 2] else "leaf"

    def _leaf(self, number: int, criterion: CriterionAt) -> dict[str, Any]:
        scale = self.scales[number]
        written: dict[str, Any] = {"min": json_number(scale.minimum), "max": json_number(scale.maximum)}
        if scale.step is not None:
            written["step"] = json_number(scale.step)
        if scale.labels:
            written["labels"] = dict(scale.labels)
        weight = json_number(self.points(number))
        return {"key": criterion.key, "title": criterion.title, "weight": weight, "scale": written}
