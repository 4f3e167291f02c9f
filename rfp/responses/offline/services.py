"""Giving out the response form as a workbook, and taking answers from it into the draft."""

import hashlib
import json
from datetime import datetime

from flask_babel import gettext as _

from rfp.accounts.models import User
from rfp.audit.services import record
from rfp.briefs.services import fingerprint
from rfp.errors import InvalidError, StaleError
from rfp.offline import services as offline
from rfp.offline.models import WorkbookUpload
from rfp.responses import queries
from rfp.responses.models import Response
from rfp.responses.offline.form import form_of
from rfp.responses.offline.returning import Reading, Returning
from rfp.responses.services import save_answers, section_answers, tick_requirements, ticks_of
from rfp.responses.services.drafting import require_open
from rfp.vocabulary import WorkbookKind
from scoring.workbook.forms import Form

KIND = WorkbookKind.ANSWERING


def questions_version(response: Response) -> str:
    """SHA-256 of the questions and requirements the workbook is made from."""
    asked = [[q.key, q.definition] for q in response.brief.questions]
    asked += [[r.key, r.text] for r in response.brief.requirements]
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


def draft_state(response: Response) -> str:
    """A short digest of all that stands in the draft, to be sent back by a page that showed it."""
    return fingerprint([queries.answers_of(response), ticks_of(response)])


def give_out(*, actor: User, response: Response, now: datetime) -> Form:
    """A workbook with what the draft holds."""
    issue = offline.issue_workbook(
        kind=KIND, owner=response.public_id, fingerprint=questions_version(response), rows={}, now=now
    )
    data = {"workbook": issue.number}
    record(kind="response.workbook_given", actor=actor, now=now, object=response.public_id, data=data)
    return form_of(response, issue)


def receive(*, actor: User, response: Response, content: bytes, now: datetime) -> WorkbookUpload:
    """Read a filled workbook and keep what it says; the draft does not change. Raises InvalidError, TooLateError."""
    require_open(response.brief, now)
    brief_id = response.brief.public_id
    filled = offline.recognise(kind=KIND, owner=response.public_id, brief_id=brief_id, content=content)
    if filled.issue.fingerprint != questions_version(response):
        raise InvalidError(_("The questions have changed since this workbook was given out. Download a new one."))
    cells = {"sheets": filled.sheets}
    return offline.keep_upload(actor=actor, issue=filled.issue, cells=cells, now=now)


def reading_of(response: Response, upload: WorkbookUpload) -> Reading:
    """The upload against the draft as it stands now."""
    return Returning(response, upload.cells["sheets"]).read()


def take(*, actor: User, response: Response, upload: WorkbookUpload, seen: str, now: datetime) -> int:
    """Take what can be taken into the draft; how many answers changed. Nothing is submitted by it.

    ``seen`` is the ``draft_state`` the page showed: where a colleague saved since, raises StaleError and takes none.
    """
    require_open(response.brief, now)
    if seen != draft_state(response):
        raise StaleError(_("Somebody else saved this in the meantime."))
    found = reading_of(response, upload)
    for key in dict.fromkeys(q.section_key for q in response.brief.questions):
        mine = {
            q.key: found.values[q.key]
            for q in response.brief.questions
            if q.section_key == key and q.key in found.values
        }
        if mine:
            standing = fingerprint(section_answers(response, key))
            save_answers(actor=actor, response=response, section_key=key, values=mine, seen=standing, now=now)
    if found.ticks:
        tick_requirements(actor=actor, response=response, met=found.ticks, now=now)
    upload.taken_at = now
    data = {"workbook": upload.issue.number, "answers": len(found.changes)}
    record(kind="response.workbook_taken", actor=actor, now=now, object=response.public_id, data=data)
    return len(found.changes)
