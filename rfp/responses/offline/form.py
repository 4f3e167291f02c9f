"""The response form as a workbook: one sheet of questions, one a table, one of requirements."""

from fractions import Fraction
from typing import Any

from flask_babel import gettext as _

from rfp.briefs.fields.cells import show_typed
from rfp.briefs.models import Question
from rfp.i18n import instant
from rfp.offline.models import WorkbookIssue
from rfp.offline.services import SEAL_LABEL, seal_of
from rfp.responses import queries
from rfp.responses.models import Response
from rfp.responses.services import ticks_of
from scoring.workbook.forms import Form, FormCell, FormColumn, FormSheet

SPARE_ROWS, MOST_ROWS = 8, 60
NAME_LIMIT = 31
FORBIDDEN_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def asked(response: Response) -> list[Question]:
    """The questions answered in writing, files apart, in the order of the sections."""
    order = {section.key: section.position for section in response.brief.sections}
    found = [q for q in response.brief.questions if q.stage == "written" and q.definition["type"] != "file"]
    return sorted(found, key=lambda q: (order.get(q.section_key, 0), q.position))


def simple(response: Response) -> list[Question]:
    """Those with one cell."""
    return [q for q in asked(response) if q.definition["type"] != "table"]


def tables(response: Response) -> list[Question]:
    """Those with a sheet of their own."""
    return [q for q in asked(response) if q.definition["type"] == "table"]


def table_name(number: int, question: Question) -> str:
    """The name of a table's sheet: unique by its number, within what Excel allows."""
    return f"T{number} {question.text}".translate(FORBIDDEN_IN_NAMES)[:NAME_LIMIT].strip()


def choices_of(definition: dict[str, Any]) -> tuple[str, ...]:
    """The words a cell may hold, as the reader sees them; none where it is free."""
    if definition["type"] == "yesno":
        return (_("Yes"), _("No"))
    if definition["type"] == "choice" and not definition.get("multiple") and not definition.get("allow_custom"):
        return tuple(str(option["label"]) for option in definition.get("options", []))
    return ()


def typed(definition: dict[str, Any], value: Any) -> str | Fraction | None:
    """A kept value as it stands in its cell."""
    if value is None or value == "" or value == []:
        return None
    if definition["type"] in ("number", "money"):
        return Fraction(str(value))
    if definition["type"] == "yesno":
        return _("Yes") if value else _("No")
    labels: dict[str, str] = {option["value"]: str(option["label"]) for option in definition.get("options", [])}
    if isinstance(value, list):
        return "; ".join(labels.get(str(item), str(item)) for item in value)
    return labels.get(value, show_typed(definition, value))


def form_of(response: Response, issue: WorkbookIssue) -> Form:
    """The workbook of an issue, with what the draft holds."""
    answers = queries.answers_of(response)
    sheets = [_questions_sheet(response, answers)]
    sheets += [_table_sheet(number, q, answers.get(q.key) or []) for number, q in enumerate(tables(response), start=1)]
    if response.brief.requirements:
        sheets.append(_requirements_sheet(response))
    brief = response.brief
    identity = (
        (_("Brief"), brief.title),
        (_("Agency"), response.organisation.name),
        (_("Workbook no."), str(issue.number)),
        (_("Given out"), instant(issue.issued_at, brief.zone)),
        (_("Response deadline"), instant(brief.deadline_at, brief.zone)),
        (SEAL_LABEL, seal_of(issue, brief.public_id)),
    )
    return Form(title=brief.title, identity=identity, sheets=tuple(sheets))


def _questions_sheet(response: Response, answers: dict[str, Any]) -> FormSheet:
    titles = {section.key: section.title for section in response.brief.sections}
    rows = tuple(
        (
            str(number),
            titles.get(q.section_key, ""),
            q.text,
            _guidance(q),
            FormCell(typed(q.definition, answers.get(q.key)), choices_of(q.definition)),
        )
        for number, q in enumerate(simple(response), start=1)
    )
    columns = (
        FormColumn(_("Row"), 6),
        FormColumn(_("Section"), 22),
        FormColumn(_("Question"), 48),
        FormColumn(_("Guidance"), 34),
        FormColumn(_("Answer"), 80, "text", counted=True),
    )
    note = _(
        "Fill in the coloured cells, save, and upload the file in the portal. It stays a draft until you submit there."
    )
    return FormSheet(_("Answers"), response.brief.title, note, columns, rows)


def _guidance(question: Question) -> str:
    definition = question.definition
    words = definition.get("max_words")
    parts = [
        str(definition.get("help", "")),
        _("At most %(count)s words", count=words) if words else "",
        _("Required") if definition.get("required") else _("optional"),
    ]
    return "\n".join(part for part in parts if part)


def _table_sheet(number: int, question: Question, value: list[dict[str, Any]]) -> FormSheet:
    columns = question.definition["columns"]
    most = int(question.definition.get("max_rows") or MOST_ROWS)
    rows = [*value, *[{} for _spare in range(max(0, min(most - len(value), SPARE_ROWS)))]]
    return FormSheet(
        table_name(number, question),
        question.text,
        _("One row an item; rows left blank are dropped. At most %(limit)s rows.", limit=most),
        (FormColumn(_("Row"), 6), *(_column(column) for column in columns)),
        tuple(
            (str(place), *(FormCell(typed(c, row.get(c["key"])), choices_of(c)) for c in columns))
            for place, row in enumerate(rows, start=1)
        ),
    )


def _column(definition: dict[str, Any]) -> FormColumn:
    width = {"number": 14.0, "money": 14.0, "date": 14.0, "longtext": 48.0}.get(definition["type"], 26.0)
    kind = "number" if definition["type"] in ("number", "money") else "text"
    return FormColumn(str(definition["label"]), width, kind)


def _requirements_sheet(response: Response) -> FormSheet:
    words = {True: _("Yes"), False: _("No")}
    held = ticks_of(response)
    rows = tuple(
        (str(number), r.text, r.proof, FormCell(words[held[r.key]] if r.key in held else None, (_("Yes"), _("No"))))
        for number, r in enumerate(response.brief.requirements, start=1)
    )
    columns = (
        FormColumn(_("Row"), 6),
        FormColumn(_("Requirement"), 70),
        FormColumn(_("Proof"), 40),
        FormColumn(_("Met"), 10, "text", counted=True),
    )
    return FormSheet(_("Requirements"), _("Mandatory requirements"), _("Yes or no to each."), columns, rows)
