"""Equal totals: shown as a tie, not shown, or parted by a binary number's last digit; and totals that only look equal."""

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from scoring.intake.audit.finding import Finding
from scoring.intake.audit.groups import Group, Standing
from scoring.intake.audit.workings import Workings, ranks
from scoring.numbers import plain, rounded

MOST_DECIMALS = 6


def check(workings: Workings) -> Iterator[Finding]:
    """Group by group."""
    for group in workings.groups:
        marked = [
            s for s in group.standings if workings.calculation.number(s.total) is not None and _marked(workings, s)
        ]
        yield from _ties(workings, group, marked)
        yield from _look_equal(workings, group, marked)
        for standing in marked:
            yield from _half_below(workings, standing)


def _marked(workings: Workings, standing: Standing) -> bool:
    """Whether the map knows of a mark for it; without a map a total of 0 is taken for none."""
    options = [o for table in workings.tables for o in table.options if o.results.total == standing.total]
    return options[0].marked if options else workings.value(standing.total) != 0


def _ties(workings: Workings, group: Group, standings: list[Standing]) -> Iterator[Finding]:
    totals = [workings.calculation.number(s.total) for s in standings]
    places = ranks(totals, group.lowest_first)
    same: dict[int, list[Standing]] = defaultdict(list)
    for standing, place in zip(standings, places, strict=True):
        if place is not None:
            same[place].append(standing)
    for place, tied in same.items():
        if len(tied) < 2:
            continue
        total = workings.value(tied[0].total)
        facts = {"names": [s.name for s in tied], "place": place}
        about = tuple(s.total for s in tied)
        shown = {workings.value(s.rank) for s in tied if s.rank is not None}
        if not shown:
            yield Finding("tie_unmarked", "warning", tied[0].total, total, None, facts, about)
        elif len(shown) > 1:
            yield Finding("tie_parted", "error", tied[0].rank or tied[0].total, total, None, facts, about)


def _look_equal(workings: Workings, group: Group, standings: list[Standing]) -> Iterator[Finding]:
    """Neighbours in the ranking whose totals differ, but not to one decimal."""
    found = [(total, s) for s in standings if (total := workings.calculation.number(s.total)) is not None]
    found.sort(key=lambda pair: pair[0], reverse=not group.lowest_first)
    totals = [total for total, _ in found]
    for (better, one), (worse, other) in pairwise(found):
        if better != worse and abs(better) >= 1 and rounded(better, "half_up", 1) == rounded(worse, "half_up", 1):
            place = 1 + totals.index(better)
            facts = {"names": [one.name, other.name], "place": place, "other": worse}
            yield Finding("looks_equal", "info", one.total, better, None, facts, (one.total, other.total))


def _half_below(workings: Workings, standing: Standing) -> Iterator[Finding]:
    """A total that ends in 5 and is stored a hair below it: rounding by hand and by machine disagree."""
    exact, cell = workings.calculation.number(standing.total), workings.book.cell(standing.total)
    if exact is None or cell is None or not isinstance(cell.value, Fraction) or cell.value == exact:
        return
    decimals = len(plain(exact).partition(".")[2])
    if 2 <= decimals <= MOST_DECIMALS:
        by_hand, stored = (rounded(v, "half_up", decimals - 1) for v in (exact, cell.value))
        if by_hand != stored:
            facts = {"option": standing.name, "places": decimals - 1, "by_hand": by_hand, "stored": stored}
            yield Finding("half_stored_below", "info", standing.total, cell.value, exact, facts)
