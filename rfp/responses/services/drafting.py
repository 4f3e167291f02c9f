"""Writing a draft, until the deadline. What was submitted is not touched by any of this."""

from datetime import datetime
from typing import Any, BinaryIO

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from rfp.accounts.models import Organisation, User
from rfp.audit.services import record
from rfp.briefs.fields import is_blank
from rfp.briefs.models import Brief
from rfp.briefs.services import fingerprint
from rfp.db import db
from rfp.documents.services import take_in
from rfp.errors import NotFoundError, StaleError, TooLateError
from rfp.i18n import instant
from rfp.responses import queries
from rfp.responses.models import Answer, RequirementTick, Response, ResponseFile
from rfp.responses.slots import file_in, slots_of


def require_open(brief: Brief, now: datetime) -> None:
    """Raise TooLateError, with the rule, unless ``now`` is strictly before the deadline."""
    if not brief.is_open(now):
        raise TooLateError(
            _(
                "The deadline has passed. A response must be received in full strictly before %(deadline)s; it is now %(now)s.",
                deadline=instant(brief.deadline_at, brief.zone),
                now=instant(now, brief.zone),
            )
        )


def start_response(*, actor: User, agency: Organisation, brief: Brief, now: datetime) -> Response:
    """The agency's response to the brief, begun if it had none. Raises TooLateError."""
    found = queries.response_of(brief, agency)
    if found is not None:
        return found
    require_open(brief, now)
    made = Response(
        brief_id=brief.id, organisation_id=agency.id, created_by_id=actor.id, created_at=now, changed_at=now
    )
    try:
        with db.session.begin_nested():
            db.session.add(made)
    except IntegrityError:  # a colleague began it at the same moment
        other = queries.response_of(brief, agency)
        if other is None:
            raise
        return other
    record(kind="response.started", actor=actor, now=now, subject="", object=made.public_id)
    return made


def section_answers(response: Response, section_key: str) -> dict[str, Any]:
    """The answers standing in one section, by question key."""
    answers = queries.answers_of(response)
    keys = [q.key for q in response.brief.questions if q.section_key == section_key]
    return {key: answers.get(key) for key in keys if key in answers}


def save_answers(
    *, actor: User, response: Response, section_key: str, values: dict[str, Any], seen: str, now: datetime
) -> None:
    """The answers of one section, complete or not. Raises TooLateError, StaleError with what stands."""
    require_open(response.brief, now)
    standing = section_answers(response, section_key)
    changed = {
        key: value
        for key, value in values.items()
        if standing.get(key) != value and not _both_blank(standing.get(key), value)
    }
    if not changed:
        return
    if seen != fingerprint(standing):
        raise StaleError(_("Somebody else saved this in the meantime."), theirs=standing)
    answers = {a.question.key: a for a in response.answers}
    for question in response.brief.questions:
        if question.key in changed:
            answer = answers.get(question.key)
            if answer is None:
                answer = Answer(response=response, question=question)
                db.session.add(answer)
            answer.value, answer.saved_at, answer.saved_by_name = changed[question.key], now, actor.name
    response.changed_at = now
    db.session.flush()


def _both_blank(first: Any, second: Any) -> bool:
    return is_blank(first) and is_blank(second)


def ticks_of(response: Response) -> dict[str, bool]:
    """What the agency has declared, by requirement key."""
    return {t.requirement.key: t.met for t in response.ticks}


def tick_requirements(
    *, actor: User, response: Response, met: dict[str, bool], now: datetime, seen: str | None = None
) -> None:
    """What the agency declares, by requirement key; a requirement left out stays as it was.

    ``seen`` is the fingerprint of what the page showed; None where the caller read it in this transaction.
    Raises TooLateError, StaleError with what stands.
    """
    require_open(response.brief, now)
    standing = ticks_of(response)
    if seen is not None and seen != fingerprint(standing) and standing | met != standing:
        raise StaleError(_("Somebody else saved this in the meantime."), theirs=standing)
    ticks = {t.requirement.key: t for t in response.ticks}
    for requirement in response.brief.requirements:
        if requirement.key in met:
            tick = ticks.get(requirement.key)
            if tick is None:
                db.session.add(RequirementTick(response=response, requirement=requirement, met=met[requirement.key]))
            else:
                tick.met = met[requirement.key]
    response.changed_at = now
    db.session.flush()


def add_file(
    *, actor: User, response: Response, slot_name: str, name: str, stream: BinaryIO, now: datetime
) -> ResponseFile:
    """Keep a file in a slot, in place of the one there. The bytes are on disk before the row refers to them.

    Raises NotFoundError for a slot the brief has not, InvalidError for a file of another type, TooLargeError,
    TooLateError.
    """
    require_open(response.brief, now)
    slot = next((s for s in slots_of(response.brief) if s.name == slot_name), None)
    if slot is None:
        raise NotFoundError
    taken = take_in(filename=name, stream=stream, formats=slot.formats, max_mb=slot.max_mb, now=now)
    before = file_in(response, slot)
    if before is not None:  # a row of its own for each file: what a submission names stays what it was
        response.files.remove(before)
        db.session.delete(before)
        db.session.flush()
    held = ResponseFile(
        response=response,
        slot=slot.name,
        name=taken.name,
        stored=taken.stored,
        uploaded_at=now,
        uploaded_by_name=actor.name,
    )
    db.session.add(held)
    response.changed_at = now
    db.session.flush()
    return held


def remove_file(*, actor: User, response: Response, public_id: str, now: datetime) -> None:
    """Take a file out of the draft; a submission that held it still does. Raises NotFoundError, TooLateError."""
    require_open(response.brief, now)
    held = next((f for f in response.files if f.public_id == public_id), None)
    if held is None:
        raise NotFoundError
    db.session.delete(held)
    response.changed_at = now
    db.session.flush()
