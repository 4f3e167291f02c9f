"""Large evaluations are worked out all bids at once: the figures are those of one bid at a time, to the last digit."""

import json
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring import Evaluation, EvaluationFileError, evaluation_file, rank, read_text
from scoring.columns import LIMIT, Column, rounded, total
from scoring.mark_table import MarkTable
from scoring.numbers import rounded as rounded_number
from scoring.reading import bulk
from tests.scoring.drawn import Document, evaluations
from tests.scoring.test_properties import steady


@pytest.fixture(autouse=True)
def every_size(monkeypatch: pytest.MonkeyPatch) -> None:
    """Arrays however few the marks, and however far apart."""
    monkeypatch.setattr(evaluation_file, "QUICK", 0)
    monkeypatch.setattr(bulk, "FEWEST", 0)
    monkeypatch.setattr(bulk, "SPARSEST", 10**9)


def one_by_one(evaluation: Evaluation) -> Evaluation:
    return replace(evaluation, marks=dict(evaluation.marks))


def everything(evaluation: Evaluation) -> Any:
    """Every figure, reason and word of the ranking; the faults where it cannot be worked out."""
    try:
        result = rank(evaluation)
    except EvaluationFileError as error:
        return error.faults
    bids = [
        replace(bid, criteria={}).__dict__ | {"criteria": list(bid.criteria.items()), "roundings": bid.roundings}
        for bid in result.bids
    ]
    return bids, result.ties, result.warnings, result.points


@settings(steady, max_examples=400)
@given(evaluations())
def test_all_at_once_is_one_by_one(document: Document) -> None:
    evaluation = read_text(json.dumps(document))

    assert isinstance(evaluation.marks, MarkTable) is any(leaf.scale for leaf in evaluation.leaves)
    assert everything(evaluation) == everything(one_by_one(evaluation))


@steady
@given(evaluations())
def test_marks_in_arrays_read_as_those_of_the_file(document: Document) -> None:
    def number(mark: Any) -> Fraction | None:
        return None if mark is None else Fraction(str(mark))

    found = read_text(json.dumps(document)).marks

    assert dict(found) == {
        bid: {
            leaf: {who: number(mark) for who, mark in got.items()} if isinstance(got, dict) else number(got)
            for leaf, got in by_leaf.items()
        }
        for bid, by_leaf in document["marks"].items()
    }
    assert (len(found), "nobody" in found, found.get("nobody")) == (len(document["marks"]), False, None)


SPOILED: list[tuple[Any, str]] = [
    (True, "not such a number"),
    ("5.", "not such a number"),
    ([], "not such a number"),
    (6, "outside the scale"),
    (-1, "outside the scale"),
    ("4.5", "off the scale's step"),
    (10**15, "not such a number"),
    (10**30, "not such a number"),
    ("0.0000000000000001", "not such a number"),
    ("999999999999999.999999999999999", "outside the scale"),
]


@pytest.mark.parametrize(("mark", "problem"), SPOILED)
@pytest.mark.parametrize("agreed", [True, False])
def test_a_spoiled_mark_is_refused_by_its_path(mark: Any, problem: str, agreed: bool) -> None:
    leaf = {"key": "q", "weight": 1, "scale": {"min": 0, "max": 5, "step": 1}}
    document = {"format": "evaluation/1", "criteria": [leaf], "bids": [{"key": "A"}], "evaluators": [{"key": "e"}]}
    marks = {"A": {"q": mark if agreed else {"e": mark}}}

    with pytest.raises(EvaluationFileError) as caught:
        read_text(json.dumps({**document, "marks": marks}))

    (fault,) = caught.value.faults
    assert fault.path == ("$.marks.A.q" if agreed else "$.marks.A.q.e")
    assert problem in fault.problem


@pytest.mark.parametrize(
    ("marks", "path"),
    [
        ('{"A": {"q": {"e": 1, "e": 1}}}', "$.marks.A.q.e"),
        ('{"A": {"q": {"e": 1}, "q": {"e": 1}}}', "$.marks.A.q"),
        ('{"A": {"q": 1}, "A": {"q": 1}}', "$.marks.A"),
        ('{"A": {"q": {"e": 1, "x": 1}}}', "$.marks.A.q.x"),
        ('{"A": {"x": {"e": 1}}}', "$.marks.A.x"),
        ('{"x": {"q": {"e": 1}}}', "$.marks.x"),
        ('{"A": {"q": null}}', "$.marks.A.q"),
        ('{"A": null}', "$.marks.A"),
        ("[]", "$.marks"),
    ],
)
def test_what_is_not_plain_is_refused_by_its_path(marks: str, path: str) -> None:
    leaf = '{"key": "q", "weight": 1, "scale": {"min": 0, "max": 5, "step": 1}}'
    text = f'{{"format": "evaluation/1", "criteria": [{leaf}], "bids": [{{"key": "A"}}], "evaluators": [{{"key": "e"}}]'

    with pytest.raises(EvaluationFileError) as caught:
        read_text(text + f', "marks": {marks}}}')

    assert [fault.path for fault in caught.value.faults] == [path]


def test_marks_too_fine_for_64_bits_are_ranked_one_by_one() -> None:
    leaf = {"key": "q", "weight": 1, "scale": {"min": 0, "max": 999999}}
    document = {"format": "evaluation/1", "criteria": [leaf], "bids": [{"key": "A"}]}

    evaluation = read_text(json.dumps({**document, "marks": {"A": {"q": "999998.000000000000001"}}}))

    assert not isinstance(evaluation.marks, MarkTable)
    assert rank(evaluation).bids[0].total == Fraction("999998.000000000000001") / 999999


def test_totals_too_fine_for_64_bits_are_exact() -> None:
    """Weights of 15 decimals on scales of large and different spans: the sums are made in Python's own integers."""
    leaves = [
        {"key": f"c{i}", "weight": f"0.{10**14 + 3 * i}", "scale": {"min": 0, "max": str(10**9 + i)}} for i in range(9)
    ]
    document = {"format": "evaluation/1", "criteria": leaves, "bids": [{"key": "A"}, {"key": "B"}]}
    marks = {bid: {leaf["key"]: 10**6 + i * j for i, leaf in enumerate(leaves)} for j, bid in enumerate("AB")}
    evaluation = read_text(json.dumps({**document, "marks": marks, "rules": {"rounding": {"criterion": 15}}}))

    assert isinstance(evaluation.marks, MarkTable)
    assert everything(evaluation) == everything(one_by_one(evaluation))


# Times 10**15 these are just within 64 bits; two of them together are not.
LARGE = ["3999.999999999999999", "3987.000000000000001", "3999.5", "0.000000000000003", None, "2000.000000000000007"]


def _shrunk(mark: str, by: int) -> str:
    return str((Decimal(mark) / by).quantize(Decimal("1e-15"), rounding="ROUND_DOWN"))


@pytest.mark.parametrize("places", [None, 0, 3, 15])
@pytest.mark.parametrize("size", [1, 10, 100, 1000])
@pytest.mark.parametrize(
    ("rules", "weights"),
    [
        ({}, [1, 1, 1, 1]),
        ({"drop": 2}, [1, 1, 1, 1, 1]),
        ({"drop": 1}, [1, 1, 1, 1, 1, 1]),
        ({}, [1, "2.5", "0.000000000000001", 999999999]),
        ({"mean": "median"}, [1, 1, 1, 1]),
        ({"drop": 1}, [1, 1, 1, 1]),
        ({"drop": 1, "mean": "median"}, [1, 1, 1, 1]),
        ({"drop": 2}, [1, 1, 1, 1]),
    ],
)
def test_means_of_marks_that_nearly_fill_64_bits(
    rules: Document, weights: list[Any], size: int, places: int | None
) -> None:
    panel = [{"key": f"e{i}", "weight": weight} for i, weight in enumerate(weights)]
    leaves = [{"key": f"q{i}", "weight": f"0.{7 + i}", "scale": {"min": -i, "max": 4000}} for i in range(3)]
    large = [None if mark is None else _shrunk(mark, size) for mark in LARGE]
    turned = [[large[(b + e) % len(large)] for e in range(len(weights))] for b in range(len(large))]
    marks: Document = {}
    for b, row in enumerate(turned):
        by_evaluator = {f"e{e}": mark for e, mark in enumerate(row)}
        fewer = {"e1": row[1], "e3": row[3]}
        marks[f"b{b}"] = {"q0": by_evaluator, "q1": row[0] or row[1], "q2": fewer if b % 2 else by_evaluator}
    evaluation = read_text(
        json.dumps(
            {
                "format": "evaluation/1",
                "criteria": [{"key": "g", "children": leaves}],
                "evaluators": panel,
                "rules": {"panel": {"missing": "present", **rules}, "rounding": {"panel": places}},
                "bids": [{"key": key} for key in marks],
                "marks": marks,
            }
        )
    )

    assert isinstance(evaluation.marks, MarkTable)
    assert everything(evaluation) == everything(one_by_one(evaluation))


def test_an_evaluation_that_has_lost_bids_or_criteria_is_still_ranked_from_its_arrays() -> None:
    leaf = {"weight": 10, "scale": {"min": 0, "max": 5}}
    document = {"format": "evaluation/1", "bids": [{"key": key} for key in "ABC"]}
    marks = {key: {"q": i, "r": 5 - i} for i, key in enumerate("ABC")}
    evaluation = read_text(
        json.dumps({**document, "criteria": [{"key": "q", **leaf}, {"key": "r", **leaf}], "marks": marks})
    )

    fewer = replace(evaluation, bids=evaluation.bids[:0:-1], criteria=evaluation.criteria[:1])

    assert [(bid.key, bid.total) for bid in rank(fewer).bids] == [("C", 4), ("B", 2)]


def test_an_evaluation_with_a_bid_the_arrays_do_not_have_is_ranked_one_by_one() -> None:
    leaf = {"key": "q", "weight": 10, "scale": {"min": 0, "max": 5}}
    document = {"format": "evaluation/1", "criteria": [leaf], "bids": [{"key": "A"}], "marks": {"A": {"q": 4}}}
    evaluation = read_text(json.dumps(document))

    more = replace(evaluation, bids=(*evaluation.bids, replace(evaluation.bids[0], key="B")))

    assert [(bid.key, bid.status) for bid in rank(more).bids] == [("A", "ranked"), ("B", "incomplete")]


@pytest.mark.parametrize(
    ("low", "high"), [("0.5", "2.5"), ("-0.25", "3.5"), ("0.3", "0.7"), ("-7.5", "-0.5"), ("1", "4")]
)
@pytest.mark.parametrize("weight", [2, 7, "0.35"])
def test_scales_that_start_between_the_marks(low: str, high: str, weight: Any) -> None:
    leaf = {"key": "q", "weight": weight, "scale": {"min": low, "max": high}}
    middle = str((Decimal(low) + Decimal(high)).to_integral_value() / 2)
    marks = {"A": {"q": low}, "B": {"q": high}, "C": {"q": middle}}
    document = {"format": "evaluation/1", "criteria": [leaf], "bids": [{"key": key} for key in marks]}
    evaluation = read_text(json.dumps({**document, "marks": marks}))

    assert {b.key: b.total for b in rank(evaluation).bids}["B"] == Fraction(str(weight))
    assert everything(evaluation) == everything(one_by_one(evaluation))


@pytest.mark.parametrize("mode", ["half_up", "half_even", "down"])
@pytest.mark.parametrize("places", [0, 1])
def test_every_twentieth_is_rounded_as_a_number_is(mode: str, places: int) -> None:
    numbers = list(range(-85, 86))

    found = rounded(column(numbers, 20), mode, places).listed()

    assert found == [rounded_number(Fraction(n, 20), mode, places) for n in numbers]


WHOLE = st.one_of(st.integers(-50, 50), st.integers(-(2**80), 2**80), st.integers(LIMIT - 3, LIMIT + 3))


def column(numbers: list[int], den: int) -> Column:
    bound = max(map(abs, numbers))
    return Column(np.array(numbers, dtype=np.int64 if bound < LIMIT else object), den, bound)


@steady
@given(
    st.lists(WHOLE, min_size=1, max_size=6),
    st.sampled_from([1, 2, 3, 20, 10**16, 2**70]),
    st.sampled_from(["half_up", "half_even", "down"]),
    st.sampled_from([None, 0, 2, 15]),
)
def test_a_column_is_rounded_as_its_numbers_are(numbers: list[int], den: int, mode: str, places: int | None) -> None:
    halves = [*numbers, den // 2, -(den // 2), den + den // 2]

    found = rounded(column(halves, den), mode, places)

    assert [found.at(i) for i in range(len(halves))] == [rounded_number(Fraction(n, den), mode, places) for n in halves]
    assert all(abs(int(n)) <= found.bound for n in found.nums)


@steady
@given(st.lists(st.tuples(WHOLE, WHOLE, st.sampled_from([1, 2, 3, 20, 10**16])), max_size=5))
def test_columns_are_summed_as_their_numbers_are(rows: list[tuple[int, int, int]]) -> None:
    found = total([column([a, b], den) for a, b, den in rows], 2)

    sums = [sum((Fraction(row[i], row[2]) for row in rows), Fraction(0)) for i in (0, 1)]
    assert [found.at(0), found.at(1)] == sums
    assert all(abs(int(n)) <= found.bound for n in found.nums)
