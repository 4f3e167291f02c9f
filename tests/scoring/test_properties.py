"""What holds of every ranking: it is the oracle's, and nothing that should not matter does."""

import json
from copy import deepcopy
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from scoring import EvaluationFileError, Result, rank, read_text
from tests.scoring.drawn import Document, evaluations
from tests.scoring.oracle import Oracle, RefusedError

# The same draws in every run: a change that breaks one of these breaks it for everybody.
steady = settings(
    derandomize=True,
    deadline=None,
    max_examples=150,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
thorough = settings(steady, max_examples=1200)


def ranked(document: Document) -> Result | None:
    """The ranking; None where it is refused."""
    try:
        return rank(read_text(json.dumps(document)))
    except EvaluationFileError:
        return None


def comparable(result: Result) -> Document:
    """A result in the oracle's terms."""
    return {
        "bids": {
            bid.key: {
                "status": bid.status,
                "rank": bid.rank,
                "total": bid.total,
                "points": {key: got.points for key, got in bid.criteria.items()},
                "marks": {key: (got.mark, got.marks) for key, got in bid.criteria.items() if got.kind == "marked"},
                "reasons": [(r.code, r.criterion or r.gate) for r in bid.reasons],
            }
            for bid in result.bids
        },
        "ties": [list(keys) for keys in result.ties],
        "warnings": [(w.bid, w.criterion) for w in result.warnings],
    }


def outcome(result: Result | None) -> Document:
    """Bid → status, rank and total, whatever the order."""
    assert result is not None
    return {bid.key: (bid.status, bid.rank, bid.total) for bid in result.bids}


@thorough
@given(evaluations())
def test_the_library_ranks_as_the_oracle_does(document: Document) -> None:
    try:
        expected: Document | None = Oracle(deepcopy(document)).result()
    except RefusedError:
        expected = None

    found = ranked(document)

    assert (found and comparable(found)) == expected
    if found and expected:
        assert [bid.key for bid in found.bids] == list(expected["bids"])


def shuffled(draw: st.DataObject, items: list[Any]) -> list[Any]:
    return draw.draw(st.permutations(items))


def _shuffled_tree(draw: st.DataObject, items: list[Document]) -> list[Document]:
    return [
        {**item, "children": _shuffled_tree(draw, item["children"])} if "children" in item else item
        for item in shuffled(draw, items)
    ]


@steady
@given(evaluations(), st.data())
def test_the_order_of_bids_criteria_and_evaluators_never_matters(document: Document, data: st.DataObject) -> None:
    other = deepcopy(document)
    other["bids"] = shuffled(data, other["bids"])
    other["criteria"] = _shuffled_tree(data, other["criteria"])
    other["evaluators"] = shuffled(data, other["evaluators"])
    for by_leaf in other["marks"].values():
        for leaf, given_marks in by_leaf.items():
            if isinstance(given_marks, dict):
                by_leaf[leaf] = dict(shuffled(data, list(given_marks.items())))

    one, two = ranked(document), ranked(other)

    assert (one and outcome(one)) == (two and outcome(two))


def _raised(document: Document, data: st.DataObject) -> tuple[str, Document] | None:
    """One mark of one bid put to the top of its scale."""
    scales = {leaf["key"]: leaf["scale"] for leaf in _marked(document["criteria"])}
    places = [
        (bid, leaf, who)
        for bid, by_leaf in document["marks"].items()
        for leaf, got in by_leaf.items()
        for who, mark in (got.items() if isinstance(got, dict) else [("", got)])
        if mark is not None
    ]
    if not places:
        return None
    bid, leaf, who = data.draw(st.sampled_from(places))
    made = deepcopy(document)
    if who:
        made["marks"][bid][leaf][who] = scales[leaf]["max"]
    else:
        made["marks"][bid][leaf] = scales[leaf]["max"]
    return bid, made


def _marked(items: list[Document]) -> list[Document]:
    return [
        leaf for i in items for leaf in (_marked(i["children"]) if "children" in i else [i] if "scale" in i else [])
    ]


def _computed(items: list[Document]) -> list[Document]:
    return [
        leaf for i in items for leaf in (_computed(i["children"]) if "children" in i else [i] if "value" in i else [])
    ]


@steady
@given(evaluations(), st.data())
def test_a_better_mark_never_lowers_a_rank_under_weighted_sum_with_fixed_references(
    document: Document, data: st.DataObject
) -> None:
    document["rules"]["combination"] = "weighted_sum"
    document["rules"]["ties"] = []
    for leaf in _computed(document["criteria"]):
        leaf |= {"value": "weeks", "formula": {"name": "reference_ratio", "reference": 2}, "better": "low"}
    raised = _raised(document, data)
    assume(raised is not None)
    assert raised is not None
    bid, better = raised

    before, after = ranked(document), ranked(better)

    assume(before is not None and before.bid(bid).rank is not None)
    assert before is not None
    assert after is not None
    assert (after.bid(bid).rank or 0) <= (before.bid(bid).rank or 0)
    assert (after.bid(bid).total or 0) >= (before.bid(bid).total or 0)


@steady
@given(evaluations(), st.data())
def test_a_withdrawn_bid_leaves_no_trace(document: Document, data: st.DataObject) -> None:
    gone = data.draw(st.sampled_from([bid["key"] for bid in document["bids"]]))
    withdrawn, without = deepcopy(document), deepcopy(document)
    for bid in withdrawn["bids"]:
        if bid["key"] == gone:
            bid |= {"status": "withdrawn", "reason": "changed their mind"}
    without["bids"] = [bid for bid in without["bids"] if bid["key"] != gone]
    del without["marks"][gone]

    one, two = ranked(withdrawn), ranked(without)

    assert (one is None) is (two is None)
    if one and two:
        found = comparable(one)
        del found["bids"][gone]
        assert found == comparable(two)


@steady
@given(evaluations())
def test_the_points_of_a_group_are_the_sum_of_its_children(document: Document) -> None:
    document["rules"]["rounding"]["group"] = None
    result = ranked(document)
    assume(result is not None)
    assert result is not None

    def check(items: list[Document]) -> None:
        for item in (i for i in items if "children" in i):
            check(item["children"])
            for bid in result.bids:
                below = [bid.criteria[child["key"]].points for child in item["children"]]
                whole = None if None in below else sum(p for p in below if p is not None)
                assert bid.criteria[item["key"]].points == bid.criteria[item["key"]].exact == whole

    check(document["criteria"])


def _times(value: Any, by: int) -> str:
    return str(Decimal(str(value)) * by)


def _scaled(items: list[Document], by: int) -> list[Document]:
    """The tree with every number of points in it taken ``by`` times."""
    made = []
    for item in items:
        new = {key: _times(value, by) if key in ("weight", "minimum") else value for key, value in item.items()}
        if "children" in new:
            new["children"] = _scaled(new["children"], by)
        if new.get("formula", {}).get("name") == "reference_distance":
            new["formula"] = {**new["formula"], "slope": _times(new["formula"]["slope"], by)}
        made.append(new)
    return made


@steady
@given(evaluations(), st.sampled_from([2, 3, 10]))
def test_scaling_all_weights_leaves_the_ranks(document: Document, by: int) -> None:
    stages = dict.fromkeys(("criterion", "group", "total"))
    panel_stage = {} if document["rules"]["panel"]["order"] != "evaluator_first" else {"panel": None}
    document["rules"]["rounding"] |= {**stages, **panel_stage}
    combination = document["rules"]["combination"]
    assume(combination not in ("value_deduction", "reduced_price"))
    scaled = {**deepcopy(document), "criteria": _scaled(document["criteria"], by)}

    one, two = ranked(document), ranked(scaled)

    assert (one is None) is (two is None)
    if one and two:
        ranks = [[(bid.key, bid.status, bid.rank) for bid in result.bids] for result in (one, two)]
        assert ranks[0] == ranks[1]


@steady
@given(evaluations())
def test_a_rank_is_a_competition_rank_over_the_rounded_totals(document: Document) -> None:
    document["rules"]["ties"] = []
    result = ranked(document)
    assume(result is not None)
    assert result is not None
    lowest = document["rules"]["combination"] in ("price_per_quality", "value_deduction", "reduced_price", "least_cost")
    totals = {bid.key: (1 if lowest else -1) * (bid.total or Fraction(0)) for bid in result.ranked}

    assert {b.key: b.rank for b in result.ranked} == {
        k: 1 + sum(t < totals[k] for t in totals.values()) for k in totals
    }
    assert all(
        (t * 10**15).denominator == 1 for t in totals.values() if document["rules"]["rounding"]["total"] is not None
    )


@steady
@given(evaluations())
def test_what_is_printed_reads_back(document: Document) -> None:
    result = ranked(document)
    assume(result is not None)
    assert result is not None

    printed = json.loads(json.dumps(result.to_document()))

    for bid, found in zip(result.bids, printed["bids"], strict=True):
        assert (found["total"] is None) is (bid.total is None)
        if bid.total is not None:
            assert abs(Fraction(found["total"]) - bid.total) <= abs(bid.total) / 10**11
