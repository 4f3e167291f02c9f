"""Running every check, and putting together what they found."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from scoring.intake.audit.checks import (
    blanks,
    constants,
    direction,
    errors,
    fractions_typed,
    map_notes,
    patterns,
    ranges,
    ranks,
    siblings,
    stored,
    texts,
    ties,
    totals,
    weights,
    zeros,
)
from scoring.intake.audit.finding import LEVELS, Effect, Finding
from scoring.intake.audit.results import right_results
from scoring.intake.audit.workings import Workings
from scoring.intake.cells import Book
from scoring.intake.finding_tables import find_tables
from scoring.intake.formulas.calculation import Calculation
from scoring.intake.formulas.relative import area_of
from scoring.intake.formulas.tree import Binary, Call, Reference, Unary, references
from scoring.intake.mapping.model import Map
from scoring.intake.places import Place

CHECKS: tuple[Callable[[Workings], Iterator[Finding]], ...] = (
    patterns.check,
    constants.check,
    siblings.check,
    stored.check,
    texts.check,
    blanks.check,
    ranges.check,
    weights.check,
    fractions_typed.check,
    totals.check,
    ties.check,
    ranks.check,
    zeros.check,
    direction.check,
    errors.check,
    map_notes.check,
)
MOST_CAUSES = 6


@dataclass(frozen=True)
class Report:
    """Findings, the gravest first, sheet by sheet; and what totals and ranks come to with every slip put right."""

    findings: tuple[Finding, ...]
    mended: tuple[Effect, ...]
    formulas: int
    unchecked: int

    @property
    def clean(self) -> bool:
        """Whether there is neither an error nor a warning."""
        return all(finding.level in LEVELS[2:] for finding in self.findings)


def audit(book: Book, mapped: Map | None = None) -> Report:
    """Every finding. Raises WorkbookError where the map does not fit the workbook."""
    found = find_tables(book, mapped, Calculation(book)) if mapped else None
    workings = Workings(book, mapped, found)
    workings.right = right_results(workings)
    findings: list[Finding] = []
    seen: set[tuple[str, Place]] = set()
    for check in CHECKS:
        for finding in check(workings):
            if (finding.code, finding.place) not in seen and not _told_already(finding, findings):
                seen.add((finding.code, finding.place))
                findings.append(finding)
    repair = {place: change for finding in findings if finding.mends for place, change in finding.repair.items()}
    findings = [_with_causes(workings, _with_effects(workings, finding), findings) for finding in findings]
    order = {name: number for number, name in enumerate(book.sheets)}
    findings.sort(key=lambda f: (LEVELS.index(f.level), order.get(f.place.sheet, 0), f.place.row, f.place.column))
    return Report(
        tuple(findings),
        workings.effects(repair),
        formulas=sum(bool(cell.formula) for cell in book.cells()),
        unchecked=len(workings.calculation.unchecked),
    )


def _told_already(finding: Finding, findings: list[Finding]) -> bool:
    """Two checks may meet in one cell: the first says what is wrong with it."""
    if finding.code == "mark_not_counted":
        return any(_reads(f, finding.place) for f in findings if f.mends)
    same = {"pattern_break", "constant_among_formulas", "sheet_break", "typed_result", "range_short"}
    return finding.code in same and any(f.code in same and f.place == finding.place for f in findings)


def _reads(finding: Finding, place: Place) -> bool:
    """Whether the formula that a finding would put in reads a cell."""
    return any(
        place in area_of(reference, at)
        for at, change in finding.repair.items()
        if isinstance(change, Binary | Call | Reference | Unary)
        for reference in references(change)
    )


def _with_effects(workings: Workings, finding: Finding) -> Finding:
    if finding.effects or not finding.repair:
        return finding
    return replace(finding, effects=workings.effects(finding.repair))


def _with_causes(workings: Workings, finding: Finding, findings: list[Finding]) -> Finding:
    """Name, with a result that differs, the slips it rests on."""
    if finding.code not in ("total_differs", "rank_differs", "normalised_differs"):
        return finding
    below = workings.upstream(finding.place)
    causes = [
        f.place for f in findings if f.mends and f.level == "error" and f.place in below and f.place != finding.place
    ]
    return replace(finding, facts={**finding.facts, "causes": [place.a1 for place in causes[:MOST_CAUSES]]})
