"""Ranks: different ways of ranking in one workbook, and a range that moves from one rank to the next."""

from collections.abc import Iterator
from fractions import Fraction

from scoring.intake.audit.finding import Finding
from scoring.intake.audit.groups import Group
from scoring.intake.audit.workings import Workings
from scoring.intake.formulas.relative import area_of
from scoring.intake.formulas.tree import Binary, Call, Corner, Number, Reference, Tree, replaced, walk
from scoring.intake.places import Area, Place

RANKING = {"RANK", "RANK.EQ", "RANK.AVG"}
COMPARISONS = {"<", ">", "<=", ">="}


def check(workings: Workings) -> Iterator[Finding]:
    """Ways of ranking over the whole book, then the ranges of each group."""
    yield from _mixed(workings)
    for group in workings.groups:
        yield from _moving(workings, group)


def _mixed(workings: Workings) -> Iterator[Finding]:
    """One finding, at the first rank made in another way than the first."""
    ways: dict[str, Place] = {}
    for group in workings.groups:
        for standing in group.standings:
            if standing.rank is not None and (way := _way(workings, standing.rank)):
                ways.setdefault(way, standing.rank)
        dense = _dense(workings, group)
        if dense is not None:
            ways.setdefault("dense", dense)
    if len(ways) > 1:
        places = tuple(ways.values())
        yield Finding(
            "ranks_mixed", "warning", places[1], facts={"ways": list(ways), "other": str(places[0])}, about=places
        )


def _way(workings: Workings, place: Place) -> str:
    """How a rank is made; empty where it cannot be told."""
    if workings.typed_number(place) is not None:
        return "typed"
    for part in walk(workings.trees[place]) if place in workings.trees else ():
        if isinstance(part, Call) and part.name in RANKING:
            low = len(part.arguments) > 2 and part.arguments[2] != Number(Fraction(0), "0")
            return ("average" if part.name == "RANK.AVG" else "first") + ("_lowest" if low else "")
        if isinstance(part, Binary) and part.operator in COMPARISONS:
            return "first"
    return ""


def _dense(workings: Workings, group: Group) -> Place | None:
    """The rank that follows a tie without a gap (1, 1, 2); None where there is none."""
    shown = [
        (rank, s.rank) for s in group.standings if s.rank and (rank := workings.calculation.number(s.rank)) is not None
    ]
    numbers = [rank for rank, _ in shown]
    for rank, place in shown:
        if any(numbers.count(other) > 1 and rank == other + 1 for other in numbers):
            return place
    return None


def _moving(workings: Workings, group: Group) -> Iterator[Finding]:
    """RANK over cells that do not hold all the totals: its range moved along when it was copied."""
    totals = [standing.total for standing in group.standings]
    whole = _around(totals)
    for standing in group.standings:
        place = standing.rank
        tree = workings.trees.get(place) if place else None
        call = next((p for p in walk(tree) if isinstance(p, Call) and p.name in RANKING), None) if tree else None
        if place is None or tree is None or call is None or len(call.arguments) < 2:
            continue
        among = call.arguments[1]
        if not isinstance(among, Reference) or all(total in area_of(among, place) for total in totals):
            continue
        expected = replaced(tree, lambda reference, among=among: _over(reference, among, whole))
        shown, right = workings.value(place), workings.calculation.worked_out(place, expected)
        level = "error" if shown != right else "warning"
        facts = {"option": standing.name, "range": area_of(among, place).a1, "whole": whole.a1}
        repair: dict[Place, Tree] = {place: expected}
        yield Finding("rank_range", level, place, shown, right, facts, repair=repair, mends=True)


def _around(places: list[Place]) -> Area:
    rows, columns = [p.row for p in places], [p.column for p in places]
    return Area(places[0].sheet, min(rows), min(columns), max(rows), max(columns))


def _over(reference: Reference, among: Reference, whole: Area) -> Reference:
    if reference != among:
        return reference
    first = Corner(whole.top, whole.left, True, True)
    return Reference(reference.sheet, first, Corner(whole.bottom, whole.right, True, True))
