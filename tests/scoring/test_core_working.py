"""Every bid carries its working: what was marked, by how many, what was rounded when, and what it came to."""

import json
from fractions import Fraction
from typing import Any

import pytest

from scoring import rank, read_text
from scoring.result import BidResult, Rounded
from tests.scoring.documents import Document, computed, document, marked, panel

THIRDS = {"A": {"a": {"e": 3, "f": 3, "g": 4}, "b": 7}}


def only_bid(given: Document) -> BidResult:
    return rank(read_text(json.dumps(given))).bids[0]


def staged(order: str = "criterion_first", **stages: Any) -> BidResult:
    tree = [{"key": "g1", "children": [marked("a", 7), marked("b", 7)]}]
    given = document(tree, "A", marks=THIRDS, **panel("e", "f", "g", order=order))
    given["rules"]["rounding"] = stages
    return only_bid(given)


def test_a_marked_leaf_says_its_marks_and_its_mean_before_rounding() -> None:
    bid = staged(panel=1)

    a, b = bid.criteria["a"], bid.criteria["b"]
    assert (a.marks, a.asked, a.exact_mark, a.mark) == (3, 3, Fraction(10, 3), Fraction("3.3"))
    assert (b.marks, b.asked, b.exact_mark, b.mark) == (1, 1, 7, 7)


def test_what_was_rounded_and_when() -> None:
    bid = staged(panel=1, criterion=1, group=0, total=0)

    # 10/3 to 3.3; 2.31 to 2.3; 4.9 stays; 7.2 to 7; the total is 7 already.
    assert bid.roundings == [
        Rounded("panel", "a", Fraction(10, 3), Fraction("3.3")),
        Rounded("criterion", "a", Fraction("2.31"), Fraction("2.3")),
        Rounded("group", "g1", Fraction("7.2"), Fraction(7)),
    ]


def test_nothing_is_rounded_unless_the_rules_say_so() -> None:
    assert staged().roundings == []


def test_the_total_before_rounding() -> None:
    bid = staged(total=1)

    assert (bid.exact_total, bid.total) == (Fraction(7 * 31, 30), Fraction("7.2"))
    assert bid.roundings == [Rounded("total", "", Fraction(7 * 31, 30), Fraction("7.2"))]


@pytest.mark.parametrize("order", ["evaluator_first", "pooled"])
def test_q_before_rounding(order: str) -> None:
    bid = staged(order, panel=0)

    assert bid.exact_quality == (Fraction(7 * 31, 30) if order == "evaluator_first" else Fraction(14 * 17, 40))
    assert bid.quality == bid.total == (7 if order == "evaluator_first" else Fraction("5.6"))
    assert Rounded("panel", "", bid.exact_quality, bid.quality or 0) in bid.roundings


def test_q_and_p_are_told_apart_from_the_total() -> None:
    tree = [marked("a"), computed("p", 10, "reference_ratio", reference=30)]
    bids = [{"key": "A", "values": {"price": 40}}]
    given = document(tree, bids, marks={"A": {"a": 8}}, rules={"combination": "quality_per_price"})

    bid = only_bid(given)

    assert (bid.quality, bid.price, bid.total) == (8, 40, Fraction(1, 5))
    assert (bid.criteria["p"].fraction, bid.criteria["p"].exact) == (Fraction(3, 4), Fraction("7.5"))


def test_the_unranked_have_their_working_too() -> None:
    given = document([marked("a"), marked("b")], "A", marks={"A": {"a": {"e": 3, "f": None}}}, **panel("e", "f"))

    bid = only_bid(given)

    assert [(r.code, r.criterion) for r in bid.reasons] == [("marks_missing", "a"), ("marks_missing", "b")]
    assert (bid.criteria["a"].marks, bid.criteria["a"].asked, bid.criteria["a"].mark) == (1, 2, None)
    assert (bid.criteria["b"].marks, bid.criteria["b"].asked) == (0, 0)
    assert (bid.quality, bid.price, bid.total, bid.roundings) == (None, None, None, [])
