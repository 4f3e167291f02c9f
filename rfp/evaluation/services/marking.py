"""Marks, given alone, locked when handed in."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from rfp.accounts.models import User
from rfp.audit.services import record
from rfp.briefs.models import Brief, Criterion
from rfp.db import db
from rfp.errors import IllegalMoveError, InvalidError, StaleError
from rfp.evaluation import queries
from rfp.evaluation.models import Bid, Mark, PanelMember
from rfp.vocabulary import BidStatus


@dataclass(frozen=True)
class Left:
    """A mark still to give, or to comment."""

    bid: Bid
    criterion: Criterion
    message: str


@dataclass(frozen=True)
class Given:
    """What an evaluator gives a bid on a criterion."""

    value: Decimal | None = None
    comment: str = ""
    evidence: str = ""

    @classmethod
    def of(cls, mark: Mark | None) -> "Given":
        """What stands; nothing where there is no mark."""
        return cls(mark.value, mark.comment, mark.evidence) if mark else cls()


def _lock(member: PanelMember) -> None:
    """Hold the member's row until the transaction ends: handing in and marking wait for each other."""
    fresh = (
        select(PanelMember)
        .where(PanelMember.id == member.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    db.session.scalars(fresh).one()  # fetched: only then is the member as it stands now
    if member.handed_in_at is not None:
        raise IllegalMoveError(_("Your marks are handed in, and locked."), origin="handed_in", target="marking")


def save_mark(
    *,
    actor: User,
    member: PanelMember,
    bid: Bid,
    criterion: Criterion,
    value: Decimal | None,
    comment: str,
    seen: int,
    now: datetime,
    evidence: str | None = None,
) -> Mark | None:
    """One mark with its comment; ``seen`` is the version the page showed, 0 for none.

    ``evidence`` None leaves what stands.

    Raises IllegalMoveError once handed in, InvalidError for a mark off the scale or a bid not to be
    marked, StaleError where another page of the same evaluator saved in between.
    """
    _lock(member)
    if bid.status != BidStatus.ADMITTED or criterion.scale is None:
        raise InvalidError(_("This bid is not to be marked on this criterion."))
    if value is not None and value not in {Decimal(p["value"]) for p in criterion.scale.points}:
        raise InvalidError(_("%(name)s: choose one of the marks of the scale.", name=bid.name))
    mark = db.session.scalar(
        select(Mark).where(Mark.bid_id == bid.id, Mark.criterion_id == criterion.id, Mark.panel_member_id == member.id)
    )
    standing = Given.of(mark)
    wanted = Given(value, comment, standing.evidence if evidence is None else evidence)
    if wanted == standing:
        return mark
    if seen != (mark.version if mark else 0):
        message = _("You saved this mark in another window in the meantime.")
        raise StaleError(message, theirs={"value": standing.value, "comment": standing.comment})
    if mark is None:
        mark = Mark(bid_id=bid.id, criterion_id=criterion.id, panel_member_id=member.id)
        db.session.add(mark)
    return _write(mark, wanted, now)


def _write(mark: Mark, given: Given, now: datetime) -> Mark:
    mark.value, mark.comment, mark.evidence, mark.marked_at = given.value, given.comment, given.evidence, now
    try:
        db.session.flush()
    except IntegrityError as error:
        raise StaleError(_("You saved this mark in another window in the meantime.")) from error
    return mark


def marks_digest(marks: dict[tuple[int, int], Mark]) -> dict[str, Any]:
    """How many marks, and the SHA-256 of their canonical JSON: bid, criterion, mark, comment, evidence, in order of rows.

    It goes into the record without a word of the marks, so that a later change of one can be shown.
    """
    lines = [
        [bid, criterion, str(mark.value), mark.comment, mark.evidence]
        for (bid, criterion), mark in sorted(marks.items())
    ]
    text = json.dumps(lines, ensure_ascii=False, separators=(",", ":"))
    return {"marks": len(lines), "sha256": hashlib.sha256(text.encode()).hexdigest()}


def left_to_mark(brief: Brief, member: PanelMember) -> list[Left]:
    """What stands between the member and handing in: every mark needs to be given, and commented."""
    marks = queries.own_marks(member)
    bids = queries.admitted_bids(brief)
    left = []
    for criterion in brief.leaves:
        for bid in bids if criterion.is_marked else []:
            mark = marks.get((bid.id, criterion.id))
            if mark is None or mark.value is None:
                left.append(Left(bid, criterion, _("Not marked")))
            elif not mark.comment.strip():
                left.append(Left(bid, criterion, _("No comment")))
    return left


def hand_in(*, actor: User, brief: Brief, member: PanelMember, now: datetime) -> None:
    """Lock the member's marks. When the last one does, the consultation is ranked. Raises InvalidError, IllegalMoveError."""
    _lock(member)
    left = left_to_mark(brief, member)
    if left:
        raise InvalidError(_("Some marks or comments are missing: see the list."))
    member.handed_in_at = now
    db.session.flush()
    data = marks_digest(queries.own_marks(member))
    record(
        kind="marks.handed_in",
        actor=actor,
        now=now,
        subject=brief.public_id,
        object=member.public_id,
        data=data,
    )
    waiting = select(PanelMember.id).where(PanelMember.brief_id == brief.id, PanelMember.handed_in_at.is_(None))
    if db.session.scalar(waiting) is None:
        brief.ranked_at = now
        db.session.flush()
        record(kind="evaluation.ranked", actor=None, now=now, subject=brief.public_id)
