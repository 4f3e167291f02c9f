"""Trial weights and leave-one-out on the Sensitivity sheet, worked out by LibreOffice, against the library."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import load_workbook

from scoring import Evaluation, rank
from scoring.model import Criterion
from scoring.workbook import write
from tests.scoring.workbook.recalculation import recalculated, same
from tests.scoring.workbook.sample import evaluated

pytestmark = [pytest.mark.libreoffice, pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")]
TRIAL = {"Q": Fraction(30), "D": Fraction(10), "P": Fraction(60)}
EXACT = {"rounding": {"total": None}, "panel": {"missing": "present"}}


def scaled(criterion: Criterion, by: Fraction) -> Criterion:
    children = tuple(scaled(child, by) for child in criterion.children)
    return replace(criterion, weight=criterion.weight * by, minimum=None, children=children)


def weighed(evaluation: Evaluation, weights: dict[str, Fraction]) -> Evaluation:
    criteria = tuple(scaled(c, weights[c.key] / c.weight) for c in evaluation.criteria)
    return replace(evaluation, criteria=criteria)


def rows(path: Path) -> dict[str, tuple[object, ...]]:
    """Provider → the rest of its row in the table of trial totals."""
    sheet = load_workbook(path, data_only=True)["Sensitivity"]
    found = [row for row in sheet.iter_rows(min_row=13, max_row=15, values_only=True) if row[0]]
    return {str(row[0]): row[1:] for row in found}


def test_trial_weights_rank_as_the_library_does(tmp_path: Path) -> None:
    evaluation, result = evaluated(**EXACT)
    write(evaluation, result, tmp_path / "book.xlsx")
    book = load_workbook(tmp_path / "book.xlsx")
    for row, weight in enumerate(TRIAL.values(), start=6):
        book["Sensitivity"].cell(row, 3).value = float(weight)
    book.save(tmp_path / "book.xlsx")

    found = rows(recalculated([tmp_path / "book.xlsx"]) / "book.xlsx")

    expected = rank(weighed(evaluation, TRIAL))
    assert {name: row[3] for name, row in found.items()} == {bid.name: bid.rank for bid in expected.bids}
    assert all(same(float(bid.total or 0), found[bid.name][2]) for bid in expected.bids)
    without = rank(weighed(evaluation, {"Q": Fraction(50), "D": Fraction(10), "P": Fraction(0)}))
    assert {name: row[9] for name, row in found.items()} == {bid.name: bid.rank for bid in without.bids}


def test_at_its_break_even_weight_a_rival_draws_level(tmp_path: Path) -> None:
    evaluation, result = evaluated(**EXACT)
    write(evaluation, result, tmp_path / "book.xlsx")
    sheet = load_workbook(tmp_path / "book.xlsx", data_only=True)["Sensitivity"]
    first, rival = result.bids[0], result.bids[1]
    row = next(r for r in sheet.iter_rows(min_row=20, values_only=True) if r[0] == rival.name)

    weight = Fraction(row[3])
    rest = (100 - weight) / 60
    then = rank(weighed(evaluation, {"Q": 50 * rest, "D": 10 * rest, "P": weight}))

    assert 0 < weight < 100
    assert same(float(then.bid(first.key).total or 0), float(then.bid(rival.key).total or 0))
