"""Rules seen before they are used: what each price formula does over a range, and what the rules may bring about."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from scoring import sentences_simulate
from scoring.model import Evaluation
from scoring.robustness.common import documents, text
from scoring.sentences_common import both
from scoring.simulate.cautions import CODES, Caution, cautions
from scoring.simulate.curves import Curve, computed_leaves, curve_of, points_at
from scoring.simulate.side_by_side import FormulaBid, FormulaRanking, side_by_side

__all__ = ["CODES", "Caution", "Curve", "FormulaBid", "FormulaRanking", "Simulation", "points_at", "simulate"]


@dataclass(frozen=True)
class Simulation:
    """What the rules do. ``rankings`` are there where there are test bids and the formulas count in the total."""

    points: Fraction
    combination: str
    curves: tuple[Curve, ...]
    cautions: tuple[Caution, ...]
    rankings: tuple[FormulaRanking, ...]

    def sentence(self, language: str) -> str:
        """In words."""
        return sentences_simulate.simulation(self, language)

    def to_document(self) -> dict[str, Any]:
        """For --json."""
        return {
            "format": "simulation/1",
            "points": text(self.points),
            "combination": self.combination,
            "curves": documents(self.curves),
            "warnings": documents(self.cautions),
            "rankings": documents(self.rankings),
            "sentence": both(self.sentence),
        }


def simulate(evaluation: Evaluation, low: Fraction | None = None, high: Fraction | None = None) -> Simulation:
    """The rules over prices from ``low`` to ``high``; without them, over a range that fits. Needs no bids.

    Raises ValueError where the range ends before it starts.
    """
    leaves = computed_leaves(evaluation)
    curves = [curve_of(evaluation, leaf, low, high) for leaf in leaves]
    return Simulation(
        points=evaluation.points,
        combination=evaluation.rules.combination,
        curves=tuple(curves),
        cautions=tuple(cautions(evaluation, curves)),
        rankings=tuple(ranking for leaf in leaves for ranking in side_by_side(evaluation, leaf)),
    )
