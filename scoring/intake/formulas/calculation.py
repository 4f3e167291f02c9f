"""Every formula of a workbook worked out exactly, and worked out again with some cells changed."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from scoring.intake.cells import Book, Cell
from scoring.intake.formulas.functions import FUNCTIONS
from scoring.intake.formulas.operands import Cells, Operand, Stop
from scoring.intake.formulas.operators import binary, unary
from scoring.intake.formulas.reading import Unreadable, read
from scoring.intake.formulas.relative import area_of
from scoring.intake.formulas.tree import Absent, Binary, Call, Fault, Name, Number, Reference, Text, Tree, Truth, Unary
from scoring.intake.places import Area, Place
from scoring.intake.values import ABSENT, REFERENCE, VALUE, ExcelError, Unknown, Value

ARRAYS = {"SUMPRODUCT"}
# These take single values; over a range they give one, which is not worked out here.
SINGLE = {"IF", "IFERROR", "NOT", "ROUND", "ROUNDUP", "ROUNDDOWN", "TRUNC", "INT", "ABS", "ISBLANK", "ISNUMBER"}
MOST_IN_TABLE = 100_000
CIRCLE = "circular reference"


class Pending(Exception):  # noqa: N818 - asks for other cells first
    """Cells that must be worked out before this one."""

    def __init__(self, places: list[Place]) -> None:
        super().__init__(places)
        self.places = places


class Calculation:
    """The values of a book's cells. ``changes``: what stands at some cells instead, a formula's tree or a value.

    A formula that is not worked out here keeps the value stored beside it for those that read it, and is
    listed in ``unchecked``. With ``base``, only the cells that read a changed one are worked out anew.
    """

    def __init__(
        self, book: Book, changes: Mapping[Place, "Tree | Value"] | None = None, base: "Calculation | None" = None
    ) -> None:
        self.book = book
        self.changes = dict(changes or {})
        self.base = base
        self.values: dict[Place, Value] = {}
        self.readers: dict[Place, set[Place]] = base.readers if base else {}
        self.unchecked: dict[Place, str] = {}
        self.affected = base.downstream(self.changes) if base else set()
        self._now = Place("", 1, 1)
        self._array = False
        self._noting = True
        self._last_row = max(sheet.last_row for sheet in book.sheets.values())

    def everything(self) -> "Calculation":
        """Work out every formula of the book."""
        for cell in self.book.cells():
            if cell.formula:
                self.value(cell.place)
        return self

    def value(self, place: Place) -> Value:
        """The exact value of a cell; None where it is blank."""
        if self._own(place) and place not in self.values:
            self._work_out(place)
        return self._known(place)

    def number(self, place: Place) -> Fraction | None:
        """The value where it is a number."""
        value = self.value(place)
        return value if isinstance(value, Fraction) else None

    def downstream(self, places: "Mapping[Place, object] | set[Place]") -> set[Place]:
        """These cells and every formula that reads them, directly or not."""
        found, waiting = set(places), list(places)
        while waiting:
            for reader in self.readers.get(waiting.pop(), ()):
                if reader not in found:
                    found.add(reader)
                    waiting.append(reader)
        return found

    def worked_out(self, place: Place, tree: Tree) -> Value:
        """What another formula would give at ``place``, all else as it is."""
        while True:
            self._noting = False
            try:
                return self._evaluated(place, tree, array=False)
            except Pending as pending:
                self._noting = True
                for other in pending.places:
                    self.value(other)
            finally:
                self._noting = True

    def _own(self, place: Place) -> bool:
        if self.base is not None:
            return place in self.affected
        cell = self.book.cell(place)
        return place in self.changes or (cell is not None and bool(cell.formula))

    def _known(self, place: Place) -> Value:
        if place in self.values:
            return self.values[place]
        if self.base is not None:
            return self.base.value(place)
        cell = self.book.cell(place)
        return cell.value if cell else None

    def _work_out(self, place: Place) -> None:
        """Without recursion, however long the chain of formulas: a cell that waits is met again later."""
        waiting, open_cells = [place], set()
        while waiting:
            current = waiting[-1]
            if current in self.values:
                waiting.pop()
                continue
            open_cells.add(current)
            try:
                self.values[current] = self._cell_value(current)
            except Pending as pending:
                circular = [other for other in pending.places if other in open_cells]
                for other in circular:
                    self.values[other] = self._not_checked(other, CIRCLE)
                waiting += [other for other in pending.places if other not in open_cells]

    def _cell_value(self, place: Place) -> Value:
        change = self.changes.get(place) if place in self.changes else self.book.cell(place)
        if isinstance(change, Cell):
            if not change.formula:
                return change.value
            try:
                tree = read(change.formula)
            except Unreadable as unreadable:
                return self._not_checked(place, str(unreadable))
            value = self._evaluated(place, tree, change.array)
        elif isinstance(change, Number | Text | Truth | Fault | Reference | Name | Unary | Binary | Call | Absent):
            value = self._evaluated(place, change, array=False)
        else:
            return change
        return self._not_checked(place, value.reason) if isinstance(value, Unknown) else value

    def _not_checked(self, place: Place, reason: str) -> Value:
        self.unchecked[place] = reason
        cell = self.book.cell(place)
        # What was stored holds only while nothing below has changed.
        if self.base is not None or cell is None or cell.value is None:
            return Unknown(reason)
        return cell.value

    def _evaluated(self, place: Place, tree: Tree, array: bool) -> Value:
        self._now, self._array = place, array
        try:
            value = _first(self._met(self._operand(tree)))
        except Stop as stop:
            return stop.value
        return Fraction(0) if value is None else value

    def _operand(self, tree: Tree) -> Operand:
        if isinstance(tree, Number | Text | Truth):
            return tree.value
        if isinstance(tree, Reference):
            return self._cells(area_of(tree, self._now))
        if isinstance(tree, Unary):
            return unary(tree.operator, self._met(self._operand(tree.operand)))
        if isinstance(tree, Binary):
            left, right = self._operand(tree.left), self._operand(tree.right)
            return binary(tree.operator, self._met(left), self._met(right))
        if isinstance(tree, Call):
            return self._called(tree)
        if isinstance(tree, Name):
            return self._named(tree.value)
        return ExcelError(tree.code) if isinstance(tree, Fault) else None

    def _called(self, call: Call) -> Operand:
        if call.name == "NA" and not call.arguments:
            return ABSENT
        if call.name not in FUNCTIONS:
            return Unknown(call.name)
        work, least, most = FUNCTIONS[call.name]
        if not least <= len(call.arguments) <= most:
            return Unknown(call.name)
        outer, self._array = self._array, self._array or call.name in ARRAYS
        try:
            arguments = [self._operand(argument) for argument in call.arguments]
            if call.name in SINGLE:
                arguments = [self._met(argument) for argument in arguments]
                if any(isinstance(a, Cells) and not a.rows == a.columns == 1 for a in arguments):
                    return Unknown(call.name)
            return work(arguments)
        except Stop as stop:
            return stop.value
        finally:
            self._array = outer

    def _named(self, name: str) -> Operand:
        meaning = self.book.names.get(name.upper())
        if meaning is None:
            return Unknown(name)
        try:
            tree = read(meaning)
        except Unreadable:
            return Unknown(name)
        return self._operand(tree) if isinstance(tree, Reference | Number) else Unknown(name)

    def _met(self, operand: Operand) -> Operand:
        """A range where one value is wanted gives the cell in the formula's own row or column, as in a sheet."""
        if self._array or not isinstance(operand, Cells) or operand.rows == operand.columns == 1:
            return operand
        if operand.place is None:
            return operand
        row, column = self._now.row - operand.place[0] + 1, self._now.column - operand.place[1] + 1
        if operand.columns == 1 and 1 <= row <= operand.rows:
            return operand.at(row, 1)
        if operand.rows == 1 and 1 <= column <= operand.columns:
            return operand.at(1, column)
        return VALUE

    def _cells(self, area: Area) -> Operand:
        sheet = self.book.sheets.get(area.sheet)
        if sheet is None:
            return REFERENCE
        self._ready(area)

        def at(row: int, column: int) -> Value:
            return self._known(area.at(row, column))

        def filled() -> Iterator[Value]:
            for cell in sheet.inside(area):
                value = self._known(cell.place)
                if value is not None:
                    yield value

        rows = min(area.rows, max(self._last_row - area.top + 1, 1)) if area.rows > MOST_IN_TABLE else area.rows
        return Cells(rows, area.columns, at, filled, (area.top, area.left))

    def _ready(self, area: Area) -> None:
        """See that the cells of an area are worked out, and note that the present formula reads them."""
        waiting = []
        for cell in self.book.sheets[area.sheet].inside(area):
            if self.base is None and self._noting:
                self.readers.setdefault(cell.place, set()).add(self._now)
            if self._own(cell.place) and cell.place not in self.values:
                waiting.append(cell.place)
        if waiting:
            raise Pending(waiting)


def _first(operand: Operand) -> Value:
    """The value shown in the formula's own cell: the first, where an array formula gives several."""
    return operand.at(1, 1) if isinstance(operand, Cells) else operand
