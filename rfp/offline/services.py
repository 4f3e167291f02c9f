"""Giving a workbook out, and taking it back in: who it is for, from what, and which one it is."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import func, select

from rfp.accounts.models import User
from rfp.db import db
from rfp.errors import InvalidError
from rfp.offline.models import WorkbookIssue, WorkbookUpload
from rfp.offline.reader import Rows, UnreadableError, read
from rfp.vocabulary import WorkbookKind

SEAL_LABEL = "Grille"


@dataclass(frozen=True)
class Filled:
    """A workbook as it came back: what was given out, and its sheets."""

    issue: WorkbookIssue
    sheets: dict[str, Rows]


def issue_workbook(
    *, kind: WorkbookKind, owner: str, fingerprint: str, rows: dict[str, Any], now: datetime
) -> WorkbookIssue:
    """Note that a workbook is given out; flushes. Its number is the next of its owner."""
    taken = select(func.max(WorkbookIssue.number)).where(WorkbookIssue.kind == kind, WorkbookIssue.owner == owner)
    number = (db.session.scalar(taken) or 0) + 1
    made = WorkbookIssue(kind=kind, owner=owner, number=number, fingerprint=fingerprint, rows=rows, issued_at=now)
    db.session.add(made)
    db.session.flush()
    return made


def _sealer(kind: WorkbookKind) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=f"workbook-{kind}")


def seal_of(issue: WorkbookIssue, brief_id: str) -> str:
    """The signed line by which a workbook is known again: brief, owner, number and fingerprint."""
    made: str = _sealer(issue.kind).dumps([brief_id, issue.owner, issue.number, issue.fingerprint])
    return made


def recognise(*, kind: WorkbookKind, owner: str, brief_id: str, content: bytes) -> Filled:
    """The workbook given out to this very owner for this very brief.

    Raises InvalidError, saying why, for anything else: not a workbook, too large, with macros, altered, foreign.
    """
    db.session.commit()  # nothing is changed yet: nobody waits for SQLite's lock while a stranger's file is read
    try:
        sheets = read(content)
    except UnreadableError as error:
        raise InvalidError(_reason(str(error))) from error
    sealed = _find_seal(sheets)
    if sealed is None:
        raise InvalidError(_("This workbook was not made here: the sheet that identifies it is missing or altered."))
    try:
        found = _sealer(kind).loads(sealed)
    except BadSignature as error:
        raise InvalidError(_("The line that identifies this workbook was altered. Download a new one.")) from error
    if found[:2] != [brief_id, owner]:
        raise InvalidError(_("This workbook was given out for another consultation or to somebody else."))
    issue = db.session.scalar(
        select(WorkbookIssue).where(
            WorkbookIssue.kind == kind, WorkbookIssue.owner == owner, WorkbookIssue.number == found[2]
        )
    )
    if issue is None or issue.fingerprint != found[3]:
        raise InvalidError(_("This workbook is not known here. Download a new one."))
    return Filled(issue, sheets)


def _find_seal(sheets: dict[str, Rows]) -> str | None:
    for rows in sheets.values():
        for row in rows[:40]:
            if len(row) > 1 and row[0] == SEAL_LABEL and row[1]:
                return row[1].strip()
    return None


def _reason(code: str) -> str:
    return {
        "too_large": _("This workbook unpacks to more than can be read here."),
        "macros": _("This workbook carries macros. Save it as .xlsx without them."),
        "external": _("This workbook links to other files. Remove the links and save it again."),
        "busy": _("Other workbooks are being read at this moment. Try again in a minute."),
        "too_slow": _("This workbook took too long to read. Copy your entries into a new download."),
    }.get(code, _("This file is not an Excel workbook (.xlsx) that can be read."))


def keep_upload(*, actor: User, issue: WorkbookIssue, cells: dict[str, Any], now: datetime) -> WorkbookUpload:
    """Keep what was read until it is taken; flushes."""
    made = WorkbookUpload(issue_id=issue.id, uploaded_at=now, uploaded_by_name=actor.name, cells=cells)
    db.session.add(made)
    db.session.flush()
    return made


def upload_of(*, kind: WorkbookKind, owner: str, public_id: str) -> WorkbookUpload | None:
    """An upload of this owner, with its issue."""
    return db.session.scalar(
        select(WorkbookUpload)
        .join(WorkbookIssue)
        .where(WorkbookUpload.public_id == public_id, WorkbookIssue.kind == kind, WorkbookIssue.owner == owner)
    )
