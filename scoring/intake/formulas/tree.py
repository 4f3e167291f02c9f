"""A formula as a tree."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from fractions import Fraction
from typing import Any

from scoring.intake.places import LAST_COLUMN, LAST_ROW, column_name, quoted


@dataclass(frozen=True)
class Number:
    value: Fraction
    text: str


@dataclass(frozen=True)
class Text:
    value: str


@dataclass(frozen=True)
class Truth:
    value: bool


@dataclass(frozen=True)
class Fault:
    """An error value written in a formula, such as ``#REF!``."""

    code: str


@dataclass(frozen=True)
class Corner:
    """A cell in a reference; ``fixed_row`` and ``fixed_column`` where it has a ``$``."""

    row: int
    column: int
    fixed_row: bool = False
    fixed_column: bool = False


@dataclass(frozen=True)
class Reference:
    """One cell (``last`` is None) or a range; ``sheet`` is empty on the formula's own."""

    sheet: str
    first: Corner
    last: Corner | None = None


@dataclass(frozen=True)
class Name:
    """A defined name."""

    value: str


@dataclass(frozen=True)
class Unary:
    """``-`` or ``+`` before, ``%`` behind."""

    operator: str
    operand: "Tree"


@dataclass(frozen=True)
class Binary:
    operator: str
    left: "Tree"
    right: "Tree"


@dataclass(frozen=True)
class Call:
    name: str
    arguments: tuple["Tree", ...]


@dataclass(frozen=True)
class Absent:
    """An argument left empty."""


Tree = Number | Text | Truth | Fault | Reference | Name | Unary | Binary | Call | Absent


def children(tree: Tree) -> Iterator[Tree]:
    """The parts right below."""
    if isinstance(tree, Unary):
        yield tree.operand
    elif isinstance(tree, Binary):
        yield tree.left
        yield tree.right
    elif isinstance(tree, Call):
        yield from tree.arguments


def walk(tree: Tree) -> Iterator[Tree]:
    """The tree and all below it."""
    yield tree
    for child in children(tree):
        yield from walk(child)


def references(tree: Tree) -> list[Reference]:
    """Every reference in it, in reading order."""
    return [part for part in walk(tree) if isinstance(part, Reference)]


def calls(tree: Tree) -> set[str]:
    """The names of the functions it uses."""
    return {part.name for part in walk(tree) if isinstance(part, Call)}


def replaced(tree: Tree, change: Any) -> Tree:
    """The tree with every reference passed through ``change``."""
    if isinstance(tree, Reference):
        changed: Tree = change(tree)
        return changed
    if isinstance(tree, Unary):
        return Unary(tree.operator, replaced(tree.operand, change))
    if isinstance(tree, Binary):
        return Binary(tree.operator, replaced(tree.left, change), replaced(tree.right, change))
    if isinstance(tree, Call):
        return Call(tree.name, tuple(replaced(argument, change) for argument in tree.arguments))
    return tree


def written(tree: Tree) -> str:
    """The formula's text, without the sign of equality."""
    if isinstance(tree, Unary):
        inner = _bracketed(tree.operand)
        return f"{inner}%" if tree.operator == "%" else f"{tree.operator}{inner}"
    if isinstance(tree, Binary):
        return f"{_bracketed(tree.left)}{tree.operator}{_bracketed(tree.right)}"
    if isinstance(tree, Call):
        return f"{tree.name}({','.join(map(written, tree.arguments))})"
    if isinstance(tree, Reference):
        return _written_reference(tree)
    if isinstance(tree, Number):
        return tree.text
    if isinstance(tree, Text):
        return '"' + tree.value.replace('"', '""') + '"'
    if isinstance(tree, Truth):
        return str(tree.value).upper()
    return "".join(str(getattr(tree, field.name)) for field in fields(tree))


def _bracketed(tree: Tree) -> str:
    text = written(tree)
    return f"({text})" if isinstance(tree, Binary) else text


def _written_reference(reference: Reference) -> str:
    sheet = f"{quoted(reference.sheet)}!" if reference.sheet else ""
    first, last = reference.first, reference.last
    if last is None:
        return sheet + _column(first) + _row(first)
    if first.row == 1 and last.row == LAST_ROW:
        return f"{sheet}{_column(first)}:{_column(last)}"
    if first.column == 1 and last.column == LAST_COLUMN:
        return f"{sheet}{_row(first)}:{_row(last)}"
    return f"{sheet}{_column(first)}{_row(first)}:{_column(last)}{_row(last)}"


def _column(corner: Corner) -> str:
    return ("$" if corner.fixed_column else "") + column_name(corner.column)


def _row(corner: Corner) -> str:
    return ("$" if corner.fixed_row else "") + str(corner.row)
