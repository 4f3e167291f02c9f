"""The only place that knows XlsxWriter: a workbook whose texts are texts, and whose formulas have values."""

from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format

from scoring.workbook.look import NAVY, properties
from scoring.workbook.page import PlainWorksheet
from scoring.workbook.text import header, safe

Value = Fraction | int | str | None
# Not the clock: the same evaluation makes the same file, byte for byte.
TIMELESS = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
PROTECTION = {
    "select_locked_cells": True,
    "select_unlocked_cells": True,
    "autofilter": True,
    "format_columns": True,
    "format_rows": True,
}
A4_LANDSCAPE = 9
ROW_HEIGHT = 17


class Sheet:
    """One sheet. Every text passes through ``safe``; nothing a person typed becomes a formula or a link."""

    def __init__(self, book: "Book", name: str) -> None:
        self.book = book
        self.name = name
        self.page: PlainWorksheet = book.workbook.add_worksheet(name, worksheet_class=PlainWorksheet)
        self.page.set_default_row(ROW_HEIGHT)
        self.page.set_row(0, 27)

    def text(self, row: int, column: int, value: str, style: str = "plain", **more: Any) -> None:
        """A text as it stands."""
        self.page.put_text(row, column, self.book.safe(value), self.book.format(style, **more))

    def number(self, row: int, column: int, value: Fraction | int | None, style: str = "cell", **more: Any) -> None:
        """A number; None leaves the cell blank."""
        chosen = self.book.format(style, **more)
        if value is None:
            self.page.put_blank(row, column, chosen)
        else:
            self.page.put_number(row, column, float(value), chosen)

    def blank(self, row: int, column: int, style: str = "cell", **more: Any) -> None:
        """A styled cell without content."""
        self.page.put_blank(row, column, self.book.format(style, **more))

    def formula(self, row: int, column: int, expression: str, value: Value, style: str = "cell", **more: Any) -> None:
        """A formula, without its =, and the value it has now; None is an empty text."""
        cached = "" if value is None else self.book.safe(value) if isinstance(value, str) else float(value)
        self.page.put_formula(row, column, expression, self.book.format(style, **more), cached)

    def instant(self, row: int, column: int, value: datetime | None, style: str, **more: Any) -> None:
        """A date and time, shown as given, without its zone."""
        if value is None:
            self.blank(row, column, style, **more)
        else:
            self.page.write_datetime(row, column, value.replace(tzinfo=None), self.book.format(style, **more))

    def merged(self, row: int, first: int, last: int, value: str, style: str, **more: Any) -> None:
        """A text over several columns."""
        chosen = self.book.format(style, **more)
        if last > first:
            self.page.merge_range(row, first, row, last, "", chosen)
        self.page.put_text(row, first, self.book.safe(value), chosen)

    def down(self, first: int, last: int, column: int, value: str, style: str, **more: Any) -> None:
        """A text over several rows; without text, cells that are blank."""
        chosen = self.book.format(style, **more)
        if last > first:
            self.page.merge_range(first, column, last, column, "", chosen)
        if value:
            self.page.put_text(first, column, self.book.safe(value), chosen)
        else:
            self.page.put_blank(first, column, chosen)

    def heads(self, row: int, titles: list[str], style: str = "head", first: int = 0) -> None:
        """A row of column headings; the first is set left."""
        for column, title in enumerate(titles, start=first):
            self.text(row, column, title, "head_left" if column == first else style)

    def widths(self, widths: list[float], first: int = 0) -> None:
        """Column widths in characters."""
        for column, width in enumerate(widths, start=first):
            self.page.set_column(column, column, width)

    def finish(self, *, freeze: tuple[int, int], last: tuple[int, int], repeat_columns: int | None = None) -> None:
        """Frozen panes, printing, protection; the first cell is the one selected."""
        page, rows = self.page, freeze[0]
        if any(freeze):
            page.freeze_panes(*freeze)
        if rows:
            page.repeat_rows(max(rows - 2, 0), rows - 1)
        if repeat_columns is not None:
            page.repeat_columns(0, repeat_columns)
        page.print_area(0, 0, *last)
        page.set_landscape()
        page.set_paper(A4_LANDSCAPE)
        page.fit_to_pages(1, 0)
        page.set_margins(left=0.5, right=0.5, top=0.75, bottom=0.7)
        page.set_header(f"&L&9&K6B7785{header(self.book.title)}&R&9&K6B7785{header(self.name)}")
        pages = self.book.page_words.format(p="&P", n="&N")
        page.set_footer(f"&L&9&K6B7785{header(self.book.footer)}&R&9&K6B7785{pages}")
        page.hide_gridlines(2)
        page.protect("", PROTECTION)
        page.set_selection(0, 0, 0, 0)


class Book:
    """The workbook and its styles."""

    def __init__(self, target: Any, *, title: str, footer: str, page_words: str, made_at: datetime | None) -> None:
        self.title = title
        self.footer = footer
        self.page_words = page_words
        options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        name = target if hasattr(target, "write") else str(target)
        self.workbook = xlsxwriter.Workbook(name, {**options, "in_memory": True})
        created = made_at.astimezone(UTC).replace(tzinfo=None) if made_at else TIMELESS
        self.workbook.set_properties({"title": safe(title, 200), "created": created})
        self.workbook.set_calc_mode("auto")
        self._formats: dict[tuple[Any, ...], Format] = {}
        self._texts: dict[str, str] = {}

    def format(self, style: str, **more: Any) -> Format:
        """The format of a style, made once."""
        key = (style, *more.items()) if more else (style,)
        found = self._formats.get(key)
        if found is None:
            found = self._formats[key] = self.workbook.add_format(properties(style, **more))
        return found

    def safe(self, value: str) -> str:
        """The text made safe; the same text is looked at once."""
        found = self._texts.get(value)
        if found is None:
            found = self._texts[value] = safe(value)
        return found

    def sheet(self, name: str) -> Sheet:
        """A new sheet at the end."""
        made = Sheet(self, name)
        made.page.set_tab_color(NAVY)
        return made

    def define(self, name: str, reference: str) -> None:
        """A defined name for a range."""
        self.workbook.define_name(name, f"={reference}")

    def close(self) -> None:
        """Write the file. Raises OSError where it cannot be."""
        try:
            self.workbook.close()
        except FileCreateError as error:
            cause = error.args[0] if error.args else error
            raise cause if isinstance(cause, OSError) else OSError(str(error)) from error
