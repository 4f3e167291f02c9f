"""Reading the record."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import func, select

from rfp.audit.chain import GENESIS, Link, verify
from rfp.audit.models import AuditEvent, AuditHead
from rfp.audit.services import link_of
from rfp.db import db


def events_of(
    *, subject: str, kind: str = "", actor: str = "", offset: int = 0, limit: int = 50
) -> Sequence[AuditEvent]:
    """The events of a consultation, newest first; ``kind`` and ``actor`` narrow them when given."""
    query = select(AuditEvent).where(AuditEvent.subject == subject)
    if kind:
        query = query.where(AuditEvent.kind == kind)
    if actor:
        query = query.where(AuditEvent.actor_name == actor)
    return db.session.scalars(query.order_by(AuditEvent.sequence.desc()).offset(offset).limit(limit)).all()


def count_of(*, subject: str, kind: str = "", actor: str = "") -> int:
    """How many events ``events_of`` has in all."""
    query = select(func.count()).select_from(AuditEvent).where(AuditEvent.subject == subject)
    if kind:
        query = query.where(AuditEvent.kind == kind)
    if actor:
        query = query.where(AuditEvent.actor_name == actor)
    return db.session.scalar(query) or 0


def kinds_and_actors(subject: str) -> tuple[list[str], list[str]]:
    """What the record of a consultation can be narrowed to."""
    kinds = db.session.scalars(select(AuditEvent.kind).where(AuditEvent.subject == subject).distinct())
    actors = db.session.scalars(select(AuditEvent.actor_name).where(AuditEvent.subject == subject).distinct())
    return sorted(kinds), sorted(name for name in actors if name)


def head() -> tuple[int, str]:
    """The last event's sequence and hash, as the head says: noted down elsewhere, it anchors the chain."""
    found = db.session.scalar(select(AuditHead))
    return (found.sequence, found.hash) if found else (0, GENESIS)


def _links() -> Iterator[Link]:
    query = select(AuditEvent).order_by(AuditEvent.sequence).execution_options(yield_per=500)
    return (link_of(event) for event in db.session.scalars(query))


def faults(anchor: tuple[int, str] | None = None) -> list[str]:
    """What is wrong with the whole chain; empty where it holds."""
    return verify(_links(), head(), anchor)


def exported() -> Iterator[dict[str, Any]]:
    """The whole record as plain JSON, an event at a time, and its head at the end: what tools/verify_record.py reads."""
    yield from (asdict(link) for link in _links())
    sequence, last = head()
    yield {"head": {"sequence": sequence, "hash": last}}
