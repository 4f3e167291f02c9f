"""One writer of a response at a time, and only while the brief takes responses."""

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select

from rfp.db import db
from rfp.errors import NotFoundError, TooLateError
from rfp.i18n import instant
from rfp.responses.models import Response


def lock(response: Response) -> Response:
    """The response as it stands in the database, kept from other writers until the end of the transaction."""
    db.session.flush()
    found = db.session.scalar(
        select(Response)
        .where(Response.id == response.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFoundError
    db.session.expire(found, ["answers", "ticks", "files", "submissions"])
    return found


def rule(deadline: datetime, zone: str, now: datetime) -> str:
    """The rule of the deadline, and where the clock stands, as told to whoever comes too late."""
    return _(
        "A response must be received in full before %(deadline)s. It is now %(now)s.",
        deadline=instant(deadline, zone),
        now=instant(now, zone),
    )


def refuse_after_deadline(response: Response, now: datetime) -> None:
    """Raise TooLateError, with the rule, unless ``now`` is strictly before the brief's deadline."""
    brief = response.brief
    if not brief.is_open(now):
        if brief.deadline_at is None:
            raise NotFoundError
        raise TooLateError(rule(brief.deadline_at, brief.zone, now))
