"""Criteria as a map finds them: names, groups above them, weights tied by place."""

from fractions import Fraction

from scoring.intake.cells import Book
from scoring.intake.faults import Told, refused
from scoring.intake.mapping.model import CellList, Map, SheetPlan
from scoring.intake.numbers_in_cells import CellNumbers
from scoring.intake.places import Place
from scoring.intake.tables import CriterionAt, Found, shown, unique
from scoring.model import Scale


def check_sheets(book: Book, spec: object) -> None:
    """Raise WorkbookError where cells are named on a sheet that is not there."""
    for entry in spec.entries if isinstance(spec, CellList) else ():
        if entry.area.sheet and entry.area.sheet not in book.sheets:
            raise refused("no_such_sheet", sheet=entry.area.sheet, sheets=", ".join(book.sheets))


class CriteriaFinder:
    """Reads the criteria for one sheet after the other; what is amiss goes to ``found``."""

    def __init__(self, book: Book, mapped: Map, numbers: CellNumbers, found: Found) -> None:
        self.book = book
        self.mapped = mapped
        self.numbers = numbers
        self.found = found

    def read(self, sheet: str, plan: SheetPlan) -> tuple[tuple[CriterionAt, ...], tuple[str, ...]]:
        spec = self.mapped.criteria
        if isinstance(spec.names, CellList):
            check_sheets(self.book, spec.names)
            places: list[Place | None] = list(spec.names.places(sheet))
            names = [self.name(place) for place in places if place]
        else:
            places, names = [None] * len(spec.names), list(spec.names)
        if all(not name for name in names):
            raise refused("no_criterion", str(places[0] or sheet))
        weights = self._weights(sheet, plan, len(names))
        self._tell_other_names(sheet, names)
        words = self._words(spec.scale_words, sheet, len(names))
        groups = self._groups(places, sheet)
        better = spec.better * len(names) if len(spec.better) == 1 else spec.better
        if len(better) != len(names):
            raise refused("not_as_many", sheet, what="better", count=len(better), criteria=len(names))
        kinds = self._words(spec.kinds, sheet, len(names)) if spec.kinds else []
        keys = unique(name or "criterion" for name in names)
        made = tuple(
            CriterionAt(
                keys[i], name, weight, places[i], self._scale(weight), groups[i], better[i] == "low", at, words[i]
            )
            for i, (name, (weight, at)) in enumerate(zip(names, weights, strict=True))
        )
        return made, tuple(kinds)

    def _scale(self, weight: Fraction | None) -> Scale | None:
        if self.mapped.scale is not None:
            return self.mapped.scale
        return Scale(Fraction(0), weight) if weight else None

    def weight_places(self, sheet: str, plan: SheetPlan) -> list[Place]:
        spec = plan.weights or self.mapped.criteria.weights
        check_sheets(self.book, spec)
        return spec.places(sheet) if isinstance(spec, CellList) else []

    def _weights(self, sheet: str, plan: SheetPlan, count: int) -> list[tuple[Fraction | None, Place | None]]:
        spec = plan.weights or self.mapped.criteria.weights
        if not isinstance(spec, CellList):
            numbers = list(spec) * count if len(spec) == 1 else list(spec)
            found: list[tuple[Fraction | None, Place | None]] = [(number, None) for number in numbers]
        else:
            check_sheets(self.book, spec)
            found = [(self._weight(place), place) for place in spec.places(sheet)]
        if len(found) != count:
            raise refused("not_as_many", sheet, what="weights", count=len(found), criteria=count)
        return found

    def _weight(self, place: Place) -> Fraction | None:
        number = self.numbers.number(place)
        if number is None:
            self._fault("no_weight", place)
        elif number < 0:
            self._fault("negative_weight", place)
        return number

    def _fault(self, code: str, place: Place) -> None:
        told = Told(code, {}, str(place))
        if told not in self.found.faults:
            self.found.faults.append(told)

    def name(self, place: Place) -> str:
        """The words of a name, or the number that stands for one."""
        words = self.book.text_at(place)
        if words:
            return words
        cell = self.book.cell(self.book.sheets[place.sheet].merged_around(place).first)
        value = self.numbers.calculation.value(cell.place) if cell else None
        return "" if value is None else shown(value)

    def _groups(self, places: list[Place | None], sheet: str) -> list[str]:
        """The group above each criterion; none where one merged cell is both the group's name and the criterion's."""
        spec = self.mapped.criteria.groups
        if spec is None:
            return [""] * len(places)
        check_sheets(self.book, spec)
        groups = spec.places(sheet)
        if len(groups) != len(places):
            raise refused("not_as_many", sheet, what="groups", count=len(groups), criteria=len(places))
        found = []
        for place, group in zip(places, groups, strict=True):
            merged = self.book.sheets[group.sheet].merged_around(group)
            found.append("" if place and place in merged else self.book.text_at(group))
        return found

    def _words(self, spec: CellList | None, sheet: str, count: int) -> list[str]:
        if spec is None:
            return [""] * count
        check_sheets(self.book, spec)
        words = [self.book.text_at(place) for place in spec.places(sheet)]
        if len(words) != count:
            raise refused("not_as_many", sheet, what="scale_words", count=len(words), criteria=count)
        return words

    def _tell_other_names(self, sheet: str, names: list[str]) -> None:
        """Weights are tied to criteria by place: a name that differs there is told."""
        spec = self.mapped.criteria.weight_names
        if spec is None:
            return
        check_sheets(self.book, spec)
        for name, place in zip(names, spec.places(sheet), strict=False):
            other = self.book.text_at(place)
            told = Told("tied_by_place", {"name": name, "other": other}, str(place))
            if other and other.casefold() != name.casefold() and told not in self.found.told:
                self.found.told.append(told)
