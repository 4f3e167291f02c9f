"""A formula that breaks its neighbours' pattern: it reads another row or column than they do, or does another sum.

Found cell by cell, so that errors which cancel in a total are found too.
"""

from collections.abc import Iterator

from scoring.intake.audit.finding import Finding
from scoring.intake.audit.lines import LEAST, Pattern, agrees, kinds, pattern_of, segments, shapes
from scoring.intake.audit.workings import Workings
from scoring.intake.formulas.relative import area_of, plain
from scoring.intake.formulas.tree import Call, Tree, references, written
from scoring.intake.places import Place
from scoring.intake.values import ExcelError, Unknown

MOST_OUT_OF_STEP = 3
TOTALS = {"SUM", "AVERAGE", "SUBTOTAL", "MAX", "MIN", "COUNT", "MEDIAN"}


def check(workings: Workings) -> Iterator[Finding]:
    """Every cell that is out of step down its column or along its row, and in step neither way."""
    out: dict[Place, Tree] = {}
    in_step: set[Place] = set()
    for down in (True, False):
        for segment in segments(workings, down=down):
            for places in kinds(workings, segment).values():
                _compare(workings, places, out, in_step)
            _compare_between(workings, segment, out)
    for place in sorted(set(out) - in_step):
        yield finding(workings, place, out[place])


def _compare(workings: Workings, places: list[Place], out: dict[Place, Tree], in_step: set[Place]) -> None:
    """Sort formulas of one kind into those in step and those out of step."""
    forms = shapes(workings, places)
    pattern = pattern_of(list(forms.values()))
    if pattern is None:
        return
    follows = [agrees(workings, place, pattern) for place in places]
    in_step.update(place for place, yes in zip(places, follows, strict=True) if yes)
    for start, end in _stretches(follows):
        inside = start > 0 and end < len(places)
        alike = len({forms[place] for place in places[start:end]}) < end - start
        if end - start > (MOST_OUT_OF_STEP if inside else 1) or (alike and (end - start) * LEAST > pattern.count):
            continue
        for place in places[start:end]:
            expected = pattern.expected(place)
            if expected is not None:
                out.setdefault(place, expected)


def _stretches(follows: list[bool]) -> Iterator[tuple[int, int]]:
    """Where those out of step begin and end."""
    start = None
    for index, yes in enumerate([*follows, True]):
        if not yes and start is None:
            start = index
        elif yes and start is not None:
            yield start, index
            start = None


def _compare_between(workings: Workings, segment: list[Place], out: dict[Place, Tree]) -> None:
    """A formula of another kind between two that are the same, unless it is a subtotal of its own line."""
    forms = shapes(workings, segment)
    for before, place, after in zip(segment, segment[1:], segment[2:], strict=False):
        if place not in forms or forms.get(before) is None or forms.get(before) != forms.get(after):
            continue
        pattern = Pattern(forms[before], list(forms.values()).count(forms[before]))
        if forms[place] == pattern.form or pattern.count <= LEAST or _is_subtotal(workings, place):
            continue
        expected = pattern.expected(place)
        if expected is not None and plain(expected) != plain(workings.trees[place]):
            out.setdefault(place, expected)


def _is_subtotal(workings: Workings, place: Place) -> bool:
    tree = workings.trees[place]
    if not isinstance(tree, Call) or tree.name not in TOTALS:
        return False
    areas = [area_of(reference, place) for reference in references(tree)]
    return any(a.left <= place.column <= a.right or a.top <= place.row <= a.bottom for a in areas)


def finding(workings: Workings, place: Place, expected: Tree, code: str = "pattern_break") -> Finding:
    """What is shown, and what the neighbours' formula would give."""
    shown, right = workings.value(place), workings.calculation.worked_out(place, expected)
    wrong = shown != right and not isinstance(right, ExcelError | Unknown)
    tree = workings.trees.get(place)
    facts = {
        "label": workings.label(place),
        "formula": f"={written(tree)}" if tree is not None else "",
        "expected": f"={written(expected)}",
    }
    return Finding(
        code, "error" if wrong else "warning", place, shown, right, facts, repair={place: expected}, mends=True
    )
