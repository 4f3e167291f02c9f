"""Giving out an evaluator's workbook, and taking marks from it."""

import hashlib
import json
from datetime import datetime

from flask_babel import gettext as _

from rfp.accounts.models import User
from rfp.audit.services import record
from rfp.briefs.models import Brief
from rfp.errors import IllegalMoveError, InvalidError, StaleError
from rfp.evaluation.models import PanelMember
from rfp.evaluation.offline.form import form_of, rows_of
from rfp.evaluation.offline.returning import Line, Returning, cells_of
from rfp.evaluation.services import save_mark
from rfp.offline import services as offline
from rfp.offline.models import WorkbookUpload
from rfp.vocabulary import WorkbookKind
from scoring.workbook.forms import Form

KIND = WorkbookKind.MARKING


def grid_version(brief: Brief) -> str:
    """SHA-256 of the criteria and scales marks are given on."""
    leaves = [[c.key, format(c.weight, "f"), c.scale.points if c.scale else None] for c in brief.leaves]
    return hashlib.sha256(json.dumps(leaves, sort_keys=True).encode()).hexdigest()


def give_out(*, actor: User, brief: Brief, member: PanelMember, now: datetime) -> Form:
    """A new workbook of the member's own, recorded."""
    rows = rows_of(brief, member)
    fingerprint = grid_version(brief)
    issue = offline.issue_workbook(kind=KIND, owner=member.public_id, fingerprint=fingerprint, rows=rows, now=now)
    data = {"workbook": issue.number, "rows": len(rows)}
    record(
        kind="marks.workbook_given", actor=actor, now=now, subject=brief.public_id, object=member.public_id, data=data
    )
    return form_of(brief, member, issue)


def receive(*, actor: User, brief: Brief, member: PanelMember, content: bytes, now: datetime) -> WorkbookUpload:
    """Read a filled workbook and keep what it says; no mark changes. Raises InvalidError, IllegalMoveError."""
    _require_marking(member)
    filled = offline.recognise(kind=KIND, owner=member.public_id, brief_id=brief.public_id, content=content)
    if filled.issue.fingerprint != grid_version(brief):
        raise InvalidError(_("The grid has changed since this workbook was given out. Download a new one."))
    cells = cells_of(filled)
    if not cells["rows"]:
        raise InvalidError(_("The rows of this workbook were not found: its first sheet was altered."))
    return offline.keep_upload(actor=actor, issue=filled.issue, cells=cells, now=now)


def _require_marking(member: PanelMember) -> None:
    if member.handed_in_at is not None:
        raise IllegalMoveError(_("Your marks are handed in, and locked."), origin="handed_in", target="marking")


def lines_of(brief: Brief, member: PanelMember, upload: WorkbookUpload) -> list[Line]:
    """The upload against what stands now, row by row."""
    return Returning(brief, member, upload).lines()


def take(
    *,
    actor: User,
    brief: Brief,
    member: PanelMember,
    upload: WorkbookUpload,
    replacing: set[str],
    versions: dict[str, int],
    now: datetime,
) -> int:
    """Take the new and changed marks, and the conflicting ones named in ``replacing``; how many were taken.

    ``versions`` are those the page showed, by reference: a mark saved since raises StaleError, and none is taken.
    """
    _require_marking(member)
    chosen = [
        line
        for line in lines_of(brief, member, upload)
        if line.state in ("new", "changed") or (line.state == "conflict" and line.reference in replacing)
    ]
    for line in chosen:
        if line.bid is None or line.criterion is None or versions.get(line.reference) != line.version:
            raise StaleError(_("You saved some of these marks in another window in the meantime."))
        save_mark(
            actor=actor,
            member=member,
            bid=line.bid,
            criterion=line.criterion,
            value=line.wanted.value,
            comment=line.wanted.comment,
            evidence=line.wanted.evidence,
            seen=line.version,
            now=now,
        )
    upload.taken_at = now
    data = {"workbook": upload.issue.number, "marks": len(chosen)}
    record(
        kind="marks.workbook_taken", actor=actor, now=now, subject=brief.public_id, object=member.public_id, data=data
    )
    return len(chosen)
