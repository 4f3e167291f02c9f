"""Sensitivity: other weights tried beside the published ones, a criterion left out, and what would tip the balance.

Totals here are linear in the weights: the points of a top criterion grow with its weight, its share of
them stays. With the weights as they are, a trial total is the total.
"""

from fractions import Fraction
from functools import cached_property

from scoring.result import BidResult
from scoring.workbook.book import Sheet
from scoring.workbook.cells import a1, span
from scoring.workbook.layout import HEAD, WEIGHT, Layout
from scoring.workbook.look import number_format
from scoring.workbook.rounding import tolerance
from scoring.workbook.steps import Steps

NAME, TOTAL, RANK, TRIAL_TOTAL, TRIAL_RANK, FIRST_LEFT_OUT = range(6)
MATRIX_WEIGHT, TRIAL_WEIGHT = 1, 2
MOST_CRITERIA = 60  # beyond, nobody tries weights by hand, and a formula has its limit


class SensitivitySheet:
    """Writes the Sensitivity sheet; only for totals that are a sum of points."""

    def __init__(self, layout: Layout, steps: Steps) -> None:
        self.layout, self.steps, self.say = layout, steps, layout.say
        self.criteria = [c for c in layout.headline if c.weight > 0]
        self.bids = layout.bids
        self.weights_row = HEAD + 1
        self.bids_row = self.weights_row + len(self.criteria) + 4
        self.first_row = self.bids_row + len(self.bids) + 5
        self.rivals_row = self.first_row + 2

    @property
    def used(self) -> bool:
        """Whether weights alone say how points become a total."""
        rules = self.layout.rules
        sums = rules.combination == "weighted_sum" and rules.panel.order == "criterion_first"
        return sums and 1 < len(self.criteria) <= MOST_CRITERIA and bool(self.layout.result.ranked)

    def write(self, sheet: Sheet) -> None:
        """The whole sheet."""
        self.sheet = sheet
        sheet.text(0, 0, self.say["sensitivity"], "title")
        sheet.text(1, 0, self.say["sensitivity_note"], "subtitle")
        self._weights()
        self._bids()
        self._break_even()
        sheet.widths([32, *[13] * (FIRST_LEFT_OUT + 2 * len(self.criteria) - 1)])
        last = self.rivals_row + len(self.bids) - 1
        sheet.finish(freeze=(0, 1), last=(last, FIRST_LEFT_OUT + 2 * len(self.criteria) - 1), repeat_columns=0)

    def _section(self, row: int, name: str) -> None:
        self.sheet.text(row, 0, self.say[name], "section")
        for column in range(1, FIRST_LEFT_OUT + 2 * len(self.criteria)):
            self.sheet.blank(row, column, "section")

    # -- trial weights

    def _weights(self) -> None:
        sheet = self.sheet
        self._section(HEAD - 1, "trial")
        sheet.heads(HEAD, [self.say["criterion"], self.say["published"], self.say["trial_weight"]])
        sheet.page.set_row(HEAD, 32)
        for row, criterion in enumerate(self.criteria, start=self.weights_row):
            sheet.text(row, NAME, criterion.title, "strong")
            weight = self.layout.matrix(a1(self.layout.row[criterion.key], WEIGHT, "rc"))
            sheet.formula(row, MATRIX_WEIGHT, weight, criterion.weight, num_format="#,##0.##")
            sheet.number(row, TRIAL_WEIGHT, criterion.weight, "input", num_format="#,##0.##")
        last = self.weights_row + len(self.criteria) - 1
        sheet.page.data_validation(
            self.weights_row, TRIAL_WEIGHT, last, TRIAL_WEIGHT, {"validate": "decimal", "criteria": ">=", "value": 0}
        )
        sheet.text(last + 1, NAME, self.say["total"], "total")
        for column in (MATRIX_WEIGHT, TRIAL_WEIGHT):
            summed = f"SUM({span(self.weights_row, column, last, column, '')})"
            sheet.formula(last + 1, column, summed, self.layout.result.points, "total", num_format="#,##0.##")

    def _weight(self, index: int, column: int = MATRIX_WEIGHT) -> str:
        return a1(self.weights_row + index, column, "rc")

    # -- totals

    def _bids(self) -> None:
        sheet, say = self.sheet, self.say
        titles = ["provider", "total", "rank", "trial_total", "trial_rank"]
        left_out = [t for c in self.criteria for t in (say["left_out"].format(title=c.title), say["rank"])]
        self._section(self.bids_row - 2, "leave_out")
        sheet.heads(self.bids_row - 1, [*(say[t] for t in titles), *left_out])
        sheet.page.set_row(self.bids_row - 1, 46)
        for index, bid in enumerate(self.bids):
            self._bid(self.bids_row + index, index, bid)

    def _bid(self, row: int, index: int, bid: BidResult) -> None:
        sheet, shown = self.sheet, number_format(self.layout.rules.rounding.total)
        sheet.text(row, NAME, bid.name, "strong")
        sheet.formula(row, TOTAL, self.steps.cell("total", index), bid.total, num_format=shown)
        sheet.formula(row, RANK, self.steps.cell("rank", index), bid.rank, "rank")
        total = a1(row, TOTAL, "c")
        terms = [
            f"{self.layout.points(index, c.key)}*({self._weight(i, TRIAL_WEIGHT)}/{self._weight(i)}-1)"
            for i, c in enumerate(self.criteria)
        ]
        trial = f'IF(ISNUMBER({total}),{total}+{"+".join(terms)},"")'
        sheet.formula(row, TRIAL_TOTAL, trial, bid.total, num_format=shown)
        figures = [b.total for b in self.bids]
        sheet.formula(row, TRIAL_RANK, self._place(row, TRIAL_TOTAL), _place(figures, index), "rank")
        for number, criterion in enumerate(self.criteria):
            self._left_out(row, FIRST_LEFT_OUT + 2 * number, index, criterion.key)

    @cached_property
    def _without(self) -> dict[str, list[Fraction | None]]:
        """Criterion → each bid's total without it."""
        return {c.key: [_without(bid, c.key) for bid in self.bids] for c in self.criteria}

    def _left_out(self, row: int, column: int, index: int, key: str) -> None:
        """The total without a criterion's points, and the rank it would give."""
        total = a1(row, TOTAL, "c")
        figures = self._without[key]
        expression = f'IF(ISNUMBER({total}),{total}-{self.layout.points(index, key)},"")'
        shown = number_format(self.layout.rules.rounding.total)
        self.sheet.formula(row, column, expression, figures[index], num_format=shown)
        self.sheet.formula(row, column + 1, self._place(row, column), _place(figures, index), "rank")

    def _place(self, row: int, column: int) -> str:
        """1 and how many totals are clearly higher."""
        mine = a1(row, column, "c")
        cells = span(self.bids_row, column, self.bids_row + len(self.bids) - 1, column)
        higher = f"SUMPRODUCT(ISNUMBER({cells})*({cells}>{mine}+{tolerance(self.layout.total_guard)}))"
        return f'IF(ISNUMBER({mine}),1+{higher},"")'

    # -- break-even

    def _break_even(self) -> None:
        sheet, first = self.sheet, self.first_row
        self._section(first - 2, "break_even")
        sheet.text(first - 1, 0, self.say["break_even_note"], "subtitle")
        sheet.heads(first, [self.say["against"], *(c.title for c in self.criteria)])
        sheet.page.set_row(first, 46)
        sheet.text(first + 1, NAME, self.say["lead"], "faint")
        for column, criterion in enumerate(self.criteria, start=1):
            self._lead(first + 1, column, criterion.key)
        for index, bid in enumerate(self.bids):
            sheet.text(self.rivals_row + index, NAME, bid.name, "strong")
            for column, criterion in enumerate(self.criteria, start=1):
                expression, value = self._tipping(index, column, criterion.key)
                sheet.formula(self.rivals_row + index, column, expression, value, "centre", num_format="0.0")

    @property
    def _whole(self) -> str:
        return a1(self.weights_row + len(self.criteria), MATRIX_WEIGHT, "rc")

    def _lead(self, row: int, column: int, key: str) -> None:
        """The first's share of the criterion's points, less its share of all the others'."""
        order = self.steps.column("order")
        place = self.layout.row[key]
        last = self.layout.mark_column(len(self.bids)) - 1
        cells = self.layout.matrix(span(place, self.layout.mark_column(0), place, last))
        points = f"INDEX({cells},2*MATCH(1,{order},0))"
        total = f"INDEX({self.steps.column('total')},MATCH(1,{order},0))"
        weight = self._weight(column - 1)
        expression = f"{points}/{weight}-({total}-{points})/({self._whole}-{weight})"
        self.sheet.formula(row, column, expression, self._lead_value(self.bids[0], key), "centre", num_format="0.0%")

    def _lead_value(self, bid: BidResult, key: str) -> Fraction:
        weight, points = self._published(key), bid.criteria[key].points or Fraction(0)
        return points / weight - ((bid.total or Fraction(0)) - points) / (self.layout.result.points - weight)

    def _published(self, key: str) -> Fraction:
        return next(c.weight for c in self.criteria if c.key == key)

    def _tipping(self, index: int, column: int, key: str) -> tuple[str, Fraction | str | None]:
        """w + gap ÷ (rival's lead − first's lead); a dash where no weight from 0 to the whole does it."""
        weight, whole = self._weight(column - 1), self._whole
        row = self.bids_row + index
        total, rank = a1(row, TOTAL, "rc"), a1(row, RANK, "rc")
        points = self.layout.points(index, key)
        mine = f"({points}/{weight}-({total}-{points})/({whole}-{weight}))"
        first = f"MAX({span(self.bids_row, TOTAL, self.bids_row + len(self.bids) - 1, TOTAL)})"
        slope = f"({mine}-{a1(self.first_row + 1, column, 'rc')})"
        tip = f"{weight}+({first}-{total})/{slope}"
        inside = f'IF(ABS({slope})<1E-9,"–",IF(AND({tip}>=-1E-9,{tip}<={whole}+1E-9),{tip},"–"))'
        return f'IF(ISNUMBER({rank}),IF({rank}=1,"",{inside}),"")', self._tipping_value(self.bids[index], key)

    def _tipping_value(self, bid: BidResult, key: str) -> Fraction | str | None:
        first = self.bids[0].total
        if bid.rank in (None, 1) or bid.total is None or first is None:
            return None
        slope = self._lead_value(bid, key) - self._lead_value(self.bids[0], key)
        if abs(slope) < Fraction(1, 10**9):
            return "–"
        tip = self._published(key) + (first - bid.total) / slope
        return tip if 0 <= tip <= self.layout.result.points else "–"


def _without(bid: BidResult, key: str) -> Fraction | None:
    return None if bid.total is None else bid.total - (bid.criteria[key].points or Fraction(0))


def _place(figures: list[Fraction | None], index: int) -> int | None:
    """1 and how many are higher."""
    mine = figures[index]
    return None if mine is None else 1 + sum(figure is not None and figure > mine for figure in figures)
