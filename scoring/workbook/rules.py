"""Rules: the method in sentences, the tree's formulas, the scales with their descriptors."""

from scoring.model import Scale
from scoring.numbers import plain
from scoring.workbook.book import Sheet
from scoring.workbook.layout import Layout
from scoring.workbook.method import formula_words, method_sentences

FIRST = 3
LAST_COLUMN = 2


class RulesSheet:
    """Writes the Rules."""

    def __init__(self, sheet: Sheet, layout: Layout) -> None:
        self.sheet, self.layout, self.say = sheet, layout, layout.say

    def write(self) -> None:
        """The whole sheet."""
        self.sheet.text(0, 0, self.say["rules"], "title")
        self.sheet.text(1, 0, self.say["rules_note"], "subtitle")
        row = self._method(FIRST)
        row = self._formulas(row + 1)
        row = self._scales(row + 1)
        self.sheet.widths([30, 46, 62])
        self.sheet.finish(freeze=(0, 0), last=(max(row - 1, FIRST), LAST_COLUMN))

    def _section(self, row: int, title: str) -> None:
        self.sheet.text(row, 0, title, "section")
        for column in range(1, LAST_COLUMN + 1):
            self.sheet.blank(row, column, "section")

    def _method(self, row: int) -> int:
        self._section(row, self.say["method"])
        sentences = method_sentences(self.layout.evaluation, self.layout.language)
        for place, sentence in enumerate(sentences, start=row + 1):
            self.sheet.merged(place, 0, LAST_COLUMN, sentence, "wrapped")
            self.sheet.page.set_row(place, 17 * (1 + len(sentence) // 140))
        return row + len(sentences) + 1

    def _formulas(self, row: int) -> int:
        computed = [leaf for leaf in self.layout.evaluation.leaves if leaf.formula is not None]
        if not computed:
            return row
        self._section(row, self.say["formulas"])
        self.sheet.heads(row + 1, [self.say["criterion"], self.say["value"], self.say["formula"]], "head_left")
        for place, leaf in enumerate(computed, start=row + 2):
            self.sheet.text(place, 0, leaf.title, "strong", text_wrap=True)
            value = self.say["price"] if leaf.value == "price" else leaf.value or ""
            self.sheet.text(place, 1, value, "wrapped")
            self.sheet.text(place, 2, formula_words(leaf, self.layout.language), "wrapped")
        return row + len(computed) + 2

    def _scales(self, row: int) -> int:
        """One table a scale, with the criteria marked on it."""
        by_scale: dict[tuple[object, ...], tuple[Scale, list[str]]] = {}
        for leaf in self.layout.evaluation.leaves:
            if leaf.scale is not None:
                key = (leaf.scale.minimum, leaf.scale.maximum, leaf.scale.step, *leaf.scale.labels.items())
                by_scale.setdefault(key, (leaf.scale, []))[1].append(leaf.title)
        for scale, titles in by_scale.values():
            row = self._scale(row, scale, titles) + 1
        return row

    def _scale(self, row: int, scale: Scale, titles: list[str]) -> int:
        number = self._number
        ends = f"{number(plain(scale.minimum))} – {number(plain(scale.maximum))}"
        step = f", {self.say['step']} {number(plain(scale.step))}" if scale.step else ""
        self._section(row, f"{self.say['scale']} {ends}{step}")
        text = " · ".join(titles)
        self.sheet.merged(row + 1, 0, LAST_COLUMN, text, "quiet")
        self.sheet.page.set_row(row + 1, 17 * (1 + len(text) // 140))
        if not scale.labels:
            return row + 2
        self.sheet.heads(row + 2, [self.say["mark"], self.say["meaning"], ""], "head_left")
        for place, (mark, words) in enumerate(scale.labels.items(), start=row + 3):
            self.sheet.text(place, 0, number(mark), "strong")
            self.sheet.merged(place, 1, LAST_COLUMN, words, "wrapped")
            self.sheet.page.set_row(place, 17 * (1 + len(words) // 105))
        return row + 3 + len(scale.labels)

    def _number(self, text: str) -> str:
        return text.replace(".", ",") if self.layout.language == "fr" else text
