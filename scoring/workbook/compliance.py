"""Compliance: requirement by bid."""

from scoring.workbook.book import Sheet
from scoring.workbook.layout import HEAD, Layout


def write_compliance(sheet: Sheet, layout: Layout) -> None:
    """Yes, no, or blank where it has not been checked."""
    say, gates = layout.say, layout.evaluation.gates
    sheet.text(0, 0, say["compliance"], "title")
    sheet.text(1, 0, say["compliance_note"], "subtitle")
    sheet.heads(HEAD - 1, [say["requirement"], *(bid.name for bid in layout.bids)])
    for row, gate in enumerate(gates, start=HEAD):
        sheet.text(row, 0, gate.title, "wrapped")
        for column, bid in enumerate(layout.bids, start=1):
            met = layout.given[bid.key].gates.get(gate.key)
            if met is None:
                sheet.blank(row, column, "centre")
            else:
                sheet.text(row, column, say["yes" if met else "no"], "good" if met else "bad")
    sheet.page.set_row(HEAD - 1, 32)
    sheet.widths([60, *[16] * len(layout.bids)])
    sheet.finish(freeze=(HEAD, 1), last=(HEAD + len(gates) - 1, max(len(layout.bids), 1)), repeat_columns=0)
