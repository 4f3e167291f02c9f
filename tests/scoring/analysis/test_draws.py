"""Weights drawn around the declared ones."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from scoring import Evaluation, EvaluationFileError, rank
from scoring.robustness import draws
from scoring.robustness.alter import exact, reweighted
from scoring.robustness.common import ranked_again, score
from scoring.robustness.draws import _places, _Scores
from scoring.robustness.lines import counted_leaves
from tests.scoring.analysis.makers import evaluation, evaluations


def two_bids() -> Evaluation:
    """A is first where q weighs more than half."""
    return evaluation({"A": {"q": 5, "r": 0}, "B": {"q": 0, "r": 5}}, {"q": 60, "r": 40})


def test_the_share_of_first_places_is_that_of_the_beta_distribution() -> None:
    """q's share is Beta(60, 40) with concentration 100: P(share > 1/2) = 0.97787, by numerical integration."""
    found = draws(two_bids(), count=100_000)

    shares = {one.bid.key: one.first for one in found.bids}
    assert shares["A"] == pytest.approx(0.9779, abs=0.002)
    assert shares["A"] + shares["B"] == pytest.approx(1)
    assert [deviation for _, _, deviation in found.spread] == pytest.approx([4.8746, 4.8746], abs=1e-3)


def test_the_same_seed_gives_the_same_draws_and_another_does_not() -> None:
    first, again, other = (draws(two_bids(), count=2_000, seed=seed) for seed in (7, 7, 8))

    assert first == again
    assert first.bids != other.bids


def test_every_draw_gives_every_rank_once_and_every_bid_one() -> None:
    given = evaluation({b: {"q": i, "r": (3 * i) % 5} for i, b in enumerate("ABCDE")}, {"q": 50, "r": 50})

    table = np.array([one.ranks for one in draws(given, count=1_234).bids])

    assert table.sum(axis=0) == pytest.approx(np.ones(5))
    assert table.sum(axis=1) == pytest.approx(np.ones(5))


def test_bids_that_are_the_same_share_their_ranks() -> None:
    given = evaluation({"A": {"q": 5, "r": 0}, "B": {"q": 5, "r": 0}, "C": {"q": 0, "r": 5}}, {"q": 60, "r": 40})

    found = {one.bid.key: one.ranks for one in draws(given, count=1_000).bids}

    assert found["A"] == found["B"]
    assert found["A"][0] + found["C"][0] == pytest.approx(1)
    assert found["A"][1] == pytest.approx(found["C"][0])  # second place for both where C leads, and nobody third then


def test_places_of_a_table_by_hand() -> None:
    """Two draws of three bids, the last two the same: 3 > 1 = 1, then 2 = 2 > 0."""
    counts = _places(np.array([[3.0, 1.0, 1.0], [0.0, 2.0, 2.0]]), [0, 1, 1])

    assert counts.tolist() == [[1, 1, 1], [0, 1, 1], [1, 0, 0]]


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(evaluations())
def test_a_drawn_ranking_is_the_one_that_exact_ranking_gives(given: Evaluation) -> None:
    """One draw, with every rule: the order of the scores is that of the evaluation with those weights, unrounded."""
    given = exact(given)
    try:
        result = rank(given)
    except EvaluationFileError:
        return
    leaves = counted_leaves(given)
    if not leaves or not result.ranked or any(c.minimum or _is_distance(c) for c in given.walk()):
        return
    weights = {leaf.key: leaf.weight for leaf in leaves}
    if given.rules.panel.order != "pooled":
        weights[leaves[0].key], weights[leaves[1].key] = weights[leaves[1].key], weights[leaves[0].key]
    drawn = np.array([[float(weights[leaf.key]) for leaf in leaves]])

    found = _Scores(given, result, leaves).of(drawn / drawn.sum())[0]

    again = ranked_again(reweighted(given, weights))
    assert again is not None
    expected = [float(score(given, again.bid(bid.key)) or 0) for bid in result.ranked]
    scale = expected[0] / found[0] if found[0] and expected[0] else 1.0
    assert found * scale == pytest.approx(expected, rel=1e-6, abs=1e-9)


def _is_distance(criterion: object) -> bool:
    formula = getattr(criterion, "formula", None)
    return bool(formula and formula.name == "reference_distance")


def test_sentence() -> None:
    found = draws(two_bids(), count=1_000)

    assert found.sentence("en").startswith(
        "In 1,000 draws of the weights around the declared ones (Dirichlet, concentration 100, seed 2026), A is first in 9"
    )
