"""Blanks that are counted: as 0 by arithmetic and links, as 1 by PRODUCT. An option nobody marked has no total."""

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from scoring.intake.audit.finding import Finding
from scoring.intake.audit.workings import Workings
from scoring.intake.formulas.relative import area_of
from scoring.intake.formulas.tree import Binary, Call, Reference, Tree, Unary, walk
from scoring.intake.numbers_in_cells import link
from scoring.intake.places import Place

ARITHMETIC = {"+", "-", "*", "/"}


def check(workings: Workings) -> Iterator[Finding]:
    """Options without a mark first; then single blanks; then what would happen to a blank, were there one."""
    blank_in = {place: blanks for place, tree in workings.trees.items() if (blanks := _blanks(workings, place, tree))}
    unmarked = set()
    for group in workings.groups:
        for standing in group.standings:
            inputs = _inputs(workings, standing.total)
            if inputs and all(place in blank_in for place in inputs) and _is_number(workings, standing.total):
                unmarked.update(inputs)
                yield _unmarked(workings, standing.total, standing.name, tuple(inputs))
    for place, blanks in blank_in.items():
        if place not in unmarked and _is_number(workings, place):
            yield _counted(workings, place, blanks)
    yield from _links_to_blanks(workings)
    yield from _would_be_counted(workings)


def _is_number(workings: Workings, place: Place) -> bool:
    return isinstance(workings.value(place), Fraction)


def _inputs(workings: Workings, total: Place) -> list[Place]:
    """The formulas that a total adds up."""
    tree = workings.trees.get(total)
    if isinstance(tree, Call) and tree.name in ("SUM", "SUMPRODUCT"):
        return sorted(place for place in workings.reads.get(total, ()) if place in workings.trees)
    return []


def _blanks(workings: Workings, place: Place, tree: Tree) -> tuple[Place, ...]:
    """The blank cells that a formula multiplies or adds, read directly or by plain links."""
    found = []
    for part in walk(tree):
        for operand in _operands(part):
            if isinstance(operand, Reference) and operand.last is None:
                source = _source(workings, area_of(operand, place).first)
                if workings.value(source) is None and source.sheet in workings.book.sheets:
                    found.append(source)
    return tuple(dict.fromkeys(found))


def _operands(tree: Tree) -> tuple[Tree, ...]:
    if isinstance(tree, Binary) and tree.operator in ARITHMETIC:
        return tree.left, tree.right
    if isinstance(tree, Unary):
        return (tree.operand,)
    return tree.arguments if isinstance(tree, Call) and tree.name == "PRODUCT" else ()


def _source(workings: Workings, place: Place) -> Place:
    """The end of a chain of plain links."""
    for _ in range(50):
        linked = link(workings.book, place)
        if linked is None:
            break
        place = linked
    return place


def _unmarked(workings: Workings, total: Place, name: str, about: tuple[Place, ...]) -> Finding:
    facts = {"option": name, "label": workings.label(total)}
    return Finding("unmarked_as_zero", "error", total, workings.value(total), None, facts, about)


def _counted(workings: Workings, place: Place, blanks: tuple[Place, ...]) -> Finding:
    """A blank in a product: with PRODUCT the other factor is left as it is, else the product is 0."""
    tree = workings.trees[place]
    skipped = (
        any(isinstance(part, Call) and part.name == "PRODUCT" for part in walk(tree)) and workings.value(place) != 0
    )
    code = "product_skips_blank" if skipped else "blank_counted_as_zero"
    counted = any(
        place in workings.reads.get(standing.total, ()) for group in workings.groups for standing in group.standings
    )
    level = "error" if skipped or counted else "warning"
    facts = {
        "label": workings.label(place),
        "blank": str(blanks[0]) if blanks[0].sheet != place.sheet else blanks[0].a1,
    }
    return Finding(code, level, place, workings.value(place), None, facts, blanks)


def _links_to_blanks(workings: Workings) -> Iterator[Finding]:
    """A link to a blank shows 0: an average over it then counts a mark nobody gave."""
    for place in workings.trees:
        linked = link(workings.book, place)
        if (
            linked is None
            or linked.sheet not in workings.book.sheets
            or workings.value(_source(workings, linked)) is not None
        ):
            continue
        anew = workings.mended({place: None})
        changed = sorted(p for p in anew.affected - {place} if anew.value(p) != workings.value(p))
        level = "error" if changed else "warning"
        facts = {
            "label": workings.label(place),
            "blank": str(linked),
            "changed": ", ".join(str(p) for p in changed[:3]),
        }
        yield Finding(
            "link_to_blank", level, place, workings.value(place), None, facts, (linked,), {place: None}, mends=True
        )


def _would_be_counted(workings: Workings) -> Iterator[Finding]:
    """For each sheet: links whose source, and products whose factor, would be counted were it blank."""
    links: dict[str, list[Place]] = defaultdict(list)
    products: dict[str, list[Place]] = defaultdict(list)
    for place, tree in workings.trees.items():
        linked = link(workings.book, place)
        if linked is not None and workings.typed_number(linked) is not None and workings.calculation.readers.get(place):
            links[place.sheet].append(place)
        if isinstance(tree, Call) and tree.name == "PRODUCT" and len(tree.arguments) > 1:
            products[place.sheet].append(place)
    for code, found in (("blank_through_link", links), ("product_over_blank", products)):
        for places in found.values():
            if len(places) > 1:
                facts = {"count": len(places)}
                yield Finding(
                    code, "info", places[0], workings.value(places[0]), None, facts, tuple(places), whole_sheet=True
                )
