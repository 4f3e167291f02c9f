"""The kinds of events in words."""

import json
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

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


def kind_label(kind: str) -> str:
    """A kind in words; the kind itself where it has none."""
    return str(KINDS.get(kind, kind))


def detail_label(key: str) -> str:
    """The name of a detail in words; the name itself, such as a requirement's, where it has none."""
    return str(DETAILS.get(key, key))


def detail_text(value: Any) -> str:
    """A detail as a reader takes it in: yes or no, lists with commas, things by name; anything deeper as JSON."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ", ".join(value)
    if isinstance(value, list) and all(isinstance(item, dict) and "name" in item for item in value):
        return ", ".join(str(item["name"]) for item in value)
    if isinstance(value, dict) and all(isinstance(item, str) for item in value.values()):
        return ", ".join(f"{key} = {item}" for key, item in value.items())
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)
