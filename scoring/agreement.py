"""How far the panel agrees, criterion by criterion and over all. Diagnostic only: it never changes a score.

Marks of a bid that was withdrawn are left aside; so are agreed marks, which nobody gave alone. Over all, each bid
on each criterion is a unit, and a mark counts as a share of its scale, so that scales can stand side by side.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from scoring import sentences_agreement as sentences
from scoring.agreement_figures import (
    Figure,
    Table,
    correlation,
    deviation,
    icc_2,
    kendall_w,
    krippendorff_alpha,
    within,
)
from scoring.mark_steps import step_of
from scoring.model import Criterion, Evaluation
from scoring.numbers import plain
from scoring.robustness.common import Named, Names, documents
from scoring.sentences_common import both

STEPS = 2  # a gap worth a discussion, unless another is asked for
SEVERITY = Fraction(1, 10)  # of the scale, below or above the rest, on average
NARROW, WIDE = 0.5, 2.0  # own spread against the rest's
LITTLE = 0.3  # a correlation with the rest below this follows another idea
FEW_MARKS = 3  # fewer say nothing about a person


@dataclass(frozen=True)
class Agreement:
    """The figures of one criterion, or of all (``criterion`` None). ``spread`` is in marks; over all, in shares of the scale."""

    criterion: Named | None
    evaluators: int
    spread: Figure
    widest: Fraction | None
    icc_1: Figure
    icc_k: Figure
    kendall: Figure
    alpha_ordinal: Figure
    alpha_interval: Figure

    def sentence(self, language: str) -> str:
        """In words."""
        return sentences.agreement(self, language)

    def to_document(self) -> dict[str, Any]:
        """For --json."""
        return {
            "criterion": self.criterion.to_document() if self.criterion else None,
            "evaluators": self.evaluators,
            "spread": self.spread.to_document(),
            "widest": None if self.widest is None else plain(self.widest),
            "icc_2_1": self.icc_1.to_document(),
            "icc_2_k": self.icc_k.to_document(),
            "kendall_w": self.kendall.to_document(),
            "alpha_ordinal": self.alpha_ordinal.to_document(),
            "alpha_interval": self.alpha_interval.to_document(),
            "sentence": both(self.sentence),
        }


@dataclass(frozen=True)
class Apart:
    """One evaluator against the rest, in shares of the scale.

    ``severity``: the mean of own mark less the mean of the others' (below 0 is severe), None without common marks.
    ``spread``: own standard deviation over that of the others' means. ``flags``: ``severe``, ``lenient``, ``narrow``,
    ``wide``, ``contrary``.
    """

    evaluator: Named
    marks: int
    severity: Fraction | None
    spread: float | None
    correlation: Figure
    flags: tuple[str, ...]

    def sentence(self, language: str) -> str:
        """In words."""
        return sentences.apart(self, language)

    def to_document(self) -> dict[str, Any]:
        """For --json."""
        return {
            "evaluator": self.evaluator.to_document(),
            "marks": self.marks,
            "severity": None if self.severity is None else float(self.severity),
            "spread": self.spread,
            "correlation": self.correlation.to_document(),
            "flags": list(self.flags),
            "sentence": both(self.sentence),
        }


@dataclass(frozen=True)
class Discussion:
    """The lowest and the highest mark of one bid on one criterion, ``steps`` apart, and whose they are."""

    bid: Named
    criterion: Named
    low: Fraction
    low_by: tuple[Named, ...]
    high: Fraction
    high_by: tuple[Named, ...]
    steps: Fraction

    def sentence(self, language: str) -> str:
        """In words."""
        return sentences.discussion(self, language)

    def to_document(self) -> dict[str, Any]:
        """For --json."""
        return {
            "bid": self.bid.to_document(),
            "criterion": self.criterion.to_document(),
            "low": plain(self.low),
            "low_by": documents(self.low_by),
            "high": plain(self.high),
            "high_by": documents(self.high_by),
            "steps": plain(self.steps),
            "sentence": both(self.sentence),
        }


@dataclass(frozen=True)
class PanelAgreement:
    """Everything about one panel. ``discussions`` are those with a gap of ``steps`` or more, widest first."""

    overall: Agreement
    criteria: tuple[Agreement, ...]
    evaluators: tuple[Apart, ...]
    discussions: tuple[Discussion, ...]
    steps: Fraction

    def sentence(self, language: str) -> str:
        """In words."""
        return sentences.panel(self, language)

    def to_document(self) -> dict[str, Any]:
        """For --json."""
        return {
            "format": "agreement/1",
            "overall": self.overall.to_document(),
            "criteria": documents(self.criteria),
            "evaluators": documents(self.evaluators),
            "steps": plain(self.steps),
            "discussions": documents(self.discussions),
            "sentence": both(self.sentence),
        }


def agreement(evaluation: Evaluation, steps: Fraction | int = STEPS) -> PanelAgreement:
    """How far the panel agrees; discussions from a gap of so many steps. No ranking is needed, nor changed."""
    panel = _Panel(evaluation)
    names = panel.names
    shares = [row for leaf in panel.leaves for row in panel.shares(leaf)]
    given = [[value for value in row if value is not None] for row in shares]
    sums = [(sum(values, Fraction(0)), len(values)) for values in given]
    return PanelAgreement(
        overall=_figures(None, shares),
        criteria=tuple(_figures(names.criterion(leaf.key), panel.table(leaf)) for leaf in panel.leaves),
        evaluators=tuple(
            _apart(Named(e.key, e.name), [(row[i], *rest) for row, rest in zip(shares, sums, strict=True)])
            for i, e in enumerate(evaluation.evaluators)
        ),
        discussions=tuple(sorted(panel.discussions(Fraction(steps)), key=lambda one: -one.steps)),
        steps=Fraction(steps),
    )


class _Panel:
    """The marks as tables: one row for each bid, one column for each evaluator."""

    def __init__(self, evaluation: Evaluation) -> None:
        self.evaluation = evaluation
        self.names = Names(evaluation)
        self.bids = [bid.key for bid in evaluation.bids if bid.status != "withdrawn"]
        self.marks = {bid: evaluation.marks.get(bid, {}) for bid in self.bids}
        self.leaves = [leaf for leaf in evaluation.leaves if leaf.scale and leaf.weight and any(self._given(leaf))]

    def _given(self, leaf: Criterion) -> Iterator[dict[str, Fraction | None]]:
        """The evaluators' marks of each bid; empty where there is an agreed mark or none."""
        for bid in self.bids:
            given = self.marks[bid].get(leaf.key)
            yield given if isinstance(given, dict) else {}

    def table(self, leaf: Criterion) -> list[list[Fraction | None]]:
        """Marks, for those who have marked the leaf at all: who never does is not missing here."""
        rows = list(self._given(leaf))
        there = [e.key for e in self.evaluation.evaluators if any(row.get(e.key) is not None for row in rows)]
        return [[row.get(key) for key in there] for row in rows if row]

    def shares(self, leaf: Criterion) -> list[list[Fraction | None]]:
        """Shares of the scale, one column for each evaluator of the panel."""
        scale, keys = leaf.scale, [e.key for e in self.evaluation.evaluators]
        rows = [[row.get(key) for key in keys] for row in self._given(leaf) if row]
        return [[None if m is None or scale is None else scale.share(m) for m in row] for row in rows]

    def discussions(self, least: Fraction) -> Iterator[Discussion]:
        """Bids and criteria where lowest and highest are at least so many steps apart."""
        for leaf in self.leaves:
            for bid, row in zip(self.bids, self._given(leaf), strict=True):
                marks = {e: mark for e, mark in row.items() if mark is not None}
                if len(marks) < 2 or leaf.scale is None:
                    continue
                low, high = min(marks.values()), max(marks.values())
                steps = (high - low) / step_of(leaf.scale)
                if steps >= least and high > low:
                    yield Discussion(
                        self.names.bid(bid),
                        self.names.criterion(leaf.key),
                        low,
                        self._by(marks, low),
                        high,
                        self._by(marks, high),
                        steps,
                    )

    def _by(self, marks: dict[str, Fraction], mark: Fraction) -> tuple[Named, ...]:
        keys = [e.key for e in self.evaluation.evaluators if marks.get(e.key) == mark]
        return tuple(named for key in keys if (named := self.names.evaluator(key)))


def _figures(criterion: Named | None, table: Table) -> Agreement:
    one, many = icc_2(table)
    rows = [[value for value in row if value is not None] for row in table]
    gaps = [max(values) - min(values) for values in rows if len(values) > 1]
    return Agreement(
        criterion=criterion,
        evaluators=len(table[0]) if table else 0,
        spread=within(table),
        widest=max(gaps, default=None),
        icc_1=one,
        icc_k=many,
        kendall=kendall_w(table),
        alpha_ordinal=krippendorff_alpha(table, "ordinal"),
        alpha_interval=krippendorff_alpha(table, "interval"),
    )


def _apart(evaluator: Named, rows: list[tuple[Fraction | None, Fraction, int]]) -> Apart:
    """``rows``: (own share, the sum of all, how many they are) of each unit."""
    pairs = [(own, (whole - own) / (count - 1)) for own, whole, count in rows if own is not None and count > 1]
    severity = sum((own - rest for own, rest in pairs), Fraction(0)) / len(pairs) if pairs else None
    own_spread, rest_spread = deviation([own for own, _ in pairs]), deviation([rest for _, rest in pairs])
    spread = own_spread / rest_spread if own_spread is not None and rest_spread else None
    related = correlation(pairs)
    marks = sum(own is not None for own, _, _ in rows)
    return Apart(evaluator, marks, severity, spread, related, tuple(_flags(pairs, severity, spread, related)))


def _flags(
    pairs: list[tuple[Fraction, Fraction]], severity: Fraction | None, spread: float | None, related: Figure
) -> Iterator[str]:
    if len(pairs) < FEW_MARKS:
        return
    if severity is not None and abs(severity) >= SEVERITY:
        yield "severe" if severity < 0 else "lenient"
    if spread is not None and not NARROW < spread < WIDE:
        yield "narrow" if spread <= NARROW else "wide"
    if related.value is not None and related.value < LITTLE:
        yield "contrary"
