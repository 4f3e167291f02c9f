"""Matrix: the tree of criteria as rows, each bid's marks and points as columns. The weights live here."""

from scoring.model import Criterion
from scoring.result import CriterionResult
from scoring.workbook.book import Sheet
from scoring.workbook.cells import a1, call, column_cells, letters, span
from scoring.workbook.facts import Facts
from scoring.workbook.layout import (
    CODE,
    FROM,
    HEAD,
    MATRIX_FIXED,
    MINIMUM,
    SCORE_MARK,
    SCORE_WEIGHT,
    TITLE,
    TO,
    TYPE,
    WEIGHT,
    Layout,
)
from scoring.workbook.look import HIGH, LOW, MIDDLE, number_format
from scoring.workbook.means import mean
from scoring.workbook.rounding import rounded, tolerance
from scoring.workbook.steps import Steps
from scoring.workbook.values import Values

DEEPEST_OUTLINE = 7


class MatrixSheet:
    """Writes the Matrix."""

    def __init__(self, sheet: Sheet, layout: Layout, values: Values, steps: Steps, facts: Facts) -> None:
        self.sheet, self.layout, self.values, self.steps, self.facts = sheet, layout, values, steps, facts
        self.say = layout.say
        stage = layout.rules.rounding
        self.points_format = number_format(stage.criterion)
        self.group_format = number_format(stage.group if stage.group is not None else stage.criterion)
        self.foot = layout.last_row + 1
        self.near = tolerance(layout.points_guard)

    def write(self) -> None:
        """The whole sheet."""
        self._head()
        for criterion in self.layout.criteria:
            self._criterion(criterion)
        for index in range(len(self.layout.bids)):
            for criterion in self.layout.criteria:
                self._bid_cells(index, criterion)
        self._foot()
        self._dress()

    def _head(self) -> None:
        sheet, say = self.sheet, self.say
        sheet.text(0, 0, say["matrix"], "title")
        sheet.text(1, 0, say["matrix_note"], "subtitle")
        titles = ("code", "criterion", "type", "weight", "minimum", "scale_from", "scale_to")
        for column, title in enumerate(titles):
            sheet.blank(HEAD - 1, column, "head_left")
            sheet.text(HEAD, column, say[title], "head_left" if column <= TYPE else "head")
        for index, bid in enumerate(self.layout.bids):
            column = self.layout.mark_column(index)
            sheet.merged(HEAD - 1, column, column + 1, bid.name, "head")
            sheet.text(HEAD, column, say["mark"], "head")
            sheet.text(HEAD, column + 1, say["points"], "head")

    # -- the tree

    def _criterion(self, criterion: Criterion) -> None:
        sheet, row, depth = self.sheet, self.layout.row[criterion.key], self.layout.depth[criterion.key]
        group = bool(criterion.children)
        cell, indent = ("group" if group else "cell"), min(depth, 15)
        sheet.text(row, CODE, criterion.key, "group" if group else "faint")
        sheet.text(row, TITLE, criterion.title, cell, indent=indent, text_wrap=True)
        sheet.text(row, TYPE, self.layout.kind(criterion), "group" if group else "faint")
        weight = "#,##0.##" if criterion.weight.denominator != 1 else "#,##0"
        if group:
            rows = [self.layout.row[c.key] for c in criterion.children]
            total = call("SUM", column_cells(rows, WEIGHT))
            sheet.formula(row, WEIGHT, total, criterion.weight, "group", num_format=weight)
        else:
            sheet.number(row, WEIGHT, criterion.weight, "input", num_format=weight)
        sheet.number(row, MINIMUM, criterion.minimum, cell, num_format="#,##0.##;-#,##0.##;0")
        sheet.number(row, FROM, criterion.scale.minimum if criterion.scale else None, cell)
        sheet.number(row, TO, criterion.scale.maximum if criterion.scale else None, cell)
        sheet.page.set_row(row, None, None, {"level": min(depth, DEEPEST_OUTLINE)})

    def _bid_cells(self, index: int, criterion: Criterion) -> None:
        row, column = self.layout.row[criterion.key], self.layout.mark_column(index)
        result = self.layout.bids[index].criteria[criterion.key]
        if criterion.children:
            self.sheet.blank(row, column, "group")
            self._group_points(row, column + 1, criterion, result)
            return
        if criterion.scale is not None:
            self._mark(row, column, index, criterion, result)
            share = f"({a1(row, column)}-{a1(row, FROM, 'c')})/({a1(row, TO, 'c')}-{a1(row, FROM, 'c')})"
            self._points(row, column + 1, a1(row, column), share, result)
        else:
            value = self.values.value(index, criterion.value or "")
            self.sheet.formula(row, column, f'IF(ISNUMBER({value}),{value},"")', result.value, num_format="#,##0.##")
            fraction = self.values.fraction(criterion, index, a1(row, WEIGHT, "c"))
            self._points(row, column + 1, self.values.counted(index, criterion.value or ""), fraction, result)

    def _mark(self, row: int, column: int, index: int, leaf: Criterion, result: CriterionResult) -> None:
        """The panel's mark: the agreed one, or the mean of the evaluators' in the declared order."""
        shown = number_format(self.layout.rules.rounding.panel)
        found = self.layout.spans.get((index, leaf.key))
        if found is None:
            self.sheet.blank(row, column)
            return
        marks = self.layout.score_range(*found, SCORE_MARK)
        if self.layout.scores[found[0] - HEAD].evaluator is None:
            self.sheet.formula(row, column, f'IF(ISNUMBER({marks}),{marks},"")', result.mark, num_format="General")
            return
        weights = [self.layout.score_range(*found, SCORE_WEIGHT)] if self.layout.weighted else None
        cells = found[1] - found[0] + 1
        stage, guard = self.layout.rules.rounding, self.layout.mark_guard
        expression = mean(
            [marks], weights, self.layout.rules.panel, cells, lambda m: rounded(m, stage.mode, stage.panel, guard)
        )
        self.sheet.formula(row, column, expression, result.mark, num_format=shown)

    def _points(self, row: int, column: int, given: str, share: str, result: CriterionResult) -> None:
        """weight × share, rounded; 0 on a leaf of weight 0, whatever is missing."""
        stage, weight = self.layout.rules.rounding, a1(row, WEIGHT, "c")
        points = rounded(f"{weight}*{share}", stage.mode, stage.criterion, self.layout.points_guard)
        self.sheet.formula(
            row,
            column,
            f'IF({weight}=0,0,IF(ISNUMBER({given}),{points},""))',
            result.points,
            num_format=self.points_format,
        )

    def _group_points(self, row: int, column: int, group: Criterion, result: CriterionResult) -> None:
        stage = self.layout.rules.rounding
        cells = column_cells([self.layout.row[c.key] for c in group.children], column)
        points = rounded(call("SUM", cells), stage.mode, stage.group, self.layout.points_guard)
        expression = f'IF({call("COUNT", cells)}<{len(group.children)},"",{points})' if group.children else "0"
        self.sheet.formula(row, column, expression, result.points, "group", num_format=self.group_format)

    # -- below the tree

    def _foot(self) -> None:
        say, layout, sheet = self.say, self.layout, self.sheet
        tops = column_cells([layout.row[c.key] for c in layout.evaluation.criteria], WEIGHT)
        for offset, title in enumerate(("total", "rank", "status")):
            style = "total" if offset == 0 else "cell"
            for column in range(MATRIX_FIXED):
                sheet.blank(self.foot + offset, column, style)
            sheet.text(self.foot + offset, TITLE, say[title], style, bold=True)
        sheet.formula(self.foot, WEIGHT, call("SUM", tops), layout.result.points, "total", num_format="#,##0.##")
        for index, bid in enumerate(layout.bids):
            column = layout.mark_column(index)
            sheet.blank(self.foot, column, "total")
            total_format = number_format(layout.rules.rounding.total)
            sheet.formula(
                self.foot, column + 1, self.steps.cell("total", index), bid.total, "total", num_format=total_format
            )
            sheet.blank(self.foot + 1, column)
            sheet.formula(self.foot + 1, column + 1, self.steps.cell("rank", index), bid.rank, "rank")
            sheet.blank(self.foot + 2, column)
            sheet.formula(self.foot + 2, column + 1, self.steps.cell("status", index), say[bid.status], "centre")
        self._checks()

    def _checks(self) -> None:
        """Counts that the Ranking sheet reads: minimums missed, marks missing."""
        for offset, name in enumerate(self.checks, start=3):
            for column in range(MATRIX_FIXED):
                self.sheet.blank(self.foot + offset, column)
            self.sheet.text(self.foot + offset, TITLE, self.say[name], "faint")
            for index in range(len(self.layout.bids)):
                column = self.layout.mark_column(index)
                self.sheet.blank(self.foot + offset, column)
                value = getattr(self.facts, name)(index)
                self.sheet.formula(self.foot + offset, column + 1, self._check(name, column), value, "centre")

    @property
    def checks(self) -> list[str]:
        """The rows of counts below the status."""
        return [name for name in ("below_marks", "below_values", "missing") if name in self.steps]

    def check_row(self, name: str) -> int:
        """Where a count stands."""
        return self.foot + 3 + self.checks.index(name)

    def _check(self, name: str, column: int) -> str:
        if name == "missing":
            kinds, weights, marks = (
                span(self.layout.first_row, c, self.layout.last_row, c, fix)
                for c, fix in ((TYPE, "rc"), (WEIGHT, "rc"), (column, ""))
            )
            return f'SUMPRODUCT(({kinds}="{self.say["type_marked"]}")*({weights}>0)*NOT(ISNUMBER({marks})))'
        return "+".join(self._missed(rows, column + 1) for rows in self._runs(only_marked=name == "below_marks"))

    def _runs(self, *, only_marked: bool) -> list[tuple[int, int]]:
        """Rows that follow each other, first and last, with a minimum of the kind among them.

        Rows of marks never reach into a computed row, whose points hang on who is admitted: that would be a circle.
        """
        runs: list[list[Criterion]] = [[]]
        for criterion in self.layout.criteria:
            if criterion.only_marked is only_marked or (not only_marked and criterion.minimum is None):
                runs[-1].append(criterion)
            else:
                runs.append([])
        kept = [r for r in runs if any(c.minimum is not None and c.only_marked is only_marked for c in r)]
        return [(self.layout.row[run[0].key], self.layout.row[run[-1].key]) for run in kept]

    def _missed(self, rows: tuple[int, int], column: int) -> str:
        points, least = span(rows[0], column, rows[1], column, ""), span(rows[0], MINIMUM, rows[1], MINIMUM, "c")
        return f"SUMPRODUCT(ISNUMBER({least})*ISNUMBER({points})*({points}<{least}-{self.near}))"

    # -- looks

    def _dress(self) -> None:
        sheet, layout = self.sheet, self.layout
        columns = [layout.mark_column(i) + 1 for i in range(len(layout.bids))]
        for criterion in layout.criteria:
            if columns and not criterion.children and criterion.weight > 0:
                self._colour(layout.row[criterion.key], columns)
        sheet.widths([8, 36, 9.5, 8, 10, 8, 8])
        if columns:
            sheet.page.set_column(MATRIX_FIXED, columns[-1], 9.5)
        sheet.page.set_row(HEAD - 1, 32)
        sheet.page.set_row(HEAD, 30)
        sheet.book.define(self.say["name_weights"], layout.matrix_column(WEIGHT))
        sheet.page.outline_settings(True, False, True, False)
        leaves = [layout.row[leaf.key] for leaf in layout.evaluation.leaves]
        for cells in column_cells(leaves, WEIGHT):
            sheet.page.data_validation(cells, {"validate": "decimal", "criteria": ">=", "value": 0})
        last = max(columns, default=MATRIX_FIXED - 1)
        sheet.finish(freeze=(HEAD + 1, WEIGHT), last=(self.foot + 2 + len(self.checks), last), repeat_columns=TITLE)

    def _colour(self, row: int, columns: list[int]) -> None:
        """One scale of colour over the points of a criterion, whatever its weight."""
        cells = [f"{letters(c)}{row + 1}" for c in columns]
        rule = {"type": "3_color_scale", "min_color": LOW, "mid_color": MIDDLE, "max_color": HIGH}
        self.sheet.page.conditional_format(cells[0], {**rule, "multi_range": " ".join(cells)})
