"""Prices: each bid's values, which of them count, what the formulas make of them, and abnormally low prices."""

from fractions import Fraction

from scoring.workbook.book import Sheet
from scoring.workbook.cells import a1, on, span
from scoring.workbook.facts import Facts
from scoring.workbook.layout import HEAD, Layout
from scoring.workbook.look import money_format
from scoring.workbook.method import formula_words
from scoring.workbook.steps import Steps
from scoring.workbook.values import STATISTICS, Values, parameters

LOW_MEAN, LOW_NEXT = Fraction(40, 100), Fraction(30, 100)


def under_mean(values: list[Fraction], value: Fraction) -> Fraction | None:
    """By what share a price is under the mean of the others; None where there is no other."""
    if len(values) < 2 or sum(values) == value:
        return None
    return 1 - value / ((sum(values) - value) / (len(values) - 1))


def under_next(values: list[Fraction], value: Fraction) -> Fraction | None:
    """By what share a price is under the next higher one; None for the highest."""
    above = [v for v in values if v > value]
    following = min(above, default=Fraction(0))
    return 1 - value / following if following else None


class PricesSheet:
    """Writes the Prices sheet."""

    def __init__(self, sheet: Sheet, layout: Layout, values: Values, steps: Steps, facts: Facts) -> None:
        self.sheet, self.layout, self.values, self.steps, self.facts = sheet, layout, values, steps, facts
        self.say = layout.say
        self.price_columns = 1 + 2 * len(layout.values)

    def write(self) -> None:
        """The whole sheet."""
        say, sheet = self.say, self.sheet
        sheet.text(0, 0, say["prices"], "title")
        sheet.text(1, 0, say["prices_note"], "subtitle")
        sheet.blank(HEAD - 2, 0, "head_left")
        sheet.text(HEAD - 1, 0, say["provider"], "head_left")
        for bid, result in enumerate(self.layout.bids):
            sheet.text(HEAD + bid, 0, result.name, "strong")
        for key in self.layout.values:
            self._block(key)
        if self.layout.price:
            self._low_prices(self.layout.price)
        self._formulas()
        self._bands()
        if self.layout.rules.budget is not None:
            sheet.text(self.values.budget_row, 0, say["budget"], "strong")
            sheet.number(self.values.budget_row, 1, self.layout.rules.budget, num_format="#,##0.00")
        sheet.widths([34, *[15] * (self.price_columns + 3)])
        last = max(self.values.budget_row, self.values.formulas_row + 1)
        sheet.finish(freeze=(HEAD, 1), last=(last, self.price_columns + 2), repeat_columns=0)

    def shown(self, key: str) -> str:
        """Money for the price, a plain number for another value."""
        if key == self.layout.price:
            return money_format(self.layout.evaluation.currency, self.layout.language)
        return "#,##0.##"

    def _block(self, key: str) -> None:
        """A value's two columns: as given, and where it counts; statistics below."""
        sheet, say, column = self.sheet, self.say, self.values.columns[key]
        title = say["price"] if key == "price" else key
        sheet.merged(HEAD - 2, column, column + 1, title, "head")
        sheet.text(HEAD - 1, column, say["value"], "head")
        sheet.text(HEAD - 1, column + 1, say["counted"], "head")
        for bid, result in enumerate(self.layout.bids):
            row, given = HEAD + bid, a1(HEAD + bid, column, "c")
            sheet.number(row, column, self.layout.given[result.key].values.get(key), num_format=self.shown(key))
            admitted = f'{self.steps.cell("admitted", bid)}="{say["yes"]}"'
            expression = f'IF(AND({admitted},ISNUMBER({given})),{given},"")'
            value = self.facts.counted_value(bid, key)
            sheet.formula(row, column + 1, expression, value, num_format=self.shown(key))
        self._statistics(key, column + 1)
        lowest = {"type": "formula", "criteria": self._is_lowest(key), "format": sheet.book.format("good")}
        sheet.page.conditional_format(HEAD, column + 1, self.layout.last_bid, column + 1, lowest)

    def _is_lowest(self, key: str) -> str:
        column = self.values.columns[key] + 1
        cell, cells = a1(HEAD, column, "c"), span(HEAD, column, self.layout.last_bid, column)
        return f"=AND(ISNUMBER({cell}),{cell}=MIN({cells}))"

    def _statistics(self, key: str, column: int) -> None:
        cells = span(HEAD, column, self.layout.last_bid, column)
        found = self.facts.counted_values(key)
        mean = sum(found, Fraction(0)) / len(found) if found else None
        whole = {
            "lowest": (f"MIN({cells})", min(found, default=Fraction(0)), self.shown(key)),
            "highest": (f"MAX({cells})", max(found, default=Fraction(0)), self.shown(key)),
            "mean": (f'IF(COUNT({cells})=0,"",AVERAGE({cells}))', mean, self.shown(key)),
            "count": (f"COUNT({cells})", len(found), "0"),
        }
        for row, name in enumerate(STATISTICS, start=self.values.statistics_row):
            self.sheet.text(row, 0, self.say[name], "strong")
            self.sheet.blank(row, column - 1)
            expression, value, shown = whole[name]
            self.sheet.formula(row, column, expression, value, num_format=shown)

    # -- abnormally low

    def _low_prices(self, key: str) -> None:
        sheet, first = self.sheet, self.price_columns
        for column, name in enumerate(("under_mean", "under_next", "low_flag"), start=first):
            sheet.blank(HEAD - 2, column, "head")
            sheet.text(HEAD - 1, column, self.say[name], "head")
        sheet.page.set_row(HEAD - 1, 32)
        counted = self.values.columns[key] + 1
        cells = span(HEAD, counted, self.layout.last_bid, counted)
        found = self.facts.counted_values(key)
        for bid in range(len(self.layout.bids)):
            row, cell, value = HEAD + bid, a1(HEAD + bid, counted, "c"), self.facts.counted_value(bid, key)
            others = f"(SUM({cells})-{cell})"
            mean = f'IF(ISNUMBER({cell}),IF({others}<>0,1-{cell}*(COUNT({cells})-1)/{others},""),"")'
            above = f"LARGE({cells},RANK({cell},{cells})-1)"
            following = f'IF(ISNUMBER({cell}),IF({cell}<MAX({cells}),IF({above}<>0,1-{cell}/{above},""),""),"")'
            by_mean = None if value is None else under_mean(found, value)
            by_next = None if value is None else under_next(found, value)
            sheet.formula(row, first, mean, by_mean, num_format="0.0%")
            sheet.formula(row, first + 1, following, by_next, num_format="0.0%")
            self._low_flag(row, first, by_mean, by_next)

    def _low_flag(self, row: int, first: int, by_mean: Fraction | None, by_next: Fraction | None) -> None:
        limits = [on(self.say["summary"], a1(r, 2, "rc")) for r in self.layout.threshold_rows[1:]]
        shares = [a1(row, first, "c"), a1(row, first + 1, "c")]
        tests = [f"COUNT({share})*({share}>={limit}-1E-9)>0" for share, limit in zip(shares, limits, strict=True)]
        low = is_low(by_mean, by_next)
        expression = f'IF(OR({",".join(tests)}),"{self.say["yes"]}","")'
        self.sheet.formula(row, first + 2, expression, self.say["yes"] if low else None, "bad")

    # -- formulas

    def _formulas(self) -> None:
        if not self.values.computed:
            return
        sheet, row = self.sheet, self.values.formulas_row
        words = 1 + len(self.values.letters)
        sheet.heads(row, [self.say["criterion"], *self.values.letters, self.say["formula"]])
        for offset, leaf in enumerate(self.values.computed, start=1):
            sheet.text(row + offset, 0, leaf.title, "strong")
            given = parameters(leaf.formula) if leaf.formula else {}
            for column, letter in enumerate(self.values.letters, start=1):
                sheet.number(row + offset, column, given.get(letter), num_format="General")
            sheet.text(row + offset, words, formula_words(leaf, self.layout.language), "plain")

    def _bands(self) -> None:
        for leaf in self.values.computed:
            if leaf.key not in self.values.bands_row or leaf.formula is None:
                continue
            first = self.values.bands_row[leaf.key]
            self.sheet.text(first - 2, 0, self.say["bands"].format(title=leaf.title), "lead")
            self.sheet.heads(first - 1, [self.say["band"], self.say["fraction"]])
            for row, band in enumerate(leaf.formula.bands, start=first):
                if band.up_to is None:
                    self.sheet.text(row, 0, self.say["beyond"], "cell")
                else:
                    self.sheet.number(row, 0, band.up_to, align="left", num_format="General")
                self.sheet.number(row, 1, band.fraction, num_format="General")


def is_low(by_mean: Fraction | None, by_next: Fraction | None) -> bool:
    """Whether a price calls for a second look."""
    return (by_mean is not None and by_mean >= LOW_MEAN) or (by_next is not None and by_next >= LOW_NEXT)
