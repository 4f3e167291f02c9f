"""Weights that do not add up to what is divided by."""

from collections.abc import Iterator
from fractions import Fraction

from scoring.intake.audit.finding import Finding, Repair
from scoring.intake.audit.workings import Workings
from scoring.intake.formulas.relative import area_of
from scoring.intake.formulas.tree import Call, Reference
from scoring.intake.places import Area, Place
from scoring.intake.tables import Table

ROUND_SUMS = (Fraction(100), Fraction(1))
# Rounding a dozen weights to two places of a hundred cannot miss by more than this.
NEAR = Fraction(1, 200)
# Where the words say that these are weights, a larger miss is one.
NEAR_ENOUGH = Fraction(1, 10)
WEIGHT_WORDS = ("weight", "gewicht", "poids", "pondération", "peso", "pesi", "ponderación")
# What no one sees at two decimals of 100.
UNSEEN = Fraction(1, 20_000)
LEAST = 3


def check(workings: Workings) -> Iterator[Finding]:
    """Sums of typed weights that just miss 100 or 1; then those of the map against what it says they add up to."""
    told = set()
    for place in workings.trees:
        area = _typed_sum(workings, place)
        total = workings.calculation.number(place)
        if area is None or total is None:
            continue
        for meant in ROUND_SUMS:
            if 0 < abs(total - meant) <= meant * (NEAR_ENOUGH if _called_weights(workings, area) else NEAR):
                told.add(total)
                yield _finding(workings, place, list(area.places()), total, meant)
    for table in workings.tables:
        yield from _of_table(workings, table, told)


def _called_weights(workings: Workings, area: Area) -> bool:
    """Whether the words just above or to the left of the range say that it holds weights."""
    before = [area.first.moved(-far, 0) if area.columns == 1 else area.first.moved(0, -far) for far in (1, 2, 3)]
    words = " ".join(workings.book.text_at(p) for p in before if p.row > 0 and p.column > 0).casefold()
    return any(word in words for word in WEIGHT_WORDS)


def _typed_sum(workings: Workings, place: Place) -> Area | None:
    """The range of a plain SUM over at least three typed numbers."""
    tree = workings.trees[place]
    if not isinstance(tree, Call) or tree.name != "SUM" or len(tree.arguments) != 1:
        return None
    argument = tree.arguments[0]
    if not isinstance(argument, Reference) or argument.last is None:
        return None
    area = area_of(argument, place)
    if (area.rows == 1) == (area.columns == 1) or area.sheet not in workings.book.sheets:
        return None
    cells = list(workings.book.sheets[area.sheet].inside(area))
    numbers = [workings.typed_number(cell.place) for cell in cells]
    return area if len(numbers) >= LEAST and all(number is not None and number >= 0 for number in numbers) else None


def _of_table(workings: Workings, table: Table, told: set[Fraction]) -> Iterator[Finding]:
    meant = workings.mapped.criteria.add_to if workings.mapped else None
    total = table.weights
    places = [c.weight_place for c in table.criteria if c.weight_place is not None]
    if meant is None or total is None or total in (meant, *told) or not places:
        return
    told.add(total)
    yield _finding(workings, _sum_of(workings, places) or places[0], places, total, meant)


def _sum_of(workings: Workings, places: list[Place]) -> Place | None:
    """The formula that adds up just these cells."""
    wanted = set(places)
    for place, tree in workings.trees.items():
        if isinstance(tree, Call) and tree.name == "SUM" and workings.reads.get(place) == wanted:
            return place
    return None


def _finding(workings: Workings, place: Place, weights: list[Place], total: Fraction, meant: Fraction) -> Finding:
    scaled = {p: n * meant / total for p in weights if (n := workings.calculation.number(p))} if total else {}
    repair: Repair = scaled
    seen = abs(total - meant) > meant * UNSEEN
    facts = {"label": workings.label(place), "divisor": meant}
    about = tuple(weights)
    return Finding("weights_sum", "error" if seen else "warning", place, total, meant, facts, about, repair)
