"""The Panel sheet: who handed in when, and how far the evaluators agree."""

import io
from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from typing import Any

import pytest
from openpyxl import load_workbook

from scoring import Evaluation, rank
from scoring.agreement import agreement
from scoring.workbook import Extras, write
from tests.scoring.workbook.sample import evaluated

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
MONDAY = datetime(2026, 5, 4, 9, 30)  # noqa: DTZ001 - shown as given


def panel(evaluation: Evaluation, language: str = "en", **extras: Any) -> list[tuple[Any, ...]]:
    """The rows of the sheet, without the blank cells at their ends."""
    target = io.BytesIO()
    write(evaluation, rank(evaluation), target, language=language, extras=Extras(**extras))
    rows = load_workbook(target)["Panel" if language == "en" else "Jury"].iter_rows(values_only=True)
    return [row[: max((i for i, cell in enumerate(row, start=1) if cell is not None), default=0)] for row in rows]


def _exact(marks: dict[str, Any]) -> dict[str, Any]:
    """Whole numbers as the model holds them."""
    return {
        bid: {
            key: {e: Fraction(mark) for e, mark in given.items()} if isinstance(given, dict) else Fraction(given)
            for key, given in by_criterion.items()
        }
        for bid, by_criterion in marks.items()
    }


def test_the_figures_are_the_library_s() -> None:
    evaluation, _ = evaluated()
    found = agreement(evaluation)

    rows = panel(evaluation)

    start = rows.index(("Agreement of the evaluators",))
    assert rows[start + 1][0].startswith("Diagnostic only: it never changes a score.")
    assert rows[start + 2] == (found.sentence("en"),)
    measured = (*found.criteria, found.overall)
    assert [row[0] for row in rows[start + 4 : start + 7]] == ["Method", "Team", rows[start + 6][0]]
    for row, one in zip(rows[start + 4 :], measured, strict=False):
        figures = (one.spread.value, float(one.widest or 0), one.icc_k.value, one.kendall.value)
        assert row[1] == 2
        assert row[2:] == pytest.approx((*figures, one.alpha_ordinal.value))


def test_what_cannot_be_measured_is_a_dash() -> None:
    evaluation, _ = evaluated()
    marks = {
        bid: {**given, "Q2": {e.key: Fraction(4) for e in evaluation.evaluators}}
        for bid, given in evaluation.marks.items()
    }

    rows = panel(replace(evaluation, marks=marks))

    team = next(row for row in rows if row[:2] == ("Team", 2))
    assert team == ("Team", 2, 0, 0, "–", "–", "–")


def test_who_stands_apart_is_told_in_words() -> None:
    evaluation, _ = evaluated()
    severe = {"A": (5, 2), "B": (4, 1), "C": (3, 1)}
    marks = {bid: {"Q1": dict(zip(("anna", "ben"), given, strict=True)), "D": 4} for bid, given in severe.items()}

    english, french = (panel(replace(evaluation, marks=_exact(marks)), language) for language in ("en", "fr"))

    assert english[english.index(("Who stands apart",)) + 2] == (
        "Ben marks lower than the others, by 53.3% of the scale on average.",
    )
    assert french[french.index(("Qui se distingue",)) + 2] == (
        "Ben note plus bas que les autres, de 53,3\u00a0% de l’échelle en moyenne.",
    )


def test_one_bid_or_one_evaluator_has_no_agreement() -> None:
    evaluation, _ = evaluated()
    alone = replace(evaluation, bids=evaluation.bids[:1], marks={"A": evaluation.marks["A"]})

    assert ("Agreement of the evaluators",) in panel(evaluation)
    assert ("Agreement of the evaluators",) not in panel(alone)


def test_when_each_evaluator_handed_in() -> None:
    evaluation, _ = evaluated()

    rows = panel(evaluation, handed_in={"anna": MONDAY})

    assert rows[3][-1] == "Handed in"
    assert (rows[4][0], rows[4][-1]) == ("Anna", MONDAY)
    assert len(rows[5]) < len(rows[4])
