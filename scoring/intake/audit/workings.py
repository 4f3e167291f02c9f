"""What every check works with: the book worked out exactly, its formulas read, and what a repair would change."""

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property

from scoring.intake.audit import groups
from scoring.intake.audit.finding import Effect, Repair
from scoring.intake.audit.groups import Group
from scoring.intake.audit.labels import row_label
from scoring.intake.cells import Book, Cell
from scoring.intake.formulas.calculation import Calculation
from scoring.intake.formulas.reading import Unreadable, read
from scoring.intake.formulas.relative import area_of
from scoring.intake.formulas.tree import Tree, references
from scoring.intake.mapping.model import Map
from scoring.intake.places import Place
from scoring.intake.tables import Found, Table
from scoring.intake.values import Value

MOST_CELL_EFFECTS = 6


class Workings:
    """A book under audit. ``mapped`` and ``found`` are None where there is no map."""

    def __init__(self, book: Book, mapped: Map | None = None, found: Found | None = None) -> None:
        self.book = book
        self.mapped = mapped
        self.found = found
        self.calculation = Calculation(book).everything()
        self.trees = dict(self._read())
        self.right: dict[Place, Fraction] = {}

    def _read(self) -> Iterator[tuple[Place, Tree]]:
        for cell in self.book.cells():
            if cell.formula:
                try:
                    yield cell.place, read(cell.formula)
                except Unreadable:
                    continue

    @property
    def tables(self) -> list[Table]:
        """The tables of the map; none without one."""
        return self.found.tables if self.found else []

    @cached_property
    def groups(self) -> list[Group]:
        """Options ranked against each other."""
        named = groups.of_tables(self.tables, self.mapped.lowest_first) if self.mapped else []
        return named or groups.guessed(self.book, self.trees)

    @cached_property
    def reads(self) -> dict[Place, set[Place]]:
        """Formula → the filled cells it reads."""
        found: dict[Place, set[Place]] = defaultdict(set)
        for place, readers in self.calculation.readers.items():
            for reader in readers:
                found[reader].add(place)
        return found

    def upstream(self, place: Place) -> set[Place]:
        """Every filled cell that a formula reads, directly or not, itself included."""
        found, waiting = {place}, [place]
        while waiting:
            for other in self.reads.get(waiting.pop(), ()):
                if other not in found:
                    found.add(other)
                    waiting.append(other)
        return found

    def cell(self, place: Place) -> Cell | None:
        return self.book.cell(place)

    def value(self, place: Place) -> Value:
        """The exact value, as the workbook stands."""
        return self.calculation.value(place)

    def typed_number(self, place: Place) -> Fraction | None:
        """The number typed in a cell; None where it is a formula, text or blank."""
        cell = self.book.cell(place)
        return cell.value if cell and not cell.formula and isinstance(cell.value, Fraction) else None

    def read_areas(self, place: Place) -> list[Place]:
        """The single cells a formula names, in their order."""
        tree = self.trees.get(place)
        single = [r for r in references(tree) if r.last is None] if tree is not None else []
        return [area_of(reference, place).first for reference in single]

    def label(self, place: Place) -> str:
        """The words of the cell's row."""
        return row_label(self.book, place)

    def mended(self, repair: Repair) -> Calculation:
        """The book with some cells changed."""
        return Calculation(self.book, repair, base=self.calculation)

    def effects(self, repair: Repair) -> tuple[Effect, ...]:
        """What a repair changes: totals, figures made from them and ranks; other end results where there are none."""
        if not repair:
            return ()
        anew = self.mended(repair)
        found = [effect for group in self.groups for effect in self._on_group(group, anew)]
        return tuple(found) or tuple(self._on_cells(anew, repair))

    def _on_group(self, group: Group, anew: Calculation) -> Iterator[Effect]:
        touched = False
        for standing in group.standings:
            for kind, place in (
                ("total", standing.total),
                ("normalised", standing.normalised),
                ("rank", standing.rank),
            ):
                if place is None or place not in anew.affected:
                    continue
                touched = touched or kind == "total"
                shown, right = self.value(place), anew.value(place)
                if shown != right:
                    yield Effect(kind, group.name, standing.name, place, shown, right)
        if touched and any(standing.rank is None for standing in group.standings):
            yield from self._on_order(group, anew)

    def _on_order(self, group: Group, anew: Calculation) -> Iterator[Effect]:
        """Ranks that no cell shows."""
        before = ranks([self.calculation.number(s.total) for s in group.standings], group.lowest_first)
        after = ranks([anew.number(s.total) for s in group.standings], group.lowest_first)
        for standing, old, new in zip(group.standings, before, after, strict=True):
            if old != new:
                yield Effect("rank", group.name, standing.name, standing.total, _whole(old), _whole(new))

    def _on_cells(self, anew: Calculation, repair: Repair) -> Iterator[Effect]:
        ends = sorted(p for p in anew.affected if not self.calculation.readers.get(p) and p not in repair)
        changed = [p for p in ends if self.value(p) != anew.value(p)]
        for place in changed[:MOST_CELL_EFFECTS]:
            name = self.label(place)
            yield Effect("cell", place.sheet, name, place, self.value(place), anew.value(place))


def ranks(totals: list[Fraction | None], lowest_first: bool = False) -> list[int | None]:
    """1, 2, 2, 4: one more than how many are better; None for those without a total."""
    present = [total for total in totals if total is not None]
    sign = -1 if lowest_first else 1
    return [None if t is None else 1 + sum(sign * other > sign * t for other in present) for t in totals]


def _whole(rank: int | None) -> Value:
    return None if rank is None else Fraction(rank)
