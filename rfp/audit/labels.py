"""The kinds of events in words."""

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
    "response.submitted": _l("Response submitted"),
    "response.withdrawn": _l("Response withdrawn"),
    "panel.evaluator_named": _l("Evaluator named"),
    "panel.evaluator_removed": _l("Evaluator removed"),
    "evaluation.opened": _l("Responses opened"),
    "bid.gates_checked": _l("Requirements checked"),
    "bid.excluded": _l("Bid excluded"),
    "bid.readmitted": _l("Bid readmitted"),
    "mark.saved": _l("Mark saved"),
    "marks.handed_in": _l("Marks handed in"),
    "evaluation.ranked": _l("All marks in: ranked"),
    "report.downloaded": _l("Report downloaded"),
}


def kind_label(kind: str) -> str:
    """A kind in words; the kind itself where it has none."""
    return str(KINDS.get(kind, kind))
