"""Reading responses. Each loads all its page shows in a fixed number of queries."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from rfp.briefs.models import Brief, Question
from rfp.db import db
from rfp.responses.models import Answer, RequirementTick, Response, ResponseFile, Submission


@dataclass(frozen=True)
class ResponseRow:
    """A line of the agency's list."""

    response: Response
    answered: int
    asked: int


def rows_of(organisation_ids: Collection[int]) -> list[ResponseRow]:
    """The responses of these agencies, those due soonest first."""
    responses = db.session.scalars(
        select(Response)
        .join(Response.brief)
        .where(Response.organisation_id.in_(organisation_ids))
        .options(
            joinedload(Response.brief).joinedload(Brief.organisation),
            joinedload(Response.organisation),
            selectinload(Response.submissions).defer(Submission.content),
        )
        .order_by(Brief.deadline_at.desc(), Response.id)
    ).all()
    answered, asked = _answered(responses), _asked(responses)
    return [ResponseRow(r, answered.get(r.id, 0), asked.get(r.brief_id, 0)) for r in responses]


def _answered(responses: Sequence[Response]) -> dict[int, int]:
    """Answers and question files by response id."""
    ids = [r.id for r in responses]
    texts = (
        select(Answer.response_id, func.count())
        .where(Answer.response_id.in_(ids))
        .group_by(Answer.response_id)
    )
    files = (
        select(ResponseFile.response_id, func.count())
        .where(ResponseFile.response_id.in_(ids), ResponseFile.slot.startswith("question:"))
        .group_by(ResponseFile.response_id)
    )
    counts = {row[0]: row[1] for row in db.session.execute(texts)}
    for row in db.session.execute(files):
        counts[row[0]] = counts.get(row[0], 0) + row[1]
    return counts


def _asked(responses: Sequence[Response]) -> dict[int, int]:
    """Written questions by brief id."""
    query = (
        select(Question.brief_id, func.count())
        .where(Question.brief_id.in_({r.brief_id for r in responses}), Question.stage == "written")
        .group_by(Question.brief_id)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


def load_whole(response: Response) -> Response:
    """The response with everything its pages show, so that none of them asks row by row."""
    db.session.flush()
    brief = joinedload(Response.brief)
    db.session.scalars(
        select(Response)
        .where(Response.id == response.id)
        .options(
            selectinload(Response.answers).joinedload(Answer.question),
            selectinload(Response.ticks).joinedload(RequirementTick.requirement),
            selectinload(Response.files).joinedload(ResponseFile.stored),
            selectinload(Response.submissions),
            brief.joinedload(Brief.organisation),
            brief.selectinload(Brief.sections),
            brief.selectinload(Brief.questions).joinedload(Question.criterion),
            brief.selectinload(Brief.requirements),
            brief.selectinload(Brief.document_requests),
        )
    ).one()
    return response
