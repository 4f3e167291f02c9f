"""docs/evaluation-file.md, Bids: status, and the five steps at which a bid leaves."""

from typing import Any

import pytest

from tests.scoring.documents import (
    Document,
    bids_of,
    computed,
    document,
    faults_in,
    marked,
    paths_of_faults,
    points_of,
    priced,
    ranks_of,
    result_of,
)


def reasons(bid: Document) -> list[tuple[str, str | None]]:
    return [(r["code"], r.get("criterion") or r.get("gate")) for r in bid["reasons"]]


def steps(**bid: Any) -> Document:
    """Bid X against two gates, two minimums on marks, a budget, and two minimums on the price."""
    tree = [
        {"key": "g", "minimum": 6, "children": [marked("a", minimum=5), marked("b")]},
        {
            "key": "offer",
            "minimum": 5,
            "children": [
                computed("p", 10, "linear_to_reference", reference=100, minimum=4),
                marked("c", 0),
            ],
        },
    ]
    best = {"key": "Y", "values": {"price": 50}, "gates": {"k": True, "l": True}}
    one = {"key": "X", "values": {"price": 50}, "gates": {"k": True, "l": True}, **bid}
    rules = {"combination": "fixed_budget", "budget": 200}
    gates = [{"key": "k", "title": "K"}, {"key": "l"}]
    return document(tree, [best, one], gates=gates, rules=rules, marks={"Y": {"a": 9, "b": 9}, "X": {"a": 9, "b": 9}})


def test_a_bid_with_nothing_against_it_is_ranked() -> None:
    assert bids_of(steps())["X"]["status"] == "ranked"


@pytest.mark.parametrize("status", ["excluded", "withdrawn"])
def test_step_1_is_the_status(status: str) -> None:
    given = steps(status=status, reason="Because.", gates={"k": False}, values={"price": 500})
    given["marks"]["X"] = {"a": 1, "b": 1}

    found = bids_of(given)["X"]

    assert found["status"] == status
    assert found["reasons"] == [{"code": status, "text": "Because."}]


def test_step_2_is_every_gate_that_is_false() -> None:
    given = steps(gates={"k": False, "l": False}, values={"price": 500})
    given["marks"]["X"] = {"a": 1, "b": 1}

    found = bids_of(given)["X"]

    assert (found["status"], reasons(found)) == ("excluded", [("gate", "k"), ("gate", "l")])


def test_one_false_gate_is_enough_though_another_is_not_checked() -> None:
    found = bids_of(steps(gates={"l": False}))["X"]

    assert (found["status"], reasons(found)) == ("excluded", [("gate", "l")])


@pytest.mark.parametrize("gates", [{"k": None, "l": True}, {"l": True}, {}])
def test_a_gate_not_checked_blocks(gates: Document) -> None:
    found = bids_of(steps(gates=gates))["X"]

    unchecked = [key for key in "kl" if gates.get(key) is None]
    assert (found["status"], found["rank"], found["total"]) == ("incomplete", None, None)
    assert reasons(found) == [("gate_missing", key) for key in unchecked]


def test_step_3_is_every_minimum_on_marks() -> None:
    given = steps(values={"price": 500})
    given["marks"]["X"] = {"a": 4, "b": "1.5"}

    found = bids_of(given)["X"]

    assert (found["status"], reasons(found)) == ("excluded", [("minimum", "g"), ("minimum", "a")])


def test_step_3_comes_though_a_gate_is_not_checked() -> None:
    given = steps(gates={})
    given["marks"]["X"] = {"a": 4, "b": 9}

    assert reasons(bids_of(given)["X"]) == [("minimum", "a")]


def test_step_4_is_the_budget() -> None:
    found = bids_of(steps(values={"price": 201}))["X"]

    assert (found["status"], reasons(found)) == ("excluded", [("over_budget", None)])


def test_step_5_is_every_minimum_with_a_computed_leaf_in_it() -> None:
    found = bids_of(steps(values={"price": 90}))["X"]

    assert (found["status"], reasons(found)) == ("excluded", [("minimum", "offer"), ("minimum", "p")])
    assert found["criteria"]["p"] == {"value": "90", "points": "2"}


def test_what_cannot_be_worked_out_yet_is_not_held_against_a_minimum() -> None:
    given = steps()
    given["marks"]["X"] = {"b": 0}

    found = bids_of(given)["X"]

    assert (found["status"], reasons(found)) == ("incomplete", [("marks_missing", "a")])


def test_an_incomplete_bid_may_still_leave_at_step_5() -> None:
    given = steps(values={"price": 90}, gates={})
    given["marks"]["X"] = {}

    assert reasons(bids_of(given)["X"]) == [("minimum", "offer"), ("minimum", "p")]


def test_a_group_with_a_computed_leaf_of_weight_0_in_it_comes_at_step_5() -> None:
    tree = [
        {"key": "g", "minimum": 5, "children": [marked("a"), computed("z", 0, "lowest_ratio", "weeks")]},
        computed("p", 10, "lowest_ratio"),
    ]

    found = bids_of(document(tree, priced(A=50, B=100), marks={"A": {"a": 4}, "B": {"a": 6}}))

    # A leaves after the prices are compared, and keeps setting the lowest.
    assert (found["A"]["status"], found["B"]["criteria"]["p"]["points"]) == ("excluded", "5")


def test_the_admitted_are_those_still_there_after_step_4() -> None:
    """Pmin, Pmax, Pavg and n are those of the admitted: incomplete ones and those that leave at step 5 too."""
    tree = [
        marked("q", minimum=5),
        computed("low", 100, "lowest_ratio", clamp=False),
        computed("avg", 100, "average_ratio", clamp=False, minimum=50),
        computed("n", 100, "n_formula", clamp=False),
        computed("range", 100, "linear_range"),
    ]
    bids = [
        {"key": "A", "values": {"price": 100}},
        {"key": "open", "values": {"price": 80}},
        {"key": "dear", "values": {"price": 400}},
        {"key": "gone", "values": {"price": 1}, "status": "withdrawn", "reason": "x"},
        {"key": "out", "values": {"price": 2}, "status": "excluded", "reason": "x"},
        {"key": "weak", "values": {"price": 3}},
        {"key": "rich", "values": {"price": 1000}},
    ]
    marks = {"A": {"q": 9}, "dear": {"q": 9}, "weak": {"q": 4}, "rich": {"q": 9}}
    rules = {"combination": "fixed_budget", "budget": 500}

    found = bids_of(document(tree, bids, marks=marks, rules=rules))

    # Over 100, 80 and 400: lowest 80, mean 193 1/3, n 3, dearest 400.
    assert {k: found["A"]["criteria"][k]["points"] for k in ("low", "avg", "n", "range")} == {
        "low": "80",
        "avg": "193.333333333",
        "n": "87.5",
        "range": "93.75",
    }
    assert {key: bid["status"] for key, bid in found.items()} == {
        "A": "ranked",
        "open": "incomplete",
        "dear": "excluded",
        "gone": "withdrawn",
        "out": "excluded",
        "weak": "excluded",
        "rich": "excluded",
    }
    assert found["open"]["criteria"]["low"]["points"] == "100"
    assert found["dear"]["criteria"]["range"]["points"] == "0"


def test_what_has_left_shows_its_value_and_its_marks_and_no_computed_points() -> None:
    tree = [
        marked("q"),
        computed("p", 10, "lowest_ratio"),
        {"key": "g", "children": [computed("r", 5, "linear_range")]},
    ]
    bids = [
        {"key": "A", "values": {"price": 5}},
        {"key": "B", "values": {"price": "4.50"}, "status": "withdrawn", "reason": "x"},
        {"key": "C", "status": "excluded", "reason": "x"},
    ]

    found = bids_of(document(tree, bids, marks={"A": {"q": 1}, "B": {"q": 2}}))

    assert found["B"]["criteria"] == {
        "q": {"mark": "2", "points": "2", "marks": 1},
        "p": {"value": "4.5", "points": None},
        "g": {"points": None},
        "r": {"value": "4.5", "points": None},
    }
    assert found["C"]["criteria"]["p"] == {"value": None, "points": None}


def test_the_file_may_hold_no_bid_and_no_bid_that_can_be_ranked() -> None:
    empty = result_of(document([marked("q")], []))
    gone = result_of(document([computed("p", 5, "lowest_ratio")], [{"key": "A", "status": "withdrawn", "reason": "x"}]))

    assert empty == {"format": "result/1", "points": "10", "bids": [], "ties": [], "warnings": []}
    assert [(b["key"], b["rank"]) for b in gone["bids"]] == [("A", None)]


@pytest.mark.parametrize("status", ["excluded", "withdrawn"])
@pytest.mark.parametrize("reason", [{}, {"reason": ""}, {"reason": None}, {"reason": 5}])
def test_these_two_come_with_a_reason(status: str, reason: Document) -> None:
    found = paths_of_faults(document([marked("q")], [{"key": "A", "status": status, **reason}]))

    assert found == ["$.bids[0].reason" if reason else "$.bids[0]"]


@pytest.mark.parametrize("null_value", [None, ...])
def test_a_null_value_is_missing(null_value: Any) -> None:
    bid: Document = {"key": "A", "values": {} if null_value is ... else {"price": None}}

    assert len(faults_in(document([computed("p", 5, "lowest_ratio")], [bid]))) == 1
    assert faults_in(document([marked("q")], [bid])) == []


@pytest.mark.parametrize(
    "moment",
    [
        "2026-05-04T12:00:00+02:00",
        "2026-05-04T12:00:00Z",
        "2026-05-04T12:00Z",
        "2026-05-04T12:00:00.1Z",
        "2026-05-04T12:00:00.123456-11:30",
        "2024-02-29T23:59:59+14:00",
        "2026-05-04T12:00:00-00:00",
    ],
)
def test_instants(moment: str) -> None:
    assert faults_in(document([marked("q")], [{"key": "A", "submitted_at": moment}])) == []


@pytest.mark.parametrize(
    "moment",
    [
        None,
        0,
        "",
        "2026-05-04",
        "2026-05-04T12:00:00",
        "2026-05-04 12:00:00Z",
        "2026-05-04t12:00:00z",
        "2026-05-04T12:00:00+0200",
        "2026-05-04T12:00:00+02",
        "2026-05-04T12:00:00.1234567Z",
        "2026-05-04T12:00:00,5Z",
        "2026-02-29T12:00:00Z",
        "2026-13-01T12:00:00Z",
        "2026-05-04T24:00:00Z",
        "2026-05-04T12:00:60Z",
        "2026-05-04T12:00:00+24:00",
        "0000-05-04T12:00:00Z",
        "9999-12-31T23:59:59-01:00",
        "0001-01-01T00:00:00+01:00",
        "2026-05-04T12:00:00Z\n",
        "２026-05-04T12:00:00Z",
    ],
)
def test_what_is_no_instant(moment: Any) -> None:
    given = document([marked("q")], [{"key": "A", "submitted_at": moment}])

    assert paths_of_faults(given) == ["$.bids[0].submitted_at"]


def test_a_fraction_of_a_second_is_read_to_its_place() -> None:
    bids = [{"key": k, "submitted_at": f"2026-05-04T12:00:00{f}Z"} for k, f in [("A", ".5"), ("B", ".49"), ("C", "")]]
    marks = {key: {"q": 5} for key in "ABC"}

    found = ranks_of(document([marked("q")], bids, marks=marks, rules={"ties": [{"by": "earliest"}]}))

    assert found == {"C": 1, "B": 2, "A": 3}


def test_bids_by_rank_then_the_unranked_in_file_order() -> None:
    bids = [
        {"key": "open"},
        {"key": "low"},
        {"key": "gone", "status": "withdrawn", "reason": "x"},
        {"key": "high"},
        {"key": "out", "status": "excluded", "reason": "x"},
    ]

    found = points_of(document([marked("q")], bids, marks={"low": {"q": 1}, "high": {"q": 2}, "out": {"q": 3}}), "q")

    assert list(found.items()) == [("high", "2"), ("low", "1"), ("open", None), ("gone", None), ("out", "3")]
