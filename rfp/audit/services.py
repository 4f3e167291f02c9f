"""Writing to the record."""

import json
from datetime import UTC, datetime
from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from rfp.audit.chain import GENESIS, Link, digest
from rfp.audit.models import AuditEvent, AuditHead
from rfp.db import db


class Actor(Protocol):
    """Whoever acts: a user. ``None`` stands for the system."""

    @property
    def public_id(self) -> str: ...
    @property
    def name(self) -> str: ...


def instant_text(at: datetime) -> str:
    """ISO 8601 in UTC to the microsecond, as it is hashed."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def link_of(event: AuditEvent) -> Link:
    """An event as the chain sees it."""
    names = [n for n in Link.__dataclass_fields__ if n != "at"]
    return Link(at=instant_text(event.at), **{n: getattr(event, n) for n in names})


def _locked_head() -> AuditHead | None:
    """The end of the chain as it stands now, held until the transaction ends."""
    query = select(AuditHead).with_for_update().execution_options(populate_existing=True)
    return db.session.scalar(query)


def _first_head() -> AuditHead:
    """The chain's beginning; where another transaction has just made it, its end."""
    try:
        with db.session.begin_nested():
            db.session.add(AuditHead(id=1, sequence=0, hash=GENESIS))
    except IntegrityError:
        pass
    head = _locked_head()
    if head is None:
        raise RuntimeError("the record has no head")
    return head


def record(
    *,
    kind: str,
    actor: Actor | None,
    now: datetime,
    subject: str = "",
    object: str = "",
    data: dict[str, Any] | None = None,
) -> AuditEvent:
    """Add one event to the chain, in the caller's transaction; flushes.

    ``kind`` is ``thing.verb`` in the past (``brief.published``). ``subject`` is the public id of the
    consultation, ``object`` that of the thing changed. ``data`` must be plain JSON and hold no secret.
    """
    head = _locked_head() or _first_head()
    event = AuditEvent(
        sequence=head.sequence + 1,
        at=now,
        kind=kind,
        actor_id=actor.public_id if actor else "",
        actor_name=actor.name if actor else "",
        subject=subject,
        object=object,
        data=json.loads(json.dumps(data or {})),  # as it will be read again, for that is what is hashed
        previous=head.hash,
    )
    event.hash = digest(link_of(event))
    head.sequence, head.hash = event.sequence, event.hash
    db.session.add(event)
    db.session.flush()
    return event
