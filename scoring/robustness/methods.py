"""The same marks under other methods, as a cross-check: TOPSIS, VIKOR, PROMETHEE II and the weighted product.

pymcdm does the work, in binary floating point. It sees the panel's marks and the values as they stand (a
price is a cost), with the declared weights as shares: the price formula of the brief plays no part. These
methods answer another question than the published rules, and overturn nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring import sentences_checks as sentences
from scoring.model import Criterion, Evaluation
from scoring.ranking import rank
from scoring.result import CriterionResult, Result
from scoring.robustness.common import Named, Names, documents, firsts
from scoring.robustness.lines import counted_leaves

Floats = NDArray[np.float64]
METHODS = ("topsis", "vikor", "promethee_2", "weighted_product")
PLACES = 9  # floats this near are the same score


@dataclass(frozen=True)
class MethodRank:
    """One bid under one method."""

    bid: Named
    score: float
    rank: int

    def to_document(self) -> dict[str, Any]:
        """For --json."""
        return {"bid": self.bid.to_document(), "score": self.score, "rank": self.rank}


@dataclass(frozen=True)
class MethodCheck:
    """The ranking by one method. ``reason``: ``not_above_0`` where the method cannot take a value of 0 or less; else ""."""

    method: str
    bids: tuple[MethodRank, ...] = ()
    winners: tuple[Named, ...] = ()
    agrees: bool = False
    reason: str = ""

    def sentence(self, language: str) -> str:
        """In words."""
        return sentences.method_check(self, language)

    def to_document(self) -> dict[str, Any]:
        """For --json."""
        return {
            "method": self.method,
            "bids": documents(self.bids),
            "winners": documents(self.winners),
            "agrees": self.agrees,
            "reason": self.reason,
            "sentence": sentences.both(self.sentence),
        }


@dataclass(frozen=True)
class OtherMethods:
    """All methods. ``reason``: ``few`` (less than two bids), ``price_unweighted``, ``equal``, ``not_installed``; else ""."""

    winners: tuple[Named, ...]
    methods: tuple[MethodCheck, ...] = ()
    reason: str = ""

    def sentence(self, language: str) -> str:
        """In words."""
        return sentences.other_methods(self, language)

    def to_document(self) -> dict[str, Any]:
        """For --json."""
        return {
            "winners": documents(self.winners),
            "methods": documents(self.methods),
            "reason": self.reason,
            "sentence": sentences.both(self.sentence),
        }


def other_methods(evaluation: Evaluation, result: Result | None = None) -> OtherMethods:
    """The ranked bids under each method."""
    result = result or rank(evaluation)
    winners = Names(evaluation).bids(firsts(result))
    if len(result.ranked) < 2:
        return OtherMethods(winners, reason="few")
    if evaluation.rules.combination not in ("weighted_sum", "fixed_budget"):
        return OtherMethods(winners, reason="price_unweighted")
    leaves = counted_leaves(evaluation)
    matrix = np.array([[_figure(leaf, bid.criteria[leaf.key]) for leaf in leaves] for bid in result.ranked])
    parting = np.flatnonzero(matrix.max(axis=0) != matrix.min(axis=0))
    if not len(parting):
        return OtherMethods(winners, reason="equal")
    weights = np.array([float(leaf.weight) for leaf in leaves])[parting]
    types = np.array([_direction(leaf) for leaf in leaves])[parting]
    try:
        import pymcdm  # noqa: F401
    except ImportError:
        return OtherMethods(winners, reason="not_installed")
    checks = [
        _check(evaluation, result, method, matrix[:, parting], weights / weights.sum(), types) for method in METHODS
    ]
    return OtherMethods(winners, tuple(checks))


def _figure(leaf: Criterion, found: CriterionResult) -> float:
    """The mark or the value; the points where nearest to a target is best, which no direction says."""
    if leaf.formula and leaf.formula.name == "reference_distance":
        return float(found.exact or 0)
    return float((found.mark if found.kind == "marked" else found.value) or 0)


def _direction(leaf: Criterion) -> int:
    lower = leaf.value is not None and leaf.better == "low"
    return -1 if lower and leaf.formula and leaf.formula.name != "reference_distance" else 1


def _check(
    evaluation: Evaluation, result: Result, method: str, matrix: Floats, weights: Floats, types: NDArray[np.int64]
) -> MethodCheck:
    found = scores(method, matrix, weights, types)
    if found is None:
        return MethodCheck(method, reason="not_above_0")
    names, places = Names(evaluation), ranks(method, found)
    bids = tuple(
        MethodRank(names.bid(bid.key), float(value), place)
        for bid, value, place in zip(result.ranked, found, places, strict=True)
    )
    winners = tuple(sorted((b.bid for b in bids if b.rank == 1), key=lambda bid: bid.key))
    agrees = {bid.key for bid in winners} == set(firsts(result))
    return MethodCheck(method, bids, winners, agrees)


def scores(method: str, matrix: Floats, weights: Floats, types: NDArray[np.int64]) -> Floats | None:
    """The method's own figures, one for each row; None where it cannot be used on these values.

    ``types``: 1 where more is better, −1 where less is. No column may be the same all the way down.
    TOPSIS normalises by vector, VIKOR takes v = 0.5, PROMETHEE II the usual preference function, and the
    weighted product divides by the sum.
    """
    from pymcdm import methods, normalizations

    if method == "weighted_product" and (matrix <= 0).any():
        return None
    made: dict[str, Callable[[], Any]] = {
        "topsis": lambda: methods.TOPSIS(normalizations.vector_normalization),
        "vikor": methods.VIKOR,
        "promethee_2": lambda: methods.PROMETHEE_II("usual"),
        "weighted_product": lambda: methods.WPM(normalizations.sum_normalization),
    }
    with np.errstate(divide="ignore", invalid="ignore"):
        found = np.asarray(made[method]()(matrix, weights, types, validation=False), dtype=np.float64)
    return np.nan_to_num(found, nan=0.0)


def ranks(method: str, found: Sequence[float] | Floats) -> list[int]:
    """Competition ranks: VIKOR's lowest first, the others' highest."""
    way = 1 if method == "vikor" else -1
    values = [round(way * float(value), PLACES) for value in found]
    return [1 + sum(other < value for other in values) for value in values]
