"""Marks in arrays, which ``rank`` reads far faster than marks in dictionaries. What they say is the same."""

from collections.abc import Mapping
from dataclasses import replace
from math import lcm

import numpy as np

from scoring.mark_steps import step_of
from scoring.mark_table import MarkTable
from scoring.model import Evaluation, Marks

FEWEST = 300  # cells below which dictionaries are as fast
MOST = 2_000_000  # cells in one table: some tens of megabytes
LARGEST = 2**62


def tabled(evaluation: Evaluation) -> Evaluation:
    """The evaluation with its marks in arrays; itself where that does not pay, or the marks need longer integers."""
    if isinstance(evaluation.marks, MarkTable):
        return evaluation
    table = table_of(evaluation)
    return evaluation if table is None else replace(evaluation, marks=table)


def table_of(evaluation: Evaluation, *, steps: bool = False) -> MarkTable | None:
    """The marks in arrays, None where that does not pay; with ``steps``, fit for marks moved along their scales too."""
    marks = evaluation.marks
    scales = [leaf.scale for leaf in evaluation.leaves if leaf.scale is not None]
    leaves = [leaf.key for leaf in evaluation.leaves if leaf.scale is not None]
    bids, evaluators = [bid.key for bid in evaluation.bids], [e.key for e in evaluation.evaluators]
    if not FEWEST <= len(bids) * len(leaves) * max(len(evaluators), 1) <= MOST:
        return None
    ends = {
        number for scale in scales for number in (scale.minimum, scale.maximum, *([step_of(scale)] if steps else []))
    }
    unit = lcm(*_denominators(marks), *(number.denominator for number in ends))
    bound = max(abs(number) for number in ends) * unit
    if bound >= LARGEST:
        return None
    table = _empty(evaluators, leaves, bids, unit, int(bound), frozenset(marks) & frozenset(bids))
    _fill(table, marks)
    return table


def most_bids(evaluation: Evaluation) -> int:
    """How many bids fit into one table."""
    leaves = sum(leaf.scale is not None for leaf in evaluation.leaves)
    return max(MOST // (max(leaves, 1) * max(len(evaluation.evaluators), 1)), 1)


def _denominators(marks: Mapping[str, Marks]) -> set[int]:
    found: set[int] = set()
    for by_leaf in marks.values():
        for given in by_leaf.values():
            if isinstance(given, dict):
                found.update(mark.denominator for mark in given.values() if mark is not None)
            else:
                found.add(given.denominator)
    return found


def _empty(
    evaluators: list[str], leaves: list[str], bids: list[str], unit: int, bound: int, listed: frozenset[str]
) -> MarkTable:
    by_bid = (len(leaves), len(bids))
    by_evaluator = (len(evaluators), *by_bid)
    return MarkTable(
        evaluators=tuple(evaluators),
        leaves=tuple(leaves),
        bids=tuple(bids),
        unit=unit,
        bound=bound,
        marks=np.zeros(by_evaluator, np.int64),
        asked=np.zeros(by_evaluator, np.bool_),
        given=np.zeros(by_evaluator, np.bool_),
        agreed=np.zeros(by_bid, np.int64),
        settled=np.zeros(by_bid, np.bool_),
        noted=np.zeros(by_bid, np.bool_),
        listed=listed,
    )


def _fill(table: MarkTable, marks: Mapping[str, Marks]) -> None:
    who = {key: index for index, key in enumerate(table.evaluators)}
    rows = {key: index for index, key in enumerate(table.leaves)}
    unit = table.unit
    for column, bid in enumerate(table.bids):
        for leaf, given in marks.get(bid, {}).items():
            place = rows[leaf], column
            table.noted[place] = True
            if not isinstance(given, dict):
                table.settled[place] = True
                table.agreed[place] = given.numerator * (unit // given.denominator)
                continue
            for evaluator, mark in given.items():
                at = (who[evaluator], *place)
                table.asked[at] = True
                if mark is not None:
                    table.given[at] = True
                    table.marks[at] = mark.numerator * (unit // mark.denominator)


def without_evaluator(table: MarkTable, evaluator: str) -> MarkTable:
    """The table without the marks of one evaluator."""
    left = [index for index, key in enumerate(table.evaluators) if key != evaluator]
    return replace(
        table,
        evaluators=tuple(table.evaluators[index] for index in left),
        marks=table.marks[left],
        asked=table.asked[left],
        given=table.given[left],
    )


def with_columns(table: MarkTable, bids: list[tuple[str, int]]) -> MarkTable:
    """A table of (key, the column of ``table`` to take): columns may come several times, and are copies."""
    columns = [column for _, column in bids]
    keys = tuple(key for key, _ in bids)
    return replace(
        table,
        bids=keys,
        marks=table.marks[:, :, columns],
        asked=table.asked[:, :, columns],
        given=table.given[:, :, columns],
        agreed=table.agreed[:, columns],
        settled=table.settled[:, columns],
        noted=table.noted[:, columns],
        listed=frozenset(keys),
        _places={},
    )


def in_unit(table: MarkTable, unit: int) -> MarkTable | None:
    """The table with its marks in a multiple of its unit; None where they need longer integers."""
    factor = unit // table.unit
    if table.bound * factor >= LARGEST:
        return None
    return replace(
        table, unit=unit, bound=table.bound * factor, marks=table.marks * factor, agreed=table.agreed * factor
    )
