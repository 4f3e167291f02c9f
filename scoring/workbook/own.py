"""What each evaluator's marks alone come to, and the mean over all marks: the two orders that average later."""

from fractions import Fraction

from scoring.model import Criterion
from scoring.workbook.book import Sheet
from scoring.workbook.cells import a1, on, span
from scoring.workbook.facts import Facts
from scoring.workbook.layout import FROM, HEAD, SCORE_MARK, SCORE_NUMBER, SCORE_WEIGHT, TO, Layout
from scoring.workbook.look import number_format
from scoring.workbook.means import mean
from scoring.workbook.rounding import rounded

WEIGHTS_ROW = HEAD - 2


class OwnPoints:
    """Under evaluator_first: a table, bids by evaluators, at the top of the Panel sheet."""

    def __init__(self, layout: Layout, facts: Facts) -> None:
        self.layout, self.facts = layout, facts
        self.panel = layout.rules.panel
        self.evaluators = layout.evaluation.evaluators
        self.counted: list[Criterion] = facts.counted
        self.bid_rows: dict[int, tuple[int, int]] = {}
        for row, score in enumerate(layout.scores, start=HEAD):
            self.bid_rows[score.bid] = (self.bid_rows.get(score.bid, (row, row))[0], row)

    @property
    def used(self) -> bool:
        """Whether the total needs it."""
        return self.panel.order == "evaluator_first" and bool(self.evaluators)

    def asked(self, bid: int) -> list[int]:
        """The evaluators asked on the bid's counted leaves, counted from 0."""
        given = self.layout.evaluation.marks.get(self.layout.bids[bid].key, {})
        keys = {e for leaf in self.counted if isinstance(m := given.get(leaf.key), dict) for e in m}
        return [i for i, evaluator in enumerate(self.evaluators) if evaluator.key in keys]

    def mean(self, bid: int) -> str:
        """The mean of the evaluators' own Q, as the Ranking sheet writes it.

        Empty where too few were asked: then a counted leaf blocks the bid, or the agreed marks are all there is.
        """
        asked = self.asked(bid)
        if len(asked) <= 2 * self.panel.drop:
            return ""
        sheet, last = self.layout.say["panel"], len(self.evaluators)
        own = on(sheet, span(HEAD + bid, 1, HEAD + bid, last))
        weights = [on(sheet, span(WEIGHTS_ROW, 1, WEIGHTS_ROW, last))] if self.layout.weighted else None
        return mean([own], weights, self.panel, len(asked))

    def write(self, sheet: Sheet) -> None:
        """The table; the evaluators' weights stand above their names."""
        say = self.layout.say
        sheet.text(WEIGHTS_ROW, 0, say["evaluator_weight"], "label")
        sheet.heads(HEAD - 1, [say["provider"], *(e.name for e in self.evaluators)])
        for column, evaluator in enumerate(self.evaluators, start=1):
            sheet.number(WEIGHTS_ROW, column, evaluator.weight, "faint")
        for bid, result in enumerate(self.layout.bids):
            sheet.text(HEAD + bid, 0, result.name, "strong")
            asked = self.asked(bid)
            for index in range(len(self.evaluators)):
                if index in asked:
                    self._own(sheet, bid, index)
                else:
                    sheet.blank(HEAD + bid, 1 + index)

    def _own(self, sheet: Sheet, bid: int, index: int) -> None:
        """The sum of the evaluator's points and of the agreed marks', whose evaluator's number is 0."""
        first, last = self.bid_rows[bid]
        numbers = self.layout.score_range(first, last, SCORE_NUMBER)
        points = self.layout.score_range(first, last, self.layout.score_points)
        expression = f"SUMIF({numbers},{index + 1},{points})+SUMIF({numbers},0,{points})"
        shown = number_format(self.layout.rules.rounding.criterion)
        sheet.formula(HEAD + bid, 1 + index, expression, self._own_value(bid, index), num_format=shown)

    def _own_value(self, bid: int, index: int) -> Fraction:
        total = Fraction(0)
        first, last = self.bid_rows[bid]
        for score in self.layout.scores[first - HEAD : last - HEAD + 1]:
            if score.evaluator is None or score.evaluator is self.evaluators[index]:
                total += self.facts.own_points(score.leaf.key, score.mark) or Fraction(0)
        return total

    # -- pooled

    def scale_ends(self) -> tuple[str, str]:
        """The least and the greatest mark of the common scale, on the Matrix."""
        row = self.layout.row[self.counted[0].key]
        return self.layout.matrix(a1(row, FROM, "rc")), self.layout.matrix(a1(row, TO, "rc"))

    def pooled_mean(self, bid: int) -> str:
        """The mean over all of the bid's marks on counted leaves."""
        spans = [s for leaf in self.counted if (s := self.layout.spans.get((bid, leaf.key)))]
        if not spans:
            return '""'
        joined: list[tuple[int, int]] = []
        for first, last in spans:
            if joined and joined[-1][1] + 1 == first:
                joined[-1] = (joined[-1][0], last)
            else:
                joined.append((first, last))
        marks = [self.layout.score_range(a, b, SCORE_MARK) for a, b in joined]
        weights = [self.layout.score_range(a, b, SCORE_WEIGHT) for a, b in joined] if self.layout.weighted else None
        stage, guard = self.layout.rules.rounding, self.layout.mark_guard
        cells = sum(b - a + 1 for a, b in joined)
        return mean(marks, weights, self.panel, cells, lambda m: rounded(m, stage.mode, stage.panel, guard))
