"""Panel: the evaluators, what each was asked and has given, how far they agree; each one's own points where the
total is made of them.
"""

from fractions import Fraction

from scoring.workbook import agreeing
from scoring.workbook.agreeing import Agreeing
from scoring.workbook.book import Sheet
from scoring.workbook.cells import a1
from scoring.workbook.layout import HEAD, SCORE_MARK, SCORE_NUMBER, Layout
from scoring.workbook.look import INSTANT
from scoring.workbook.own import OwnPoints

NAMES = ("evaluator", "evaluator_weight", "marks_asked", "marks_given", "marks_missing")
NAME, WEIGHT, ASKED, GIVEN, MISSING, MEAN = range(6)


class PanelSheet:
    """Writes the Panel sheet."""

    def __init__(self, layout: Layout, own: OwnPoints) -> None:
        self.layout, self.own, self.say = layout, own, layout.say
        self.agreeing = Agreeing(layout)
        self.first = layout.last_bid + 5 if own.used else HEAD

    @property
    def used(self) -> bool:
        """Whether there is a panel."""
        return bool(self.layout.evaluation.evaluators)

    def write(self, sheet: Sheet) -> None:
        """The whole sheet."""
        evaluators = self.layout.evaluation.evaluators
        sheet.text(0, 0, self.say["panel"], "title")
        sheet.text(1, 0, self.say["panel_note"], "subtitle")
        if self.own.used:
            self.own.write(sheet)
        names = [
            *NAMES,
            *(["mean"] if self._one_scale else []),
            *(["handed_in"] if self.layout.extras.handed_in else []),
        ]
        sheet.heads(self.first - 1, [self.say[name] for name in names])
        sheet.page.set_row(self.first - 1, 32)
        for index in range(len(evaluators)):
            self._evaluator(sheet, index)
            if self.layout.extras.handed_in:
                self._handed_in(sheet, index, len(names) - 1)
        last = self.first + len(evaluators) - 1
        if self.agreeing.used:
            last = self.agreeing.write(sheet, last + 3)
        tables = (len(names), 1 + len(evaluators) * self.own.used, len(agreeing.NAMES) * self.agreeing.used)
        sheet.widths([30, *[16] * (max(tables) - 1)])
        sheet.finish(freeze=(0, 1), last=(last, max(tables) - 1), repeat_columns=0)

    @property
    def _one_scale(self) -> bool:
        """Whether a mean over all of an evaluator's marks means anything."""
        scales = [leaf.scale for leaf in self.layout.evaluation.leaves if leaf.scale is not None]
        return len({(scale.minimum, scale.maximum) for scale in scales}) == 1

    def _handed_in(self, sheet: Sheet, index: int, column: int) -> None:
        """When the evaluator's marks came in; blank where they have not."""
        when = self.layout.extras.handed_in.get(self.layout.evaluation.evaluators[index].key)
        sheet.instant(self.first + index, column, when, "centre", num_format=INSTANT[self.layout.language])

    def _evaluator(self, sheet: Sheet, index: int) -> None:
        row, evaluator = self.first + index, self.layout.evaluation.evaluators[index]
        asked = [score.mark for score in self.layout.scores if score.evaluator is evaluator]
        given = [mark for mark in asked if mark is not None]
        sheet.text(row, NAME, evaluator.name, "strong")
        sheet.number(row, WEIGHT, evaluator.weight, "centre")
        last = HEAD + max(len(self.layout.scores), 1) - 1
        numbers = self.layout.score_range(HEAD, last, SCORE_NUMBER)
        marks = self.layout.score_range(HEAD, last, SCORE_MARK)
        sheet.formula(row, ASKED, f"COUNTIF({numbers},{index + 1})", len(asked), "centre")
        sheet.formula(row, GIVEN, f'COUNTIFS({numbers},{index + 1},{marks},">-1E+300")', len(given), "centre")
        missing = f"{a1(row, ASKED, 'c')}-{a1(row, GIVEN, 'c')}"
        sheet.formula(row, MISSING, missing, len(asked) - len(given), "centre", num_format="0;-0;–")
        if self._one_scale:
            mean = sum(given, Fraction(0)) / len(given) if given else None
            expression = f'IF({a1(row, GIVEN, "c")}=0,"",SUMIF({numbers},{index + 1},{marks})/{a1(row, GIVEN, "c")})'
            sheet.formula(row, MEAN, expression, mean, "centre", num_format="0.00")
