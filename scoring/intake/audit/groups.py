"""Where a workbook shows its totals and ranks: as its map says, else as its formulas show."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from scoring.intake.audit.labels import distinct_labels
from scoring.intake.cells import Book
from scoring.intake.formulas.relative import area_of, skeleton
from scoring.intake.formulas.tree import Binary, Call, Reference, Tree, Unary, references
from scoring.intake.places import Place
from scoring.intake.tables import Table

NEAR = 3


@dataclass(frozen=True)
class Standing:
    """One option's result cells."""

    name: str
    total: Place
    rank: Place | None = None
    normalised: Place | None = None


@dataclass(frozen=True)
class Group:
    """Options that are ranked against each other."""

    name: str
    standings: tuple[Standing, ...]
    lowest_first: bool = False


def of_tables(tables: list[Table], lowest_first: bool) -> list[Group]:
    """The groups that a map names."""
    groups = []
    for table in tables:
        standings = [
            Standing(option.name, option.results.total, option.results.rank, option.results.normalised)
            for option in table.options
            if option.results.total is not None
        ]
        if len(standings) > 1:
            groups.append(Group(table.name or ", ".join(table.sheets), tuple(standings), lowest_first))
    return groups


def guessed(book: Book, trees: dict[Place, Tree]) -> list[Group]:
    """Rows or columns of at least two formulas that add up products in the same way."""
    scores = [place for place, tree in trees.items() if _adds_products(book, tree, place, trees)]
    groups, taken = [], set()
    for above in (True, False):
        lines: dict[tuple[str, int, str], list[Place]] = defaultdict(list)
        for place in scores:
            if place not in taken:
                line = place.row if above else place.column
                lines[place.sheet, line, skeleton(trees[place])].append(place)
        for places in lines.values():
            if len(places) > 1:
                taken.update(places)
                groups.append(_group(book, trees, sorted(places), above=above))
    return groups


def _group(book: Book, trees: dict[Place, Tree], places: list[Place], *, above: bool) -> Group:
    names = distinct_labels(book, places, above=above)
    ranks = _ranks(trees, places, above=above)
    return Group(places[0].sheet, tuple(Standing(n, p, r) for n, p, r in zip(names, places, ranks, strict=True)))


def _ranks(trees: dict[Place, Tree], totals: list[Place], *, above: bool) -> list[Place | None]:
    """The cells just below (or to the right) that each read a total, and one of them several."""
    for far in range(1, NEAR + 1):
        found = [place.moved(far, 0) if above else place.moved(0, far) for place in totals]
        if not all(place in trees for place in found):
            continue
        read = [_how_many(trees[place], place, totals) for place in found]
        if min(read) >= 1 and max(read) > 1:
            return list(found)
    return [None] * len(totals)


def _how_many(tree: Tree, place: Place, totals: list[Place]) -> int:
    """How many of the totals a formula reads."""
    areas = [area_of(reference, place) for reference in references(tree)]
    return sum(any(total in area for area in areas) for total in totals)


def _adds_products(book: Book, tree: Tree, place: Place, trees: dict[Place, Tree]) -> bool:
    if isinstance(tree, Call) and tree.name == "SUM" and len(tree.arguments) == 1:
        argument = tree.arguments[0]
        if not isinstance(argument, Reference) or argument.last is None:
            return False
        area = area_of(argument, place)
        sheet = book.sheets.get(area.sheet)
        inside = [cell.place for cell in sheet.inside(area) if cell.place in trees] if sheet else []
        return len(inside) > 1 and sum(is_product(trees[other]) for other in inside) * 2 > len(inside)
    if isinstance(tree, Call) and tree.name == "SUMPRODUCT":
        return len(references(tree)) > 1
    return sum(is_product(term) for term in _terms(tree)) > 1


def is_product(tree: Tree) -> bool:
    """Whether it multiplies at least two cells."""
    if isinstance(tree, Unary):
        return is_product(tree.operand)
    multiplies = (isinstance(tree, Binary) and tree.operator in "*/") or (
        isinstance(tree, Call) and tree.name == "PRODUCT"
    )
    return multiplies and len(references(tree)) > 1


def _terms(tree: Tree) -> Iterator[Tree]:
    if isinstance(tree, Binary) and tree.operator in "+-":
        yield from _terms(tree.left)
        yield from _terms(tree.right)
    else:
        yield tree
