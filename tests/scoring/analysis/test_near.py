"""Pairs that cannot be told apart."""

from scoring.robustness import near_ties
from tests.scoring.analysis.makers import evaluation


def test_rounding_and_one_step_make_near_ties() -> None:
    """C and D: 40 and 39.8 are both 40 once rounded. A is 60 ahead of them, B 6: a step by one of two evaluators is 10."""
    given = evaluation(
        {
            "A": {"q": {"x": 5, "y": 5}},
            "B": {"q": {"x": 2, "y": 2}},
            "C": {"q": {"x": 2, "y": 1}},
        },
        {"q": 100},
    )

    found = near_ties(given)

    assert [(p.ahead.key, p.behind.key, p.gap, p.cause) for p in found.pairs] == [("B", "C", 10, "mark")]
    assert found.sentence("en") == (
        "1 pair of bids is too close to call. B and C are 10 apart: one step of one mark can make up for that."
    )


def test_equal_and_rounded_totals() -> None:
    given = evaluation(
        {"A": {"q": "4.001"}, "B": {"q": 4}, "C": {"q": 4}},
        {},
        criteria=[{"key": "q", "weight": 10, "scale": {"min": 0, "max": 10}}],
        rules={"rounding": {"total": 2}},
    )

    found = near_ties(given)

    assert [(p.ahead.key, p.behind.key, p.cause) for p in found.pairs] == [
        ("A", "B", "rounding"),
        ("A", "C", "rounding"),
        ("B", "C", "equal"),
    ]


def test_where_less_is_better_the_step_counts_the_other_way() -> None:
    """Each step takes 10 off the price: 90 and 98 are one step apart, and 60 is not."""
    given = evaluation(
        {"A": {"q": 3}, "B": {"q": 1}, "C": {"q": 0}},
        {"q": 50},
        prices={"A": 90, "B": 100, "C": 98},
        rules={"combination": "value_deduction"},
    )

    found = near_ties(given)

    assert [(p.ahead.key, p.behind.key, p.gap) for p in found.pairs] == [("B", "C", 8)]
