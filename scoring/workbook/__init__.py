"""The comparison workbook: an evaluation and its ranking as a live Excel file."""

from typing import Any, Protocol

from scoring.model import Evaluation
from scoring.result import Result
from scoring.workbook.answers import AnswersSheet
from scoring.workbook.book import Book, Sheet
from scoring.workbook.compliance import write_compliance
from scoring.workbook.extras import Answer, Extras
from scoring.workbook.facts import Facts
from scoring.workbook.firsts import FirstsSheet
from scoring.workbook.layout import Layout
from scoring.workbook.matrix import MatrixSheet
from scoring.workbook.moderation import ModerationSheet
from scoring.workbook.own import OwnPoints
from scoring.workbook.panel import PanelSheet
from scoring.workbook.prices import PricesSheet
from scoring.workbook.ranking import RankingSheet
from scoring.workbook.record import write_record
from scoring.workbook.rules import RulesSheet
from scoring.workbook.scores import ScoresSheet
from scoring.workbook.sensitivity import SensitivitySheet
from scoring.workbook.steps import Steps
from scoring.workbook.summary import SummarySheet
from scoring.workbook.values import Values


class OptionalSheet(Protocol):
    """A sheet that is there only where it has something to say."""

    @property
    def used(self) -> bool:
        """Whether it has."""

    def write(self, sheet: Sheet) -> None:
        """Write it."""


__all__ = ["Answer", "Extras", "write"]


def write(
    evaluation: Evaluation, result: Result, target: Any, *, language: str = "en", extras: Extras | None = None
) -> None:
    """Write the workbook to a path or a binary stream, in ``en`` or ``fr``.

    ``extras`` holds what only the application knows. The same arguments make the same bytes.
    """
    language = "fr" if language == "fr" else "en"
    extras = extras or Extras()
    layout = Layout(evaluation, result, extras, language)
    footer = " · ".join(part for part in (extras.reference, extras.version) if part)
    book = Book(target, title=evaluation.title, footer=footer, page_words=layout.say["page"], made_at=extras.made_at)
    _write_sheets(book, layout)
    book.close()


def _write_sheets(book: Book, layout: Layout) -> None:
    """In the order of the tabs: what a reader asks first comes first."""
    say = layout.say
    values, steps, facts = Values(layout), Steps(layout), Facts(layout)
    own, firsts = OwnPoints(layout, facts), FirstsSheet(layout, steps, facts)
    places = (layout, values, steps, facts)
    SummarySheet(book.sheet(say["summary"]), *places).write()
    matrix = MatrixSheet(book.sheet(say["matrix"]), *places)
    matrix.write()
    ScoresSheet(book.sheet(say["scores"]), layout, facts).write()
    RankingSheet(book.sheet(say["ranking"]), *places).write(matrix, own, firsts)
    if values.exist:
        PricesSheet(book.sheet(say["prices"]), *places).write()
    if layout.evaluation.gates:
        write_compliance(book.sheet(say["compliance"]), layout)
    optional: list[tuple[str, OptionalSheet]] = [
        ("answers", AnswersSheet(layout)),
        ("sensitivity", SensitivitySheet(layout, steps)),
        ("moderation", ModerationSheet(layout)),
    ]
    optional += [("panel", PanelSheet(layout, own)), ("firsts", firsts)]
    for name, part in optional:
        if part.used:
            part.write(book.sheet(say[name]))
    if layout.extras.events:
        write_record(book.sheet(say["record"]), layout)
    RulesSheet(book.sheet(say["rules"]), layout).write()
