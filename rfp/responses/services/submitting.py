"""Submitting a response, and taking it back."""

from datetime import datetime

from flask_babel import gettext as _

from rfp.accounts.models import User
from rfp.audit.services import record
from rfp.db import db
from rfp.errors import GrilleError, IllegalMoveError
from rfp.mail import send_after_commit
from rfp.responses.content import content_of, digest
from rfp.responses.models import Response, Submission
from rfp.responses.problems import Problem, blocking, problems_of
from rfp.responses.receipts import receipt_mail
from rfp.responses.services.locking import lock, refuse_after_deadline
from rfp.vocabulary import ResponseStatus


class IncompleteError(GrilleError):
    """Something is missing; ``problems`` says what."""

    status = 422

    def __init__(self, message: str, problems: list[Problem]) -> None:
        super().__init__(message)
        self.problems = problems


def submit(*, response: Response, actor: User, now: datetime) -> Submission:
    """Submit the draft as it stands; flushes, and mails the receipt to ``actor`` after the commit.

    The same draft submitted again gives the submission that stands, and no second mail. Raises
    TooLateError at the deadline or after, and IncompleteError.
    """
    response = lock(response)
    refuse_after_deadline(response, now)
    content = content_of(response)
    sha256 = digest(content)
    if response.submission is not None and response.submission.sha256 == sha256:
        return response.submission
    missing = blocking(problems_of(response))
    if missing:
        raise IncompleteError(_("Your response is not complete yet: it was not submitted."), missing)
    submission = Submission(
        response=response,
        number=len(response.submissions) + 1,
        received_at=now,
        submitted_by_name=actor.name,
        brief_version=response.brief.version,
        content=content,
        sha256=sha256,
    )
    db.session.add(submission)
    response.withdrawn_at = None
    response.changed_at = now
    db.session.flush()
    _note(response, "response.submitted", actor, now, {"number": submission.number, "sha256": sha256})
    subject, body = receipt_mail(submission)
    send_after_commit(to=actor.email, subject=subject, body=body)
    return submission


def withdraw(*, response: Response, actor: User, now: datetime) -> None:
    """Take back what was submitted, until the deadline; the draft stays. A second time does nothing.

    Raises TooLateError, and IllegalMoveError where nothing was submitted.
    """
    response = lock(response)
    refuse_after_deadline(response, now)
    if response.withdrawn_at is not None:
        return
    if response.submission is None:
        raise IllegalMoveError(
            _("Nothing was submitted yet: there is nothing to withdraw."),
            origin=ResponseStatus.DRAFT,
            target=ResponseStatus.WITHDRAWN,
        )
    number = response.submission.number
    response.withdrawn_at = response.changed_at = now
    db.session.flush()
    _note(response, "response.withdrawn", actor, now, {"number": number})


def _note(response: Response, kind: str, actor: User, now: datetime, data: dict[str, object]) -> None:
    """In the consultation's record: that something was received, never what."""
    record(
        kind=kind,
        actor=actor,
        now=now,
        subject=response.brief.public_id,
        object=response.public_id,
        data=data,
    )
