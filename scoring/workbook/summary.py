"""Summary: the ranking on one page. Its rows follow the ranks, also when a weight is changed."""

from datetime import datetime
from fractions import Fraction

from scoring.result import BidResult
from scoring.workbook.book import Sheet
from scoring.workbook.cells import a1
from scoring.workbook.charts import add_bars, add_radar
from scoring.workbook.facts import Facts
from scoring.workbook.layout import SUMMARY_TOP, WEIGHT, Layout
from scoring.workbook.method import method_sentences
from scoring.workbook.prices import LOW_MEAN, LOW_NEXT
from scoring.workbook.steps import Steps
from scoring.workbook.summary_table import FIRST_POINTS, NEAR_TIE, PROVIDER, RANK, STATUS, SummaryTable
from scoring.workbook.values import Values

VALUE = 2  # the column of facts and thresholds
LINE_LENGTH = 120
INSTANTS = {"en": "%Y-%m-%d %H:%M", "fr": "%d/%m/%Y %H:%M"}


class SummarySheet:
    """Writes the Summary."""

    def __init__(self, sheet: Sheet, layout: Layout, values: Values, steps: Steps, facts: Facts) -> None:
        self.sheet, self.layout, self.steps, self.say = sheet, layout, steps, layout.say
        self.table = SummaryTable(sheet, layout, values, steps, facts)
        self.first = self.table.first
        self.ranked: list[BidResult] = layout.result.ranked

    def write(self) -> None:
        """The whole sheet."""
        self._top()
        self.table.write()
        self._thresholds()
        below = self._shares(self._reasons(self.layout.threshold_rows[-1] + 2))
        last = below + add_bars(self.sheet, self.layout, self.first, below)
        if len(self.layout.headline) > 2 and self.ranked:
            add_radar(self.sheet, self.layout, self.shares_row, below)
        self._dress(last)

    # -- above the table

    def _top(self) -> None:
        sheet, say, last = self.sheet, self.say, self.table.width - 1
        sheet.text(0, 0, self.layout.evaluation.title or say["summary"], "title")
        changed = self.steps.column("changed")
        published, simulated = self._quoted("as_published"), self._quoted("simulation")
        sheet.formula(1, 0, f"IF(SUM({changed})=0,{published},{simulated})", say["as_published"], "subtitle")
        sheet.formula(2, 0, *self._outcome(), "lead")
        for row, (name, value) in enumerate(self.layout.summary_facts.items(), start=SUMMARY_TOP):
            sheet.text(row, 0, say[name], "label")
            self._fact(row, value)
        row = SUMMARY_TOP + len(self.layout.summary_facts)
        sentences = " ".join(method_sentences(self.layout.evaluation, self.layout.language))
        sheet.text(row, 0, say["method"], "label", valign="top")
        sheet.merged(row, VALUE, last, sentences, "note")
        sheet.page.set_row(row, 15 * (1 + len(sentences) // LINE_LENGTH))

    def _fact(self, row: int, value: str | Fraction | datetime) -> None:
        sheet = self.sheet
        if isinstance(value, Fraction):
            sheet.number(row, VALUE, value, "plain", num_format=self.table.money, align="left")
        elif isinstance(value, datetime):
            sheet.text(row, VALUE, f"{value:{INSTANTS[self.layout.language]}}")
        else:
            sheet.text(row, VALUE, value)

    def _quoted(self, name: str) -> str:
        return f'"{self.say[name]}"'

    def _outcome(self) -> tuple[str, str]:
        ranks = self.steps.column("rank")
        provider = a1(self.first, PROVIDER)
        one, shared, none = (self._quoted(n) for n in ("first_one", "first_shared", "first_none"))
        expression = f"IF(COUNT({ranks})=0,{none},IF(COUNTIF({ranks},1)>1,{shared},{one}&{provider}))"
        first = [bid for bid in self.ranked if bid.rank == 1]
        if not first:
            return expression, self.say["first_none"]
        return expression, self.say["first_shared"] if len(first) > 1 else self.say["first_one"] + first[0].name

    # -- below the table

    def _thresholds(self) -> None:
        rows, limits = self.layout.threshold_rows, (NEAR_TIE, LOW_MEAN, LOW_NEXT)
        self.sheet.text(rows[0] - 1, 0, self.say["flag_note"], "subtitle")
        shown = zip(rows, ("near_tie", "low_mean", "low_next"), limits, strict=True)
        for row, name, limit in list(shown)[: 3 if self.layout.price else 1]:
            self.sheet.number(row, 2, limit, "input", num_format="0%", align="center")
            self.sheet.text(row, 3, self.say[name], "plain")
            check = {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 1}
            self.sheet.page.data_validation(row, 2, row, 2, check)

    def _reasons(self, row: int) -> int:
        """Why each unranked bid is so, as published; the row below."""
        unranked, sheet = self.layout.result.unranked, self.sheet
        if not unranked:
            return row
        self._section(row, "reasons")
        for place, bid in enumerate(unranked, start=row + 1):
            text = " · ".join(reason.text for reason in bid.reasons)
            sheet.blank(place, RANK)
            sheet.text(place, PROVIDER, bid.name, "strong", text_wrap=True)
            sheet.text(place, STATUS, self.say[bid.status], "centre")
            sheet.merged(place, FIRST_POINTS, self.table.width - 1, text, "wrapped")
            sheet.page.set_row(place, 17 * (1 + len(text) // LINE_LENGTH))
        return row + len(unranked) + 2

    def _section(self, row: int, name: str) -> None:
        self.sheet.text(row, 0, self.say[name], "section")
        for column in range(1, self.table.width):
            self.sheet.blank(row, column, "section")

    def _shares(self, row: int) -> int:
        """The share of each top criterion's points, for the ranked; the row below the table."""
        self.shares_row, sheet = row + 2, self.sheet
        if len(self.layout.headline) < 3 or not self.ranked:
            return row
        self._section(row, "radar")
        sheet.page.set_row(row + 1, 32)
        sheet.heads(row + 1, ["", self.say["provider"], "", *(c.title for c in self.layout.headline)])
        for index, bid in enumerate(self.ranked):
            place, name = self.shares_row + index, a1(self.first + index, PROVIDER)
            sheet.blank(place, RANK)
            sheet.formula(place, PROVIDER, f'{name}&""', bid.name, "strong")
            sheet.blank(place, STATUS)
            self._share_cells(place, index, bid)
        return self.shares_row + len(self.ranked) + 1

    def _share_cells(self, row: int, index: int, bid: BidResult) -> None:
        for column, criterion in enumerate(self.layout.headline, start=FIRST_POINTS):
            points = a1(self.first + index, column)
            weight = self.layout.matrix(a1(self.layout.row[criterion.key], WEIGHT, "rc"))
            value = bid.criteria[criterion.key].points
            share = value / criterion.weight if value is not None and criterion.weight else None
            expression = f'IF(AND(ISNUMBER({points}),{weight}>0),{points}/{weight},"")'
            self.sheet.formula(row, column, expression, share, num_format="0%", align="center")

    def _dress(self, last: int) -> None:
        sheet, points = self.sheet, len(self.layout.headline)
        more = {"price": 14, "flags": 24}
        sheet.widths([7, 30, 12, *[13] * points, *[more.get(name, 11) for name in self.table.names]])
        sheet.page.set_row(1, 20)
        sheet.page.set_row(2, 22)
        bars = {"type": "data_bar", "bar_solid": True, "bar_color": "#BFD3E6", "min_type": "num", "min_value": 0}
        if self.layout.rules.combination == "weighted_sum":
            total = self.table.place["total"]
            sheet.page.conditional_format(self.first, total, self.table.last, total, bars)
        sheet.finish(freeze=(0, 0), last=(last, self.table.width - 1))
        sheet.page.activate()
