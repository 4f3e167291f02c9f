"""Moderation: how far the evaluators of each bid and criterion are apart, and the mark that came of it."""

from fractions import Fraction

from scoring.workbook.book import Sheet
from scoring.workbook.cells import a1
from scoring.workbook.layout import FROM, HEAD, SCORE_MARK, TO, Layout, ScoreRow
from scoring.workbook.look import number_format

NAMES = (
    "provider",
    "code",
    "criterion",
    "marks_given",
    "lowest_mark",
    "mean",
    "highest_mark",
    "spread",
    "mark_used",
    "spread_flag",
)
GIVEN, LOWEST, MEAN, HIGHEST, SPREAD, USED, FLAG = range(3, 10)
WIDE = Fraction(1, 2)
THRESHOLD = (HEAD - 2, SPREAD)


class ModerationSheet:
    """Writes the Moderation sheet: a row for each bid and criterion that two or more evaluators were asked to mark."""

    def __init__(self, layout: Layout) -> None:
        self.layout, self.say = layout, layout.say
        self.groups = [
            (layout.scores[first - HEAD], first, last) for first, last in layout.spans.values() if last > first
        ]

    @property
    def used(self) -> bool:
        """Whether there is anything to moderate."""
        return bool(self.groups)

    def write(self, sheet: Sheet) -> None:
        """The whole sheet."""
        self.sheet = sheet
        sheet.text(0, 0, self.say["moderation"], "title")
        sheet.text(1, 0, self.say["moderation_note"], "subtitle")
        sheet.text(THRESHOLD[0], HIGHEST, self.say["threshold"], "label", align="right")
        sheet.number(*THRESHOLD, WIDE, "input", num_format="0%", align="center")
        sheet.heads(HEAD - 1, [self.say[name] for name in NAMES])
        sheet.page.set_row(HEAD - 1, 32)
        for row, (score, first, last) in enumerate(self.groups, start=HEAD):
            self._row(row, score, first, last)
        last = HEAD + len(self.groups) - 1
        sheet.page.autofilter(HEAD - 1, 0, last, FLAG)
        sheet.widths([26, 9, 40, 9, 9, 9, 9, 12, 11, 14])
        sheet.finish(freeze=(HEAD, 1), last=(last, FLAG), repeat_columns=0)

    def _row(self, row: int, score: ScoreRow, first: int, last: int) -> None:
        sheet, leaf = self.sheet, score.leaf
        sheet.text(row, 0, self.layout.bids[score.bid].name, "strong")
        sheet.text(row, 1, leaf.key, "faint")
        sheet.text(row, 2, leaf.title, "cell")
        cells = self.layout.score_range(first, last, SCORE_MARK)
        marks = [s.mark for s in self.layout.scores[first - HEAD : last - HEAD + 1] if s.mark is not None]
        sheet.formula(row, GIVEN, f"COUNT({cells})", len(marks), "centre")
        values = (min(marks), sum(marks, Fraction(0)) / len(marks), max(marks)) if marks else (None, None, None)
        for column, function, value in zip((LOWEST, MEAN, HIGHEST), ("MIN", "AVERAGE", "MAX"), values, strict=True):
            shown = "0.00" if column == MEAN else "General"
            expression = f'IF(COUNT({cells})=0,"",{function}({cells}))'
            sheet.formula(row, column, expression, value, "centre", num_format=shown)
        self._spread(row, score, marks)
        place = self.layout.row[leaf.key]
        used = self.layout.matrix(a1(place, self.layout.mark_column(score.bid), "rc"))
        mark = self.layout.bids[score.bid].criteria[leaf.key].mark
        shown = number_format(self.layout.rules.rounding.panel)
        sheet.formula(row, USED, f'IF(ISNUMBER({used}),{used},"")', mark, "centre", num_format=shown)

    def _spread(self, row: int, score: ScoreRow, marks: list[Fraction]) -> None:
        """The span of the marks as a share of the scale, and whether it is wide."""
        place, scale = self.layout.row[score.leaf.key], score.leaf.scale
        ends = [self.layout.matrix(a1(place, column, "rc")) for column in (TO, FROM)]
        given, spread = a1(row, GIVEN, "c"), a1(row, SPREAD, "c")
        width = f"({a1(row, HIGHEST, 'c')}-{a1(row, LOWEST, 'c')})/({ends[0]}-{ends[1]})"
        value = (max(marks) - min(marks)) / (scale.maximum - scale.minimum) if len(marks) > 1 and scale else None
        self.sheet.formula(row, SPREAD, f'IF({given}<2,"",{width})', value, "centre", num_format="0%")
        flag = f'IF(COUNT({spread})*({spread}>={a1(*THRESHOLD, "rc")}-1E-9)>0,"{self.say["yes"]}","")'
        wide = value is not None and value >= WIDE
        self.sheet.formula(row, FLAG, flag, self.say["yes"] if wide else None, "bad")
