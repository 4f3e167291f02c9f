"""Words against signs: "cheap–expensive" marks that add to a total. A question to the owner, not an error of sums."""

import re
from collections.abc import Iterator
from fractions import Fraction

from scoring.intake.audit.finding import Effect, Finding
from scoring.intake.audit.groups import Group
from scoring.intake.audit.workings import Workings, ranks
from scoring.intake.places import Place
from scoring.intake.values import Value

SPAN = re.compile(r"\s*([^\W\d]+)\s*(?:-|–|—|→|/|…|\.{3}|to|bis|à|a)\s*([^\W\d]+)\s*", re.IGNORECASE)
# The unwelcome end of a scale, as people name it.
UNWELCOME = frozenset(
    word
    for words in (
        "expensive dear costly difficult hard complex slow long large big heavy risky bad poor weak worst late dangerous",
        "cher chère coûteux onéreux difficile complexe lent long grand gros lourd risqué mauvais faible pire tardif dangereux",
        "teuer schwer schwierig komplex langsam lang groß gross riskant schlecht schwach spät gefährlich",
        "caro costoso difficile complesso lento lungo grande pesante rischioso cattivo debole tardi pericoloso",
    )
    for word in words.split()
)


def check(workings: Workings) -> Iterator[Finding]:
    """For each scale in words: what a higher mark does to the totals, and what they would be the other way round."""
    asked: list[tuple[Group, list[Place], Finding]] = []
    for place, words, sign, marks in _scales(workings):
        for group in workings.groups:
            slope = _slope(workings, group, marks)
            if slope and (slope > 0) == (sign < 0):
                facts = {"words": words, "label": _title(workings, place), "adds": slope > 0}
                effects = _turned(workings, group, marks)
                found = Finding("direction", "question", place, words, None, facts, tuple(marks), effects=effects)
                asked.append((group, marks, found))
                yield found
    for group in workings.groups:
        own = [(marks, found) for other, marks, found in asked if other == group]
        if len(own) > 1:
            marks = [mark for marks, _ in own for mark in marks]
            facts = {"labels": [found.facts["label"] for _, found in own]}
            effects = _turned(workings, group, marks)
            yield Finding(
                "directions_together", "question", own[0][1].place, facts=facts, about=tuple(marks), effects=effects
            )


def _scales(workings: Workings) -> Iterator[tuple[Place, str, int, list[Place]]]:
    """Where a scale is told in words, which way is welcome (1: up, -1: down), and the typed marks in its line."""
    for cell in workings.book.cells():
        found = SPAN.fullmatch(cell.value) if isinstance(cell.value, str) and not cell.formula else None
        if found:
            low, high = found[1].casefold() in UNWELCOME, found[2].casefold() in UNWELCOME
            if low != high:
                yield cell.place, cell.value.strip(), 1 if low else -1, _marks(workings, cell.place)  # type: ignore[union-attr]


def _marks(workings: Workings, place: Place) -> list[Place]:
    """The typed numbers in its column that formulas read, but for those that follow the words: weights."""
    cells = workings.book.sheets[place.sheet].cells.values()
    found = [
        cell.place
        for cell in cells
        if cell.place.column == place.column
        and workings.typed_number(cell.place) is not None
        and workings.calculation.readers.get(cell.place)
        and abs(cell.place.row - place.row) != 1
    ]
    known = {
        p for table in workings.tables for o in table.options for ms in o.marks.values() for m in ms for p in m.places
    }
    return sorted(p for p in found if not known or p in known)


def _title(workings: Workings, place: Place) -> str:
    """The column's heading: its topmost words."""
    for row in range(1, place.row):
        if words := workings.book.text_at(Place(place.sheet, row, place.column)):
            return words
    return place.a1


def _slope(workings: Workings, group: Group, marks: list[Place]) -> Fraction:
    """What one mark more of each adds to the totals together."""
    more: dict[Place, Value] = {p: n + 1 for p in marks if (n := workings.typed_number(p)) is not None}
    anew = workings.mended(more)
    return sum(
        (_of(anew.number(s.total)) - _of(workings.calculation.number(s.total)) for s in group.standings), Fraction(0)
    )


def _turned(workings: Workings, group: Group, marks: list[Place]) -> tuple[Effect, ...]:
    """Totals and ranks with the sign of these marks changed: as if each mark were its own negative."""
    negative: dict[Place, Value] = {p: -n for p in marks if (n := workings.typed_number(p)) is not None}
    anew = workings.mended(negative)
    before = [workings.calculation.number(s.total) for s in group.standings]
    after = [anew.number(s.total) for s in group.standings]
    effects = [
        Effect("total", group.name, s.name, s.total, old, new)
        for s, old, new in zip(group.standings, before, after, strict=True)
        if old != new
    ]
    places = zip(group.standings, ranks(before, group.lowest_first), ranks(after, group.lowest_first), strict=True)
    effects += [
        Effect("rank", group.name, s.name, s.rank or s.total, Fraction(old), Fraction(new))
        for s, old, new in places
        if old is not None and new is not None and old != new
    ]
    return tuple(effects)


def _of(number: Fraction | None) -> Fraction:
    return number or Fraction(0)
