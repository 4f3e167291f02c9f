"""Weights from comparisons, against published matrices (tests/data/mcdm/README.md)."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.ahp import JudgementsError, ahp, from_upper, largest_remainder

CASES = Path(__file__).parents[2] / "data" / "mcdm"


def case_of(name: str) -> dict[str, Any]:
    case: dict[str, Any] = json.loads((CASES / f"{name}.json").read_text())
    return case


def matrix_of(rows: Any) -> list[list[Fraction]]:
    """Exact judgements from printed ones, thirds as thirds."""
    return [[Fraction(str(value)).limit_denominator(9) for value in row] for row in rows]


def test_the_leader_example() -> None:
    """Printed with Saaty's later random indices: 0.52 for three criteria."""
    case = case_of("ahp_leader")
    expected, tolerance = case["expected"], case["tolerance"]

    criteria = ahp(matrix_of(case["criteria_matrix"]), table="saaty_2006")
    local = {name: ahp(matrix_of(rows), table="saaty_2006") for name, rows in case["scores"].items()}

    assert criteria.weights == pytest.approx(expected["criteria_weights"], abs=tolerance)
    assert criteria.ratio == pytest.approx(expected["criteria_CR"], abs=tolerance)
    for name, ratio in expected["local_CR"].items():
        assert local[name].ratio == pytest.approx(ratio, abs=tolerance)
    totals = [
        sum(weight * found.weights[i] for weight, found in zip(criteria.weights, local.values(), strict=True))
        for i in range(3)
    ]
    assert totals == pytest.approx(list(expected["totals"].values()), abs=tolerance)
    assert criteria.consistent


def test_the_school_example_is_inconsistent_and_says_which_judgement_hurts() -> None:
    case = case_of("ahp_wang_chin_2011_inconsistent")

    found = ahp(matrix_of(case["scores"]))

    assert found.weights == pytest.approx(case["expected"]["totals"], abs=case["tolerance"])
    assert found.ratio == pytest.approx(case["expected"]["consistency_ratio"], abs=case["tolerance"])
    assert not found.consistent
    assert found.worst is not None
    assert found.worst.ratio_then < found.ratio
    changed = matrix_of(case["scores"])
    changed[found.worst.row][found.worst.column] = found.worst.better
    changed[found.worst.column][found.worst.row] = 1 / found.worst.better
    assert ahp(changed).ratio == pytest.approx(found.worst.ratio_then)
    assert found.sentence("en").startswith("The consistency ratio is 0.23, above the limit of 0.1: the judgement that")


def test_no_other_judgement_hurts_more() -> None:
    """2 × 4 would be 8 in place of 1/8 from the first criterion to the third."""
    found = ahp(from_upper([[2, Fraction(1, 8), 8], [4, 4], [1]]), ["a", "b", "c", "d"])

    assert found.worst is not None
    assert (found.worst.row, found.worst.column, found.worst.said) == (0, 2, Fraction(1, 8))
    assert found.sentence("fr").startswith("Le ratio de cohérence est de")


@settings(deadline=None)
@given(st.lists(st.fractions(Fraction(1, 3), 3, max_denominator=9), min_size=1, max_size=7))
def test_consistent_judgements_give_back_the_weights(weights: list[Fraction]) -> None:
    matrix = [[one / other for other in weights] for one in weights]

    found = ahp(matrix)

    assert found.weights == pytest.approx([float(w / sum(weights)) for w in weights])
    assert found.ratio == pytest.approx(0, abs=1e-9)


@settings(deadline=None)
@given(
    st.lists(st.fractions(0, 5, max_denominator=99), min_size=1, max_size=9).filter(any),
    st.integers(1, 1000),
    st.integers(0, 3),
)
def test_points_add_up_exactly_and_stay_within_one_unit(weights: list[Fraction], total: int, places: int) -> None:
    points = largest_remainder(weights, Fraction(total), places)

    assert sum(points) == total
    for got, weight in zip(points, weights, strict=True):
        assert abs(got - total * weight / sum(weights)) < Fraction(1, 10**places)
        assert (got * 10**places).denominator == 1


def test_the_largest_remainder_goes_up() -> None:
    assert largest_remainder([1, 1, 1], Fraction(100)) == (34, 33, 33)
    assert largest_remainder([Fraction("0.205"), Fraction("0.397"), Fraction("0.398")], Fraction(100)) == (20, 40, 40)
    assert ahp(matrix_of(case_of("ahp_leader")["criteria_matrix"])).points() == (55, 13, 27, 5)


@pytest.mark.parametrize(
    ("matrix", "code"),
    [
        ([], "size"),
        ([[1, 2]], "size"),
        ([[1] * 16] * 16, "size"),
        ([[1, 0], [1, 1]], "positive"),
        ([[2, 1], [1, 1]], "diagonal"),
        ([[1, 2], [2, 1]], "reciprocal"),
    ],
)
def test_what_is_no_matrix_of_comparisons_is_refused(matrix: Any, code: str) -> None:
    with pytest.raises(JudgementsError) as refused:
        ahp(matrix)

    assert refused.value.code == code
