"""Reading the evaluation. What a person may not see is not asked for."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from rfp.accounts.models import Membership, User
from rfp.briefs.models import Brief, Criterion
from rfp.db import db
from rfp.evaluation.models import Bid, GateCheck, Mark, PanelMember
from rfp.vocabulary import BidStatus


def bids_of(brief: Brief) -> Sequence[Bid]:
    """The opened responses in the order received, with submission and gate checks."""
    return db.session.scalars(
        select(Bid)
        .where(Bid.brief_id == brief.id)
        .options(joinedload(Bid.submission), selectinload(Bid.gates).joinedload(GateCheck.requirement))
        .order_by(Bid.position)
    ).all()


def admitted_bids(brief: Brief) -> list[Bid]:
    """Those to be marked."""
    return [bid for bid in bids_of(brief) if bid.status == BidStatus.ADMITTED]


def panel_of(brief: Brief) -> Sequence[PanelMember]:
    """The panel, in the order named."""
    return db.session.scalars(
        select(PanelMember)
        .where(PanelMember.brief_id == brief.id)
        .options(joinedload(PanelMember.user))
        .order_by(PanelMember.id)
    ).all()


def have_marked(brief: Brief) -> set[int]:
    """The row ids of the members who have given at least one mark."""
    marked = select(Mark.panel_member_id).join(PanelMember).where(PanelMember.brief_id == brief.id).distinct()
    return set(db.session.scalars(marked))


def candidates_for(brief: Brief) -> list[Membership]:
    """Members of the buyer who are not on the panel."""
    named = select(PanelMember.user_id).where(PanelMember.brief_id == brief.id)
    return list(
        db.session.scalars(
            select(Membership)
            .where(Membership.organisation_id == brief.organisation_id, Membership.user_id.not_in(named))
            .options(joinedload(Membership.user))
            .order_by(Membership.id)
        )
    )


def own_marks(member: PanelMember, criterion: Criterion | None = None) -> dict[tuple[int, int], Mark]:
    """(bid id, criterion id) → the member's own mark; of one criterion where given."""
    query = select(Mark).where(Mark.panel_member_id == member.id)
    if criterion is not None:
        query = query.where(Mark.criterion_id == criterion.id)
    return {(m.bid_id, m.criterion_id): m for m in db.session.scalars(query)}


def handed_in_marks(brief: Brief) -> Sequence[Mark]:
    """The marks that count: those of members who have handed in."""
    return db.session.scalars(
        select(Mark)
        .join(PanelMember)
        .where(PanelMember.brief_id == brief.id, PanelMember.handed_in_at.is_not(None))
        .options(joinedload(Mark.panel_member))
    ).all()


def evaluations_of(user: User) -> list[tuple[Brief, PanelMember, int, int]]:
    """(brief, place on the panel, own marks, marks to give) for each consultation the person marks."""
    members = db.session.scalars(
        select(PanelMember)
        .where(PanelMember.user_id == user.id)
        .options(joinedload(PanelMember.brief).joinedload(Brief.organisation))
        .order_by(PanelMember.id.desc())
    ).all()
    briefs = [m.brief_id for m in members]
    given = _counts(
        select(PanelMember.brief_id, func.count(Mark.id))
        .join(Mark)
        .where(PanelMember.user_id == user.id, Mark.value.is_not(None)),
        PanelMember.brief_id,
    )
    bids = _counts(
        select(Bid.brief_id, func.count()).where(Bid.brief_id.in_(briefs), Bid.status == BidStatus.ADMITTED),
        Bid.brief_id,
    )
    leaves = _counts(
        select(Criterion.brief_id, func.count()).where(Criterion.brief_id.in_(briefs), Criterion.scale_id.is_not(None)),
        Criterion.brief_id,
    )
    return [
        (m.brief, m, given.get(m.brief_id, 0), bids.get(m.brief_id, 0) * leaves.get(m.brief_id, 0)) for m in members
    ]


def _counts(query, group) -> dict[int, int]:  # type: ignore[no-untyped-def]
    return {row[0]: row[1] for row in db.session.execute(query.group_by(group))}


def load_grid(brief: Brief) -> Brief:
    """The same brief with its criteria, scales, questions, requirements and documents."""
    db.session.scalars(  # fetched: only then is anything loaded
        select(Brief)
        .where(Brief.id == brief.id)
        .options(
            selectinload(Brief.criteria).selectinload(Criterion.children),
            selectinload(Brief.criteria).joinedload(Criterion.scale),
            selectinload(Brief.questions),
            selectinload(Brief.sections),
            selectinload(Brief.requirements),
            selectinload(Brief.document_requests),
        )
    ).one()
    return brief
