"""A worksheet that writes what ours hold, and nothing else, quickly.

XlsxWriter guesses what a value is, looks through each formula for functions that need a prefix, and
builds each cell's XML from lists of attributes. Our texts are made safe, our formulas use no such
function, and every cell has a format: so a cell is stored as it is and written as one string.
"""

from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import CellBlankTuple, CellFormulaTuple, CellNumberTuple, CellStringTuple, Worksheet

from scoring.workbook.cells import letters


def _escaped(value: str) -> str:
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


class PlainWorksheet(Worksheet):
    """Cells of four kinds: text, number, formula, blank. Others, as those of tables, go XlsxWriter's way."""

    def __init__(self) -> None:
        super().__init__()
        self._xf: dict[Format, int] = {}

    def put_text(self, row: int, column: int, value: str, style: Format) -> None:
        """Store a safe text."""
        self._put(row, column, CellStringTuple(self.str_table._get_shared_string_index(value), style))

    def put_number(self, row: int, column: int, value: float, style: Format) -> None:
        """Store a number."""
        self._put(row, column, CellNumberTuple(value, style))

    def put_blank(self, row: int, column: int, style: Format) -> None:
        """Store a style alone."""
        self._put(row, column, CellBlankTuple(style))

    def put_formula(self, row: int, column: int, formula: str, style: Format, value: float | str) -> None:
        """Store a formula and its cached value."""
        self._put(row, column, CellFormulaTuple(formula, style, value))

    def _put(self, row: int, column: int, cell: Any) -> None:
        self.table[row][column] = cell
        if self.dim_rowmin is None or self.dim_colmin is None:
            self._check_dimensions(row, column)
            return
        if row > self.dim_rowmax or row < self.dim_rowmin or column > self.dim_colmax or column < self.dim_colmin:
            self._check_dimensions(row, column)

    def _calculate_spans(self) -> None:
        """Spans only help a reader that does without them."""
        self.row_spans: dict[int, str] = {}

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        kind = type(cell)
        if cell.format is None or kind not in (CellStringTuple, CellNumberTuple, CellFormulaTuple, CellBlankTuple):
            super()._write_cell(row, col, cell)
            return
        index = self._xf.get(cell.format)
        if index is None:
            index = self._xf[cell.format] = cell.format._get_xf_index()
        place = f'<c r="{letters(col)}{row + 1}" s="{index}"'
        if kind is CellStringTuple:
            self.fh.write(f'{place} t="s"><v>{cell.string}</v></c>')
        elif kind is CellNumberTuple:
            self.fh.write(f"{place}><v>{cell.number:.16G}</v></c>")
        elif kind is CellBlankTuple:
            self.fh.write(f"{place}/>")
        elif isinstance(cell.value, str):
            text = _escaped(cell.value)
            self.fh.write(f'{place} t="str"><f>{_escaped(cell.formula)}</f><v>{text}</v></c>')
        else:
            self.fh.write(f"{place}><f>{_escaped(cell.formula)}</f><v>{cell.value:.16G}</v></c>")
