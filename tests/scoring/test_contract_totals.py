"""docs/evaluation-file.md, Rules: combination, rounding and ties."""

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
    ranks_of,
    result_of,
    totals_of,
)


def offers(combination: str, prices: Document, marks: Document, weight: Any = 100, **rules: Any) -> Document:
    """One marked leaf, from 0 to 100, and the price beside it."""
    leaf = {"key": "q", "weight": weight, "scale": {"min": 0, "max": 100}}
    bids = [{"key": key, "values": {"price": price}} for key, price in prices.items()]
    given = {key: {"q": mark} for key, mark in marks.items()}
    return document([leaf], bids, marks=given, rules={"combination": combination, **rules})


@pytest.mark.parametrize(
    ("combination", "weight", "rules", "totals"),
    [
        ("weighted_sum", 100, {}, {"B": "90", "A": "80"}),
        ("quality_per_price", 100, {}, {"A": "1.6", "B": "0.9"}),
        ("price_per_quality", 100, {}, {"A": "0.625", "B": "1.11111111111"}),
        ("value_deduction", 100, {}, {"A": "-30", "B": "10"}),
        ("reduced_price", "0.5", {}, {"A": "27.7777777778", "B": "52.6315789474"}),
        ("reduced_price", "0.99", {}, {"A": "0.623441396509", "B": "1.10987791343"}),
        ("least_cost", 100, {}, {"A": "50", "B": "100"}),
        ("fixed_budget", 100, {"budget": 100}, {"B": "90", "A": "80"}),
    ],
)
def test_the_total(combination: str, weight: Any, rules: Document, totals: Document) -> None:
    given = offers(combination, {"A": 50, "B": 100}, {"A": 80, "B": 90}, weight, **rules)

    assert totals_of(given) == totals
    assert list(ranks_of(given).values()) == [1, 2]


SIX = ["quality_per_price", "price_per_quality", "value_deduction", "reduced_price", "least_cost", "fixed_budget"]


@pytest.mark.parametrize("combination", SIX)
@pytest.mark.parametrize("price", [None, ...])
def test_the_price_must_be_there(combination: str, price: Any) -> None:
    given = offers(combination, {"A": 50, "B": price}, {"A": 8, "B": 9}, "0.5", budget=100)
    if price is ...:
        del given["bids"][1]["values"]["price"]

    faults = faults_in(given)

    assert [(f.path, f.problem) for f in faults] == [("$.bids[1].values.price", 'the bid "B" has no price')]


@pytest.mark.parametrize("combination", SIX)
def test_the_price_may_go_by_another_name(combination: str) -> None:
    given = offers(combination, {"A": 50}, {"A": 8}, "0.5", budget=100, price="cost")

    assert paths_of_faults(given) == ["$.bids[0].values.cost"]
    given["bids"][0]["values"] = {"cost": 50}
    assert faults_in(given) == []


@pytest.mark.parametrize("combination", SIX)
@pytest.mark.parametrize("price", [0, -1])
def test_where_the_price_must_be_above_0(combination: str, price: int) -> None:
    faults = faults_in(offers(combination, {"A": 50, "B": price}, {"A": 8, "B": 9}, "0.5", budget=100))

    needed = combination in ("quality_per_price", "price_per_quality", "reduced_price")
    assert [(f.path, '"B"' in f.problem) for f in faults] == [("$.bids[1].values.price", True)][:needed]


@pytest.mark.parametrize("combination", ["weighted_sum", *SIX])
def test_no_points_are_refused_where_they_divide(combination: str) -> None:
    faults = faults_in(offers(combination, {"A": 50, "B": 60}, {"A": 8, "B": 0}, "0.5", budget=100))

    said = '$.bids[1]: the bid "B" has no points to divide by; expected points above 0 in price_per_quality'
    assert [str(f) for f in faults] == [said][: combination == "price_per_quality"]


def test_what_the_excluded_and_withdrawn_lack_is_not_asked_for() -> None:
    given = offers(
        "price_per_quality", {"A": 50, "B": None, "C": 0, "D": 4}, {"A": 8, "D": 0}, ties=[{"by": "earliest"}]
    )
    given["criteria"][0]["minimum"] = 1
    given["bids"][0]["submitted_at"] = "2026-01-01T00:00Z"
    given["bids"][1] |= {"status": "withdrawn", "reason": "late"}
    given["bids"][2] |= {"status": "excluded", "reason": "false papers"}

    assert ranks_of(given) == {"A": 1, "B": None, "C": None, "D": None}


@pytest.mark.parametrize("weights", [["0.99"], ["0.5", "0.49"], ["0.99", 0]])
def test_reduced_price_leaves_a_price(weights: list[Any]) -> None:
    tree = [marked(f"q{i}", weight) for i, weight in enumerate(weights)]
    rules = {"combination": "reduced_price"}

    assert faults_in(document(tree, "", rules=rules)) == []
    tree[0]["weight"] = "0.990000000000001"
    assert paths_of_faults(document(tree, "", rules=rules)) == ["$.rules.combination"]


def test_fixed_budget_needs_a_budget() -> None:
    given = offers("fixed_budget", {"A": 50}, {"A": 8})

    assert [(f.path, f.problem) for f in faults_in(given)] == [("$.rules", '"budget" is missing')]


def test_fixed_budget_takes_a_bid_at_the_budget_and_none_above() -> None:
    given = offers("fixed_budget", {"A": 100, "B": "100.01", "C": -5}, {"A": 8, "B": 9, "C": 1}, budget="100.00")

    found = bids_of(given)

    assert ranks_of(given) == {"A": 1, "C": 2, "B": None}
    assert [r["code"] for r in found["B"]["reasons"]] == ["over_budget"]
    assert found["B"]["status"] == "excluded"


def test_least_cost_looks_only_at_those_not_below_a_minimum() -> None:
    given = offers("least_cost", {"A": 50, "B": 40}, {"A": 70, "B": 69})
    given["criteria"][0]["minimum"] = 70

    assert ranks_of(given) == {"A": 1, "B": None}


@pytest.mark.parametrize("combination", ["weighted_sum", *SIX])
def test_q_is_made_of_the_marked_leaves_alone(combination: str) -> None:
    given = offers(combination, {"A": 50}, {"A": 50}, "0.8", budget=100)
    given["criteria"].append(computed("p", "0.1", "reference_ratio", reference=25))

    q = {"weighted_sum": "0.45", "quality_per_price": "0.008", "price_per_quality": "125", "value_deduction": "49.6"}
    q |= {"reduced_price": "16.6666666667", "least_cost": "50", "fixed_budget": "0.4"}
    assert totals_of(given) == {"A": q[combination]}


def test_groups_enter_the_total_in_weighted_sum_by_criterion_first_alone() -> None:
    tree = [{"key": "g", "children": [marked("a"), marked("b")]}]
    marks = {"A": {"a": "1.3", "b": "1.3"}}

    def total(combination: str, order: str) -> str | None:
        rules = {"combination": combination, "panel": {"order": order}, "rounding": {"group": 0}, "budget": 9}
        return totals_of(document(tree, [{"key": "A", "values": {"price": 1}}], marks=marks, rules=rules))["A"]

    assert total("weighted_sum", "criterion_first") == "3"
    assert total("weighted_sum", "evaluator_first") == total("weighted_sum", "pooled") == "2.6"
    assert total("fixed_budget", "criterion_first") == total("quality_per_price", "criterion_first") == "2.6"


# Rounding


@pytest.mark.parametrize(
    ("mode", "rounded"),
    [
        ("half_up", ["3", "-3", "2", "-2", "1", "-1", "0", "0", "3"]),
        ("half_even", ["2", "-2", "2", "-2", "0", "0", "0", "0", "3"]),
        ("down", ["2", "-2", "1", "-1", "0", "0", "0", "0", "2"]),
    ],
)
def test_modes(mode: str, rounded: list[str]) -> None:
    totals = ["2.5", "-2.5", "1.5", "-1.5", "0.5", "-0.5", "0.4", "-0.4", "2.6"]
    bids = [{"key": f"b{i}", "values": {"price": total}} for i, total in enumerate(totals)]
    rules = {"combination": "least_cost", "rounding": {"mode": mode, "total": 0}}

    found = totals_of(document([marked("q", 0)], bids, rules=rules))

    assert [found[f"b{i}"] for i in range(len(totals))] == rounded


def test_half_up_is_the_default_mode_and_every_stage_is_exact_by_default() -> None:
    marks = {"A": {"q": {"e": 1, "f": 2, "g": 2}}}
    given = document([marked("q", 1)], "A", marks=marks, **panel("e", "f", "g"))

    assert totals_of(given) == {"A": "0.166666666667"}
    given["rules"]["rounding"] = {"total": 1}
    given["marks"] = {"A": {"q": "2.5"}}
    assert totals_of(given) == {"A": "0.3"}


def test_a_stages_rounded_figure_is_what_the_next_stage_uses() -> None:
    tree = [{"key": "g", "children": [marked("a", 100), marked("b", 100)]}, marked("c", 100)]
    marks = {"A": {key: {"e": "3.3", "f": "3.4"} for key in "abc"}}
    stages: list[tuple[Document, str]] = [
        ({}, "100.5"),
        ({"panel": 1}, "102"),
        ({"panel": 1, "criterion": 0}, "102"),
        ({"criterion": 0}, "102"),
        ({"group": 0}, "100.5"),
        ({"group": 0, "total": 0}, "101"),
        ({"panel": 0, "criterion": 15, "group": 15, "total": 15}, "90"),
        ({"total": 0}, "101"),
        ({"criterion": 0, "mode": "down"}, "99"),
    ]

    for rounding, total in stages:
        given = document(tree, "A", marks=marks, **panel("e", "f"))
        given["rules"]["rounding"] = rounding
        assert (rounding, totals_of(given)) == (rounding, {"A": total})


def test_groups_in_groups_are_rounded_each() -> None:
    inner = {"key": "h", "children": [marked("a"), marked("b")]}
    tree = [{"key": "g", "children": [inner, marked("c")]}]
    given = document(tree, "A", marks={"A": {"a": "1.2", "b": "1.3", "c": "1.5"}}, rules={"rounding": {"group": 0}})

    found = bids_of(given)["A"]

    # 2.5 to 3; 4.5 to 5. Rounded once it would be 4.
    assert (found["criteria"]["h"]["points"], found["criteria"]["g"]["points"], found["total"]) == ("3", "5", "5")


def test_computed_leaves_are_rounded_with_the_criteria() -> None:
    tree = [computed("p", 10, "lowest_ratio")]
    bids = [{"key": key, "values": {"price": price}} for key, price in [("A", 1), ("B", 3)]]

    assert totals_of(document(tree, bids, rules={"rounding": {"criterion": 2}})) == {"A": "10", "B": "3.33"}


def test_ranking_is_on_the_total_as_rounded() -> None:
    marks = {"A": {"q": "5.4"}, "B": {"q": "4.6"}, "C": {"q": "4.4"}}
    given = document([marked("q")], "CBA", marks=marks, rules={"rounding": {"total": 0}})

    assert ranks_of(given) == {"B": 1, "A": 1, "C": 3}
    assert result_of(given)["ties"] == [["B", "A"]]


# Ties


def tied(ties: list[Document], bids: list[Document] | str, marks: Document, tree: Any = None) -> dict[str, int | None]:
    leaves = tree or [marked("a"), marked("b"), marked("c")]
    return ranks_of(document(leaves, bids, marks=marks, rules={"ties": ties}))


EQUAL = {"A": {"a": 1, "b": 2, "c": 3}, "B": {"a": 2, "b": 2, "c": 2}, "C": {"a": 3, "b": 1, "c": 2}}


@pytest.mark.parametrize(
    ("keys", "ranks"),
    [
        ([], {"A": 1, "B": 1, "C": 1}),
        (["a"], {"C": 1, "B": 2, "A": 3}),
        (["c"], {"A": 1, "B": 2, "C": 2}),
        (["b"], {"A": 1, "B": 1, "C": 3}),
        (["b", "c"], {"A": 1, "B": 2, "C": 3}),
        (["c", "a"], {"A": 1, "C": 2, "B": 3}),
    ],
)
def test_more_points_on_a_criterion(keys: list[str], ranks: dict[str, int]) -> None:
    assert tied([{"by": "criterion", "key": key} for key in keys], "ABC", EQUAL) == ranks


def test_a_group_may_part_a_tie_with_its_rounded_points() -> None:
    tree = [{"key": "g", "children": [marked("a"), marked("b")]}, marked("c")]
    marks = {"A": {"a": 1, "b": 1, "c": 3}, "B": {"a": 1, "b": "1.4", "c": "2.6"}}
    rule = [{"by": "criterion", "key": "g"}]

    exact = ranks_of(document(tree, "AB", marks=marks, rules={"ties": rule}))
    rounded = ranks_of(document(tree, "AB", marks=marks, rules={"ties": rule, "rounding": {"group": 0, "total": 0}}))

    assert exact == {"B": 1, "A": 2}
    assert rounded == {"A": 1, "B": 1}


@pytest.mark.parametrize(("by", "ranks"), [("lowest", {"B": 1, "A": 2, "C": 2}), ("highest", {"A": 1, "C": 1, "B": 3})])
def test_a_value_parts_a_tie(by: str, ranks: dict[str, int]) -> None:
    bids = [{"key": key, "values": {"weeks": weeks}} for key, weeks in [("A", 4), ("B", -4), ("C", "4.0")]]

    assert tied([{"by": by, "value": "weeks"}], bids, EQUAL) == ranks


@pytest.mark.parametrize(("by", "ranks"), [("lowest", {"B": 1, "A": 2, "C": 3}), ("highest", {"C": 1, "A": 2, "B": 3})])
def test_a_value_of_0_is_one_like_any_other(by: str, ranks: dict[str, int]) -> None:
    bids = [{"key": key, "values": {"weeks": weeks}} for key, weeks in [("A", 0), ("B", "-0.5"), ("C", "0.5")]]

    assert tied([{"by": by, "value": "weeks"}], bids, EQUAL) == ranks


def test_earlier_instants_win() -> None:
    moments = {"A": "2026-05-04T12:00:00+02:00", "B": "2026-05-04T10:00:00.000001Z", "C": "2026-05-04T09:59-00:01"}
    bids = [{"key": key, "submitted_at": moment} for key, moment in moments.items()]

    assert tied([{"by": "earliest"}], bids, EQUAL) == {"A": 1, "C": 1, "B": 3}


def test_firsts_counts_the_leaves_on_which_a_bid_is_best_alone_or_not() -> None:
    marks = {"A": {"a": 5, "b": 1, "c": 1}, "B": {"a": 1, "b": 3, "c": 3}, "C": {"a": 1, "b": 3, "c": 3}}

    assert tied([{"by": "firsts"}], "ABC", marks) == {"B": 1, "C": 1, "A": 3}


def test_firsts_looks_at_counted_leaves_and_ranked_bids_alone() -> None:
    tree = [marked("a"), marked("b"), marked("z", 0), marked("y", 0)]
    marks = {
        "A": {"a": 5, "b": 1, "z": 9, "y": 9},
        "B": {"a": 1, "b": 5},
        "gone": {"a": 9, "b": 1},
        "open": {"b": 9},
    }
    bids = [{"key": "A"}, {"key": "B"}, {"key": "gone", "status": "withdrawn", "reason": "x"}, {"key": "open"}]

    assert tied([{"by": "firsts"}], bids, marks, tree) == {"A": 1, "B": 1, "gone": None, "open": None}


def test_firsts_counts_the_lightest_leaf_as_one() -> None:
    tree = [marked("a", 10), marked("b", "0.5"), marked("c", "0.5"), marked("d", 10)]
    marks = {"A": {"a": 1, "b": 0, "c": 0, "d": 0}, "B": {"a": 0, "b": 10, "c": 10, "d": 0}}

    assert tied([{"by": "firsts"}], "AB", marks, tree) == {"B": 1, "A": 2}


def test_firsts_counts_computed_leaves_too() -> None:
    tree = [marked("a", 20), computed("p", 20, "linear_range"), computed("w", 10, "linear_range", value="weeks")]
    bids = [{"key": "A", "values": {"price": 1, "weeks": 2}}, {"key": "B", "values": {"price": 2, "weeks": 1}}]
    marks = {"A": {"a": 0}, "B": {"a": 5}}

    assert tied([{"by": "firsts"}], bids, marks, tree) == {"B": 1, "A": 2}


def test_ties_look_at_bids_ranked_better_too() -> None:
    marks = {"A": {"a": 9, "b": 9, "c": 9}, "B": {"a": 9, "b": 1, "c": 1}, "C": {"a": 4, "b": 4, "c": 3}}

    assert tied([{"by": "firsts"}], "CBA", marks) == {"A": 1, "B": 2, "C": 3}


def test_what_the_cascade_cannot_part_shares_the_rank_in_file_order() -> None:
    marks = {key: {"q": mark} for key, mark in [("A", 4), ("B", 5), ("C", 4), ("D", 9), ("E", 5), ("F", 1)]}

    found = result_of(document([marked("q")], "ABCDEF", marks=marks))

    assert [(bid["key"], bid["rank"]) for bid in found["bids"]] == [
        ("D", 1),
        ("B", 2),
        ("E", 2),
        ("A", 4),
        ("C", 4),
        ("F", 6),
    ]
    assert found["ties"] == [["B", "E"], ["A", "C"]]


@pytest.mark.parametrize(
    ("rule", "path"),
    [
        ({"by": "lowest", "value": "weeks"}, "$.bids[1].values.weeks"),
        ({"by": "highest", "value": "weeks"}, "$.bids[1].values.weeks"),
        ({"by": "earliest"}, "$.bids[1].submitted_at"),
    ],
)
def test_what_a_tie_rule_reads_must_be_there_for_every_admitted_bid(rule: Document, path: str) -> None:
    bids = [
        {"key": "A", "values": {"weeks": 3}, "submitted_at": "2026-05-04T10:00:00Z"},
        {"key": "B", "values": {"weeks": None}},
        {"key": "C", "status": "withdrawn", "reason": "late"},
    ]

    faults = faults_in(document([marked("q")], bids, rules={"ties": [rule]}))

    assert [(f.path, '"B"' in f.problem) for f in faults] == [(path, True)]


@pytest.mark.parametrize(
    ("rule", "path"),
    [
        ({}, ""),
        ({"by": "lot"}, ".by"),
        ({"by": "criterion"}, ""),
        ({"by": "criterion", "key": ""}, ".key"),
        ({"by": "criterion", "key": "q", "value": "price"}, ".value"),
        ({"by": "lowest"}, ""),
        ({"by": "lowest", "value": "price", "key": "q"}, ".key"),
        ({"by": "highest", "value": 5}, ".value"),
        ({"by": "earliest", "key": "q"}, ".key"),
        ({"by": "firsts", "value": "price"}, ".value"),
    ],
)
def test_tie_rules_that_are_refused(rule: Document, path: str) -> None:
    assert paths_of_faults(document([marked("q")], "", rules={"ties": [rule]})) == [f"$.rules.ties[0]{path}"]
