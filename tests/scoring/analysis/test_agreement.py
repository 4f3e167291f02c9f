"""Agreement of a panel: published figures (tests/data/agreement/README.md), and panels that give none."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring import rank
from scoring.agreement import Discussion, agreement
from scoring.agreement_figures import (
    Table,
    complete,
    correlation,
    deviation,
    icc_2,
    kendall_w,
    krippendorff_alpha,
    mean_squares,
    within,
)
from tests.scoring.analysis.makers import evaluation

CASES = Path(__file__).parents[2] / "data" / "agreement"
_ = None
# Krippendorff 2011, Computing Krippendorff's Alpha-Reliability: 4 observers, 12 units; alpha .743, .815, .849.
OBSERVERS = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3),
    (_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _),
)


def table_of(columns: Any) -> Table:
    return [[None if v is None else Fraction(str(v)) for v in row] for row in zip(*columns, strict=True)]


def case_of(name: str) -> tuple[Table, dict[str, Any]]:
    case = json.loads((CASES / f"{name}.json").read_text())
    return table_of(case["scores"].values()), case


def test_shrout_and_fleiss_1979() -> None:
    table, case = case_of("icc_shrout_fleiss_1979")

    one, many = icc_2(table)
    between, judges, error = mean_squares(complete(table))

    expected = case["expected"]["totals"]
    assert (one.value, many.value) == pytest.approx((expected[1], expected[4]), abs=case["tolerance"])
    # Their table 4: between targets 11.24, judges 32.49, residual 1.02.
    assert (float(between), float(judges), float(error)) == pytest.approx((11.24, 32.49, 1.02), abs=0.005)
    consistency = (between - error) / (between + 3 * error)
    assert float(consistency) == pytest.approx(expected[2], abs=case["tolerance"])  # ICC(3,1)


def test_krippendorff_with_missing_marks() -> None:
    table, case = case_of("krippendorff_wikipedia")

    found = [krippendorff_alpha(table, metric).value for metric in ("nominal", "interval")]

    assert found == pytest.approx(case["expected"]["totals"], abs=case["tolerance"])


def test_krippendorff_2011() -> None:
    found = [krippendorff_alpha(table_of(OBSERVERS), metric).value for metric in ("nominal", "ordinal", "interval")]

    assert found == pytest.approx([0.743, 0.815, 0.849], abs=0.0006)


def test_kendalls_w_without_and_with_ties_by_hand() -> None:
    """Rank sums 4, 5, 9: S = 14, W = 12 × 14 / (9 × 24) = 7/9. With a tie, sums 2½, 3½, 6: S = 6½, W = 78 / (96 − 12)."""
    plain = kendall_w(table_of([(1, 2, 3), (1, 2, 3), (2, 1, 3)]))
    tied = kendall_w(table_of([(1, 1, 2), (1, 2, 3)]))

    assert plain.value == pytest.approx(7 / 9)
    assert tied.value == pytest.approx(78 / 84)


def test_kendalls_w_is_that_of_friedman() -> None:
    """W = χ² / (m (n − 1)): Friedman's statistic, corrected for ties, as scipy works it out."""
    from scipy.stats import friedmanchisquare

    table, _case = case_of("icc_shrout_fleiss_1979")
    rows = [[float(v or 0) for v in row] for row in table]

    found = kendall_w(table)

    assert found.value == pytest.approx(friedmanchisquare(*rows).statistic / (4 * 5))


def test_spread_within_bids_by_hand() -> None:
    """(1, 3) and (2, 2, 5): squares 2 and 6 over 1 + 2."""
    found = within([[Fraction(1), Fraction(3), None], [Fraction(2), Fraction(2), Fraction(5)]])

    assert found.value == pytest.approx((8 / 3) ** 0.5)


def test_correlation_and_deviation_by_hand() -> None:
    pairs = [(Fraction(x), Fraction(y)) for x, y in ((1, 2), (2, 4), (3, 3))]

    assert correlation(pairs).value == pytest.approx(0.5)
    assert deviation([x for x, _y in pairs]) == pytest.approx(1)
    assert (correlation(pairs[:2]).reason, deviation([])) == ("few_units", None)


@pytest.mark.parametrize(
    ("table", "reasons"),
    [
        ([], ("one_evaluator", "one_evaluator", "one_evaluator", "one_evaluator")),
        ([[1], [2]], ("one_evaluator", "one_evaluator", "one_evaluator", "one_evaluator")),
        ([[1, 2]], ("few_units", "few_units", "", "")),
        ([[2, 2], [2, 2], [2, 2]], ("all_equal", "all_equal", "all_equal", "")),
        ([[1, _], [_, 2]], ("few_units", "few_units", "few_units", "few_units")),
    ],
)
def test_where_there_is_no_figure_it_says_why(table: Any, reasons: tuple[str, ...]) -> None:
    exact = [[None if v is None else Fraction(v) for v in row] for row in table]

    found = (icc_2(exact)[0], kendall_w(exact), krippendorff_alpha(exact, "interval"), within(exact))

    assert tuple(figure.reason for figure in found) == reasons
    assert [figure.value is None for figure in found] == [bool(reason) for reason in reasons]


@settings(deadline=None)
@given(st.lists(st.lists(st.integers(0, 5), min_size=3, max_size=3), min_size=2, max_size=6))
def test_order_and_scale_of_marks_do_not_matter(rows: list[list[int]]) -> None:
    table = [[Fraction(v) for v in row] for row in rows]
    other = [[7 * v + 3 for v in reversed(row)] for row in reversed(table)]

    for one, two in (
        (icc_2(table)[0], icc_2(other)[0]),
        (kendall_w(table), kendall_w(other)),
        (krippendorff_alpha(table, "ordinal"), krippendorff_alpha(other, "ordinal")),
    ):
        assert (one.value is None) == (two.value is None)
        assert one.value is None or one.value == pytest.approx(two.value)


@settings(deadline=None)
@given(st.lists(st.integers(0, 9), min_size=2, max_size=6).filter(lambda marks: len(set(marks)) > 1))
def test_those_who_give_the_same_marks_agree_wholly(marks: list[int]) -> None:
    table = [[Fraction(v)] * 3 for v in marks]

    found = [*icc_2(table), kendall_w(table), *(krippendorff_alpha(table, m) for m in ("ordinal", "interval"))]

    assert [figure.value for figure in found] == [1] * 5


def panel() -> Any:
    """x and y agree, up to one step; z is two below on everything, and upside down on the last."""
    marks = {
        "A": {"q": {"x": 5, "y": 5, "z": 3}, "r": {"x": 4, "y": 4, "z": 2}},
        "B": {"q": {"x": 3, "y": 4, "z": 1}, "r": {"x": 3, "y": 3, "z": _}},
        "C": {"q": {"x": 2, "y": 2, "z": 0}, "r": 4},
    }
    return evaluation(marks, {"q": 60, "r": 40}, rules={"panel": {"missing": "present"}})


def test_who_stands_apart_and_what_to_discuss() -> None:
    given = panel()
    before = rank(given)

    found = agreement(given)

    assert rank(given) == before
    apart = {one.evaluator.key: one for one in found.evaluators}
    # z: −2, −2, −2½ and −2 of 5, on four marks; x: +1, +1, +½, +1 and 0 on five.
    assert (apart["z"].severity, apart["z"].marks, apart["z"].flags) == (Fraction(-17, 40), 4, ("severe",))
    assert apart["x"].severity == Fraction(7, 50)
    assert apart["y"].flags == ("lenient",)
    assert [(d.bid.key, d.criterion.key, d.low, d.high, d.steps) for d in found.discussions] == [
        ("B", "q", 1, 4, 3),
        ("A", "q", 3, 5, 2),
        ("C", "q", 0, 2, 2),
        ("A", "r", 2, 4, 2),
    ]
    assert [len(agreement(given, steps=steps).discussions) for steps in (1, 3, 4)] == [4, 1, 0]


def test_agreed_marks_and_withdrawn_bids_are_left_aside() -> None:
    given = evaluation(
        {"A": {"q": {"x": 5, "y": 1}}, "B": {"q": 3}, "C": {"q": {"x": 2, "y": 2}}},
        {"q": 60},
        bids=[{"key": "A", "status": "withdrawn", "reason": "asked"}, {"key": "B"}, {"key": "C"}],
    )

    found = agreement(given)

    assert (found.discussions, found.criteria[0].spread.units) == ((), 1)


def test_an_evaluator_who_never_marks_a_criterion_is_not_missing_there() -> None:
    given = evaluation(
        {"A": {"q": {"x": 5, "y": 4}, "r": {"z": 3}}, "B": {"q": {"x": 3, "y": 3}, "r": {"z": 2}}}, {"q": 60, "r": 40}
    )

    found = agreement(given)

    assert [(one.evaluators, one.icc_1.units, one.icc_1.reason) for one in found.criteria] == [
        (2, 2, ""),
        (1, 2, "one_evaluator"),
    ]


def test_sentences() -> None:
    found = agreement(panel())
    discussed: Discussion = found.discussions[0]

    assert discussed.sentence("en") == "B, “q”: 1 from z and 4 from y, 3 steps apart."
    assert discussed.sentence("fr") == "B, «\u00a0q\u00a0»\u00a0: 1 pour z et 4 pour y, soit 3 crans d’écart."
    assert {e.evaluator.key: e.sentence("en") for e in found.evaluators}["z"] == (
        "z marks lower than the others, by 42.5% of the scale on average."
    )
    assert found.criteria[1].sentence("en") == (
        "On “r”, agreement cannot be measured: too few bids are marked by several evaluators."
    )
    assert found.sentence("en").endswith("To discuss: 4 pairs of marks, 2 steps apart or more.")
