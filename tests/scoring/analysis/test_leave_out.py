"""The ranking without one evaluator, one bid, one criterion."""

from scoring import Evaluation
from scoring.robustness import leave_one_out
from scoring.robustness.leave_out import LeftOut
from tests.scoring.analysis.makers import evaluation


def by_key(found: tuple[LeftOut, ...]) -> dict[str, tuple[list[str], bool]]:
    return {one.left_out.key: ([w.key for w in one.winners], one.changes) for one in found}


def linear_range() -> Evaluation:
    """A: 43 + 30 = 73. B: 32 + 40 = 72. C, the dearest by far, 0: without it A is dearest and gets nothing for its price."""
    return evaluation(
        {"A": {"q": 43}, "B": {"q": 32}, "C": {"q": 0}},
        {},
        prices={"A": 125, "B": 100, "C": 200},
        criteria=[
            {"key": "q", "weight": 60, "scale": {"min": 0, "max": 60}},
            {"key": "price", "weight": 40, "value": "price", "formula": {"name": "linear_range"}},
        ],
    )


def test_a_loser_who_leaves_can_turn_the_ranking_round() -> None:
    found = leave_one_out(linear_range())

    assert by_key(found.bids) == {"A": (["B"], False), "B": (["A"], False), "C": (["B"], True)}
    assert [[bid.key for bid in pair] for one in found.bids for pair in one.reversed] == [["B", "A"]]
    assert by_key(found.criteria) == {"q": (["B"], True), "price": (["A"], False)}
    assert [one.left_out.key for one in found.decisive] == ["C", "q"]


def test_an_evaluator_can_be_decisive() -> None:
    given = evaluation({"A": {"q": {"x": 5, "y": 2}}, "B": {"q": {"x": 2, "y": 4}}}, {"q": 100})

    found = leave_one_out(given)

    assert by_key(found.evaluators) == {"x": (["B"], True), "y": (["A"], False)}
    assert found.sentence("en") == "The first place hangs on x: without it, it changes."


def test_where_the_only_evaluator_leaves_nobody_is_ranked() -> None:
    given = evaluation({"A": {"q": {"x": 5}}, "B": {"q": {"x": 2}}}, {"q": 100})

    only = leave_one_out(given).evaluators[0]

    assert (only.winners, [bid.key for bid in only.unranked]) == ((), ["A", "B"])
    assert only.sentence("en") == "Without “x”, no bid would be ranked."


def test_a_criterion_left_out_takes_its_group_minimum_down_in_proportion() -> None:
    """15 of 40 in the group, minimum 10; without b the group weighs 20 and asks for 5: A, with 4, is out."""
    scale = {"min": 0, "max": 5, "step": 1}
    given = evaluation(
        {"A": {"a": 1, "b": 4}, "B": {"a": 2, "b": 2}},
        {},
        criteria=[
            {
                "key": "group",
                "minimum": 10,
                "children": [{"key": "a", "weight": 20, "scale": scale}, {"key": "b", "weight": 20, "scale": scale}],
            },
            {"key": "c", "weight": 1, "scale": scale, "minimum": 0},
        ],
    )
    marked = {bid: {**marks, "c": given.marks["A"]["a"]} for bid, marks in given.marks.items()}

    found = {one.left_out.key: one for one in leave_one_out(Evaluation(**{**vars(given), "marks": marked})).criteria}

    assert [bid.key for bid in found["b"].unranked] == ["A"]
    assert [bid.key for bid in found["b"].winners] == ["B"]
    assert found["a"].unranked == ()


def test_what_cannot_be_ranked_any_more_says_so() -> None:
    """Without q, bid B has no points left to divide its price by."""
    given = evaluation(
        {"A": {"q": 3, "r": 2}, "B": {"q": 3, "r": 0}}, {"q": 50, "r": 50}, rules={"combination": "price_per_quality"}
    )

    found = {one.left_out.key: one for one in leave_one_out(given).criteria}

    assert (found["q"].usable, found["r"].usable) == (False, True)
    assert found["q"].sentence("fr") == "Sans «\u00a0q\u00a0», aucun classement ne peut être établi."
