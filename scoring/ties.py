"""What parts bids with equal totals."""

from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from functools import cached_property
from itertools import groupby
from math import lcm

from scoring.array_grid import ArrayGrid
from scoring.grid import Grid
from scoring.model import Bid, Evaluation, TieRule

Key = tuple[Fraction | datetime | int, ...]
ZERO = Fraction(0)
LARGEST = 2**64


@dataclass(frozen=True)
class Contender:
    """A complete bid with its total as rounded."""

    bid: Bid
    total: Fraction


def ranks(
    evaluation: Evaluation, grid: Grid | ArrayGrid, contenders: list[Contender], *, lowest_first: bool
) -> list[tuple[int, Contender]]:
    """(rank, contender) in order: competition ranks (1, 2, 2, 4) on total, then the cascade of ties.

    ``contenders`` are in file order, which is kept within a rank.
    """
    cascade = _Cascade(evaluation.rules.ties, evaluation, grid, contenders)
    sizes = _whole_totals([c.total for c in contenders], 1 if lowest_first else -1)
    ranked: list[tuple[int, Contender]] = []
    for _, places in groupby(sorted(range(len(sizes)), key=sizes.__getitem__), key=sizes.__getitem__):
        equal = [contenders[place] for place in places]
        if len(equal) == 1 or not cascade.rules:
            rank = len(ranked) + 1
            ranked += [(rank, contender) for contender in equal]
            continue
        keyed = sorted(((cascade.key(c), c) for c in equal), key=lambda pair: pair[0])
        for _, sharing in groupby(keyed, key=lambda pair: pair[0]):
            rank = len(ranked) + 1
            ranked += [(rank, contender) for _, contender in sharing]
    return ranked


def _whole_totals(totals: list[Fraction], sign: int) -> list[int] | list[Fraction]:
    """``sign`` times the totals, to be compared: whole numbers over one denominator where it is not too large."""
    common = 1
    for denominator in {total.denominator for total in totals}:
        common = lcm(common, denominator)
        if common > LARGEST:
            return [sign * total for total in totals]
    return [sign * total.numerator * (common // total.denominator) for total in totals]


def shared(ranked: list[tuple[int, Contender]]) -> tuple[tuple[str, ...], ...]:
    """The keys that share a rank, by rank."""
    by_rank: dict[int, list[str]] = {}
    for rank, contender in ranked:
        by_rank.setdefault(rank, []).append(contender.bid.key)
    return tuple(tuple(keys) for keys in by_rank.values() if len(keys) > 1)


@dataclass
class _Cascade:
    rules: tuple[TieRule, ...]
    evaluation: Evaluation
    grid: Grid | ArrayGrid
    contenders: list[Contender]

    def key(self, contender: Contender) -> Key:
        """Sorts before another's where this contender wins the tie."""
        return tuple(self._one(rule, contender) for rule in self.rules)

    def _one(self, rule: TieRule, contender: Contender) -> Fraction | datetime | int:
        if rule.by == "criterion":
            return -self._points(contender, rule.key)
        if rule.by == "firsts":
            return -self.firsts[contender.bid.key]
        if rule.by == "earliest":
            moment = contender.bid.submitted_at
            return moment.astimezone(UTC) if moment else datetime.max.replace(tzinfo=UTC)
        value = contender.bid.values.get(rule.key) or ZERO
        return value if rule.by == "lowest" else -value

    @cached_property
    def firsts(self) -> dict[str, int]:
        """On how many counted leaves each bid is best among the ranked, alone or not."""
        found = {c.bid.key: 0 for c in self.contenders}
        for leaf in self.evaluation.leaves:
            if leaf.weight > 0:
                points = {c.bid.key: self._points(c, leaf.key) for c in self.contenders}
                best = max(points.values())
                for key, got in points.items():
                    found[key] += got == best
        return found

    def _points(self, contender: Contender, key: str) -> Fraction:
        return self.grid.points(contender.bid.key, key) or ZERO
