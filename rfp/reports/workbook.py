"""What the comparison workbook holds beside the ranking."""

from datetime import datetime
from fractions import Fraction

from rfp.audit.labels import kind_label
from rfp.audit.queries import count_of, events_of
from rfp.briefs.models import Brief
from rfp.evaluation import queries
from rfp.evaluation.matrix import evaluator_keys
from rfp.reports.answers import answers_to
from scoring.workbook import Extras


def extras_of(brief: Brief, *, with_record: bool, now: datetime) -> Extras:
    """Comments and instants of the marks handed in, the budget announced, and the record for those who may read it.

    Marks not handed in yet are not asked for.
    """
    panel = queries.panel_of(brief)
    keys = evaluator_keys(panel)
    opened = queries.bids_of(brief)
    bids = {bid.id: bid.public_id for bid in opened}
    criteria = {criterion.id: criterion.key for criterion in brief.criteria}
    marks = {
        (bids[mark.bid_id], criteria[mark.criterion_id], keys[mark.panel_member_id]): mark
        for mark in queries.handed_in_marks(brief)
    }
    return Extras(
        reference=brief.reference,
        buyer=brief.organisation.name,
        made_at=now.astimezone(brief.time_zone).replace(tzinfo=None, microsecond=0),
        estimate=Fraction(brief.estimate) if brief.estimate is not None else None,
        comments={place: mark.comment for place, mark in marks.items() if mark.comment},
        evidence={place: mark.evidence for place, mark in marks.items() if mark.evidence},
        handed_in={
            keys[member.id]: member.handed_in_at.astimezone(brief.time_zone).replace(tzinfo=None, microsecond=0)
            for member in panel
            if member.handed_in_at is not None
        },
        events=_events(brief) if with_record else (),
        answers=answers_to(brief, opened),
    )


def _events(brief: Brief) -> tuple[tuple[datetime, str, str], ...]:
    """The record, oldest first, on the clocks of the brief's zone."""
    found = events_of(subject=brief.public_id, limit=count_of(subject=brief.public_id))
    return tuple(
        (
            event.at.astimezone(brief.time_zone).replace(tzinfo=None, microsecond=0),
            event.actor_name,
            kind_label(event.kind),
        )
        for event in reversed(found)
    )
