"""The Summary's table: a row a bid, in the order of the ranks, also when a weight is changed."""

from collections.abc import Callable
from fractions import Fraction

from scoring.result import BidResult
from scoring.workbook.book import Sheet, Value
from scoring.workbook.cells import a1, on, span
from scoring.workbook.facts import Facts
from scoring.workbook.layout import HEAD, Layout
from scoring.workbook.look import money_format, number_format
from scoring.workbook.prices import is_low, under_mean, under_next
from scoring.workbook.steps import Steps
from scoring.workbook.values import Values

NEAR_TIE = Fraction(1, 100)
RANK, PROVIDER, STATUS, FIRST_POINTS = range(4)
Cell = tuple[str, Value, str, dict[str, str | bool]]


class SummaryTable:
    """Headings, then a row for each bid: every cell finds by its place who stands there."""

    def __init__(self, sheet: Sheet, layout: Layout, values: Values, steps: Steps, facts: Facts) -> None:
        self.sheet, self.layout, self.values, self.steps, self.facts = sheet, layout, values, steps, facts
        self.say, self.bids = layout.say, layout.bids
        self.first = layout.summary_row
        self.last = self.first + max(len(self.bids), 1) - 1
        self.names = self._names()
        self.place = {name: FIRST_POINTS + len(layout.headline) + i for i, name in enumerate(self.names)}
        self.width = FIRST_POINTS + len(layout.headline) + len(self.names)
        self.money = money_format(layout.evaluation.currency, layout.language)

    def write(self) -> None:
        """All of it."""
        self._headings()
        for index in range(len(self.bids)):
            self._row(index)

    def _names(self) -> list[str]:
        layout = self.layout
        names = ["total", "gap"]
        names += ["price", "over_lowest"] if layout.price else []
        names += ["over_estimate"] if layout.price and layout.extras.estimate else []
        names += ["minimums"] if any(c.minimum is not None for c in layout.criteria) else []
        return [*names, "flags"]

    def _headings(self) -> None:
        titles = [self.say["rank"], self.say["provider"], self.say["status"]]
        row = self.first - 1
        self.sheet.heads(row, titles)
        for column, criterion in enumerate(self.layout.headline, start=FIRST_POINTS):
            self.sheet.text(row, column, criterion.title, "head")
        for name in self.names:
            self.sheet.text(row, self.place[name], self.say[name], "head")
        self.sheet.page.set_row(row, 46)

    def _at(self, index: int, cells: str) -> str:
        """What the bid in the given place of the order has, out of a column by bid."""
        return f"INDEX({cells},MATCH({index + 1},{self.steps.column('order')},0))"

    def _row(self, index: int) -> None:
        sheet, row, bid = self.sheet, self.first + index, self.bids[index]
        sheet.formula(row, RANK, self._at(index, self.steps.column("rank")), bid.rank, "rank")
        sheet.formula(
            row, PROVIDER, f'{self._at(index, self.steps.column("provider"))}&""', bid.name, "strong", text_wrap=True
        )
        sheet.formula(row, STATUS, self._at(index, self.steps.column("status")), self.say[bid.status], "centre")
        for column, criterion in enumerate(self.layout.headline, start=FIRST_POINTS):
            place = self.layout.row[criterion.key]
            cells = self.layout.matrix(
                span(place, self.layout.mark_column(0), place, self.layout.mark_column(len(self.bids)) - 1)
            )
            found = f"INDEX({cells},2*MATCH({index + 1},{self.steps.column('order')},0))"
            points = bid.criteria[criterion.key].points if bid.rank else None
            shown = number_format(self._stage(criterion.key))
            sheet.formula(row, column, self._if_ranked(row, found), points, num_format=shown, align="center")
        for name in self.names:
            expression, value, style, more = self._cell(name, index, row)
            sheet.formula(row, self.place[name], expression, value, style, **more)

    def _stage(self, key: str) -> int | None:
        rounding, group = self.layout.rules.rounding, any(c.key == key and c.children for c in self.layout.criteria)
        return rounding.group if group and rounding.group is not None else rounding.criterion

    def _if_ranked(self, row: int, expression: str) -> str:
        return f'IF({a1(row, STATUS, "c")}="{self.say["ranked"]}",{expression},"")'

    def _cell(self, name: str, index: int, row: int) -> Cell:
        """(expression, value now, style, format) of a column after the points."""
        bid, places = self.bids[index], number_format(self.layout.rules.rounding.total)
        cells: dict[str, Callable[[], Cell]] = {
            "total": lambda: (
                self._at(index, self.steps.column("total")),
                bid.total,
                "figure",
                {"num_format": places, "align": "center"},
            ),
            "gap": lambda: (
                self._if_ranked(
                    row, f"ABS({a1(row, self.place['total'])}-{a1(self.first, self.place['total'], 'rc')})"
                ),
                self.layout.result.gap_to_first(bid),
                "cell",
                {"num_format": places, "align": "center"},
            ),
            "price": lambda: (self._price(index), self._given_price(bid), "cell", {"num_format": self.money}),
            "over_lowest": lambda: (*self._over_lowest(index, row), "centre", {"num_format": "+0.0%;-0.0%;0%"}),
            "over_estimate": lambda: (*self._over_estimate(index, row), "centre", {"num_format": "+0.0%;-0.0%;0%"}),
            "minimums": lambda: (*self._minimums(index), "centre", {}),
            "flags": lambda: (*self._flags(index, row), "centre_wrapped", {}),
        }
        return cells[name]()

    # -- price

    def _price_column(self, counted: bool = False) -> str:
        column = self.values.columns[self.layout.price or ""] + counted
        return on(self.values.sheet, span(HEAD, column, self.layout.last_bid, column))

    def _given_price(self, bid: BidResult) -> Fraction | None:
        return self.layout.given[bid.key].values.get(self.layout.price or "")

    def _price(self, index: int) -> str:
        found = self._at(index, self._price_column())
        return f'IF(ISNUMBER({found}),{found},"")'

    def _over_lowest(self, index: int, row: int) -> tuple[str, Value]:
        """Only for a price that counts."""
        price, lowest = a1(row, self.place["price"]), self.values.statistic(self.layout.price or "", "lowest")
        counts = f"ISNUMBER({self._at(index, self._price_column(counted=True))})"
        expression = f'IF(AND({counts},{lowest}>0),{price}/{lowest}-1,"")'
        counted = self.facts.counted_values(self.layout.price or "")
        mine = self.facts.counted_value(index, self.layout.price or "")
        return expression, mine / min(counted) - 1 if mine is not None and min(counted) > 0 else None

    def _over_estimate(self, index: int, row: int) -> tuple[str, Value]:
        price, estimate = a1(row, self.place["price"]), a1(self.layout.estimate_row, 2, "rc")
        mine, given = self._given_price(self.bids[index]), self.layout.extras.estimate
        return (
            f'IF(ISNUMBER({price}),{price}/{estimate}-1,"")',
            mine / given - 1 if mine is not None and given else None,
        )

    # -- minimums and flags

    def _minimums(self, index: int) -> tuple[str, Value]:
        names = [n for n in ("below_marks", "below_values") if n in self.steps]
        missed = "+".join(self._at(index, self.steps.column(name)) for name in names)
        met = sum(getattr(self.facts, name)(index) for name in names) == 0
        return f'IF({missed}=0,"{self.say["yes"]}","{self.say["no"]}")', self.say["yes" if met else "no"]

    def _flags(self, index: int, row: int) -> tuple[str, Value]:
        ranks = span(self.first, RANK, self.last, RANK)
        rank, gap = a1(row, RANK, "c"), self.place["gap"]
        first_total = a1(self.first, self.place["total"], "rc")
        near_row = self.first + 1 if index == 0 else row
        near = f"{a1(near_row, gap, 'c')}<={a1(self.layout.threshold_rows[0], 2, 'rc')}*ABS(N({first_total}))+1E-12"
        close = f"AND(ISNUMBER({rank}),ISNUMBER({a1(near_row, gap, 'c')}),{near})" if len(self.bids) > 1 else "FALSE"
        flagged = f'IF({close}," · {self.say["flag_tie"]}","")'
        flagged = f'IF(AND(ISNUMBER({rank}),COUNTIF({ranks},{rank})>1)," · {self.say["flag_shared"]}",{flagged})'
        if self.layout.price:
            column = self.values.low_flag_column
            low = self._at(index, on(self.values.sheet, span(HEAD, column, self.layout.last_bid, column)))
            flagged += f'&IF({low}="{self.say["yes"]}"," · {self.say["flag_low"]}","")'
        return f"MID({flagged},4,99)", " · ".join(self._flag_words(index))

    def _flag_words(self, index: int) -> list[str]:
        result, bid, found = self.layout.result, self.bids[index], []
        if any(bid.key in tie for tie in result.ties):
            found.append(self.say["flag_shared"])
        elif self._is_close(index):
            found.append(self.say["flag_tie"])
        price = self.layout.price
        mine = self.facts.counted_value(index, price) if price else None
        if price and mine is not None:
            counted = self.facts.counted_values(price)
            found += [self.say["flag_low"]] if is_low(under_mean(counted, mine), under_next(counted, mine)) else []
        return found

    def _is_close(self, index: int) -> bool:
        ranked = self.layout.result.ranked
        if index >= len(ranked) or len(ranked) < 2:
            return False
        gap = self.layout.result.gap_to_first(ranked[max(index, 1)])
        return gap is not None and gap <= NEAR_TIE * abs(ranked[0].total or Fraction(0))
