"""Naming the panel, and opening the responses."""

import hashlib
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from rfp.accounts.models import Membership, User
from rfp.audit.services import record
from rfp.briefs.models import Brief
from rfp.db import db
from rfp.errors import IllegalMoveError, InvalidError, NotFoundError
from rfp.evaluation.models import Bid, Mark, PanelMember
from rfp.i18n import instant
from rfp.responses.queries import standing_submissions
from rfp.responses.services import canonical
from rfp.vocabulary import BriefStage


def name_evaluator(*, actor: User, brief: Brief, user_id: str, now: datetime) -> PanelMember:
    """Put a member of the buyer on the panel. Raises NotFoundError, or InvalidError once everyone has handed in."""
    if brief.ranked_at is not None:
        raise InvalidError(_("All marks are in: the panel can no longer change."))
    query = (
        select(User)
        .join(Membership)
        .where(Membership.organisation_id == brief.organisation_id, User.public_id == user_id)
    )
    user = db.session.scalar(query)
    if user is None:
        raise NotFoundError
    member = PanelMember(brief_id=brief.id, user_id=user.id, named_at=now)
    try:
        with db.session.begin_nested():
            db.session.add(member)
    except IntegrityError as error:
        raise InvalidError(_("%(name)s is already on the panel.", name=user.name)) from error
    record(
        kind="panel.evaluator_named",
        actor=actor,
        now=now,
        subject=brief.public_id,
        object=user.public_id,
        data={"name": user.name},
    )
    return member


def remove_evaluator(*, actor: User, brief: Brief, member_id: str, now: datetime) -> None:
    """Take somebody off the panel who has marked nothing. Raises NotFoundError, InvalidError."""
    member = db.session.scalar(
        select(PanelMember).where(PanelMember.brief_id == brief.id, PanelMember.public_id == member_id)
    )
    if member is None:
        raise NotFoundError
    if db.session.scalar(select(func.count()).where(Mark.panel_member_id == member.id)):
        raise InvalidError(_("This evaluator has given marks, and marks are never deleted."))
    data = {"name": member.user.name}
    db.session.delete(member)
    db.session.flush()
    record(
        kind="panel.evaluator_removed",
        actor=actor,
        now=now,
        subject=brief.public_id,
        object=member_id,
        data=data,
    )


def open_responses(*, actor: User, brief: Brief, now: datetime) -> list[Bid]:
    """Open what was submitted, once, after the deadline, for whoever asks. Raises IllegalMoveError before it.

    Each content is hashed again and held against what its receipt says.
    """
    stage = brief.stage(now)
    if stage in (BriefStage.DRAFT, BriefStage.OPEN):
        when = instant(brief.deadline_at, brief.zone)
        message = (
            _("Nobody opens a response before the deadline, %(when)s.", when=when)
            if when
            else _("This brief is not published.")
        )
        raise IllegalMoveError(message, origin=str(stage), target="evaluation")
    if stage != BriefStage.CLOSED:
        raise IllegalMoveError(_("The responses are already open."), origin=str(stage), target="evaluation")
    bids = []
    for position, submission in enumerate(standing_submissions(brief)):
        if hashlib.sha256(canonical(submission.content)).hexdigest() != submission.sha256:
            raise InvalidError(
                _(
                    "The response of %(name)s does not match its receipt.",
                    name=submission.response.organisation.name,
                )
            )
        bids.append(
            Bid(
                brief_id=brief.id,
                submission_id=submission.id,
                name=submission.response.organisation.name,
                position=position,
            )
        )
    db.session.add_all(bids)
    brief.opened_at = now
    db.session.flush()
    opened = [{"bid": b.public_id, "name": b.name, "sha256": b.submission.sha256} for b in bids]
    record(
        kind="evaluation.opened",
        actor=actor,
        now=now,
        subject=brief.public_id,
        data={"count": len(bids), "responses": opened},
    )
    return bids
