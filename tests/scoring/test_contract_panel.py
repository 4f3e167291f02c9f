"""docs/evaluation-file.md, Rules: panel. From evaluators' marks to one mark, in three orders."""

from typing import Any

import pytest

from tests.scoring.documents import (
    Document,
    bids_of,
    computed,
    document,
    faults_in,
    marked,
    panel,
    paths_of_faults,
    result_of,
    totals_of,
)


def one(
    marks: Document, *, weights: Document | None = None, rounding: Document | None = None, **rules: Any
) -> Document:
    """One bid, one leaf of 10 points from 0 to 10; the bid's part of the result."""
    evaluators = [{"key": key, **({"weight": weights[key]} if weights else {})} for key in marks]
    given = {"panel": rules, "rounding": rounding or {}}
    return bids_of(document([marked("q")], "A", evaluators=evaluators, rules=given, marks={"A": {"q": marks}}))["A"]


@pytest.mark.parametrize(
    ("marks", "rules", "mark"),
    [
        ([4, 7], {}, "5.5"),
        ([1, 1, 2], {}, "1.33333333333"),
        ([9, 2, 3], {"mean": "median"}, "3"),
        ([9, 2, 3, 5], {"mean": "median"}, "4"),
        ([9], {"mean": "median"}, "9"),
        ([9, 2, 3, 5], {"drop": 1}, "4"),
        ([0, 0, 10, 10, 7], {"drop": 1}, "5.66666666667"),
        ([0, 1, 7, 9, 10], {"drop": 2}, "7"),
        ([0, 1, 7, 10], {"drop": 1, "mean": "median"}, "4"),
        ([0, 1, None, 7, 10], {"drop": 1, "missing": "present"}, "4"),
        ([4, None], {"missing": "present"}, "4"),
    ],
)
def test_the_mean(marks: list[Any], rules: Document, mark: str) -> None:
    found = one({f"e{i}": m for i, m in enumerate(marks)}, **rules)

    assert found["criteria"]["q"]["mark"] == found["total"] == mark


def test_weights_count_in_the_mean() -> None:
    found = one({"chair": 4, "member": 1}, weights={"chair": 2, "member": "1"})
    half = one({"chair": 4, "member": 1}, weights={"chair": "0.25", "member": "0.75"})

    assert (found["total"], half["total"]) == ("3", "1.75")


def test_the_weights_of_those_absent_do_not_count() -> None:
    found = one({"chair": None, "b": 4, "c": 1}, weights={"chair": 5, "b": 2, "c": 1}, missing="present")

    assert found["total"] == "3"


@pytest.mark.parametrize(("rules", "refused"), [({"mean": "median"}, 1), ({"drop": 1}, 1), ({}, 0), ({"drop": 0}, 0)])
@pytest.mark.parametrize("order", ["criterion_first", "evaluator_first"])
def test_other_weights_than_1_are_refused_with_median_or_drop(rules: Document, refused: int, order: str) -> None:
    evaluators = [{"key": "a", "weight": "1.0"}, {"key": "b", "weight": 2}]
    given = document([marked("q")], evaluators=evaluators, rules={"panel": {"order": order, **rules}})

    assert paths_of_faults(given) == ["$.evaluators[1].weight"][:refused]


def test_drop_is_refused_with_pooled() -> None:
    assert paths_of_faults(document([marked("q")], **panel(order="pooled", drop=1))) == ["$.rules.panel.drop"]
    assert faults_in(document([marked("q")], **panel(order="pooled", drop=0))) == []


@pytest.mark.parametrize(
    ("count", "drop", "ranked"), [(2, 1, False), (3, 1, True), (4, 2, False), (5, 2, True), (1, 1, False)]
)
def test_where_drop_leaves_none_the_bid_is_incomplete(count: int, drop: int, ranked: bool) -> None:
    found = one({f"e{i}": 5 for i in range(count)}, drop=drop)

    assert found["status"] == ("ranked" if ranked else "incomplete")
    assert [r["code"] for r in found["reasons"]] == ([] if ranked else ["too_few_marks"])
    assert found["criteria"]["q"]["marks"] == count


def test_a_huge_drop_leaves_none() -> None:
    assert one({"e": 5, "f": 5}, drop=999999999999999)["status"] == "incomplete"


def test_agreed_marks_are_not_touched_by_drop_or_rounding() -> None:
    rules = {"panel": {"drop": 3}, "rounding": {"panel": 0}}

    found = bids_of(document([marked("q")], "A", rules=rules, marks={"A": {"q": "4.56"}}))["A"]

    assert found["criteria"]["q"] == {"mark": "4.56", "points": "4.56", "marks": 1}


def test_block_lists_what_is_missing_and_counts_those_present() -> None:
    found = one({"e": 4, "f": None, "g": 3})

    assert found["criteria"]["q"] == {"mark": None, "points": None, "marks": 2}
    assert found["reasons"] == [{"code": "marks_missing", "criterion": "q", "text": "q: not marked by f"}]


def test_present_warns_for_each_counted_leaf_of_a_ranked_bid() -> None:
    leaves = [marked("q"), marked("r"), marked("z", 0)]
    marks = {
        "A": {"q": {"e": 4, "f": None}, "r": {"e": None, "f": 3}, "z": {"e": None, "f": 1}},
        "B": {"q": {"e": 4, "f": None}, "r": {"e": None}},
    }

    found = result_of(document(leaves, "AB", marks=marks, **panel("e", "f", missing="present")))

    assert found["warnings"] == [
        {"code": "missing_marks", "text": "A, q: 1 of 2 evaluators"},
        {"code": "missing_marks", "text": "A, r: 1 of 2 evaluators"},
    ]


# Two leaves of 10 points and two evaluators.
APART = {"A": {"a": {"e": 1, "f": 2}, "b": {"e": 3, "f": 8}}}


def test_evaluator_first_is_the_mean_of_each_ones_points() -> None:
    tree = [marked("a"), marked("b", 5)]

    assert totals_of(document(tree, "A", marks=APART, **panel("e", "f", order="evaluator_first"))) == {"A": "4.25"}


@pytest.mark.parametrize(
    ("rules", "total"),
    [({"mean": "median"}, "11"), ({"drop": 1}, "11"), ({}, "10.6666666667")],
)
def test_evaluator_first_takes_its_mean_over_the_evaluators_totals(rules: Document, total: str) -> None:
    marks = {"A": {"a": {"e": 9, "f": 1, "g": 3}, "b": {"e": 2, "f": 8, "g": 9}}}
    given = document(
        [marked("a"), marked("b")], "A", marks=marks, **panel("e", "f", "g", order="evaluator_first", **rules)
    )

    found = bids_of(given)["A"]

    assert found["total"] == total
    assert [found["criteria"][k]["mark"] for k in "ab"] == (["3", "8"] if rules else ["4.33333333333", "6.33333333333"])


def test_evaluator_first_weighs_the_evaluators() -> None:
    given = document([marked("a"), marked("b")], "A", marks=APART, **panel("e", "f", order="evaluator_first"))
    given["evaluators"][0]["weight"] = 3

    assert totals_of(given) == {"A": "5.5"}


def test_evaluator_first_rounds_each_ones_leaf_points_then_the_mean() -> None:
    marks = {"A": {"a": {"e": "1.5", "f": "2.4"}, "b": {"e": "3.5", "f": "8.4"}}}
    given = document([marked("a"), marked("b")], "A", marks=marks, **panel("e", "f", order="evaluator_first"))
    given["rules"]["rounding"] = {"criterion": 0, "panel": 0}

    found = bids_of(given)["A"]

    # e: 2 + 4, f: 2 + 8; their mean is 8. The leaves: 1.95 to 2, 5.95 to 6.
    assert found["total"] == "8"
    assert [found["criteria"][k]["points"] for k in "ab"] == ["2", "6"]


def test_an_agreed_mark_counts_as_each_ones() -> None:
    marks = {"A": {"a": {"e": 1, "f": 4}, "b": 7}}
    given = document(
        [marked("a"), marked("b")], "A", marks=marks, **panel("e", "f", order="evaluator_first", mean="median")
    )

    assert totals_of(given) == {"A": "9.5"}


def test_agreed_marks_alone_make_q_without_a_mean() -> None:
    given = document(
        [marked("a"), marked("b")], "A", marks={"A": {"a": "1.26", "b": "2.2"}}, **panel("e", order="evaluator_first")
    )
    given["rules"]["rounding"] = {"panel": 0}

    assert totals_of(given) == {"A": "3.46"}


def test_evaluator_first_always_blocks() -> None:
    marks = {"A": {"a": {"e": 1, "f": None}, "b": {"e": 3, "f": 8}}}
    given = document(
        [marked("a"), marked("b")], "A", marks=marks, **panel("e", "f", order="evaluator_first", missing="present")
    )

    assert bids_of(given)["A"]["status"] == "incomplete"


@pytest.mark.parametrize(
    ("marks", "paths"),
    [
        ({"A": {"a": {"e": 1, "f": 2}, "b": {"e": 3}}}, ["$.marks.A.b"]),
        ({"A": {"a": {"e": 1}, "b": {"f": 3}}}, ["$.marks.A.a", "$.marks.A.b"]),
        ({"A": {"a": {"e": 1}, "b": {"f": None}}}, ["$.marks.A.a", "$.marks.A.b"]),
        ({"A": {"a": {"e": 1}, "b": {"e": 3}}, "B": {"a": {"f": 1}, "b": {"f": 3}}}, []),
        ({"A": {"a": {"e": 1}, "b": 3}}, []),
        ({"A": {"a": {"e": 1}, "b": {"e": 3}, "z": {"f": 3}}}, []),
    ],
)
def test_evaluator_first_asks_everyone_everywhere(marks: Document, paths: list[str]) -> None:
    tree = [marked("a"), marked("b"), marked("z", 0)]

    assert paths_of_faults(document(tree, "AB", marks=marks, **panel("e", "f", order="evaluator_first"))) == paths
    assert faults_in(document(tree, "AB", marks=marks, **panel("e", "f"))) == []


@pytest.mark.parametrize(
    ("marks", "weights", "rules", "total"),
    [
        ({"a": {"e": 1, "f": 2}, "b": {"e": 6}}, {}, {}, "6"),
        ({"a": {"e": 1, "f": 2}, "b": 6}, {}, {}, "6"),
        ({"a": {"e": 1, "f": 2}, "b": {"e": 6}}, {}, {"mean": "median"}, "4"),
        ({"a": {"e": 1, "f": 2}, "b": {"e": 6}}, {"e": 3}, {}, "6.57142857143"),
        ({"a": {"e": 1, "f": None}, "b": {"e": 6}}, {}, {"missing": "present"}, "7"),
        ({"a": 1, "b": 2}, {"e": 3}, {}, "3"),
        ({"a": {"e": 1}, "b": 6}, {"e": 4}, {}, "4"),
    ],
)
def test_pooled_is_one_mean_over_all_marks(marks: Document, weights: Document, rules: Document, total: str) -> None:
    given = document([marked("a"), marked("b")], "A", marks={"A": marks}, **panel("e", "f", order="pooled", **rules))
    for evaluator in given["evaluators"]:
        evaluator["weight"] = weights.get(evaluator["key"], 1)

    assert totals_of(given) == {"A": total}


def test_pooled_rounds_its_mean_and_not_the_points() -> None:
    marks = {"A": {"a": {"e": 1, "f": 2}, "b": {"e": 6}, "c": {"e": 1}}}
    given = document(
        [marked("a", 5), marked("b", 5), marked("c", 5)], "A", marks=marks, **panel("e", "f", order="pooled")
    )
    given["rules"]["rounding"] = {"panel": 1, "criterion": 0, "group": 0}

    # (1 + 2 + 6 + 1) / 4 = 2.5 of 10, of 15 points.
    assert totals_of(given) == {"A": "3.75"}


def test_pooled_blocks_where_a_leaf_has_no_mark_at_all() -> None:
    given = document(
        [marked("a"), marked("b")], "A", marks={"A": {"a": {"e": 1}}}, **panel("e", order="pooled", missing="present")
    )

    assert bids_of(given)["A"]["status"] == "incomplete"


@pytest.mark.parametrize(
    ("other", "refused"),
    [
        (marked("b", 10), 0),
        (marked("b", 11), 1),
        (marked("b", 0), 0),
        ({"key": "b", "weight": 10, "scale": {"min": 1, "max": 10}}, 1),
        ({"key": "b", "weight": 10, "scale": {"min": 0, "max": 11}}, 1),
        ({"key": "b", "weight": 10, "scale": {"min": 0, "max": 10, "step": 1}}, 0),
        (computed("b", 30, "linear_range"), 0),
    ],
)
def test_pooled_leaves_share_min_max_and_weight(other: Document, refused: int) -> None:
    given = document([marked("a"), other], "", **panel(order="pooled"))

    assert paths_of_faults(given) == ["$.rules.panel.order"][:refused]


def test_minimums_go_by_the_leaves_in_evaluator_first() -> None:
    tree = [{"key": "g", "minimum": 7, "children": [marked("a"), marked("b")]}]
    marks = {"A": {"a": {"e": "1.5", "f": "1.5"}, "b": {"e": "5.4", "f": "5.4"}}}
    given = document(tree, "A", marks=marks, **panel("e", "f", order="evaluator_first"))
    given["rules"]["rounding"] = {"criterion": 0, "group": 0}

    # Each one's own points are 2 + 5; so are the rounded points of the leaves.
    assert (bids_of(given)["A"]["status"], bids_of(given)["A"]["total"]) == ("ranked", "7")
    tree[0]["minimum"] = "7.1"
    assert bids_of(given)["A"]["status"] == "excluded"


def test_minimums_and_ties_go_by_the_leaves_in_pooled_and_computed_leaves_are_added() -> None:
    tree = [
        {"key": "g", "minimum": 8, "children": [marked("a"), marked("b")]},
        computed("p", 10, "lowest_ratio"),
    ]
    marks = {"A": {"a": {"e": 1, "f": 2}, "b": {"e": 6}}, "B": {"a": 1, "b": 5}, "C": {"a": 2, "b": 7}}
    bids = [{"key": key, "values": {"price": price}} for key, price in [("A", 100), ("B", 1), ("C", 125)]]
    given = document(tree, bids, marks=marks, **panel("e", "f", order="pooled"))
    given["rules"]["rounding"] = {"panel": 0}
    given["rules"]["ties"] = [{"by": "criterion", "key": "b"}]

    found = bids_of(given)

    # A: (1 + 2 + 6)/3 = 3 of 10, of 20 points, and 10; on the leaves 1.5 rounds to 2, and 6: 8, which is enough.
    assert (found["A"]["total"], found["A"]["criteria"]["g"]["points"]) == ("16", "8")
    # C: (2 + 7)/2 = 4.5 rounds to 5: 10, and 8.
    assert (found["C"]["total"], found["C"]["rank"]) == ("18", 1)
    assert found["B"]["status"] == "excluded"
