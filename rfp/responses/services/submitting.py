"""Submitting: what was received, whole, at one instant."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from rfp.accounts.models import User
from rfp.audit.services import record
from rfp.briefs import fields
from rfp.db import db
from rfp.errors import InvalidError
from rfp.responses import queries
from rfp.responses.models import Response, Submission
from rfp.responses.services.drafting import require_open
from rfp.responses.slots import file_in, slots_of


@dataclass(frozen=True)
class Missing:
    """One thing that stands in the way of submitting; ``page`` and ``key`` say where to mend it."""

    page: str
    key: str
    anchor: str
    label: str
    message: str


def canonical(content: dict[str, Any]) -> bytes:
    """JSON with sorted keys, in UTF-8, without spaces: what is hashed."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def missing_in(response: Response) -> list[Missing]:
    """All that is missing in the draft; files and written questions only, those of a meeting come later."""
    answers = queries.answers_of(response)
    found = []
    for question in response.brief.questions:
        if question.stage != "written":
            continue
        for problem in fields.problems([question.definition], {question.key: answers.get(question.key)}):
            found.append(Missing("section", question.section_key, question.key, question.text, problem.message))
        if question.is_price and answers.get(question.key) and Decimal(answers[question.key]) <= 0:
            found.append(
                Missing(
                    "section",
                    question.section_key,
                    question.key,
                    question.text,
                    _("The price must be above 0"),
                )
            )
    ticked = {t.requirement.key for t in response.ticks}
    for requirement in response.brief.requirements:
        if requirement.key not in ticked:
            found.append(Missing("requirements", "", requirement.key, requirement.text, _("Say yes or no")))
    for slot in slots_of(response.brief):
        if slot.required and file_in(response, slot) is None:
            found.append(Missing("documents", "", slot.name, slot.title, _("File missing")))
    return found


def content_of(response: Response) -> dict[str, Any]:
    """The draft as it would be submitted."""
    asked = {q.key: q for q in response.brief.questions if q.stage == "written" and q.definition["type"] != "file"}
    answers = {k: v for k, v in queries.answers_of(response).items() if k in asked and not fields.is_blank(v)}
    price = next((answers.get(k) for k, q in asked.items() if q.is_price), None)
    return {
        "answers": answers,
        "price": price,
        "requirements": {t.requirement.key: t.met for t in response.ticks},
        "files": [
            {
                "id": f.public_id,
                "slot": f.slot,
                "name": f.name,
                "size": f.stored.size,
                "sha256": f.sha256,
                "media_type": f.media_type,
            }
            for f in sorted(response.files, key=lambda f: f.slot)
        ],
    }


def _lock(response: Response) -> None:
    """Hold the response until the transaction ends, and read it anew: what was read before may be another click's past."""
    db.session.flush()
    db.session.execute(select(Response.id).where(Response.id == response.id).with_for_update())
    for part in (response, *response.answers, *response.ticks, *response.files):
        db.session.expire(part)
    queries.load_whole(response)


def submit(*, actor: User, response: Response, now: datetime) -> Submission:
    """Receive the draft as it is. The same draft submitted again is the same submission.

    Raises TooLateError, or InvalidError while something is missing.
    """
    _lock(response)
    require_open(response.brief, now)
    if missing_in(response):
        raise InvalidError(_("Something is still missing: see the list. Nothing was submitted."))
    content = content_of(response)
    sha256 = hashlib.sha256(canonical(content)).hexdigest()
    standing = response.submission
    if standing is not None and standing.sha256 == sha256:
        return standing
    made = Submission(
        response=response,
        number=len(response.submissions) + 1,
        received_at=now,
        submitted_by_name=actor.name,
        brief_version=response.brief.version,
        content=content,
        sha256=sha256,
    )
    response.withdrawn_at = None
    db.session.add(made)
    db.session.flush()
    data = {"number": made.number, "sha256": sha256}
    record(kind="response.submitted", actor=actor, now=now, object=response.public_id, data=data)
    return made


def withdraw(*, actor: User, response: Response, now: datetime) -> None:
    """Take the standing submission back, until the deadline; the draft stays. Raises TooLateError, InvalidError."""
    require_open(response.brief, now)
    if response.submission is None:
        raise InvalidError(_("There is no submission to withdraw."))
    response.withdrawn_at = now
    db.session.flush()
    record(kind="response.withdrawn", actor=actor, now=now, object=response.public_id)
