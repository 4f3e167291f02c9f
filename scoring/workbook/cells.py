"""Addresses, in A1 notation. Rows and columns count from 0."""

from collections.abc import Sequence
from functools import cache

MOST_ARGUMENTS = 200


@cache
def letters(column: int) -> str:
    """A for 0, AA for 26."""
    found, rest = "", column + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        found = chr(65 + digit) + found
    return found


def a1(row: int, column: int, fix: str = "") -> str:
    """A cell; ``fix`` holds ``r``, ``c`` or both for what is absolute."""
    return f"{'$' * ('c' in fix)}{letters(column)}{'$' * ('r' in fix)}{row + 1}"


def span(first_row: int, first_column: int, last_row: int, last_column: int, fix: str = "rc") -> str:
    """A range."""
    return f"{a1(first_row, first_column, fix)}:{a1(last_row, last_column, fix)}"


def on(sheet: str, reference: str) -> str:
    """The reference as another sheet writes it."""
    return f"'{sheet.replace(chr(39), chr(39) * 2)}'!{reference}"


def column_cells(rows: Sequence[int], column: int, fix: str = "") -> list[str]:
    """The cells of some rows in one column, rows that follow each other as one range."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and row == runs[-1][1] + 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    return [a1(a, column, fix) if a == b else span(a, column, b, column, fix) for a, b in runs]


def call(function: str, arguments: Sequence[str]) -> str:
    """SUM, COUNT or MAX over any number of arguments: a call takes at most 255, so more are nested in sums."""
    if len(arguments) <= MOST_ARGUMENTS:
        return f"{function}({','.join(arguments)})"
    outer = "SUM" if function == "COUNT" else function
    parts = [arguments[i : i + MOST_ARGUMENTS] for i in range(0, len(arguments), MOST_ARGUMENTS)]
    return f"{outer}({','.join(call(function, part) for part in parts)})"
