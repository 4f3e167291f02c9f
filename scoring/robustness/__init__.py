"""What it would take to overturn a ranking: how firm the first place is, with numbers and in words.

Every finding but the drawn weights and the other methods is exact, and comes from ranking a changed evaluation.
"""

from dataclasses import dataclass
from typing import Any

from scoring.model import Evaluation
from scoring.ranking import rank
from scoring.result import Result
from scoring.robustness.break_even import BreakEven, BreakEvens, Crossing, break_even_weights
from scoring.robustness.common import Named, Progress, quiet
from scoring.robustness.draws import CONCENTRATION, COUNT, SEED, BidDraws, Draws, draws
from scoring.robustness.leave_out import LeaveOneOut, LeftOut, leave_one_out
from scoring.robustness.methods import MethodCheck, MethodRank, OtherMethods, other_methods
from scoring.robustness.moves import Margin, Move, margin
from scoring.robustness.near import NearTie, NearTies, near_ties

__all__ = [
    "BidDraws",
    "BreakEven",
    "BreakEvens",
    "Crossing",
    "Draws",
    "LeaveOneOut",
    "LeftOut",
    "Margin",
    "MethodCheck",
    "MethodRank",
    "Move",
    "Named",
    "NearTie",
    "NearTies",
    "OtherMethods",
    "Robustness",
    "break_even_weights",
    "draws",
    "leave_one_out",
    "margin",
    "near_ties",
    "other_methods",
    "robustness",
]


@dataclass(frozen=True)
class Robustness:
    """Everything about one ranking."""

    margin: Margin
    break_even: BreakEvens
    leave_one_out: LeaveOneOut
    draws: Draws
    methods: OtherMethods
    near_ties: NearTies

    def to_document(self) -> dict[str, Any]:
        """For --json."""
        return {
            "format": "robustness/1",
            "margin": self.margin.to_document(),
            "break_even": self.break_even.to_document(),
            "leave_one_out": self.leave_one_out.to_document(),
            "draws": self.draws.to_document(),
            "methods": self.methods.to_document(),
            "near_ties": self.near_ties.to_document(),
        }


def robustness(
    evaluation: Evaluation,
    result: Result | None = None,
    *,
    count: int = COUNT,
    seed: int = SEED,
    concentration: float = CONCENTRATION,
    progress: Progress = quiet,
) -> Robustness:
    """All findings. Raises EvaluationFileError where the evaluation itself cannot be ranked."""
    result = result or rank(evaluation)
    parts = 6
    progress(0, parts)
    found_margin = margin(evaluation, result)
    progress(1, parts)
    found_weights = break_even_weights(evaluation, result)
    progress(2, parts)
    found_out = leave_one_out(evaluation, result)
    progress(3, parts)
    found_draws = draws(evaluation, result, count=count, seed=seed, concentration=concentration)
    progress(4, parts)
    found_methods = other_methods(evaluation, result)
    progress(5, parts)
    found_near = near_ties(evaluation, result)
    progress(parts, parts)
    return Robustness(found_margin, found_weights, found_out, found_draws, found_methods, found_near)
