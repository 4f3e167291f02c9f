"""Reading responses."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from rfp.accounts.models import Organisation, User
from rfp.briefs.models import Brief, Criterion, Question
from rfp.db import db
from rfp.responses.models import Answer, RequirementTick, Response, ResponseFile, Submission
from rfp.vocabulary import OrganisationKind


def responses_of(user: User) -> Sequence[Response]:
    """The responses of the person's agencies, the latest deadline first, with what the list shows."""
    agencies = [o.id for o in user.organisations(OrganisationKind.AGENCY)]
    return db.session.scalars(
        select(Response)
        .where(Response.organisation_id.in_(agencies))
        .options(
            joinedload(Response.brief).joinedload(Brief.organisation),
            joinedload(Response.organisation),
            selectinload(Response.submissions).load_only(
                Submission.number, Submission.received_at, Submission.response_id
            ),
        )
        .join(Brief)
        .order_by(Brief.deadline_at.desc(), Response.id.desc())
    ).all()


def response_of(brief: Brief, agency: Organisation) -> Response | None:
    """An agency's response to a brief."""
    return db.session.scalar(
        select(Response).where(Response.brief_id == brief.id, Response.organisation_id == agency.id)
    )


def load_whole(response: Response) -> Response:
    """The same response with its answers, ticks, files and submissions, and what its brief asks."""
    db.session.scalars(  # fetched: only then is anything loaded
        select(Response)
        .where(Response.id == response.id)
        .options(
            selectinload(Response.answers).joinedload(Answer.question),
            selectinload(Response.ticks).joinedload(RequirementTick.requirement),
            selectinload(Response.files).joinedload(ResponseFile.stored),
            selectinload(Response.submissions),
        )
    ).one()
    db.session.scalars(
        select(Brief)
        .where(Brief.id == response.brief_id)
        .options(
            selectinload(Brief.sections),
            selectinload(Brief.criteria).selectinload(Criterion.children),
            selectinload(Brief.questions).joinedload(Question.criterion),
            selectinload(Brief.requirements),
            selectinload(Brief.document_requests),
            selectinload(Brief.milestones),
        )
    ).one()
    return response


def answers_of(response: Response) -> dict[str, Any]:
    """Question key → value; what the brief prefilled where nothing was saved."""
    values = {q.key: q.definition["initial"] for q in response.brief.questions if q.definition.get("initial")}
    return values | {a.question.key: a.value for a in response.answers}


def standing_submissions(brief: Brief) -> list[Submission]:
    """The submissions that stand, in the order received: the latest of each response not withdrawn."""
    latest = select(func.max(Submission.id)).group_by(Submission.response_id)
    return list(
        db.session.scalars(
            select(Submission)
            .join(Response)
            .where(Response.brief_id == brief.id, Response.withdrawn_at.is_(None), Submission.id.in_(latest))
            .options(joinedload(Submission.response).joinedload(Response.organisation))
            .order_by(Submission.received_at, Submission.id)
        )
    )
