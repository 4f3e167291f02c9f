"""Reading briefs."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from rfp.accounts.models import User
from rfp.briefs.models import Brief, BriefSection, Criterion, Question
from rfp.db import db
from rfp.vocabulary import OrganisationKind, Role

PUBLIC = ("invited",)


def briefs_of(user: User, *, offset: int = 0, limit: int = 50) -> Sequence[Brief]:
    """The briefs of the organisations where the person does more than mark, newest first."""
    return db.session.scalars(
        select(Brief)
        .where(Brief.organisation_id.in_(_reading_organisations(user)))
        .options(joinedload(Brief.organisation))
        .order_by(Brief.created_at.desc(), Brief.id.desc())
        .offset(offset)
        .limit(limit)
    ).all()


def count_briefs_of(user: User) -> int:
    """How many ``briefs_of`` has in all."""
    return db.session.scalar(select(func.count()).where(Brief.organisation_id.in_(_reading_organisations(user)))) or 0


def _reading_organisations(user: User) -> list[int]:
    kind = OrganisationKind.BUYER
    return [m.organisation_id for m in user.memberships if m.organisation.kind == kind and m.role != Role.EVALUATOR]


def open_briefs(now: datetime, *, offset: int = 0, limit: int = 50) -> Sequence[Brief]:
    """What anybody may answer now, the nearest deadline first."""
    return db.session.scalars(
        select(Brief)
        .where(Brief.published_at.is_not(None), Brief.deadline_at > now)
        .options(joinedload(Brief.organisation))
        .order_by(Brief.deadline_at, Brief.id)
        .offset(offset)
        .limit(limit)
    ).all()


def count_open_briefs(now: datetime) -> int:
    """How many ``open_briefs`` has in all."""
    open_now = select(func.count()).where(Brief.published_at.is_not(None), Brief.deadline_at > now)
    return db.session.scalar(open_now) or 0


def published_brief(public_id: str) -> Brief | None:
    """A brief anybody may read."""
    return db.session.scalar(
        select(Brief)
        .where(Brief.public_id == public_id, Brief.published_at.is_not(None))
        .options(joinedload(Brief.organisation))
    )


def load_whole(brief: Brief) -> Brief:
    """The same brief with all that hangs on it, in a fixed number of queries."""
    db.session.scalars(  # fetched: only then is anything loaded
        select(Brief)
        .where(Brief.id == brief.id)
        .options(
            selectinload(Brief.sections),
            selectinload(Brief.scales),
            selectinload(Brief.criteria).selectinload(Criterion.children),
            selectinload(Brief.questions).joinedload(Question.criterion),
            selectinload(Brief.requirements),
            selectinload(Brief.document_requests),
            selectinload(Brief.milestones),
        )
    ).one()
    return brief


def section(brief: Brief, key: str) -> BriefSection | None:
    """One section."""
    return db.session.scalar(select(BriefSection).where(BriefSection.brief_id == brief.id, BriefSection.key == key))


def public_fields(section: BriefSection) -> list[dict[str, object]]:
    """The definitions a provider may read: not the internal ones, nor what waits for the confidentiality agreement."""
    return [f for f in section.fields if f.get("visibility") in PUBLIC]
