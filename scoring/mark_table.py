"""The marks of a large evaluation in arrays; to its readers, the same mapping as a small one's."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

import numpy as np

from scoring.columns import Whole
from scoring.model import Marks


@dataclass(frozen=True, eq=False)
class MarkTable(Mapping[str, Marks]):
    """bid → marked leaf → agreed mark, or evaluator → mark or None.

    ``marks[e, l, b]`` is a mark times ``unit``, 0 where none is given, none larger than ``bound``; ``asked``
    and ``given`` say who was asked and who has marked. ``agreed[l, b]`` is an agreed mark times ``unit``
    where ``settled``. ``bids`` are those of the evaluation, in its order; ``listed`` those the file has
    marks for, ``noted`` the leaves.
    """

    evaluators: tuple[str, ...]
    leaves: tuple[str, ...]
    bids: tuple[str, ...]
    unit: int
    bound: int
    marks: Whole
    asked: Whole
    given: Whole
    agreed: Whole
    settled: Whole
    noted: Whole
    listed: frozenset[str]
    _places: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._places.update((key, index) for index, key in enumerate(self.bids))

    @cached_property
    def everywhere(self) -> bool:
        """Whether every evaluator has marked every leaf of every bid."""
        return bool(self.given.all()) and bool(self.given.size)

    def everyone_asked(self, counted: list[bool]) -> bool:
        """Whether, bid by bid, whoever is asked on one of the leaves is asked on all that evaluators mark."""
        asked = self.asked[:, counted]
        anywhere: Whole = np.logical_or.reduce(asked, axis=1)
        return not (anywhere[:, None] & np.logical_or.reduce(asked, axis=0) & ~asked).any()

    def __iter__(self) -> Iterator[str]:
        return (key for key in self.bids if key in self.listed)

    def __len__(self) -> int:
        return len(self.listed)

    def __contains__(self, bid: object) -> bool:
        return bid in self.listed

    def __getitem__(self, bid: str) -> Marks:
        if bid not in self.listed:
            raise KeyError(bid)
        b = self._places[bid]
        return {self.leaves[int(i)]: self._cell(int(i), b) for i in np.flatnonzero(self.noted[:, b])}

    def _cell(self, leaf: int, bid: int) -> Fraction | dict[str, Fraction | None]:
        if self.settled[leaf, bid]:
            return Fraction(int(self.agreed[leaf, bid]), self.unit)
        found: dict[str, Fraction | None] = {}
        for e in np.flatnonzero(self.asked[:, leaf, bid]):
            has = self.given[e, leaf, bid]
            found[self.evaluators[e]] = Fraction(int(self.marks[e, leaf, bid]), self.unit) if has else None
        return found
