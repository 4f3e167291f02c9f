"""The kinds of events in words."""

import json
import re
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from rfp.i18n import instant

KINDS: dict[str, LazyString] = {
    "brief.created": _l("Brief created"),
    "brief.details_saved": _l("Details saved"),
    "brief.section_saved": _l("Section saved"),
    "brief.grid_saved": _l("Grid saved"),
    "brief.timetable_saved": _l("Timetable saved"),
    "brief.published": _l("Brief published"),
    "response.started": _l("Response started"),
    "response.workbook_given": _l("Response workbook given out"),
    "response.workbook_taken": _l("Answers taken from a workbook"),
    "response.submitted": _l("Response submitted"),
    "response.withdrawn": _l("Response withdrawn"),
    "panel.evaluator_named": _l("Evaluator named"),
    "panel.evaluator_removed": _l("Evaluator removed"),
    "evaluation.opened": _l("Responses opened"),
    "bid.gates_checked": _l("Requirements checked"),
    "bid.excluded": _l("Bid excluded"),
    "bid.readmitted": _l("Bid readmitted"),
    "mark.saved": _l("Mark saved"),
    "marks.workbook_given": _l("Marking workbook given out"),
    "marks.workbook_taken": _l("Marks taken from a workbook"),
    "marks.handed_in": _l("Marks handed in"),
    "evaluation.ranked": _l("All marks in: ranked"),
    "report.downloaded": _l("Report downloaded"),
}

DETAILS: dict[str, LazyString] = {
    "bid": _l("Bid"),
    "changed": _l("What changed"),
    "comment": _l("Comment"),
    "count": _l("Number"),
    "criterion": _l("Criterion"),
    "deadline": _l("Deadline"),
    "language": _l("Language of the brief"),
    "mark": _l("Mark"),
    "marks": _l("Marks"),
    "name": _l("Name"),
    "number": _l("Submission no."),
    "reason": _l("Reason"),
    "reason taken back": _l("Reason taken back"),
    "report": _l("Report"),
    "responses": _l("Responses"),
    "rules": _l("Rules"),
    "section": _l("Section"),
    "sha256": _l("SHA-256 of the whole"),
    "template": _l("Template"),
    "weights": _l("Weights"),
}


# What is named by a key that belongs to no section, date or criterion.
THINGS: dict[str, LazyString] = {
    "title": _l("Title of the consultation"),
    "reference": _l("Reference"),
    "summary": _l("Summary"),
    "estimate": _l("Budget announced, excluding tax"),
    "currency": _l("Currency"),
    "zone": _l("Time zone of the dates"),
    "workbook": _l("Workbook"),
}
ISO_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)")


def kind_label(kind: str) -> str:
    """A kind in words; the kind itself where it has none."""
    return str(KINDS.get(kind, kind))


def detail_label(key: str) -> str:
    """The name of a detail in words; the name itself, such as a requirement's, where it has none."""
    return str(DETAILS.get(key, key))


def names_of(brief: Any) -> dict[str, str]:
    """What the keys in a consultation's record are called: its fields, dates, criteria and requirements."""
    found = {str(key): str(word) for key, word in THINGS.items()}
    found |= {f["key"]: str(f["label"]) for section in brief.sections for f in section.fields}
    found |= {item.key: item.title for items in (brief.milestones, brief.criteria) for item in items}
    return found | {item.key: item.text for item in brief.requirements}


def detail_text(value: Any, names: dict[str, str], zone: str) -> str:
    """A detail as a reader takes it in: yes or no, instants on the clocks of ``zone``, keys by their ``names``,
    lists with commas; anything deeper as JSON.
    """
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, str):
        at = _instant_in(value)
        return instant(at, zone) if at else names.get(value, value)
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ", ".join(detail_text(item, names, zone) for item in value)
    if isinstance(value, list) and all(isinstance(item, dict) and "name" in item for item in value):
        return ", ".join(str(item["name"]) for item in value)
    if isinstance(value, dict) and all(isinstance(item, str) for item in value.values()):
        return ", ".join(f"{names.get(key, key)} = {item}" for key, item in value.items())
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)


def _instant_in(text: str) -> datetime | None:
    """The instant an ISO 8601 text with a zone gives; None for any other text."""
    if not ISO_INSTANT.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
