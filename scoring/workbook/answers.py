"""Answers: question by bid, under the headings of the response form."""

from math import ceil

from scoring.workbook.book import ROW_HEIGHT, Sheet
from scoring.workbook.extras import Answer
from scoring.workbook.layout import HEAD, Layout

CODE_WIDTH, QUESTION_WIDTH, ANSWER_WIDTH = 14, 40, 56
LINE, MARGIN = 13.5, 5
TALLEST = 400  # points: a row can be no taller than 409, so a longer answer is merged over several rows
BIDS_ON_A_PAGE = 3


class AnswersSheet:
    """Writes the Answers sheet: code and question, then each bid's answer, wrapped."""

    def __init__(self, layout: Layout) -> None:
        self.layout, self.say = layout, layout.say
        self.answers = layout.extras.answers

    @property
    def used(self) -> bool:
        """Whether answers were given."""
        return bool(self.answers)

    def write(self, sheet: Sheet) -> None:
        """The whole sheet."""
        self.sheet, bids = sheet, self.layout.bids
        sheet.text(0, 0, self.say["answers"], "title")
        sheet.text(1, 0, self.say["answers_note"], "subtitle")
        sheet.heads(HEAD - 1, [self.say["code"], self.say["question"], *(bid.name for bid in bids)], "head_left")
        sheet.page.set_row(HEAD - 1, 32)
        row, section = HEAD, ""
        for answer in self.answers:
            if answer.section and answer.section != section:
                self._section(row, answer.section)
                row += 1
            section = answer.section
            row = self._answer(row, answer)
        sheet.widths([CODE_WIDTH, QUESTION_WIDTH, *[ANSWER_WIDTH] * len(bids)])
        sheet.finish(freeze=(HEAD, 2), last=(row - 1, 1 + max(len(bids), 1)), repeat_columns=1)
        sheet.page.fit_to_pages(max(1, ceil(len(bids) / BIDS_ON_A_PAGE)), 0)

    def _section(self, row: int, title: str) -> None:
        self.sheet.text(row, 0, title, "group")
        for column in range(1, 2 + len(self.layout.bids)):
            self.sheet.blank(row, column, "group")

    def _answer(self, row: int, answer: Answer) -> int:
        """The answers to one question, and the next free row."""
        safe = self.sheet.book.safe
        texts = [safe(answer.given.get(bid.key, "")) for bid in self.layout.bids]
        tallest = max([height(safe(answer.question), QUESTION_WIDTH), *(height(text, ANSWER_WIDTH) for text in texts)])
        rows = ceil(tallest / TALLEST)
        for one in range(row, row + rows):
            self.sheet.page.set_row(one, tallest / rows)
        self._down(row, 0, rows, answer.criterion, "faint")
        self._down(row, 1, rows, answer.question, "strong")
        for column, text in enumerate(texts, start=2):
            self._down(row, column, rows, text or self.say["none"], "cell" if text else "faint")
        return row + rows

    def _down(self, row: int, column: int, rows: int, text: str, style: str) -> None:
        """A wrapped text over some rows."""
        self.sheet.down(row, row + rows - 1, column, text, style, text_wrap=True, valign="top")


def height(text: str, width: int) -> float:
    """The height in points that a wrapped text takes in a column of so many characters, rather more than less."""
    lines = sum(max(1, ceil(len(line) / width)) for line in text.split("\n"))
    return max(ROW_HEIGHT, LINE * lines + MARGIN)
