"""An evaluator's own workbook: their bids and criteria, the answers, the scale, cells for mark, comment, evidence."""

from fractions import Fraction
from typing import Any

from flask_babel import gettext as _

from rfp.briefs.fields.comparing import as_text
from rfp.briefs.models import Brief, Criterion
from rfp.evaluation import queries
from rfp.evaluation.models import Bid, Mark, PanelMember
from rfp.i18n import colon, instant, number
from rfp.offline.models import WorkbookIssue
from rfp.offline.services import SEAL_LABEL, seal_of
from scoring.workbook.forms import Form, FormCell, FormColumn, FormSheet

# Where a row's reference and its cells to type in are, counted from 0.
REFERENCE, MARK, COMMENT, EVIDENCE = 0, 5, 6, 7


def rows_of(brief: Brief, member: PanelMember) -> dict[str, dict[str, Any]]:
    """Reference → bid, criterion and the version of the mark shown (0 for none): every mark the member has to give."""
    marks = queries.own_marks(member)
    found: dict[str, dict[str, Any]] = {}
    for criterion in (c for c in brief.leaves if c.is_marked):
        for bid in queries.admitted_bids(brief):
            mark = marks.get((bid.id, criterion.id))
            version = mark.version if mark else 0
            found[str(len(found) + 1)] = {"bid": bid.public_id, "criterion": criterion.key, "version": version}
    return found


def form_of(brief: Brief, member: PanelMember, issue: WorkbookIssue) -> Form:
    """The workbook of an issue."""
    bids = {bid.public_id: bid for bid in queries.admitted_bids(brief)}
    criteria = {criterion.key: criterion for criterion in brief.leaves}
    marks = queries.own_marks(member)
    rows = []
    for reference, row in issue.rows.items():
        bid, criterion = bids[row["bid"]], criteria[row["criterion"]]
        rows.append(_row(brief, reference, bid, criterion, marks.get((bid.id, criterion.id))))
    sheet = FormSheet(
        name=_("Marks"),
        title=_("My marks: %(title)s", title=brief.title),
        note=_(
            "Fill in the coloured cells, save, and upload the file on your page. Leave a cell blank to decide later."
        ),
        columns=(
            FormColumn(_("Row"), 6),
            FormColumn(_("Criterion"), 24),
            FormColumn(_("Agency"), 20),
            FormColumn(_("Questions and answers"), 70),
            FormColumn(_("Scale"), 34),
            FormColumn(_("Mark"), 9, "number", counted=True),
            FormColumn(_("Comment"), 40, "text"),
            FormColumn(_("Evidence"), 24, "text"),
        ),
        rows=tuple(rows),
    )
    return Form(title=brief.title, identity=_identity(brief, member, issue), sheets=(sheet,))


def _identity(brief: Brief, member: PanelMember, issue: WorkbookIssue) -> tuple[tuple[str, str], ...]:
    return (
        (_("Consultation"), brief.title),
        (_("Evaluator"), member.user.name),
        (_("Workbook no."), str(issue.number)),
        (_("Given out"), instant(issue.issued_at, brief.zone)),
        (SEAL_LABEL, seal_of(issue, brief.public_id)),
    )


def _row(brief: Brief, reference: str, bid: Bid, criterion: Criterion, mark: Mark | None) -> tuple[str | FormCell, ...]:
    points = criterion.scale.points if criterion.scale else []
    value = Fraction(mark.value) if mark and mark.value is not None else None
    return (
        reference,
        f"{criterion.title}\n{_('%(points)s points', points=number(criterion.weight))}",
        bid.name,
        _answers(brief, bid, criterion),
        "\n".join(f"{point['value']} – {point['label']}{colon()} {point['descriptor']}" for point in points),
        FormCell(value, tuple(point["value"] for point in points)),
        FormCell((mark.comment if mark else "") or None),
        FormCell((mark.evidence if mark else "") or None),
    )


def _answers(brief: Brief, bid: Bid, criterion: Criterion) -> str:
    """What feeds the criterion, question by question, and the names of its documents."""
    content = bid.submission.content
    feeding = [q for q in brief.questions if q.criterion_id == criterion.id and q.stage == "written"]
    texts = [
        f"{q.text}\n{as_text(q.definition, content['answers'].get(q.key)) or _('Not given')}"
        for q in feeding
        if q.definition["type"] != "file"
    ]
    slots = {f"document:{d.key}" for d in brief.document_requests if d.criterion_id == criterion.id}
    slots |= {f"question:{q.key}" for q in feeding}
    return "\n\n".join([*texts, *(f["name"] for f in content["files"] if f["slot"] in slots)])
