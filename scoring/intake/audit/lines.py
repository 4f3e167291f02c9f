"""Rows and columns of a sheet as their formulas form patterns."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from scoring.intake.audit.workings import Workings
from scoring.intake.formulas.relative import at, plain, shape, skeleton
from scoring.intake.formulas.tree import Tree
from scoring.intake.places import Place
from scoring.intake.values import ExcelError

LEAST = 3
SHARE = 0.6


@dataclass(frozen=True)
class Pattern:
    """The formula that most cells of a line share, told by offsets."""

    form: Tree
    count: int

    def expected(self, place: Place) -> Tree | None:
        """What it gives at a cell."""
        return at(self.form, place)


def segments(workings: Workings, *, down: bool) -> Iterator[list[Place]]:
    """Numbers and formulas that follow each other down a column (or along a row), blanks passed by, words between them."""
    for sheet in workings.book.sheets.values():
        lines: dict[int, list[Place]] = defaultdict(list)
        for row, column in sorted(sheet.cells):
            lines[column if down else row].append(Place(sheet.name, row, column))
        for line in lines.values():
            segment: list[Place] = []
            for place in line:
                cell = sheet.cells[place.row, place.column]
                if cell.formula or not isinstance(cell.value, str | bool | ExcelError):
                    segment.append(place)
                elif segment:
                    yield segment
                    segment = []
            if segment:
                yield segment


def shapes(workings: Workings, segment: list[Place]) -> dict[Place, Tree]:
    """The formulas of a segment, told by offsets."""
    return {place: shape(workings.trees[place], place) for place in segment if place in workings.trees}


def pattern_of(forms: list[Tree]) -> Pattern | None:
    """The form that most share; None where there is no clear one."""
    if len(forms) < LEAST:
        return None
    form, count = Counter(forms).most_common(1)[0]
    return Pattern(form, count) if count >= LEAST and count >= SHARE * len(forms) else None


def kinds(workings: Workings, segment: list[Place]) -> dict[str, list[Place]]:
    """The formulas of a segment by what they do, whichever cells they do it on."""
    found: dict[str, list[Place]] = defaultdict(list)
    for place in segment:
        if place in workings.trees:
            found[skeleton(workings.trees[place])].append(place)
    return found


def agrees(workings: Workings, place: Place, pattern: Pattern) -> bool:
    """Whether a cell reads what the pattern would read there."""
    expected = pattern.expected(place)
    return expected is not None and plain(expected) == plain(workings.trees[place])
