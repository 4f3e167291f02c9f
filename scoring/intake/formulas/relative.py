"""Formulas as their neighbours see them: references told by how far off they are (row and column offsets)."""

from scoring.intake.formulas.tree import Corner, Name, Number, Reference, Text, Tree, children, replaced, written
from scoring.intake.places import LAST_COLUMN, LAST_ROW, Area, Place


def shape(tree: Tree, place: Place) -> Tree:
    """The tree with relative references told as offsets from ``place``: equal where a formula was copied."""

    def change(reference: Reference) -> Tree:
        last = None if reference.last is None else _offset(reference.last, place)
        return Reference(reference.sheet, _offset(reference.first, place), last)

    return replaced(tree, change)


def skeleton(tree: Tree) -> str:
    """The tree with its references and numbers left out: equal where the same sum is done on other cells."""

    def change(reference: Reference) -> Tree:
        return Name("cell" if reference.last is None else "range")

    return _without_numbers(replaced(tree, change))


def at(form: Tree, place: Place) -> Tree | None:
    """The formula that a shape gives at ``place``; None where it would leave the sheet."""
    outside = False

    def change(reference: Reference) -> Tree:
        nonlocal outside
        corners = [_onto(corner, place) for corner in (reference.first, reference.last) if corner is not None]
        outside = outside or any(not (1 <= c.row <= LAST_ROW and 1 <= c.column <= LAST_COLUMN) for c in corners)
        return Reference(reference.sheet, corners[0], corners[1] if len(corners) > 1 else None)

    tree = replaced(form, change)
    return None if outside else tree


def plain(tree: Tree) -> str:
    """The formula's text without its ``$``: equal where the same cells are read."""

    def bare(corner: Corner) -> Corner:
        return Corner(corner.row, corner.column)

    def change(reference: Reference) -> Tree:
        return Reference(reference.sheet, bare(reference.first), None if not reference.last else bare(reference.last))

    return written(replaced(tree, change))


def area_of(reference: Reference, place: Place) -> Area:
    """The cells that a reference in the formula at ``place`` names."""
    first, last = reference.first, reference.last or reference.first
    rows, columns = sorted((first.row, last.row)), sorted((first.column, last.column))
    return Area(reference.sheet or place.sheet, rows[0], columns[0], rows[1], columns[1])


def _offset(corner: Corner, place: Place) -> Corner:
    row = corner.row if corner.fixed_row else corner.row - place.row
    column = corner.column if corner.fixed_column else corner.column - place.column
    return Corner(row, column, corner.fixed_row, corner.fixed_column)


def _onto(corner: Corner, place: Place) -> Corner:
    row = corner.row if corner.fixed_row else corner.row + place.row
    column = corner.column if corner.fixed_column else corner.column + place.column
    return Corner(row, column, corner.fixed_row, corner.fixed_column)


def _without_numbers(tree: Tree) -> str:
    if isinstance(tree, Number):
        return "n"
    if isinstance(tree, Text):
        return "t"
    parts = [_without_numbers(part) for part in children(tree)]
    head = getattr(tree, "operator", None) or getattr(tree, "name", None) or written(tree)
    return f"{head}({','.join(parts)})" if parts else head
