"""Marks and weights as numbers: links followed, text read, and whatever is none told with its cell."""

from collections import Counter
from fractions import Fraction

from scoring.intake.cells import Book
from scoring.intake.faults import Told
from scoring.intake.formulas.calculation import Calculation
from scoring.intake.formulas.reading import Unreadable, read
from scoring.intake.formulas.relative import area_of
from scoring.intake.formulas.tree import Reference
from scoring.intake.places import Place
from scoring.intake.tables import shown
from scoring.intake.values import ExcelError, Unknown, number_in

MOST_LINKS = 50


class CellNumbers:
    """Reads numbers from cells. ``told`` gathers what could not be read; ``texts`` counts, by sheet, numbers kept as text."""

    def __init__(self, book: Book, calculation: Calculation) -> None:
        self.book = book
        self.calculation = calculation
        self.told: list[Told] = []
        self.texts: Counter[str] = Counter()
        self.read_from: Counter[str] = Counter()

    def source(self, place: Place) -> Place:
        """The cell that a chain of plain links ends at: a blank there is a blank, though the link shows 0."""
        for _ in range(MOST_LINKS):
            linked = link(self.book, place)
            if linked is None:
                return place
            place = linked
        return place

    def number(self, place: Place) -> Fraction | None:
        """The number there; None where it is blank, or where what stands there was told."""
        origin = self.source(place)
        cell = self.book.cell(origin)
        value = self.calculation.value(origin)
        if value is None or (isinstance(value, str) and not value.strip()):
            return None
        self.read_from[origin.sheet] += 1
        if cell is not None and cell.dated:
            self._tell("date_for_number", origin)
            return None
        if isinstance(value, str):
            return self._text(value, origin)
        if isinstance(value, Fraction):
            return value
        self._tell("unreadable_number", origin, shown=shown(value))
        return None

    def is_error(self, place: Place) -> bool:
        """Whether an error value stands there."""
        return isinstance(self.calculation.value(place), ExcelError | Unknown)

    def _text(self, value: str, place: Place) -> Fraction | None:
        number = number_in(value)
        if number is None:
            self._tell("unreadable_number", place, shown=shown(value))
        else:
            self.texts[place.sheet] += 1
        return number

    def _tell(self, code: str, place: Place, **facts: str) -> None:
        told = Told(code, facts, str(place))
        if told not in self.told:
            self.told.append(told)


def link(book: Book, place: Place) -> Place | None:
    """The cell a plain link (``=Other!B2``) points at; None where the cell is no plain link."""
    cell = book.cell(place)
    if cell is None or not cell.formula:
        return None
    try:
        tree = read(cell.formula)
    except Unreadable:
        return None
    return area_of(tree, place).first if isinstance(tree, Reference) and tree.last is None else None
