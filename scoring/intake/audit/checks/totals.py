"""Totals, figures made from them and ranks against weights and marks; and marks or weights that no total counts."""

from collections.abc import Iterator
from fractions import Fraction

from scoring.intake.audit.finding import Finding
from scoring.intake.audit.workings import Workings
from scoring.intake.formulas.tree import Call, calls
from scoring.intake.places import Place
from scoring.intake.tables import OptionAt, Table

ROUNDING = {"ROUND", "ROUNDUP", "ROUNDDOWN", "TRUNC", "INT"}


def check(workings: Workings) -> Iterator[Finding]:
    """Only with a map: it says which cells are totals and what they are totals of."""
    for table in workings.tables:
        for option in table.options:
            yield from _results(workings, table, option)
            yield from _uncounted_marks(workings, table, option)
        yield from _uncounted_weights(workings, table)


def _results(workings: Workings, table: Table, option: OptionAt) -> Iterator[Finding]:
    results = option.results
    for code, place in (("total", results.total), ("normalised", results.normalised), ("rank", results.rank)):
        right = workings.right.get(place) if place is not None else None
        if place is None or right is None:
            continue
        shown = workings.value(place)
        facts = {"option": option.name, "table": table.name or ", ".join(table.sheets)}
        if shown == right or (code == "normalised" and workings.typed_number(place) is not None):
            continue
        if code == "total" and _only_rounded(workings, place, right):
            yield Finding("rounded_on_the_way", "info", place, shown, right, facts)
        else:
            yield Finding(f"{code}_differs", "error", place, shown, right, facts)


def _only_rounded(workings: Workings, place: Place, right: Fraction) -> bool:
    """Whether roundings below can make up the difference: at most half a unit of the coarsest for each."""
    shown = workings.calculation.number(place)
    rounding = [p for p in workings.upstream(place) if p in workings.trees and calls(workings.trees[p]) & ROUNDING]
    return shown is not None and bool(rounding) and abs(shown - right) <= Fraction(len(rounding), 2)


def _uncounted_marks(workings: Workings, table: Table, option: OptionAt) -> Iterator[Finding]:
    """Marks that the option's total does not read."""
    if option.results.total not in workings.trees or option.results.total is None:
        return
    read = workings.upstream(option.results.total)
    for number, marks in option.marks.items():
        for mark in marks:
            for place in mark.places:
                if workings.value(place) is not None and place not in read:
                    facts = {
                        "option": option.name,
                        "criterion": table.criteria[number].title,
                        "total": option.results.total.a1,
                    }
                    yield Finding("mark_not_counted", "error", place, workings.value(place), None, facts)


def _uncounted_weights(workings: Workings, table: Table) -> Iterator[Finding]:
    """A sum over most of the weights that leaves some out."""
    wanted = {c.weight_place: c.title for c in table.criteria if c.weight_place is not None}
    for place, tree in workings.trees.items():
        if not isinstance(tree, Call) or tree.name != "SUM":
            continue
        summed = workings.reads.get(place, set())
        left = sorted(set(wanted) - summed)
        if left and summed <= set(wanted) and len(summed) * 2 > len(wanted):
            right = sum((c.weight for c in table.criteria if c.weight is not None), Fraction(0))
            facts = {"criterion": wanted[left[0]], "weight": left[0].a1}
            yield Finding("weight_not_summed", "error", place, workings.value(place), right, facts, tuple(left))
