"""Ranking: one row a bid, one column a step, from what was declared to the rank."""

from collections.abc import Callable
from datetime import UTC
from fractions import Fraction
from functools import cached_property

from scoring.model import TieRule
from scoring.workbook.book import Sheet, Value
from scoring.workbook.cells import a1, on, span
from scoring.workbook.combining import exact_total, quality
from scoring.workbook.facts import Facts
from scoring.workbook.firsts import FirstsSheet
from scoring.workbook.layout import HEAD, Layout
from scoring.workbook.look import money_format, number_format
from scoring.workbook.matrix import MatrixSheet
from scoring.workbook.own import OwnPoints
from scoring.workbook.rounding import is_settled, rounded, tolerance
from scoring.workbook.steps import Steps
from scoring.workbook.values import Values

LOWEST_FIRST = ("price_per_quality", "value_deduction", "reduced_price", "least_cost")


class RankingSheet:
    """Writes the Ranking sheet."""

    def __init__(self, sheet: Sheet, layout: Layout, values: Values, steps: Steps, facts: Facts) -> None:
        self.sheet, self.layout, self.values, self.steps, self.facts = sheet, layout, values, steps, facts
        self.say, self.rules = layout.say, layout.rules
        self.lowest_first = self.rules.combination in LOWEST_FIRST

    def write(self, matrix: MatrixSheet, own: OwnPoints, firsts: FirstsSheet) -> None:
        """The whole sheet."""
        self.matrix, self.own, self.firsts = matrix, own, firsts
        self.sheet.text(0, 0, self.say["ranking"], "title")
        self.sheet.text(1, 0, self.say["ranking_note"], "subtitle")
        self.sheet.heads(HEAD - 1, [self._title(name) for name in self.steps.names])
        for bid in range(len(self.layout.bids)):
            for name in self.steps.names:
                self._cell(name, bid)
        self.sheet.page.set_row(HEAD - 1, 62)
        self.sheet.widths([28, *[12] * (len(self.steps.names) - 1)])
        for name in ("total", "rank"):
            self.sheet.book.define(self.say[f"name_{name}s"], self.steps.column(name))
        self.sheet.finish(freeze=(HEAD, 1), last=(self.layout.last_bid, len(self.steps.names) - 1), repeat_columns=0)

    def _title(self, name: str) -> str:
        kind, _, number = name.rpartition("_")
        if kind == "tie_key":
            return self.say["tie_key"].format(n=number, what=self._tie_words(self.rules.ties[int(number) - 1]))
        return self.say["after_tie"].format(n=number) if kind == "after_tie" else self.say[name]

    def _tie_words(self, rule: TieRule) -> str:
        if rule.by == "criterion":
            return next((c.title for c in self.layout.criteria if c.key == rule.key), rule.key)
        if rule.by == "earliest":
            return self.say["first_submitted"]
        return self.say["firsts_count"] if rule.by == "firsts" else f"{self.say[rule.by]}, {rule.key}"

    # -- cells

    def _cell(self, name: str, bid: int) -> None:
        sheet, row, column = self.sheet, HEAD + bid, self.steps.place[name]
        result = self.layout.bids[bid]
        if name == "provider":
            sheet.text(row, column, result.name, "strong")
        elif name == "declared":
            sheet.text(row, column, self.say[self.layout.given[result.key].status], "centre")
        elif name == "published_total":
            sheet.number(row, column, result.total, num_format=self._total_format)
        elif name == "published_rank":
            sheet.number(row, column, result.rank, "centre")
        elif name.startswith("tie_key_"):
            self._tie_key(row, column, bid, self.rules.ties[int(name[8:]) - 1])
        else:
            expression, value, style, shown = self._formula(name, bid)
            sheet.formula(row, column, expression, value, style, num_format=shown)

    @property
    def _total_format(self) -> str:
        return number_format(self.rules.rounding.total)

    def _formula(self, name: str, bid: int) -> tuple[str, Value, str, str]:
        """(expression, value now, style, number format) of a step."""
        if name.startswith("after_tie_"):
            return (*self._after_tie(int(name[10:]), bid), "centre", "0")
        if name in ("below_marks", "below_values", "missing"):
            cell = a1(self.matrix.check_row(name), self.layout.mark_column(bid) + 1)
            return self.layout.matrix(cell), getattr(self.facts, name)(bid), "centre", "0;-0;–"
        if name in ("price", "total", "exact", "pooled_mean", "quality"):
            return self._figure(name, bid)
        result, say = self.layout.bids[bid], self.say
        plain: dict[str, Callable[[], tuple[str, Value]]] = {
            "gates_failed": lambda: (self._gates(bid, "no"), self.facts.gates_failed(bid)),
            "gates_open": lambda: (self._gates(bid, ""), self.facts.gates_open(bid)),
            "over_budget": lambda: (self._over_budget(bid), say["yes" if self.facts.over_budget(bid) else "no"]),
            "admitted": lambda: (self._admitted(bid), say["yes" if self.facts.admitted(bid) else "no"]),
            "status": lambda: (self._status(bid), say[result.status]),
            "rank_total": lambda: (self._rank_on_total(bid), self._place_on_total(bid)),
            "rank": lambda: (self.steps.here(self._last_place, bid), result.rank),
            "order": lambda: (self._order(bid), bid + 1),
            "changed": lambda: (self._changed(bid), 0),
        }
        shown = "0;-0;–" if name.startswith("gates") else "0"
        return (*plain[name](), "rank" if name == "rank" else "centre", shown)

    def _figure(self, name: str, bid: int) -> tuple[str, Value, str, str]:
        result, ranked = self.layout.bids[bid], self.layout.bids[bid].rank is not None
        if name == "price":
            price = self.values.value(bid, self.rules.price)
            shown = money_format(self.layout.evaluation.currency, self.layout.language)
            return self._if_ranked(bid, price), self.facts.price(bid) if ranked else None, "cell", shown
        if name == "total":
            return self._total(bid), result.total, "strong", self._total_format
        if name == "exact":
            expression = exact_total(self.layout, self.steps, bid)
            return self._if_ranked(bid, expression), result.exact_total, "cell", "#,##0.0000####"
        if name == "pooled_mean":
            return self._if_ranked(bid, self.own.pooled_mean(bid)), self.facts.pooled_mean(bid), "cell", "0.00##"
        expression = quality(self.layout, self.steps, self.own, bid)
        return self._if_ranked(bid, expression), self.facts.quality(bid), "cell", "#,##0.00##"

    def _if_ranked(self, bid: int, expression: str) -> str:
        return f'IF({self.steps.here("status", bid)}="{self.say["ranked"]}",{expression},"")'

    # -- admission

    def _gates(self, bid: int, answer: str) -> str:
        cells = on(self.say["compliance"], span(HEAD, 1 + bid, HEAD + len(self.layout.evaluation.gates) - 1, 1 + bid))
        return f'COUNTIF({cells},"{self.say[answer]}")' if answer else f"COUNTBLANK({cells})"

    def _over_budget(self, bid: int) -> str:
        price = self.values.value(bid, self.rules.price)
        words = f'"{self.say["yes"]}","{self.say["no"]}"'
        return f"IF(AND(ISNUMBER({price}),{price}>{self.values.budget()}),{words})"

    def _admitted(self, bid: int) -> str:
        conditions = [f'{self.steps.here("declared", bid)}="{self.say["admitted"]}"']
        for name in ("gates_failed", "below_marks"):
            conditions += [f"{self.steps.here(name, bid)}=0"] if name in self.steps else []
        if "over_budget" in self.steps:
            conditions.append(f'{self.steps.here("over_budget", bid)}="{self.say["no"]}"')
        return f'IF(AND({",".join(conditions)}),"{self.say["yes"]}","{self.say["no"]}")'

    def _status(self, bid: int) -> str:
        here, say = self.steps.here, self.say
        out = f'{here("admitted", bid)}="{say["no"]}"'
        if "below_values" in self.steps:
            out = f"OR({out},{here('below_values', bid)}>0)"
        lacking = f"{here('missing', bid)}>0"
        if "gates_open" in self.steps:
            lacking = f"OR({lacking},{here('gates_open', bid)}>0)"
        declared = here("declared", bid)
        judged = f'IF({out},"{say["excluded"]}",IF({lacking},"{say["incomplete"]}","{say["ranked"]}"))'
        return f'IF({declared}<>"{say["admitted"]}",{declared},{judged})'

    # -- total and rank

    def _total(self, bid: int) -> str:
        exact, stage = self.steps.here("exact", bid), self.rules.rounding
        figure = rounded(exact, stage.mode, stage.total, self.layout.total_guard)
        return f'IF(ISNUMBER({exact}),{figure},"")'

    def _rank_on_total(self, bid: int) -> str:
        """RANK where declared rounding makes equal totals equal doubles; else a count of totals clearly better."""
        total, totals = self.steps.here("total", bid), self.steps.column_here("total")
        if is_settled(self.rules.rounding.total, self.layout.total_guard):
            return f'IF(ISNUMBER({total}),RANK({total},{totals},{int(self.lowest_first)}),"")'
        near = tolerance(self.layout.total_guard)
        better = f"<{total}-{near}" if self.lowest_first else f">{total}+{near}"
        ranked = f'({self.steps.column_here("status")}="{self.say["ranked"]}")'
        return f'IF(ISNUMBER({total}),1+SUMPRODUCT({ranked}*({totals}{better})),"")'

    def _place_on_total(self, bid: int) -> int | None:
        total = self.layout.bids[bid].total
        if total is None:
            return None
        others = [b.total for b in self.layout.result.ranked if b.total is not None]
        return 1 + sum(t < total if self.lowest_first else t > total for t in others)

    @property
    def _last_place(self) -> str:
        return f"after_tie_{len(self.rules.ties)}" if self.rules.ties else "rank_total"

    def _tie_key(self, row: int, column: int, bid: int, rule: TieRule) -> None:
        expression, value = self._tie_expression(bid, rule)
        shown = "0" if rule.by == "firsts" else "#,##0.00####"
        if self.layout.bids[bid].rank is None:
            value = None
        self.sheet.formula(row, column, self._if_ranked(bid, expression), value, "cell", num_format=shown)

    def _tie_expression(self, bid: int, rule: TieRule) -> tuple[str, Value]:
        result, given = self.layout.bids[bid], self.layout.given[self.layout.bids[bid].key]
        if rule.by == "criterion":
            return self.layout.points(bid, rule.key), result.criteria[rule.key].points
        if rule.by == "firsts":
            return self.firsts.count(bid), self.facts.firsts(bid)
        if rule.by == "earliest":
            seconds = self._seconds(bid)
            return ('""', None) if seconds is None else (repr(float(seconds)).removesuffix(".0"), seconds)
        return self.values.value(bid, rule.key), given.values.get(rule.key)

    def _seconds(self, bid: int) -> Fraction | None:
        """Seconds after the first submission, which a double holds to the microsecond."""
        moments = {b.key: b.submitted_at.astimezone(UTC) for b in self.layout.given.values() if b.submitted_at}
        mine = moments.get(self.layout.bids[bid].key)
        if mine is None:
            return None
        passed = mine - min(moments.values())
        return Fraction(passed.days * 86400 + passed.seconds) + Fraction(passed.microseconds, 10**6)

    def _after_tie(self, number: int, bid: int) -> tuple[str, Value]:
        """The rank, moved down by those that shared it and are better by the rule."""
        rule = self.rules.ties[number - 1]
        before = f"after_tie_{number - 1}" if number > 1 else "rank_total"
        key, keys = self.steps.here(f"tie_key_{number}", bid), self.steps.column_here(f"tie_key_{number}")
        near = tolerance(self.layout.points_guard) if rule.by == "criterion" else ""
        better = f"<{key}" if rule.by in ("lowest", "earliest") else f">{key}{'+' if near else ''}{near}"
        place, places = self.steps.here(before, bid), self.steps.column_here(before)
        return f'IF({place}="","",{place}+SUMPRODUCT(({places}={place})*({keys}{better})))', self._place_after(
            number, bid
        )

    def _place_after(self, number: int, bid: int) -> int | None:
        """The rank once the first ``number`` rules have been applied."""
        if self.layout.bids[bid].rank is None:
            return None
        mine = self._cascades[bid][: number + 1]
        return 1 + sum(other[: number + 1] < mine for other in self._cascades)

    @cached_property
    def _cascades(self) -> list[tuple[Fraction, ...]]:
        """Total, then a figure for each tie rule, of every ranked bid; smaller is better."""
        return [self._cascade(bid) for bid in range(len(self.layout.result.ranked))]

    def _cascade(self, bid: int) -> tuple[Fraction, ...]:
        total = self.layout.bids[bid].total or Fraction(0)
        found = [total if self.lowest_first else -total]
        for rule in self.rules.ties:
            value = self._tie_expression(bid, rule)[1]
            figure = Fraction(value) if value is not None else Fraction(0)
            found.append(figure if rule.by in ("lowest", "earliest") else -figure)
        return tuple(found)

    def _order(self, bid: int) -> str:
        """A place of its own for each bid: those that share a rank as they stand here, then the unranked."""
        column, row = self.steps.place["rank"], HEAD + bid
        so_far = f"{a1(HEAD, column, 'rc')}:{a1(row, column, 'c')}"
        rank, ranks = self.steps.here("rank", bid), self.steps.column_here("rank")
        unranked = f'COUNT({ranks})+SUMPRODUCT(--({so_far}=""))'
        return f'IF({rank}="",{unranked},{rank}+SUMPRODUCT(--({so_far}={rank}))-1)'

    def _changed(self, bid: int) -> str:
        """1 where rank or total is not the published one."""
        here = self.steps.here
        rank, was = here("rank", bid), here("published_rank", bid)
        total, before = here("total", bid), here("published_total", bid)
        near = tolerance(self.layout.total_guard)
        moved = f"ABS({total}-{before})>{near}"
        return f"IF(ISNUMBER({rank})<>ISNUMBER({was}),1,IF(ISNUMBER({rank}),IF(OR({rank}<>{was},{moved}),1,0),0))"
