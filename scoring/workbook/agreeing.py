"""How far the evaluators agree: figures by criterion and over all, and who stands apart. On the Panel sheet."""

from fractions import Fraction
from math import ceil

from scoring.agreement import Agreement, PanelAgreement, agreement
from scoring.agreement_figures import Figure
from scoring.workbook.book import ROW_HEIGHT, Sheet
from scoring.workbook.layout import Layout

NAMES = ("criterion", "evaluators", "typical_spread", "widest_gap", "icc", "kendall", "krippendorff")
CRITERION, EVALUATORS, SPREAD, WIDEST, ICC, KENDALL, ALPHA = range(len(NAMES))
ON_A_LINE = 105  # characters of a sentence over the table's width


class Agreeing:
    """Writes the figures. They are numbers, not formulas: the marks they come from are locked in the workbook."""

    def __init__(self, layout: Layout) -> None:
        self.layout, self.say = layout, layout.say
        evaluation = layout.evaluation
        several = len(evaluation.evaluators) > 1 and sum(bid.status != "withdrawn" for bid in evaluation.bids) > 1
        self.found: PanelAgreement | None = agreement(evaluation) if several else None
        if self.found and not self.found.overall.spread.units:
            self.found = None

    @property
    def used(self) -> bool:
        """Whether some bid has two evaluators' marks on a criterion, and is not alone."""
        return self.found is not None

    def write(self, sheet: Sheet, row: int) -> int:
        """From a row on; the last row written."""
        if self.found is None:
            return row
        self.sheet = sheet
        sheet.text(row, 0, self.say["agreement"], "lead")
        row = self._sentence(row + 1, self.say["diagnostic"], "label")
        row = self._sentence(row, self.found.sentence(self.layout.language), "plain")
        sheet.heads(row, [self.say[name] for name in NAMES])
        sheet.page.set_row(row, 32)
        for one in (*self.found.criteria, self.found.overall):
            row += 1
            self._figures(row, one)
        row = self._sentence(row + 1, self.say["no_figure"], "label")
        sheet.text(row + 1, 0, self.say["apart"], "lead")
        apart = [one.sentence(self.layout.language) for one in self.found.evaluators if one.flags]
        row += 2
        for sentence in apart or [self.say["none_apart"]]:
            row = self._sentence(row, sentence, "plain")
        return row - 1

    def _sentence(self, row: int, sentence: str, style: str) -> int:
        """A sentence over the table's width; the next row."""
        self.sheet.merged(row, 0, len(NAMES) - 1, sentence, style, text_wrap=True, valign="top")
        self.sheet.page.set_row(row, ROW_HEIGHT * ceil(len(sentence) / ON_A_LINE))
        return row + 1

    def _figures(self, row: int, found: Agreement) -> None:
        """Spreads are in marks on a criterion, and over all, where scales may differ, in shares of the scale."""
        whole = found.criterion is None
        style, spread = ("figure", "0%") if whole else ("centre", "0.00")
        name = found.criterion.name if found.criterion else self.say["over_all"]
        title = "group" if whole else "cell"
        self.sheet.text(row, CRITERION, name, title, text_wrap=True)
        self.sheet.page.set_row(row, ROW_HEIGHT * ceil(max(len(name), 1) / 30))
        self.sheet.number(row, EVALUATORS, found.evaluators, style)
        self._figure(row, SPREAD, found.spread.value, style, spread)
        self._figure(row, WIDEST, None if found.widest is None else float(found.widest), style, spread)
        measured: dict[int, Figure] = {ICC: found.icc_k, KENDALL: found.kendall, ALPHA: found.alpha_ordinal}
        for column, figure in measured.items():
            self._figure(row, column, figure.value, style, "0.00")

    def _figure(self, row: int, column: int, value: float | None, style: str, shown: str) -> None:
        if value is None:
            self.sheet.text(row, column, self.say["none"], style)
        else:
            self.sheet.number(row, column, Fraction(value), style, num_format=shown)
