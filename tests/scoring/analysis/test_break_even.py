"""Break-even weights, checked by ranking again just before and just after each of them."""

from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings

from scoring import Evaluation, EvaluationFileError, rank
from scoring.robustness import BreakEven, break_even_weights, tables
from scoring.robustness.alter import exact, reweighted
from scoring.robustness.common import firsts, ranked_again, score
from scoring.robustness.lines import Shift
from tests.scoring.analysis.makers import evaluation, evaluations

NEARLY = Fraction(1, 10**9)


def best_at(given: Evaluation, found: BreakEven, t: Fraction) -> set[str]:
    """Who has the best exact score when the criterion weighs t."""
    criterion = next(c for c in given.walk() if c.key == found.criterion.key)
    shift = Shift(given, criterion)
    result = ranked_again(reweighted(exact(given), shift.weights(t)))
    scores = {bid.key: score(given, bid) for bid in result.ranked} if result else {}
    return {key for key, value in scores.items() if value == max(v for v in scores.values() if v is not None)}


@pytest.fixture(params=[0, 300], ids=["arrays", "dictionaries"], autouse=True)
def fewest(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test with the marks in arrays, as large evaluations have them, and in dictionaries."""
    monkeypatch.setattr(tables, "FEWEST", request.param)


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(evaluations())
def test_the_first_bid_leads_up_to_the_crossing_and_the_named_one_beyond(given: Evaluation) -> None:
    try:
        leading = firsts(rank(given))
    except EvaluationFileError:
        return

    found = break_even_weights(given)

    assert [w.key for w in found.winners] == list(leading)
    for one in found.criteria:
        for crossing, end in ((one.down, Fraction(0)), (one.up, one.whole)):
            if one.reason:
                continue
            reached = crossing.weight if crossing else end
            for part in (Fraction(1, 1000), Fraction(1, 3), Fraction(2, 3), 1 - NEARLY):
                between = one.weight + (reached - one.weight) * part
                if between != one.weight:
                    assert leading[0] in best_at(given, one, between), (one, part)
            if crossing:
                beyond = reached + (NEARLY if reached > one.weight or end else -NEARLY) * one.whole
                assert best_at(given, one, beyond) == {w.key for w in crossing.winners}, one
                assert leading[0] not in best_at(given, one, beyond)


def two_bids(rounding: dict[str, int]) -> Evaluation:
    """A: 60 × 1 + 40 × 1/2 = 80. B: 60 × 3/5 + 40 = 76."""
    return evaluation(
        {"A": {"q": 5}, "B": {"q": 3}},
        {"q": 60},
        prices={"A": 200, "B": 100},
        price_weight=40,
        rules={"rounding": rounding},
    )


def test_two_bids_by_hand() -> None:
    """q weighing t: A has 50 + t/2, B has 100 − 2t/5; equal at 500/9."""
    given = two_bids({})

    quality, price = break_even_weights(given).criteria

    assert (quality.down and quality.down.weight, quality.up) == (Fraction(500, 9), None)
    assert (price.up and price.up.weight, price.down) == (Fraction(400, 9), None)
    assert quality.down is not None
    assert quality.down.change == Fraction(500, 9) - 60
    assert [w.key for w in quality.down.winners] == ["B"]
    assert quality.down.band == 0


@pytest.mark.parametrize("rounding", [{"total": 0}, {"criterion": 1, "total": 1}, {"criterion": 0}])
def test_beyond_the_band_the_declared_rounding_agrees(rounding: dict[str, int]) -> None:
    given = two_bids(rounding)

    quality = break_even_weights(given).criteria[0]

    assert quality.down is not None
    assert quality.down.band is not None
    shift = Shift(given, given.criteria[0])
    edge = quality.down.band + NEARLY
    assert quality.down.band > 0
    assert firsts(rank(reweighted(given, shift.weights(quality.down.weight + edge)))) == ("A",)
    assert firsts(rank(reweighted(given, shift.weights(quality.down.weight - edge)))) == ("B",)


def test_a_minimum_on_a_group_can_be_what_gives_way() -> None:
    """In the group A has 4/5 of a and 2/5 of b; the minimum is half of it: b may be up to 3/4 of the group."""
    scale = {"min": 0, "max": 5, "step": 1}
    given = evaluation(
        {"A": {"a": 4, "b": 2, "c": 5}, "B": {"a": 3, "b": 3, "c": 0}},
        {},
        criteria=[
            {
                "key": "group",
                "minimum": 20,
                "children": [{"key": "a", "weight": 30, "scale": scale}, {"key": "b", "weight": 10, "scale": scale}],
            },
            {"key": "c", "weight": 60, "scale": scale},
        ],
    )

    found = {one.criterion.key: one for one in break_even_weights(given).criteria}["b"]

    assert found.up is not None
    assert found.up.cause == "minimum"
    assert [w.key for w in found.up.winners] == ["B"]
    assert found.up.weight == 50  # b weighs t, a (100 − t)/3: 4a/5 + 2b/5 ≥ (a + b)/2 up to t = 50


@pytest.mark.parametrize(
    ("rules", "reasons"),
    [
        ({"combination": "least_cost"}, ["not_in_total", "not_in_total", "not_in_total"]),
        ({"combination": "quality_per_price"}, ["", "", "not_in_total"]),
        ({"panel": {"order": "pooled"}}, ["pooled", "pooled", ""]),
        ({}, ["", "", ""]),
    ],
)
def test_where_a_weight_has_no_meaning_it_says_so(rules: dict[str, object], reasons: list[str]) -> None:
    given = evaluation(
        {"A": {"q": 5, "r": 2}, "B": {"q": 3, "r": 2}},
        {"q": 30, "r": 30},
        prices={"A": 190, "B": 200},
        price_weight=40,
        rules=rules,
    )

    found = break_even_weights(given)

    assert [one.reason for one in found.criteria] == reasons
    assert "" not in [one.sentence(language) for one in found.criteria for language in ("en", "fr")]


def test_a_first_place_that_only_rounding_gives_has_no_break_even_weight() -> None:
    """A 48.4 and B 48.0 are both 48 once rounded, and the tie goes to the lower price, B's."""
    given = evaluation(
        {"A": {"q": "2.42"}, "B": {"q": "2.40"}},
        {},
        prices={"A": 200, "B": 100},
        criteria=[{"key": "q", "weight": 100, "scale": {"min": 0, "max": 5}}],
        rules={"rounding": {"total": 0}, "ties": [{"by": "lowest", "value": "price"}]},
    )

    found = break_even_weights(given)

    assert ([w.key for w in found.winners], found.reason) == (["B"], "rounding")


def test_sentences() -> None:
    found = break_even_weights(two_bids({}))

    assert found.criteria[0].sentence("en") == "“q” weighs 60 of 100: below 55.56, B would be first."
    assert (
        found.criteria[0].sentence("fr")
        == "«\u00a0q\u00a0» pèse 60 sur 100\u00a0: en dessous de 55,56, B serait en tête."
    )
    assert found.sentence("en") == (
        "The most sensitive weight is that of “q”: below 55.56 instead of 60 (a change of 4.44), B would be first."
    )
