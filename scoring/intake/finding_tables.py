"""A map laid over a workbook: from places to criteria, options and marks."""

from collections.abc import Iterator
from fnmatch import fnmatchcase
from fractions import Fraction

from scoring.intake.cells import Book
from scoring.intake.faults import Told, refused
from scoring.intake.finding_criteria import CriteriaFinder, check_sheets
from scoring.intake.formulas.calculation import Calculation
from scoring.intake.mapping.model import CellList, Map, Repeat, SheetPlan
from scoring.intake.numbers_in_cells import CellNumbers
from scoring.intake.places import Place
from scoring.intake.tables import CriterionAt, Found, Mark, OptionAt, Results, Table, unique
from scoring.model import Scale

MOST_UNTIL_BLANK = 2_000


def find_tables(book: Book, mapped: Map, calculation: Calculation) -> Found:
    """The tables a map names. Raises WorkbookError where there is no such sheet, or none that is filled in."""
    numbers = CellNumbers(book, calculation)
    found = Found([], [], [])
    plans = list(_sheets(book, mapped))
    finder = _Finder(book, mapped, numbers, found)
    if mapped.each_sheet == "option":
        found.tables = [finder.of_options(plans)]
    else:
        tables = [table for sheet, plan in plans if (table := finder.of_sheet(sheet, plan)) is not None]
        found.tables = tables
    if not found.tables or not any(table.options for table in found.tables):
        raise refused("nothing_filled_in", sheets=", ".join(sheet for sheet, _ in plans))
    found.told += numbers.told
    for sheet, count in numbers.texts.items():
        found.told.append(Told("numbers_as_text", {"count": count, "of": numbers.read_from[sheet]}, sheet))
    return found


def _sheets(book: Book, mapped: Map) -> Iterator[tuple[str, SheetPlan]]:
    seen = set()
    for plan in mapped.sheets:
        names = [name for name in book.sheets if name == plan.pattern] or [
            name for name in book.sheets if fnmatchcase(name, plan.pattern)
        ]
        if not names:
            raise refused("no_such_sheet", sheet=plan.pattern, sheets=", ".join(book.sheets))
        for name in names:
            left = any(name == p or fnmatchcase(name, p) for p in mapped.left_out)
            if name not in seen and not left:
                seen.add(name)
                yield name, plan


class _Finder:
    """Lays the map's plans over one sheet after the other."""

    def __init__(self, book: Book, mapped: Map, numbers: CellNumbers, found: Found) -> None:
        self.book = book
        self.mapped = mapped
        self.numbers = numbers
        self.found = found
        self.criteria = CriteriaFinder(book, mapped, numbers, found)

    def of_sheet(self, sheet: str, plan: SheetPlan) -> Table | None:
        """The table of one sheet; None, told, where it is an empty form."""
        errors = [place for place in self.criteria.weight_places(sheet, plan) if self.numbers.is_error(place)]
        if errors:
            self.found.told.append(Told("empty_form_error", {"cell": errors[0].a1}, sheet))
            return None
        criteria, kinds = self.criteria.read(sheet, plan)
        called = plan.name or sheet
        evaluator = called if self.mapped.each_sheet == "evaluator" else ""
        marks = self.mapped.options.marks
        evaluators = [(key, key) for key in marks if key]
        options = self._options(sheet, criteria, kinds, evaluator)
        if not any(option.marked for option in options):
            self.found.told.append(Told("empty_form", {}, sheet))
            return None
        return Table(called, (sheet,), criteria, options, evaluator, tuple(evaluators), kinds)

    def of_options(self, plans: list[tuple[str, SheetPlan]]) -> Table:
        """One table over all sheets, each an option."""
        first, plan = plans[0]
        criteria, kinds = self.criteria.read(first, plan)
        raters = {sheet: self._raters(sheet) for sheet, _ in plans}
        longest = max(raters.values(), key=len)
        keys = unique(name for name, _, _ in longest)
        named = [plan.name or sheet for sheet, plan in plans]
        options = []
        for key, name, (sheet, _) in zip(unique(named), named, plans, strict=True):
            marks: dict[int, tuple[Mark, ...]] = {}
            for number, criterion in enumerate(criteria):
                marks[number] = tuple(
                    self._mark(items[number], criterion, keys[index])
                    for index, (_, _, items) in enumerate(raters[sheet])
                )
            options.append(OptionAt(key, name, marks, self._results(sheet, 0, 0)))
        evaluators = tuple(zip(keys, (name for name, _, _ in longest), strict=True))
        return Table("", tuple(raters), criteria, tuple(options), evaluators=evaluators, kinds=kinds)

    def _raters(self, sheet: str) -> list[tuple[str, Place | None, list[tuple[Place, ...]]]]:
        """Each evaluator's name, its cell, and the cells of their marks on one option's sheet."""
        plan = self.mapped.evaluators
        if plan is None:
            items = self.mapped.options.marks[""].items(sheet, 0, 0, whole=self.mapped.options.parts)
            return [("", None, items)]
        found = []
        for rows, columns, name, place in self._repeated(plan.repeat, plan.name, sheet, ()):
            found.append((name, place, plan.marks.items(sheet, rows, columns, whole=False)))
        if not found:
            raise refused("no_evaluator", sheet)
        return found

    def _options(
        self, sheet: str, criteria: tuple[CriterionAt, ...], kinds: tuple[str, ...], evaluator: str
    ) -> tuple[OptionAt, ...]:
        plan = self.mapped.options
        raw = list(self._repeated(plan.repeat, plan.name, sheet, plan.names))
        keys = unique(name for _, _, name, _ in raw)
        options = []
        for key, (rows, columns, name, place) in zip(keys, raw, strict=True):
            marks: dict[int, tuple[Mark, ...]] = dict.fromkeys(range(len(criteria)), ())
            for who, spec in plan.marks.items():
                check_sheets(self.book, spec)
                items = spec.items(sheet, rows, columns, whole=plan.parts)
                if len(items) != len(criteria):
                    raise refused("not_as_many", sheet, what="marks", count=len(items), criteria=len(criteria))
                for number, criterion in enumerate(criteria):
                    if not _is_group(kinds, number):
                        marks[number] += (self._mark(items[number], criterion, who or evaluator),)
            values = {key: self.numbers.number(at.places(sheet, rows, columns)[0]) for key, at in plan.values.items()}
            options.append(OptionAt(key, name, marks, self._results(sheet, rows, columns), place, values))
        return tuple(options)

    def _results(self, sheet: str, rows: int, columns: int) -> Results:
        plan = self.mapped.options

        def one(spec: CellList | None) -> Place | None:
            return spec.places(sheet, rows, columns)[0] if spec else None

        weighted = tuple(plan.weighted.places(sheet, rows, columns)) if plan.weighted else ()
        return Results(one(plan.total), one(plan.normalised), one(plan.rank), weighted)

    def _mark(self, places: tuple[Place, ...], criterion: CriterionAt, evaluator: str) -> Mark:
        """The mark in its cells; in a block of several a blank is a part that does not exist."""
        found = [number for place in places if (number := self.numbers.number(place)) is not None]
        value = sum(found, Fraction(0)) if found else None
        if value is not None and not on_scale(value, block_scale(criterion.scale, len(places))):
            self.found.faults.append(Told("mark_off_scale", {"mark": value}, str(self.numbers.source(places[0]))))
        return Mark(places, value, evaluator)

    def _repeated(
        self, repeat: Repeat, name: CellList | None, sheet: str, names: tuple[str, ...]
    ) -> Iterator[tuple[int, int, str, Place | None]]:
        """How far each one is from the first, its name and the name's cell."""
        for index in range(repeat.count or MOST_UNTIL_BLANK):
            rows, columns = index * repeat.rows, index * repeat.columns
            place = name.places(sheet, rows, columns)[0] if name else None
            words = names[index] if names else self.criteria.name(place) if place else str(index + 1)
            if repeat.count is None and not words:
                return
            yield rows, columns, words or str(index + 1), place


def _is_group(kinds: tuple[str, ...], number: int) -> bool:
    """Whether a criterion is one that has parts: a C followed by an S."""
    following = kinds[number + 1] if number + 1 < len(kinds) else ""
    return bool(kinds) and kinds[number].upper() == "C" and following.upper() == "S"


def block_scale(scale: Scale | None, cells: int) -> Scale | None:
    """The scale of a mark that several cells are summed to: up to all of them at their most."""
    if scale is None or cells == 1:
        return scale
    return Scale(min(scale.minimum, Fraction(0)), scale.maximum * cells, scale.step)


def on_scale(value: Fraction, scale: Scale | None) -> bool:
    """Whether a mark is within its scale and on its step."""
    if scale is None:
        return True
    if not scale.minimum <= value <= scale.maximum:
        return False
    return scale.step is None or ((value - scale.minimum) / scale.step).denominator == 1
