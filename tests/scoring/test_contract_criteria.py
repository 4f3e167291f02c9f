"""docs/evaluation-file.md, Criteria and Marks: the tree, its weights and minimums, and what a mark may be."""

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
    priced,
    result_of,
    statuses_of,
    totals_of,
)


def group(key: str, *children: Document, **more: Any) -> Document:
    return {"key": key, "children": list(children), **more}


def test_a_group_without_weight_weighs_what_its_children_do() -> None:
    tree = [group("g", marked("a", "1.5"), group("h", marked("b", 2), marked("c", 0))), marked("d", 196)]

    found = result_of(document(tree, "A", marks={"A": {"a": 10, "b": 5, "d": 10}}))

    assert found["points"] == "199.5"
    assert {key: got["points"] for key, got in found["bids"][0]["criteria"].items()} == {
        "g": "2.5",
        "a": "1.5",
        "h": "1",
        "b": "1",
        "c": "0",
        "d": "196",
    }
    assert list(found["bids"][0]["criteria"]) == ["g", "a", "h", "b", "c", "d"]


@pytest.mark.parametrize("weight", [3, "3", "3.00", "0.3e1"])
def test_a_group_may_say_the_sum(weight: Any) -> None:
    assert faults_in(document([group("g", marked("a", 1), marked("b", 2), weight=weight)])) == []


@pytest.mark.parametrize("weight", [2, 4, "3.000000000000001", 0])
def test_a_group_that_says_another_sum_is_refused(weight: Any) -> None:
    tree = [group("g", group("h", marked("a", 1), marked("b", 2), weight=weight))]

    faults = faults_in(document(tree))

    assert [(f.path, f.expected) for f in faults] == [("$.criteria[0].children[0].weight", "3, or no weight")]


@pytest.mark.parametrize("weight", [-1, "-0.5", None, "much", True])
@pytest.mark.parametrize("leaf", [marked("a"), computed("a", 1, "lowest_ratio"), group("a", marked("b"))])
def test_weights_are_numbers_and_never_negative(weight: Any, leaf: Document) -> None:
    assert paths_of_faults(document([{**leaf, "weight": weight}], priced(A=1)))[0] == "$.criteria[0].weight"


@pytest.mark.parametrize("leaf", [marked("a"), computed("a", 1, "lowest_ratio")])
def test_a_leaf_has_a_weight(leaf: Document) -> None:
    weightless = {key: value for key, value in leaf.items() if key != "weight"}

    assert [f.problem for f in faults_in(document([weightless], priced(A=1)))] == ['"weight" is missing']


@pytest.mark.parametrize(
    ("kinds", "problem"),
    [
        ([], "is no kind of criterion"),
        (["children", "scale"], "has children and scale"),
        (["children", "value"], "has children and value"),
        (["scale", "value"], "has scale and value"),
        (["children", "scale", "value"], "has children and scale and value"),
    ],
)
def test_a_criterion_is_of_one_kind(kinds: list[str], problem: str) -> None:
    parts = {
        "children": {"children": [marked("b", 1)]},
        "scale": {"scale": {"min": 0, "max": 1}},
        "value": {"value": "price", "formula": {"name": "lowest_ratio"}},
    }
    made: Document = {"key": "a", "weight": 1}
    for kind in kinds:
        made |= parts[kind]

    assert f'"a" {problem}' in [f.problem for f in faults_in(document([made], priced(A=1)))]


@pytest.mark.parametrize("extra", [{"formula": {"name": "lowest_ratio"}}, {"better": "low"}])
@pytest.mark.parametrize("leaf", [marked("a"), group("a", marked("b"))])
def test_formula_and_better_are_of_computed_leaves_alone(extra: Document, leaf: Document) -> None:
    found = paths_of_faults(document([{**leaf, **extra}]))

    assert found == [f"$.criteria[0].{next(iter(extra))}"]


@pytest.mark.parametrize("left_out", ["value", "formula"])
def test_a_computed_leaf_has_value_and_formula(left_out: str) -> None:
    leaf = computed("a", 1, "lowest_ratio")
    del leaf[left_out]

    assert f'"{left_out}" is missing' in [f.problem for f in faults_in(document([leaf], priced(A=1)))]


@pytest.mark.parametrize("minimum", [0, 5, 10, "10.0", "0.000000000000001"])
def test_a_minimum_is_from_0_to_the_weight(minimum: Any) -> None:
    tree = [{**marked("a"), "minimum": minimum}, group("g", marked("b"), minimum=minimum)]

    assert faults_in(document(tree)) == []


@pytest.mark.parametrize("minimum", [-1, "10.000000000000001", None, "half", True])
def test_a_minimum_out_of_bounds(minimum: Any) -> None:
    tree = [{**marked("a"), "minimum": minimum}, group("g", marked("b"), minimum=minimum)]

    assert paths_of_faults(document(tree)) == ["$.criteria[0].minimum", "$.criteria[1].minimum"]


def test_a_minimum_is_met_by_the_points_as_rounded() -> None:
    tree = [{**marked("a", 10), "minimum": 5}]
    rules = {"rounding": {"criterion": 0}}

    found = statuses_of(document(tree, "AB", rules=rules, marks={"A": {"a": "4.5"}, "B": {"a": "4.4"}}))

    assert found == {"A": "ranked", "B": "excluded"}


def test_a_minimum_of_0_is_not_met_by_points_below_0() -> None:
    leaf = computed("p", 10, "linear_to_reference", reference=100, clamp=False, minimum=0)

    assert statuses_of(document([leaf], priced(A=50, B=100, C=101))) == {"A": "ranked", "B": "ranked", "C": "excluded"}


def test_a_minimum_on_a_group_looks_at_its_rounded_points() -> None:
    tree = [group("g", marked("a", 5), marked("b", 5), minimum=6)]
    rules = {"rounding": {"criterion": 1, "group": 0}}

    found = bids_of(document(tree, "AB", rules=rules, marks={"A": {"a": 5, "b": 6}, "B": {"a": 5, "b": "5.8"}}))

    assert (found["A"]["status"], found["A"]["criteria"]["g"]["points"]) == ("ranked", "6")
    assert (found["B"]["status"], found["B"]["criteria"]["g"]["points"]) == ("excluded", "5")


def test_a_criterion_of_weight_0_is_shown_with_0_points_and_never_counted() -> None:
    tree = [marked("q", 10), marked("z", 0), computed("c", 0, "lowest_ratio"), group("g", marked("y", 0), weight=0)]
    panel = {"evaluators": [{"key": "e"}]}
    marks = {"A": {"q": 5, "z": {"e": None}}, "B": {"q": 4, "z": {"e": 10}, "y": 3}}

    found = bids_of(document(tree, priced(A=0, B=0), marks=marks, **panel))

    assert found["A"]["status"] == "ranked"
    assert found["A"]["criteria"] == {
        "q": {"mark": "5", "points": "5", "marks": 1},
        "z": {"mark": None, "points": "0", "marks": 0},
        "c": {"value": "0", "points": "0"},
        "g": {"points": "0"},
        "y": {"mark": None, "points": "0", "marks": 0},
    }
    assert found["B"]["criteria"]["z"] == {"mark": "10", "points": "0", "marks": 1}


def test_a_mark_on_a_leaf_of_weight_0_must_still_be_on_its_scale() -> None:
    assert paths_of_faults(document([marked("q", 0)], "A", marks={"A": {"q": 11}})) == ["$.marks.A.q"]


@pytest.mark.parametrize(
    ("scale", "mark", "points"),
    [
        ({"min": 0, "max": 5}, 2, "4"),
        ({"min": 1, "max": 5}, 1, "0"),
        ({"min": 1, "max": 5}, 2, "2.5"),
        ({"min": -3, "max": 3}, "-1.5", "2.5"),
        ({"min": "-0.5", "max": "0.5"}, 0, "5"),
        ({"min": 0, "max": 3}, 1, "3.33333333333"),
    ],
)
def test_points_are_the_share_of_the_scale(scale: Document, mark: Any, points: str) -> None:
    leaf = {"key": "q", "weight": 10, "scale": scale}

    assert totals_of(document([leaf], "A", marks={"A": {"q": mark}})) == {"A": points}


@pytest.mark.parametrize(
    ("scale", "good", "bad"),
    [
        ({"min": 0, "max": 5}, [0, "0.1", 5], ["-0.1", "5.1", 6]),
        ({"min": 0, "max": 5, "step": 1}, [0, 1, "5.0"], ["0.5", 6, -1]),
        ({"min": 1, "max": 10, "step": 2}, [1, 3, 9], [0, 2, 10]),
        ({"min": "0.5", "max": 3, "step": "0.25"}, ["0.5", "0.75", 3], ["0.6", "2.9"]),
        ({"min": 0, "max": 1, "step": "0.1"}, ["0.3", "0.7"], ["0.35"]),
        ({"min": 0, "max": 1, "step": 5}, [0], [1]),
    ],
)
@pytest.mark.parametrize("agreed", [True, False])
def test_a_mark_is_on_the_scale_and_on_its_step(scale: Document, good: list[Any], bad: list[Any], agreed: bool) -> None:
    leaf = {"key": "q", "weight": 10, "scale": scale}
    path = "$.marks.A.q" if agreed else "$.marks.A.q.e"

    def paths(mark: Any) -> list[str]:
        marks = {"A": {"q": mark if agreed else {"e": mark}}}
        return paths_of_faults(document([leaf], "A", evaluators=[{"key": "e"}], marks=marks))

    assert [paths(mark) for mark in good] == [[] for _ in good]
    assert [paths(mark) for mark in bad] == [[path] for _ in bad]


@pytest.mark.parametrize(
    ("scale", "path"),
    [
        ({"min": 0}, ""),
        ({"max": 0}, ""),
        ({"min": 5, "max": 5}, ".max"),
        ({"min": 5, "max": 4}, ".max"),
        ({"min": None, "max": 4}, ".min"),
        ({"min": 0, "max": "five"}, ".max"),
        ({"min": 0, "max": 5, "step": 0}, ".step"),
        ({"min": 0, "max": 5, "step": -1}, ".step"),
        ({"min": 0, "max": 5, "step": None}, ".step"),
        ({"min": 0, "max": 5, "labels": ["none"]}, ".labels"),
        ({"min": 0, "max": 5, "labels": {"a": 5}}, ".labels.a"),
        ({"min": 0, "max": 5, "labels": None}, ".labels"),
        ({"min": 0, "max": 5, "best": 5}, ".best"),
        (None, ""),
        (5, ""),
        ([], ""),
    ],
)
def test_scales_that_are_refused(scale: Any, path: str) -> None:
    on_the_leaf = document([{"key": "q", "weight": 10, "scale": scale}])
    by_name = document([{"key": "q", "weight": 10, "scale": "s"}], scales={"s": scale})

    assert paths_of_faults(on_the_leaf) == [f"$.criteria[0].scale{path}"]
    assert paths_of_faults(by_name) == [f"$.scales.s{path}"]


def test_an_evaluator_left_out_was_not_asked() -> None:
    given = document(
        [marked("q")],
        "AB",
        evaluators=[{"key": "e"}, {"key": "f"}],
        marks={"A": {"q": {"e": 4}}, "B": {"q": {"e": 4, "f": None}}},
    )

    found = bids_of(given)

    assert (found["A"]["status"], found["A"]["total"]) == ("ranked", "4")
    assert (found["B"]["status"], found["B"]["total"]) == ("incomplete", None)


@pytest.mark.parametrize("missing", ["block", "present"])
@pytest.mark.parametrize("marks", [{}, {"A": {}}, {"A": {"q": {}}}, {"A": {"q": {"e": None}}}])
def test_a_missing_mark_is_never_0(missing: str, marks: Document) -> None:
    rules = {"panel": {"missing": missing}}

    found = bids_of(document([marked("q")], "A", rules=rules, evaluators=[{"key": "e"}], marks=marks))["A"]

    assert (found["status"], found["rank"], found["total"]) == ("incomplete", None, None)
    assert found["criteria"] == {"q": {"mark": None, "points": None, "marks": 0}}
    assert [(r["code"], r["criterion"]) for r in found["reasons"]] == [("marks_missing", "q")]
