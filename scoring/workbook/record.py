"""Record: the dated events that the application gave."""

from scoring.workbook.book import Sheet
from scoring.workbook.layout import HEAD, Layout
from scoring.workbook.look import INSTANT


def write_record(sheet: Sheet, layout: Layout) -> None:
    """One row an event, oldest first."""
    say, events = layout.say, layout.extras.events
    sheet.text(0, 0, say["record"], "title")
    sheet.text(1, 0, say["record_note"], "subtitle")
    sheet.heads(HEAD - 1, [say["instant"], say["who"], say["what"]], "head_left")
    for row, (instant, who, what) in enumerate(events, start=HEAD):
        sheet.instant(row, 0, instant, "cell", num_format=INSTANT[layout.language], align="left")
        sheet.text(row, 1, who, "strong")
        sheet.text(row, 2, what, "wrapped")
        sheet.page.set_row(row, 17 * (1 + len(what) // 100))
    sheet.page.autofilter(HEAD - 1, 0, HEAD + len(events) - 1, 2)
    sheet.widths([20, 30, 90])
    sheet.finish(freeze=(HEAD, 0), last=(HEAD + len(events) - 1, 2))
