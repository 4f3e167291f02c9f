"""Scores: tidy, one row a mark, a real table ready for a pivot."""

from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction

from scoring.model import Scale
from scoring.workbook.book import Sheet
from scoring.workbook.cells import a1
from scoring.workbook.facts import Facts
from scoring.workbook.layout import FROM, HEAD, SCORE_MARK, TO, WEIGHT, Layout, ScoreRow
from scoring.workbook.look import INSTANT, number_format
from scoring.workbook.rounding import rounded

# The criteria's rows on the Matrix feed the points of each mark where evaluators' own totals are averaged.
FIXED = ("provider", "code", "criterion", "number", "evaluator", "mark", "descriptor")
WIDTHS = {"provider": 26, "code": 11, "criterion": 34, "number": 6, "evaluator": 22, "mark": 9, "descriptor": 30,
          "evaluator_weight": 12, "points": 10, "comment": 60, "evidence": 36, "handed_in": 18, "stage": 14}  # fmt: skip


class Meanings:
    """What a scale says of a mark; empty where it says nothing. Each scale's labels are read once."""

    def __init__(self) -> None:
        self._read: dict[int, dict[Fraction, str]] = {}

    def of(self, scale: Scale | None, mark: Fraction | None) -> str:
        """The descriptor of a mark."""
        if scale is None or mark is None:
            return ""
        labels = self._read.get(id(scale))
        if labels is None:
            labels = self._read[id(scale)] = {}
            for text, words in scale.labels.items():
                with suppress(ValueError, ZeroDivisionError):
                    labels.setdefault(Fraction(text), words)
        return labels.get(mark, "")


class ScoresSheet:
    """Writes the Scores sheet."""

    def __init__(self, sheet: Sheet, layout: Layout, facts: Facts) -> None:
        self.sheet, self.layout, self.facts, self.say = sheet, layout, facts, layout.say
        self.numbers = {e.key: n for n, e in enumerate(layout.evaluation.evaluators, start=1)}
        self.meanings = Meanings()
        self.more = self._further_columns()

    def _further_columns(self) -> dict[str, Callable[[int, int, ScoreRow], None]]:
        """Columns beyond the fixed ones: only those that hold something."""
        extras = self.layout.extras
        found: dict[str, Callable[[int, int, ScoreRow], None]] = {}
        if self.layout.weighted:
            found["evaluator_weight"] = self._weight
        if self.layout.rules.panel.order == "evaluator_first":
            found["points"] = self._points
        if extras.comments:
            found["comment"] = lambda row, column, score: self._note(row, column, score, extras.comments)
        if extras.evidence:
            found["evidence"] = lambda row, column, score: self._note(row, column, score, extras.evidence)
        if extras.handed_in:
            found["handed_in"] = self._handed_in
        if extras.stage:
            found["stage"] = lambda row, column, _: self.sheet.text(row, column, extras.stage, "centre")
        return found

    def write(self) -> None:
        """The whole sheet."""
        sheet, say, rows = self.sheet, self.say, self.layout.scores
        sheet.text(0, 0, say["scores"], "title")
        sheet.text(1, 0, say["scores_note"] if rows else say["no_marks"], "subtitle")
        names = [*FIXED, *self.more]
        sheet.heads(HEAD - 1, [say[name] for name in names])
        for row, score in enumerate(rows, start=HEAD):
            self._row(row, score)
        if rows:
            columns = [{"header": say[name], "header_format": sheet.book.format("head")} for name in names]
            options = {"name": "Marks", "columns": columns, "style": "Table Style Light 1", "banded_rows": False}
            sheet.page.add_table(HEAD - 1, 0, HEAD + len(rows) - 1, len(names) - 1, options)
        sheet.widths([WIDTHS[name] for name in names])
        sheet.page.set_row(HEAD - 1, 30)
        last = HEAD + max(len(rows), 1) - 1
        sheet.finish(freeze=(HEAD, 1), last=(last, len(names) - 1), repeat_columns=0)

    def _row(self, row: int, score: ScoreRow) -> None:
        sheet, evaluator = self.sheet, score.evaluator
        sheet.text(row, 0, self.layout.bids[score.bid].name, "strong")
        sheet.text(row, 1, score.leaf.key, "faint")
        sheet.text(row, 2, score.leaf.title, "cell")
        number = 0 if evaluator is None else self.numbers[evaluator.key]
        sheet.number(row, 3, number, "faint", num_format="0;-0;–", align="center")
        sheet.text(row, 4, self.say["agreed"] if evaluator is None else evaluator.name, "cell")
        sheet.number(row, SCORE_MARK, score.mark, "centre", num_format="General")
        sheet.text(row, 6, self.meanings.of(score.leaf.scale, score.mark), "cell")
        for column, write in enumerate(self.more.values(), start=len(FIXED)):
            write(row, column, score)

    def _weight(self, row: int, column: int, score: ScoreRow) -> None:
        weight = Fraction(1) if score.evaluator is None else score.evaluator.weight
        self.sheet.number(row, column, weight, "faint", align="center")

    def _points(self, row: int, column: int, score: ScoreRow) -> None:
        """What this one mark is worth."""
        place, stage = self.layout.row[score.leaf.key], self.layout.rules.rounding
        weight, low, high = (self.layout.matrix(a1(place, c, "rc")) for c in (WEIGHT, FROM, TO))
        mark = a1(row, SCORE_MARK, "c")
        exact = f"{weight}*({mark}-{low})/({high}-{low})"
        points = rounded(exact, stage.mode, stage.criterion, self.layout.points_guard)
        value = self.facts.own_points(score.leaf.key, score.mark)
        expression = f'IF({weight}=0,0,IF(ISNUMBER({mark}),{points},""))'
        self.sheet.formula(row, column, expression, value, num_format=number_format(stage.criterion))

    def _note(self, row: int, column: int, score: ScoreRow, notes: dict[tuple[str, str, str], str]) -> None:
        who = "" if score.evaluator is None else score.evaluator.key
        text = notes.get((self.layout.bids[score.bid].key, score.leaf.key, who), "")
        self.sheet.text(row, column, text, "wrapped")
        lines = 1 + max(len(text) // 62, text.count("\n"))
        if lines > 1:
            self.sheet.page.set_row(row, min(13.5 * lines + 4, 400))

    def _handed_in(self, row: int, column: int, score: ScoreRow) -> None:
        when = None if score.evaluator is None else self.layout.extras.handed_in.get(score.evaluator.key)
        self.sheet.instant(row, column, when, "centre", num_format=INSTANT[self.layout.language])
