"""Firsts: on how many counted criteria each ranked bid is best. Written only where a tie rule asks."""

from scoring.workbook.book import Sheet
from scoring.workbook.cells import a1, on, span
from scoring.workbook.facts import Facts
from scoring.workbook.layout import HEAD, WEIGHT, Layout
from scoring.workbook.look import number_format
from scoring.workbook.rounding import tolerance
from scoring.workbook.steps import Steps


class FirstsSheet:
    """Bids as rows, counted leaves as columns, the best below."""

    def __init__(self, layout: Layout, steps: Steps, facts: Facts) -> None:
        self.layout, self.steps, self.facts = layout, steps, facts
        self.leaves = [leaf for leaf in layout.evaluation.leaves if leaf.weight > 0]
        self.best_row = layout.last_bid + 1

    @property
    def used(self) -> bool:
        """Whether a tie rule asks for it."""
        return any(rule.by == "firsts" for rule in self.layout.rules.ties)

    def count(self, bid: int) -> str:
        """On how many the bid is best, as the Ranking sheet writes it."""
        sheet, last = self.layout.say["firsts"], len(self.leaves)
        if not self.leaves:
            return "0"
        mine = on(sheet, span(HEAD + bid, 1, HEAD + bid, last))
        best = on(sheet, span(self.best_row, 1, self.best_row, last))
        return f"SUMPRODUCT(ISNUMBER({mine})*({mine}>={best}-{tolerance(self.layout.points_guard)}))"

    def write(self, sheet: Sheet) -> None:
        """The whole sheet. A leaf whose weight becomes 0 is counted no longer."""
        layout, say = self.layout, self.layout.say
        sheet.text(0, 0, say["firsts"], "title")
        sheet.text(1, 0, say["firsts_note"], "subtitle")
        sheet.heads(HEAD - 1, [say["provider"], *(leaf.title for leaf in self.leaves)])
        shown = number_format(layout.rules.rounding.criterion)
        for bid, result in enumerate(layout.bids):
            sheet.text(HEAD + bid, 0, result.name, "strong")
            for column, leaf in enumerate(self.leaves, start=1):
                weight = layout.matrix(a1(layout.row[leaf.key], WEIGHT, "rc"))
                ranked = f'{self.steps.cell("status", bid)}="{say["ranked"]}"'
                expression = f'IF(AND({ranked},{weight}>0),{layout.points(bid, leaf.key)},"")'
                value = None if result.rank is None else result.criteria[leaf.key].points
                sheet.formula(HEAD + bid, column, expression, value, num_format=shown)
        self._best(sheet, shown)
        sheet.page.set_row(HEAD - 1, 48)
        sheet.widths([30, *[14] * len(self.leaves)])
        sheet.finish(freeze=(HEAD, 1), last=(self.best_row, max(len(self.leaves), 1)), repeat_columns=0)

    def _best(self, sheet: Sheet, shown: str) -> None:
        sheet.text(self.best_row, 0, self.layout.say["best"], "total")
        ranked = self.layout.result.ranked
        for column, leaf in enumerate(self.leaves, start=1):
            cells = span(HEAD, column, self.layout.last_bid, column, "")
            best = max((b.criteria[leaf.key].points or 0 for b in ranked), default=0)
            sheet.formula(self.best_row, column, f"MAX({cells})", best, "total", num_format=shown)
