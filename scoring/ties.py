"""What parts bids with equal totals."""

from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction

from scoring.model import Bid, Evaluation, TieRule
from scoring.result import CriterionResult

Key = tuple[Fraction | datetime | int, ...]


@dataclass(frozen=True)
class Contender:
    """A complete bid with its total as rounded."""

    bid: Bid
    position: int
    total: Fraction
    criteria: dict[str, CriterionResult]


def ranks(evaluation: Evaluation, contenders: list[Contender], *, lowest_first: bool) -> list[tuple[int, Contender]]:
    """(rank, contender) in order: competition ranks (1, 2, 2, 4) on total, then the cascade of ties."""
    cascade = _Cascade(evaluation, contenders)
    keyed = []
    for contender in contenders:
        total = contender.total if lowest_first else -contender.total
        keyed.append(((total, *cascade.key(contender)), contender.position, contender))
    keyed.sort(key=lambda item: item[:2])
    ranked: list[tuple[int, Contender]] = []
    for index, (key, _, contender) in enumerate(keyed):
        shares = index > 0 and key == keyed[index - 1][0]
        ranked.append((ranked[-1][0] if shares else index + 1, contender))
    return ranked


def shared(ranked: list[tuple[int, Contender]]) -> tuple[tuple[str, ...], ...]:
    """The keys that share a rank, by rank."""
    by_rank: dict[int, list[str]] = {}
    for rank, contender in ranked:
        by_rank.setdefault(rank, []).append(contender.bid.key)
    return tuple(tuple(keys) for keys in by_rank.values() if len(keys) > 1)


class _Cascade:
    def __init__(self, evaluation: Evaluation, contenders: list[Contender]) -> None:
        self.rules = evaluation.rules.ties
        self.firsts: dict[str, int] = {}
        if any(rule.by == "firsts" for rule in self.rules):
            self._count_firsts(evaluation, contenders)

    def _count_firsts(self, evaluation: Evaluation, contenders: list[Contender]) -> None:
        """On how many counted leaves each bid is best among the ranked, alone or not."""
        self.firsts = {c.bid.key: 0 for c in contenders}
        for leaf in evaluation.leaves:
            if leaf.weight > 0 and contenders:
                best = max(self._points(c, leaf.key) for c in contenders)
                for contender in contenders:
                    self.firsts[contender.bid.key] += self._points(contender, leaf.key) == best

    @staticmethod
    def _points(contender: Contender, key: str) -> Fraction:
        return contender.criteria[key].points or Fraction(0)

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
        value = contender.bid.values.get(rule.key) or Fraction(0)
        return value if rule.by == "lowest" else -value
