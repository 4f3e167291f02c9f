"""Rules seen before they are used: curves, warnings, and test bids under each formula."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from scoring import Evaluation, from_document, rank, read_file
from scoring.robustness.alter import without_bid
from scoring.simulate import CODES, simulate

CASES = Path(__file__).parents[2] / "data" / "cases"


def rules(formula: dict[str, Any], *, quality: int = 60, price: int = 40, **more: Any) -> Evaluation:
    """Criteria and rules, no bids."""
    leaf = {"key": "price", "weight": price, "value": "price", "formula": formula}
    marked = {"key": "quality", "weight": quality, "scale": {"min": 0, "max": 5, "step": 1}}
    return from_document({"format": "evaluation/1", "criteria": [marked, leaf], "bids": [], **more})


def codes(given: Evaluation, criterion: str = "price") -> set[str]:
    found = simulate(given).cautions
    return {one.code for one in found if one.criterion is None or one.criterion.key == criterion}


def test_price_commands_less_than_its_weight_under_lowest_ratio() -> None:
    """40 × 100/150 = 26⅔ at the dear end: 13⅓ of 40 points; one tenth dearer costs 40/11."""
    curve = simulate(rules({"name": "lowest_ratio"}), Fraction(100), Fraction(150)).curves[0]

    assert (curve.swing, curve.tenth, curve.given) == (Fraction(40, 3), Fraction(40, 11), True)
    assert (curve.points[0], curve.points[10], len(curve.points)) == ((100, 40), (125, 32), 21)
    assert curve.sentence("en") == (
        "“price” weighs 40 points; between 100 and 150 it commands 13.33 of them. "
        "A bid one tenth worse than the best loses 3.64."
    )


@pytest.mark.parametrize(
    ("formula", "swing"),
    [
        ({"name": "linear_range"}, 40),
        ({"name": "linear_from_lowest", "k": 2}, 20),
        ({"name": "n_formula"}, 20),
        ({"name": "discount_power", "reference": 200, "exponent": 2}, Fraction(40) * 15 / 16),
        ({"name": "average_ratio"}, 13),
    ],
)
def test_each_formula_from_100_to_200(formula: dict[str, Any], swing: Fraction) -> None:
    """average_ratio at 200 beside 100 and 200: 40 × (500/3)/200; at 100 the clamp holds it at 40."""
    low = Fraction(50) if formula["name"] == "discount_power" else Fraction(100)

    curve = simulate(rules(formula), low, Fraction(200)).curves[0]

    expected = Fraction(40) - 40 * Fraction(500, 3) / 200 if formula["name"] == "average_ratio" else swing
    assert curve.swing == expected


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ({"name": "lowest_ratio"}, {"convex_punishes_middle", "rank_reversal", "zero_price_undefined"}),
        ({"name": "linear_range"}, {"rank_reversal"}),
        ({"name": "linear_from_lowest"}, {"rank_reversal", "zero_price_undefined"}),
        (
            {"name": "linear_from_lowest", "clamp": False},
            {"rank_reversal", "zero_price_undefined", "negative_points"},
        ),
        ({"name": "discount_power", "reference": 100, "exponent": 2}, {"points_out_of_reach"}),
        (
            {"name": "reference_ratio", "reference": 100, "clamp": False},
            {"convex_punishes_middle", "points_above_weight", "zero_price_undefined"},
        ),
        ({"name": "bands", "bands": [{"up_to": 100, "fraction": 1}, {"fraction": "0.5"}]}, set()),
        (
            {"name": "bands", "bands": [{"up_to": 100, "fraction": "0.9"}, {"fraction": "0.5"}]},
            {"points_out_of_reach"},
        ),
    ],
)
def test_named_warnings_of_a_formula(formula: dict[str, Any], expected: set[str]) -> None:
    assert codes(rules(formula)) == expected


def test_one_criterion_that_can_decide_alone() -> None:
    """Quality parts bids by 60; a price of 40 by lowest_ratio from 100 to 200, by 20."""
    given = rules({"name": "lowest_ratio"})

    decisive = [one for one in simulate(given).cautions if one.code == "one_decides"]

    assert [(one.criterion and one.criterion.key, one.figures) for one in decisive] == [("quality", (60, 20))]


@pytest.mark.parametrize(
    ("minimum", "step", "impossible"), [(50, 1, False), (60, 1, False), (60, 3, True), (36, 3, False), (37, 3, True)]
)
def test_a_minimum_that_no_mark_reaches(minimum: int, step: int, impossible: bool) -> None:
    """From 0 by 3 the best mark of 5 is 3: 36 of 60 points."""
    marked = {"key": "q", "weight": 60, "minimum": minimum, "scale": {"min": 0, "max": 5, "step": step}}
    given = from_document({"format": "evaluation/1", "criteria": [marked], "bids": []})

    assert ("minimum_impossible" in codes(given, "q")) is impossible


def test_a_minimum_of_all_the_points_under_a_discount_asks_for_a_free_bid() -> None:
    formula = {"name": "discount_power", "reference": 100, "exponent": 1}
    leaf = {"key": "price", "weight": 40, "minimum": 40, "value": "price", "formula": formula}
    given = from_document({"format": "evaluation/1", "criteria": [leaf], "bids": []})

    assert "minimum_impossible" in codes(given)


@pytest.mark.parametrize("combination", ["quality_per_price", "price_per_quality", "reduced_price"])
def test_totals_that_divide_by_the_price(combination: str) -> None:
    scale = {"min": 0, "max": 5}
    given = from_document(
        {
            "format": "evaluation/1",
            "criteria": [{"key": "q", "weight": "0.5", "scale": scale}],
            "rules": {"combination": combination},
            "bids": [],
        }
    )

    assert [(c.code, c.detail) for c in simulate(given).cautions] == [("zero_price_undefined", combination)]


def test_the_middle_bid_of_goldilocks_is_warned_of() -> None:
    given = read_file(CASES / "goldilocks_middle_bid.json")

    found = simulate(given)

    winners = {one.formula: [w.key for w in one.winners] for one in found.rankings}
    assert (found.rankings[0].declared, winners["lowest_ratio"]) == (True, ["low", "high"])
    assert "convex_punishes_middle" in {one.code for one in found.cautions}


def test_the_warning_of_rank_reversal_is_true_of_the_published_mechanism() -> None:
    given = read_file(CASES / "rank_reversal_with_loser.json")

    assert "rank_reversal" in {one.code for one in simulate(given).cautions}
    assert [bid.key for bid in rank(given).ranked] == ["A", "B", "C"]
    assert [bid.key for bid in rank(without_bid(given, "C")).ranked] == ["B", "A"]


def test_side_by_side_ranks_as_rank_does_with_that_formula() -> None:
    document = json.loads((CASES / "page_example.json").read_text())
    price = next(c for c in document["criteria"] if c["key"] == "price")
    price["formula"] = {"name": "linear_range"}

    ranking = next(r for r in simulate(read_file(CASES / "page_example.json")).rankings if r.formula == "linear_range")

    expected = rank(from_document(document))
    assert {b.bid.key: (b.rank, b.total) for b in ranking.bids} == {b.key: (b.rank, b.total) for b in expected.bids}


def test_a_formula_that_cannot_take_a_price_of_0_says_so() -> None:
    document = {
        "format": "evaluation/1",
        "criteria": [{"key": "p", "weight": 10, "value": "p", "formula": {"name": "linear_range"}}],
        "bids": [{"key": "A", "values": {"p": 0}}, {"key": "B", "values": {"p": 5}}],
    }

    found = {one.formula: one.usable for one in simulate(from_document(document)).rankings}

    assert found == {
        "linear_range": True,
        "lowest_ratio": False,
        "linear_from_lowest": False,
        "average_ratio": False,
        "n_formula": False,
        "linear_to_reference": True,
        "reference_ratio": False,
        "discount_power": True,
    }


@pytest.mark.parametrize("code", CODES)
def test_every_warning_has_a_sentence_in_both_languages(code: str) -> None:
    found = [one for given in EVERY_KIND for one in simulate(given).cautions if one.code == code]

    assert found
    for one in found:
        english, french = one.sentence("en"), one.sentence("fr")
        assert english != french
        assert " :" not in french


EVERY_KIND = (
    rules({"name": "linear_from_lowest", "clamp": False}),
    rules({"name": "reference_ratio", "reference": 100, "clamp": False}),
    rules({"name": "discount_power", "reference": 100, "exponent": 2}),
    rules({"name": "average_ratio"}),
    rules({"name": "n_formula"}),
    rules({"name": "lowest_ratio"}, rules={"combination": "quality_per_price"}),
    rules({"name": "lowest_ratio"}, rules={"combination": "least_cost"}),
    from_document(
        {
            "format": "evaluation/1",
            "criteria": [{"key": "q", "weight": 60, "minimum": 50, "scale": {"min": 0, "max": 5, "step": 3}}],
            "bids": [],
        }
    ),
)


def test_a_range_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="ends before"):
        simulate(rules({"name": "lowest_ratio"}), Fraction(200), Fraction(100))
