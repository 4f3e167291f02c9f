"""Starting a response."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from rfp.accounts.models import Organisation, User
from rfp.audit.services import record
from rfp.briefs.models import Brief
from rfp.db import db
from rfp.errors import NotFoundError, TooLateError
from rfp.responses.models import Response
from rfp.responses.services.locking import rule


def start_response(*, brief: Brief, organisation: Organisation, actor: User, now: datetime) -> Response:
    """The agency's one response to the brief: the one there is, or a new draft.

    Raises TooLateError where there is none and the deadline has passed.
    """
    existing = _find(brief, organisation)
    if existing is not None:
        return existing
    if brief.published_at is None or brief.deadline_at is None:
        raise NotFoundError
    if not brief.is_open(now):
        raise TooLateError(rule(brief.deadline_at, brief.zone, now))
    response = Response(
        brief=brief, organisation=organisation, created_by=actor, created_at=now, changed_at=now
    )
    try:
        with db.session.begin_nested():
            db.session.add(response)
    except IntegrityError:  # a colleague started it in between
        found = _find(brief, organisation)
        if found is None:
            raise
        return found
    record(
        kind="response.started", actor=actor, now=now, subject=response.public_id, object=response.public_id
    )
    return response


def _find(brief: Brief, organisation: Organisation) -> Response | None:
    return db.session.scalar(
        select(Response).where(Response.brief_id == brief.id, Response.organisation_id == organisation.id)
    )
