"""Reading the marks of a large file into arrays, a whole file in a few passes.

It reads only what it can tell to be without fault; anything else is left to ``MarksReader``, which says
what is wrong and where.
"""

from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np

from scoring.columns import LIMIT, Whole
from scoring.mark_table import MarkTable
from scoring.model import Bid, Criterion, Evaluator
from scoring.numbers import NumberText
from scoring.reading.flat import FlatMarks
from scoring.reading.shape import parsed

FEWEST = 2_000
SPARSEST = 4  # places in the arrays for each mark in the file
NUMBERS = {int, str, NumberText, Decimal}


class NotPlainError(Exception):
    """Something that has to be looked at piece by piece."""


def read_in_bulk(
    document: Any,
    leaves: list[Criterion],
    bids: tuple[Bid, ...],
    evaluators: tuple[Evaluator, ...],
) -> MarkTable | None:
    """The marks object as arrays; None where there are few, or anything in it is not as it should be."""
    if not (bids and leaves) or len(bids) * len(leaves) * max(len(evaluators), 1) < FEWEST:
        return None
    try:
        return _Bulk(document, leaves, bids, evaluators).table()
    except (NotPlainError, KeyError, TypeError, AttributeError, OverflowError):
        return None


class _Bulk:
    def __init__(
        self, document: Any, leaves: list[Criterion], bids: tuple[Bid, ...], evaluators: tuple[Evaluator, ...]
    ) -> None:
        if not isinstance(document, dict) or bool(getattr(document, "duplicates", ())):
            raise NotPlainError
        self.flat = document if isinstance(document, FlatMarks) else FlatMarks(document)
        if not self.flat.plain:
            raise NotPlainError
        self.leaves, self.bids = leaves, bids
        self.panel = evaluators if self.flat.objects else ()
        bid_place = {bid.key: index for index, bid in enumerate(bids)}
        leaf_place = {leaf.key: index for index, leaf in enumerate(leaves)}
        bid_of = np.repeat(np.fromiter(map(bid_place.__getitem__, self.flat), np.int64), self.flat.sizes)
        leaf_of = np.fromiter(map(leaf_place.__getitem__, self.flat.leaves), np.int64, len(self.flat.leaves))
        self.cell = leaf_of * len(bids) + bid_of  # the place of each cell in a table of leaf by bid
        self.size = len(leaves) * len(bids)

    def table(self) -> MarkTable:
        """The table. Raises NotPlainError, or whatever an unfit value does."""
        flat = self.flat
        if len(self.panel) * self.size > SPARSEST * (len(flat.marks) + len(flat.agreed) + 1):
            raise NotPlainError
        unit, (marks, agreed) = _whole((flat.marks, flat.kinds), (flat.agreed, set(map(type, flat.agreed))))
        if agreed[1] is not None:
            raise NotPlainError  # an agreed mark that is null
        settled = self.cell[~flat.is_object]
        values, asked, given = self._by_evaluator(*marks)
        table = MarkTable(
            evaluators=tuple(e.key for e in self.panel),
            leaves=tuple(leaf.key for leaf in self.leaves),
            bids=tuple(bid.key for bid in self.bids),
            unit=unit,
            bound=int(abs(marks[0]).max()) if len(marks[0]) else 0,
            marks=values,
            asked=asked,
            given=given,
            agreed=self._table(settled, agreed[0]),
            settled=self._table(settled, np.True_),
            noted=self._table(self.cell, np.True_),
            listed=frozenset(flat),
        )
        self._check_scales(table)
        return table

    def _table(self, cells: Whole, values: Any) -> Whole:
        made: Whole = np.zeros(self.size, dtype=np.asarray(values).dtype)
        made[cells] = values
        return made.reshape(len(self.leaves), len(self.bids))

    def _by_evaluator(self, values: Whole, there: Whole | None) -> tuple[Whole, Whole, Whole]:
        """(marks, asked, given) by evaluator, leaf and bid."""
        flat, shape = self.flat, (len(self.panel), len(self.leaves), len(self.bids))
        place = {evaluator.key: index for index, evaluator in enumerate(self.panel)}
        cells = self.cell[flat.is_object]
        marks, asked = (
            np.zeros((len(self.panel), self.size), np.int64),
            np.zeros((len(self.panel), self.size), np.bool_),
        )
        given = asked
        if flat.alike is not None:
            count = len(flat.alike)
            for column, key in enumerate(flat.alike):
                marks[place[key], cells] = values[column::count]
                asked[place[key], cells] = True
            if there is not None:
                given = np.zeros_like(asked)
                for column, key in enumerate(flat.alike):
                    given[place[key], cells] = there[column::count]
        else:
            who = np.fromiter(map(place.__getitem__, flat.evaluators), np.int64, len(flat.evaluators))
            at = who, np.repeat(cells, flat.asked)
            marks[at], asked[at] = values, True
            if there is not None:
                given = np.zeros_like(asked)
                given[at] = there
        return marks.reshape(shape), asked.reshape(shape), given.reshape(shape)

    def _check_scales(self, table: MarkTable) -> None:
        """Every mark within its leaf's scale and on its step. Raises NotPlainError."""
        bounds = [_bounds(leaf, table.unit) for leaf in self.leaves]
        if any(abs(n) >= LIMIT // max(b[4], 1) for b in bounds for n in b):
            raise NotPlainError
        low, high, step, start, factor = (np.array(column, dtype=np.int64) for column in zip(*bounds, strict=True))
        stepless = bool((step == 1).all() and (factor == 1).all())
        for numbers, there in [*zip(table.marks, table.given, strict=True), (table.agreed, table.settled)]:
            wrong = (numbers < low[:, None]) | (numbers > high[:, None])
            if not stepless:
                wrong |= (numbers * factor[:, None] - start[:, None]) % step[:, None] != 0
            if (wrong & there).any():
                raise NotPlainError


def _bounds(leaf: Criterion, unit: int) -> tuple[int, int, int, int, int]:
    """In marks times ``unit``: lowest, highest; and step, start and factor, whole: factor·m − start is whole steps."""
    if leaf.scale is None:
        raise NotPlainError
    low, high = leaf.scale.minimum * unit, leaf.scale.maximum * unit
    if leaf.scale.step is None:
        return -(-low.numerator // low.denominator), high.numerator // high.denominator, 1, 0, 1
    step = leaf.scale.step * unit
    factor = lcm(step.denominator, low.denominator)
    bounds = (-(-low.numerator // low.denominator), high.numerator // high.denominator)
    return (*bounds, int(step * factor), int(low * factor), factor)


def _whole(*columns: tuple[list[Any], set[type]]) -> tuple[int, list[tuple[Whole, Whole | None]]]:
    """(unit, (mark × unit, whether there is one, None where all are) for each column), exactly.

    ``columns`` are marks and their kinds. Raises NotPlainError.
    """
    kinds = set().union(*(kinds for _, kinds in columns))
    if kinds <= {int}:
        made = [_integers(column) for column, _ in columns]
        if any(column.size and int(abs(column).max()) >= 10**15 for column in made):
            raise NotPlainError
        return 1, [(column, None) for column in made]
    if not kinds <= NUMBERS | {type(None)}:
        raise NotPlainError
    read: dict[Any, Fraction] = {}
    for value in set().union(*(column for column, _ in columns)) - {None}:
        number = parsed(value)
        if number is None:
            raise NotPlainError
        read[value] = number
    unit = lcm(*(number.denominator for number in read.values()))
    whole = {value: int(number * unit) for value, number in read.items()}
    if any(abs(number) >= LIMIT for number in whole.values()):
        raise NotPlainError
    whole[None] = LIMIT
    found = [np.fromiter(map(whole.__getitem__, column), np.int64, len(column)) for column, _ in columns]
    return unit, [
        (np.where(column == LIMIT, 0, column), column != LIMIT) if type(None) in kinds else (column, None)
        for column, (_, kinds) in zip(found, columns, strict=True)
    ]


def _integers(values: list[int]) -> Whole:
    """Whole numbers as an array. Raises OverflowError."""
    try:
        return np.frombuffer(bytes(values), np.uint8).astype(np.int64)
    except ValueError:  # not all from 0 to 255, as marks most often are
        return np.fromiter(values, np.int64, len(values))
