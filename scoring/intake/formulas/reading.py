"""From a formula's text to its tree."""

import re
from fractions import Fraction
from functools import lru_cache

from scoring.intake.formulas.tree import (
    Absent,
    Binary,
    Call,
    Corner,
    Fault,
    Name,
    Number,
    Reference,
    Text,
    Tree,
    Truth,
    Unary,
)
from scoring.intake.places import LAST_COLUMN, LAST_ROW, column_number, split_sheet
from scoring.intake.values import of_float

SHEET = r"(?:'(?:[^']|'')+'!|[^\W\d][\w.]*!)?"
TOKEN = re.compile(
    rf"""
    (?P<text>"(?:[^"]|"")*")
  | (?P<error>\#(?:NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!|N/A))
  | (?P<range>{SHEET}\$?[A-Za-z]{{1,3}}\$?[0-9]+:\$?[A-Za-z]{{1,3}}\$?[0-9]+(?![\w(]))
  | (?P<columns>{SHEET}\$?[A-Za-z]{{1,3}}:\$?[A-Za-z]{{1,3}}(?![\w(]))
  | (?P<rows>{SHEET}\$?[0-9]+:\$?[0-9]+(?![\w(.]))
  | (?P<cell>{SHEET}\$?[A-Za-z]{{1,3}}\$?[0-9]+(?![\w(!.]))
  | (?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{{1,2}})?)
  | (?P<call>[A-Za-z_][\w.]*\()
  | (?P<name>[^\W\d][\w.]*)
  | (?P<operator><>|<=|>=|[-+*/^&=<>%(),])
  | (?P<space>\s+)
    """,
    re.VERBOSE,
)
PREFIX = re.compile(r"^_xl(?:fn|ws|udf)\.(?:_xl(?:fn|ws|udf)\.)?", re.IGNORECASE)
# Binding powers, loosest first; a sign before binds tighter than a power in a sheet: -2^2 is 4.
POWERS = {"=": 1, "<>": 1, "<": 1, ">": 1, "<=": 1, ">=": 1, "&": 2, "+": 3, "-": 3, "*": 4, "/": 4, "^": 5}
SIGN = 6
DEEPEST = 100
LONGEST = 8192
CORNER = re.compile(r"(\$?)([A-Za-z]{1,3})(\$?)([0-9]+)")


class Unreadable(Exception):  # noqa: N818 - no fault of a program's: the formula goes beyond what is read here
    """What in a formula is beyond this reader."""


@lru_cache(maxsize=20_000)
def read(formula: str) -> Tree:
    """The tree of ``=…``. Raises Unreadable with the part that is not understood."""
    text = formula.removeprefix("=")
    if len(text) > LONGEST:
        raise Unreadable("…")
    reader = _Reader(_tokens(text))
    tree = reader.expression(0)
    if reader.kind:
        raise Unreadable(reader.symbol)
    return tree


def _tokens(text: str) -> list[tuple[str, str]]:
    tokens, at = [], 0
    while at < len(text):
        found = TOKEN.match(text, at)
        if not found or not found.lastgroup:
            raise Unreadable(text[at : at + 20])
        if found.lastgroup != "space":
            tokens.append((found.lastgroup, found[0]))
        at = found.end()
    return tokens


class _Reader:
    """A reader by binding powers over the tokens."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens = tokens
        self.at = 0
        self.depth = 0

    @property
    def kind(self) -> str:
        return self.tokens[self.at][0] if self.at < len(self.tokens) else ""

    @property
    def symbol(self) -> str:
        return self.tokens[self.at][1] if self.at < len(self.tokens) else ""

    def take(self) -> tuple[str, str]:
        if self.at >= len(self.tokens):
            raise Unreadable("…")
        self.at += 1
        return self.tokens[self.at - 1]

    def expect(self, symbol: str) -> None:
        if self.take() != ("operator", symbol):
            raise Unreadable(self.tokens[self.at - 1][1])

    def expression(self, power: int) -> Tree:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Unreadable("…")
        left = self.operand()
        while self.kind == "operator":
            if self.symbol == "%":
                self.take()
                left = Unary("%", left)
                continue
            binding = POWERS.get(self.symbol, 0)
            if binding <= power:
                break
            operator = self.take()[1]
            left = Binary(operator, left, self.expression(binding))
        self.depth -= 1
        return left

    def operand(self) -> Tree:
        kind, symbol = self.take()
        if kind == "operator" and symbol in "+-":
            return Unary(symbol, self.expression(SIGN - 1))
        if kind == "operator" and symbol == "(":
            inside = self.expression(0)
            self.expect(")")
            return inside
        if kind == "call":
            return Call(PREFIX.sub("", symbol[:-1]).upper(), self.arguments())
        return _leaf(kind, symbol)

    def arguments(self) -> tuple[Tree, ...]:
        if self.symbol == ")":
            self.take()
            return ()
        found = [self.argument()]
        while self.symbol == ",":
            self.take()
            found.append(self.argument())
        self.expect(")")
        return tuple(found)

    def argument(self) -> Tree:
        return Absent() if self.kind == "operator" and self.symbol in ",)" else self.expression(0)


def _leaf(kind: str, symbol: str) -> Tree:
    if kind == "number":
        return Number(of_float(float(symbol)) if "e" in symbol.lower() else Fraction(symbol.rstrip(".") or "0"), symbol)
    if kind == "text":
        return Text(symbol[1:-1].replace('""', '"'))
    if kind == "error":
        return Fault(symbol)
    if kind == "name":
        return Truth(symbol.upper() == "TRUE") if symbol.upper() in ("TRUE", "FALSE") else Name(symbol)
    if kind in ("cell", "range", "columns", "rows"):
        return _reference(kind, symbol)
    raise Unreadable(symbol)


def _reference(kind: str, symbol: str) -> Reference:
    sheet, cells = split_sheet(symbol)
    first, _, last = cells.partition(":")
    if kind == "columns":
        first, last = _whole(first, "1"), _whole(last, str(LAST_ROW))
    elif kind == "rows":
        first, last = f"$A{first}", f"$XFD{last}"
    start = _corner(first)
    return Reference(sheet, start, _corner(last) if last else None)


def _whole(column: str, row: str) -> str:
    return f"{column}${row}"


def _corner(text: str) -> Corner:
    found = CORNER.fullmatch(text)
    if not found:
        raise Unreadable(text)
    corner = Corner(int(found[4]), column_number(found[2]), found[3] == "$", found[1] == "$")
    if not (1 <= corner.row <= LAST_ROW and corner.column <= LAST_COLUMN):
        raise Unreadable(text)
    return corner
