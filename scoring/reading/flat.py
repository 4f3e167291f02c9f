"""A marks object with its levels laid flat, each in one pass: what counts keys and what reads marks share it."""

from collections.abc import Collection, Iterable
from functools import cached_property
from itertools import chain, repeat
from typing import Any

import numpy as np

from scoring.columns import Whole


class FlatMarks(dict[str, Any]):
    """bid → leaf → mark, or evaluator → mark: all the objects on one level as lists, in the order of the file."""

    @cached_property
    def plain(self) -> bool:
        """Whether bids hold objects, and leaves numbers or objects of numbers and nulls; no key given twice."""
        by_bid = [self, *self.values()]
        kinds = (dict, FlatMarks)
        if any(type(item) not in kinds and _odd(item) for item in by_bid):
            return False
        if any(type(cell) is not dict and _odd(cell) for cell in self.objects):
            return False
        return not any(issubclass(kind, dict | list) for kind in self.kinds | set(map(type, self.agreed)))

    @cached_property
    def sizes(self) -> Whole:
        """How many leaves each bid has."""
        return _lengths(self.values())

    @cached_property
    def leaves(self) -> list[str]:
        """The leaf of each cell."""
        return list(chain.from_iterable(self.values()))

    @cached_property
    def cells(self) -> list[Any]:
        """A mark, or evaluator → mark."""
        return list(chain.from_iterable(map(dict.values, self.values())))

    @cached_property
    def is_object(self) -> Whole:
        """Which cells hold evaluators' marks."""
        return np.fromiter(map(isinstance, self.cells, repeat(dict)), np.bool_, len(self.cells))

    @cached_property
    def objects(self) -> list[dict[str, Any]]:
        """Those cells."""
        return self.cells if self.is_object.all() else [cell for cell in self.cells if isinstance(cell, dict)]

    @cached_property
    def agreed(self) -> list[Any]:
        """The other cells: agreed marks."""
        return [] if self.is_object.all() else [cell for cell in self.cells if not isinstance(cell, dict)]

    @cached_property
    def asked(self) -> Whole:
        """How many evaluators each object names."""
        return _lengths(self.objects)

    @cached_property
    def evaluators(self) -> list[str]:
        """The evaluator of each mark."""
        return list(chain.from_iterable(self.objects))

    @cached_property
    def alike(self) -> list[str] | None:
        """The evaluators of every object, where all name the same in the same order."""
        first = list(self.objects[0]) if self.objects else []
        return first if self.evaluators == first * len(self.objects) else None

    @cached_property
    def marks(self) -> list[Any]:
        """Each evaluator's mark."""
        return list(chain.from_iterable(map(dict.values, self.objects)))

    @cached_property
    def kinds(self) -> set[type]:
        """What marks are given as."""
        return set(map(type, self.marks))

    def colons(self) -> int:
        """As ``shape.colons`` counts them."""
        found = len(self) + len(self.leaves) + int(self.asked.sum()) + _in_texts(self) + _in_texts(self.leaves)
        if self.alike is not None:
            found += _in_texts(self.alike) * len(self.objects)
        else:
            found += _in_texts(self.evaluators)
        if str in self.kinds:
            found += _in_texts([mark for mark in self.marks if type(mark) is str])
        return found + _in_texts([mark for mark in self.agreed if type(mark) is str])


def _odd(item: Any) -> bool:
    return not isinstance(item, dict) or bool(getattr(item, "duplicates", ()))


def _lengths(items: Iterable[Any]) -> Whole:
    return np.fromiter(map(len, items), np.int64)


def _in_texts(texts: Collection[str]) -> int:
    if not any(":" in text for text in set(texts)):
        return 0
    return sum(text.count(":") for text in texts)
