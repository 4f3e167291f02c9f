"""The fewest mark steps that change who is first."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings

from scoring import Evaluation, EvaluationFileError, rank
from scoring.mark_steps import moved, steps_to
from scoring.robustness import margin, tables
from scoring.robustness.alter import with_mark
from scoring.robustness.common import firsts, ranked_again
from tests.scoring.analysis.makers import evaluation, evaluations


def every_move(given: Evaluation) -> Iterator[tuple[int, str, str, str | None, tuple[str, ...]]]:
    """(steps, bid, leaf, evaluator, who is first then) for every move of one mark, each by ranking the whole."""
    for bid, by_leaf in given.marks.items():
        for leaf in given.leaves:
            marks = by_leaf.get(leaf.key)
            if leaf.scale is None or marks is None or not leaf.weight:
                continue
            for who, mark in (marks if isinstance(marks, dict) else {None: marks}).items():
                for up in (True, False):
                    for steps in range(1, steps_to(leaf.scale, mark, up=up) + 1):
                        new = moved(leaf.scale, mark, steps, up=up)
                        found = ranked_again(with_mark(given, bid, leaf.key, who, new))
                        if found is not None:
                            yield steps, bid, leaf.key, who, firsts(found)


@pytest.fixture(params=[0, 300], ids=["arrays", "dictionaries"], autouse=True)
def fewest(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test with the marks in arrays, as large evaluations have them, and in dictionaries."""
    monkeypatch.setattr(tables, "FEWEST", request.param)


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(evaluations())
def test_no_shorter_move_exists(given: Evaluation) -> None:
    try:
        before = firsts(rank(given))
    except EvaluationFileError:
        return
    changing = {(*move[:4], tuple(sorted(move[4]))) for move in every_move(given) if set(move[4]) != set(before)}
    fewest = min((move[0] for move in changing), default=None)

    found = margin(given)

    assert found.steps == (fewest if before else None)
    as_moved = {
        (m.steps, m.bid.key, m.criterion.key, m.evaluator and m.evaluator.key, tuple(sorted(w.key for w in m.winners)))
        for m in found.moves
    }
    assert as_moved == {move for move in changing if move[0] == found.steps}


def test_one_step_by_one_evaluator() -> None:
    """Worked by hand: 60 × 4/5 = 48 against 60 × 4.5/5 = 54, and one step of one of two evaluators is 6 points."""
    given = evaluation({"A": {"q": {"x": 4, "y": 4}}, "B": {"q": {"x": 5, "y": 4}}}, {"q": 60})

    found = margin(given)

    assert found.gap == 6
    assert found.steps == 1
    assert [(m.bid.key, m.evaluator and m.evaluator.key, m.after, len(m.winners)) for m in found.moves] == [
        ("B", "x", 4, 2),
        ("B", "y", 3, 2),
        ("A", "x", 5, 2),
        ("A", "y", 5, 2),
    ]


def test_a_mark_can_bring_a_bid_back_over_its_minimum() -> None:
    given = evaluation(
        {"A": {"q": 3}, "B": {"q": 2}},
        {},
        prices={"A": 100, "B": 50},
        criteria=[
            {"key": "q", "weight": 50, "minimum": 30, "scale": {"min": 0, "max": 5, "step": 1}},
            {"key": "price", "weight": 50, "value": "price", "formula": {"name": "lowest_ratio"}},
        ],
    )

    found = margin(given)

    assert [(m.steps, m.bid.key, [w.key for w in m.winners]) for m in found.moves] == [(1, "A", []), (1, "B", ["B"])]


def test_a_scale_without_step_moves_by_one_and_stops_at_its_end() -> None:
    given = evaluation(
        {"A": {"q": "9.5"}, "B": {"q": "9.9"}},
        {},
        criteria=[{"key": "q", "weight": 10, "scale": {"min": 0, "max": 10}}],
    )

    found = margin(given)

    assert [(m.bid.key, str(m.before), str(m.after)) for m in found.moves] == [
        ("B", "99/10", "89/10"),
        ("A", "19/2", "10"),
    ]


def test_sentences_say_who_where_and_how_much() -> None:
    given = evaluation({"A": {"q": {"x": 4}}, "B": {"q": {"x": 5}}}, {"q": 60})

    found = margin(given)

    assert found.sentence("en") == (
        "B is first, 12 points ahead of A. The smallest change of one mark that alters this is 1 step: "
        "if x gave B 4 instead of 5 on “q”, A and B would share the first place. "
        "1 other move of as few steps would do it too."
    )
    assert found.sentence("fr") == (
        "B est en tête, avec 12 points d’écart sur A. Le plus petit changement d’une seule note qui y change "
        "quelque chose est de 1 cran\u00a0: si x donnait 4 au lieu de 5 à B sur «\u00a0q\u00a0», A et B seraient en tête à "
        "égalité. 1 autre changement d’autant de crans y suffirait aussi."
    )
