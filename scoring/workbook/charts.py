"""The Summary's charts. Titles and names are read from cells, never written as text."""

from typing import Any

from scoring.workbook.book import Sheet
from scoring.workbook.layout import Layout
from scoring.workbook.look import INK, LINE, SERIES

MOST_ON_RADAR = 5
MOST_BARS = 40
FIRST_POINTS, PROVIDER = 3, 1
FONT = {"name": "Calibri", "size": 9, "color": INK}
ROW_PIXELS = 23


def add_bars(sheet: Sheet, layout: Layout, first: int, row: int) -> int:
    """A stacked bar for each ranked bid; how many rows it covers."""
    shown = min(len(layout.result.ranked), MOST_BARS)
    if not shown:
        return 0
    chart = sheet.book.workbook.add_chart({"type": "bar", "subtype": "stacked"})
    last = first + shown - 1
    for index in range(len(layout.headline)):
        column = FIRST_POINTS + index
        chart.add_series(
            {
                "name": [sheet.name, first - 1, column],
                "categories": [sheet.name, first, PROVIDER, last, PROVIDER],
                "values": [sheet.name, first, column, last, column],
                "fill": {"color": SERIES[index % len(SERIES)]},
                "gap": 55,
            }
        )
    chart.set_title({"name": layout.say["chart"], "name_font": {**FONT, "size": 12, "bold": True}, "overlay": False})
    chart.set_y_axis({"reverse": True, "num_font": FONT, "line": {"color": LINE}})
    chart.set_x_axis(
        {"num_font": FONT, "major_gridlines": {"visible": True, "line": {"color": LINE}}, "line": {"none": True}}
    )
    height = _height(layout)
    _finish(sheet, chart, layout.say["chart_alt"], row, 0, (660, height))
    return height // ROW_PIXELS + 2


def add_radar(sheet: Sheet, layout: Layout, shares_row: int, row: int) -> None:
    """The first bids' shares of the points available."""
    chart = sheet.book.workbook.add_chart({"type": "radar", "subtype": "with_markers"})
    last_column = FIRST_POINTS + len(layout.headline) - 1
    for index in range(min(len(layout.result.ranked), MOST_ON_RADAR)):
        place = shares_row + index
        chart.add_series(
            {
                "name": [sheet.name, place, PROVIDER],
                "categories": [sheet.name, shares_row - 1, FIRST_POINTS, shares_row - 1, last_column],
                "values": [sheet.name, place, FIRST_POINTS, place, last_column],
                "line": {"color": SERIES[index % len(SERIES)], "width": 2},
                "marker": {"type": "circle", "size": 4, "fill": {"color": SERIES[index % len(SERIES)]}},
            }
        )
    chart.set_title({"name": layout.say["radar"], "name_font": {**FONT, "size": 12, "bold": True}})
    chart.set_y_axis(
        {
            "min": 0,
            "max": 1,
            "num_format": "0%",
            "num_font": FONT,
            "major_gridlines": {"visible": True, "line": {"color": LINE}},
        }
    )
    chart.set_x_axis({"num_font": FONT})
    height = _height(layout)
    _finish(sheet, chart, layout.say["radar_alt"], row, 6, (520, height))


def _height(layout: Layout) -> int:
    """Pixels, for both charts."""
    return max(120 + 34 * min(len(layout.result.ranked), MOST_BARS), 340)


def _finish(sheet: Sheet, chart: Any, description: str, row: int, column: int, size: tuple[int, int]) -> None:
    chart.set_legend({"position": "bottom", "font": FONT})
    chart.set_chartarea({"border": {"color": LINE}})
    chart.set_size({"width": size[0], "height": size[1]})
    sheet.page.insert_chart(row, column, chart, {"description": description, "object_position": 2})
