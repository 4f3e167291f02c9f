"""The words that stand beside a cell."""

from scoring.intake.cells import Book
from scoring.intake.places import Place


def row_label(book: Book, place: Place) -> str:
    """The leftmost words in the cell's row, those of merged cells included."""
    for column in range(1, place.column):
        if words := book.text_at(Place(place.sheet, place.row, column)):
            return words
    return ""


def distinct_labels(book: Book, places: list[Place], *, above: bool) -> list[str]:
    """A name for each of several cells in one row (``above``) or one column: the words that tell them apart.

    Above, the nearest row that does; at the left, the first column that does. Cell names where none does.
    """
    if above:
        nearest = range(places[0].row - 1, 0, -1)
        lines = [[Place(p.sheet, row, p.column) for p in places] for row in nearest]
    else:
        lines = [[Place(p.sheet, p.row, column) for p in places] for column in range(1, places[0].column)]
    for line in lines:
        words = _headings(book, line) if above else [book.text_at(place) for place in line]
        if all(words) and len(set(words)) == len(words):
            return words
    return [place.a1 for place in places]


def _headings(book: Book, line: list[Place]) -> list[str]:
    """The words above each of several columns: in the column itself, or to the left of it where it is blank there."""
    found = []
    before = 0
    for place in line:
        near = [Place(place.sheet, place.row, column) for column in range(place.column, before, -1)]
        found.append(next((words for other in near if (words := book.text_at(other))), ""))
        before = place.column
    return found
