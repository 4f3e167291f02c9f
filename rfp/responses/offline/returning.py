"""A filled response workbook against the draft: what was read, what is wrong, by sheet and cell."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _

from rfp.briefs import fields
from rfp.briefs.fields.cells import read_cell
from rfp.briefs.fields.comparing import as_text
from rfp.briefs.models import Question
from rfp.forms import clean_text
from rfp.offline.reader import Rows
from rfp.responses import queries
from rfp.responses.models import Response
from rfp.responses.offline.form import simple, table_name, tables
from rfp.responses.services import ticks_of
from rfp.vocabulary import LANGUAGES

FIRST_ROW = 5
MOST_TEXT = 30_000


@dataclass(frozen=True)
class Fault:
    """A cell that cannot be taken."""

    cell: str
    message: str


@dataclass(frozen=True)
class Change:
    """An answer that would change."""

    key: str
    label: str
    now: str
    wanted: str


@dataclass
class Reading:
    """What a workbook says. ``values`` and ``ticks`` hold what differs from the draft and can be taken."""

    values: dict[str, Any] = field(default_factory=dict)
    ticks: dict[str, bool] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    left: list[fields.Problem] = field(default_factory=list)


class Returning:
    """Reads the sheets as kept in an upload. A blank cell leaves what the draft holds."""

    def __init__(self, response: Response, sheets: dict[str, Rows]) -> None:
        self.response = response
        self.sheets = sheets
        self.answers = queries.answers_of(response)
        self.found = Reading()

    def read(self) -> Reading:
        """Every question and requirement, in the order of the workbook."""
        self._read_simple()
        for number, question in enumerate(tables(self.response), start=1):
            self._read_table(number, question)
        self._read_requirements()
        return self.found

    def _sheet(self, names: set[str]) -> tuple[str, Rows]:
        return next(((name, rows) for name, rows in self.sheets.items() if name in names), ("", []))

    def _read_simple(self) -> None:
        name, rows = self._sheet(_in_every_language(lambda: _("Answers")))
        by_reference = _by_reference(rows)
        for number, question in enumerate(simple(self.response), start=1):
            place, row = by_reference.get(str(number), (0, []))
            text = row[4] if len(row) > 4 else None
            if text:
                self._take(question, text, f"{name}!E{place}")

    def _take(self, question: Question, text: str, cell: str) -> None:
        definition = question.definition
        try:
            value = _read(definition, text)
        except ValueError as error:
            self.found.faults.append(Fault(cell, str(error)))
            return
        self._change(question, value)

    def _change(self, question: Question, value: Any) -> None:
        standing = self.answers.get(question.key)
        if _plain(question.definition, value) == _plain(question.definition, standing):
            return
        definition = question.definition
        self.found.values[question.key] = value
        texts = as_text(definition, standing), as_text(definition, value)
        self.found.changes.append(Change(question.key, question.text, *texts))
        self.found.left += fields.problems([definition], {question.key: value})

    def _read_table(self, number: int, question: Question) -> None:
        name, rows = self._sheet({table_name(number, question)})
        columns = question.definition["columns"]
        read: list[dict[str, Any]] = []
        faults = len(self.found.faults)
        for place, row in enumerate(rows[FIRST_ROW - 1 :], start=FIRST_ROW):
            texts = [*row, *[None] * (len(columns) + 1)][1 : len(columns) + 1]
            if any(texts):
                read.append(self._read_row(name, place, columns, texts))
        most = int(question.definition.get("max_rows") or 60)
        if len(read) > most:
            self.found.faults.append(Fault(name, _("At most %(limit)s rows.", limit=most)))
        if read and len(self.found.faults) == faults:
            self._change(question, read)

    def _read_row(
        self, sheet: str, place: int, columns: list[dict[str, Any]], texts: list[str | None]
    ) -> dict[str, Any]:
        kept = {}
        for number, (column, text) in enumerate(zip(columns, texts, strict=True), start=1):
            try:
                kept[column["key"]] = _read(column, text or "")
            except ValueError as error:
                self.found.faults.append(Fault(f"{sheet}!{_letter(number)}{place}", str(error)))
        return kept

    def _read_requirements(self) -> None:
        name, rows = self._sheet(_in_every_language(lambda: _("Requirements")))
        by_reference = _by_reference(rows)
        standing = ticks_of(self.response)
        for number, requirement in enumerate(self.response.brief.requirements, start=1):
            place, row = by_reference.get(str(number), (0, []))
            text = row[3] if len(row) > 3 else None
            if not text:
                continue
            met = _yes_or_no(text)
            if met is None:
                self.found.faults.append(Fault(f"{name}!D{place}", _("Choose yes or no.")))
            elif standing.get(requirement.key) is not met:
                words = {True: _("Yes"), False: _("No"), None: ""}
                self.found.ticks[requirement.key] = met
                now, wanted = words[standing.get(requirement.key)], words[met]
                self.found.changes.append(Change(requirement.key, requirement.text, now, wanted))


def _plain(definition: dict[str, Any], value: Any) -> Any:
    """A value such that equal ones compare equal: 30000 and 30000.00, a blank and a missing cell."""
    if fields.is_blank(value):
        return None
    if definition["type"] == "table":
        rows = [{c["key"]: _plain(c, row.get(c["key"])) for c in definition["columns"]} for row in value]
        return [kept for row in rows if (kept := {k: v for k, v in row.items() if v is not None})] or None
    return Decimal(value) if definition["type"] in ("number", "money") else value


def _by_reference(rows: Rows) -> dict[str, tuple[int, list[str | None]]]:
    """Reference in the first column → (row from 1, cells); of two alike the first counts."""
    found: dict[str, tuple[int, list[str | None]]] = {}
    for place, row in enumerate(rows[FIRST_ROW - 1 :], start=FIRST_ROW):
        if row and row[0]:
            found.setdefault(row[0].strip(), (place, row))
    return found


def _in_every_language(say: Any) -> set[str]:
    """A sheet's name in each language: a colleague may have downloaded it in another."""
    names = set()
    for code in LANGUAGES:
        with force_locale(code):
            names.add(str(say()))
    return names


def _letter(column: int) -> str:
    """0 → A; a form has fewer than 700 columns."""
    return (chr(64 + column // 26) if column >= 26 else "") + chr(65 + column % 26)


def _yes_or_no(text: str) -> bool | None:
    known = {"true": True, "false": False, "yes": True, "no": False, "oui": True, "non": False}
    return known.get(text.strip().lower())


def _read(definition: dict[str, Any], text: str) -> Any:
    """The value of a cell, labels read back to values. Raises ValueError with a message for the person."""
    text = clean_text(text)
    if not text:
        return None
    if definition["type"] == "longtext":
        if len(text) > MOST_TEXT:
            raise ValueError(_("At most %(limit)s characters.", limit=MOST_TEXT))
        return text
    if definition["type"] == "yesno":
        met = _yes_or_no(text)
        if met is None:
            raise ValueError(_("Choose yes or no."))
        return met
    values = {str(option["label"]): option["value"] for option in definition.get("options", [])}
    if definition.get("multiple"):
        return [
            read_cell(definition, values.get(part.strip(), part.strip())) for part in text.split(";") if part.strip()
        ]
    return read_cell(definition, values.get(text, text))
