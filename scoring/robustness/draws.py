"""Weights drawn at random around the declared ones: in what share of the draws each bid takes each rank.

Simulation, in binary floating point, before points and totals are rounded and ties parted. Each draw gives
every counted leaf a weight from a Dirichlet distribution (concentration × share of the weight); what each
bid was given on each leaf, and who is ranked, stays as it is.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring import sentences_checks as sentences
from scoring.model import Criterion, Evaluation
from scoring.ranking import rank
from scoring.result import Result
from scoring.robustness.common import Named, Names, documents
from scoring.robustness.lines import counted_leaves
from scoring.robustness.shares import rows_of

Floats = NDArray[np.float64]
COUNT = 100_000
CONCENTRATION = 100
SEED = 2026
CHUNK = 500  # draws at a time: their scores stay in the processor's cache
ZERO = Fraction(0)


@dataclass(frozen=True)
class BidDraws:
    """One bid: the share of draws in which it takes each rank, first to last; shares of all bids may sum to more where bids tie."""

    bid: Named
    ranks: tuple[float, ...]

    @property
    def first(self) -> float:
        """The share of draws in which it is first."""
        return self.ranks[0]

    def to_document(self) -> dict[str, Any]:
        """For --json."""
        return {"bid": self.bid.to_document(), "first": self.first, "ranks": list(self.ranks)}


@dataclass(frozen=True)
class Draws:
    """``spread``: (criterion, its declared weight, one standard deviation of it among the draws).

    ``reason``: ``nobody`` or ``not_in_total`` where there is nothing to draw; else "".
    """

    winners: tuple[Named, ...]
    bids: tuple[BidDraws, ...] = ()
    spread: tuple[tuple[Named, float, float], ...] = ()
    count: int = COUNT
    seed: int = SEED
    concentration: float = CONCENTRATION
    reason: str = ""

    def sentence(self, language: str) -> str:
        """In words."""
        return sentences.draws(self, language)

    def to_document(self) -> dict[str, Any]:
        """For --json."""
        return {
            "distribution": "dirichlet",
            "count": self.count,
            "seed": self.seed,
            "concentration": self.concentration,
            "bids": documents(self.bids),
            "spread": [{"criterion": c.to_document(), "weight": w, "deviation": d} for c, w, d in self.spread],
            "reason": self.reason,
            "sentence": sentences.both(self.sentence),
        }


def draws(
    evaluation: Evaluation,
    result: Result | None = None,
    *,
    count: int = COUNT,
    seed: int = SEED,
    concentration: float = CONCENTRATION,
) -> Draws:
    """The share of draws in which each ranked bid takes each rank. The same seed gives the same draws."""
    result = result or rank(evaluation)
    names, leaves = Names(evaluation), counted_leaves(evaluation)
    winners = names.bids(bid.key for bid in result.ranked if bid.rank == 1)
    stated = {"count": count, "seed": seed, "concentration": concentration}
    if not result.ranked or not leaves:
        return Draws(winners, **stated, reason="not_in_total" if result.ranked else "nobody")  # type: ignore[arg-type]
    whole = sum((leaf.weight for leaf in leaves), ZERO)
    shares = np.array([float(leaf.weight / whole) for leaf in leaves])
    found = _counts(_Scores(evaluation, result, leaves), shares * concentration, count, seed) / count
    spread = [
        (names.criterion(leaf.key), float(leaf.weight), float(whole) * sqrt(p * (1 - p) / (concentration + 1)))
        for leaf, p in zip(leaves, shares, strict=True)
    ]
    bids = [BidDraws(names.bid(bid.key), tuple(float(x) for x in found[:, i])) for i, bid in enumerate(result.ranked)]
    return Draws(winners, tuple(bids), tuple(spread), **stated)  # type: ignore[arg-type]


def _counts(scores: "_Scores", alpha: Floats, count: int, seed: int) -> NDArray[np.int64]:
    """How often each bid (column) takes each rank (row)."""
    generator = np.random.default_rng(seed)
    bids = scores.alike
    found = np.zeros((len(bids), len(bids)), dtype=np.int64)
    for start in range(0, count, CHUNK):
        weights = generator.standard_gamma(alpha, size=(min(CHUNK, count - start), len(alpha)))
        if scores.needs_weights_that_sum:
            weights /= weights.sum(axis=1, keepdims=True)
        found += _places(scores.of(weights), bids)
    return found


def _places(scores: Floats, alike: list[int]) -> NDArray[np.int64]:
    """(rank, bid) counts. ``alike``: for each bid the first bid that is the same on every criterion."""
    size = len(alike)
    order = np.argsort(-scores, axis=1, kind="stable" if len(set(alike)) < size else None)
    if len(set(alike)) < size:
        return _shared_places(order, alike)
    return np.bincount((order + np.arange(size) * size).ravel(), minlength=size * size).reshape(size, size)


def _shared_places(order: NDArray[np.int64], alike: list[int]) -> NDArray[np.int64]:
    """Where bids are the same on every criterion, they stand side by side in ``order`` and take the place of the first of them."""
    size = len(alike)
    same = np.array(alike)[order]
    new = np.ones_like(order, dtype=bool)
    new[:, 1:] = same[:, 1:] != same[:, :-1]
    places = np.maximum.accumulate(np.where(new, np.arange(size), 0), axis=1)
    return np.bincount((places * size + order).ravel(), minlength=size * size).reshape(size, size)


class _Scores:
    """The scores of the ranked bids for given weights: higher is better."""

    def __init__(self, evaluation: Evaluation, result: Result, leaves: list[Criterion]) -> None:
        self.rules = evaluation.rules
        self.whole = float(sum((leaf.weight for leaf in leaves), ZERO))
        by_key = {bid.key: bid for bid in evaluation.bids}
        rows = [rows_of(evaluation, by_key[bid.key], bid, leaves) for bid in result.ranked]
        prices = [by_key[bid.key].values.get(self.rules.price) or ZERO for bid in result.ranked]
        same = [(one, price if self.uses_price else ZERO) for one, price in zip(rows, prices, strict=True)]
        self.alike = [same.index(one) for one in same]
        self.price = np.array(prices, dtype=np.float64)
        self.tables = [np.array(one, dtype=np.float64).T for one in rows]
        self.straight = all(len(one) == 1 for one in rows)
        self.table = np.ascontiguousarray(np.concatenate([table[:, :1] for table in self.tables], axis=1))

    @property
    def uses_price(self) -> bool:
        """Whether the price enters beside the weights."""
        return self.rules.combination not in ("weighted_sum", "fixed_budget")

    @property
    def needs_weights_that_sum(self) -> bool:
        """Whether the size of the weights counts, not only how they stand to each other."""
        return self.rules.combination in ("value_deduction", "reduced_price")

    def of(self, weights: Floats) -> Floats:
        """(draws × bids) from (draws × leaves)."""
        quality = weights @ self.table if self.straight else self._middle_quality(weights)
        combination = self.rules.combination
        if combination in ("quality_per_price", "price_per_quality"):
            return quality / self.price
        if combination == "value_deduction":
            return self.whole * quality - self.price
        if combination == "reduced_price":
            return (1 + self.whole * quality / (1 - self.whole)) / self.price
        return quality

    def _middle_quality(self, weights: Floats) -> Floats:
        """The mean or median of the evaluators' own points, highest and lowest left out."""
        drop, median = self.rules.panel.drop, self.rules.panel.mean == "median"
        columns = []
        for table in self.tables:
            own = np.sort(weights @ table, axis=1)
            kept = own[:, drop : own.shape[1] - drop] if own.shape[1] > 2 * drop else own
            columns.append(np.median(kept, axis=1) if median else kept.mean(axis=1))
        return np.stack(columns, axis=1)
