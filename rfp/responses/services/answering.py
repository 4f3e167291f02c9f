"""Saving answers and declarations as they are written."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from rfp.accounts.models import User
from rfp.audit.services import record
from rfp.briefs import fields
from rfp.briefs.models import Question
from rfp.db import db
from rfp.errors import StaleError
from rfp.responses.content import ticks_of, written_questions
from rfp.responses.models import Answer, RequirementTick, Response
from rfp.responses.services.locking import lock, refuse_after_deadline
from rfp.responses.tokens import fingerprint, token, untouched


def save_answers(
    *, response: Response, values: dict[str, Any], shown: dict[str, str], actor: User, now: datetime
) -> list[str]:
    """Save the answers that differ from what stands; the keys of those. Flushes.

    ``values`` by question key, as ``briefs.fields.values_of`` gives them. ``shown`` by question key: the
    token (see ``tokens``) of what the page was made from. A text that comes back as shown leaves what a
    colleague wrote since. Raises TooLateError, and StaleError (nothing saved) whose ``theirs`` maps each
    key in conflict to the Answer that stands, or None where it was cleared.
    """
    response = lock(response)
    refuse_after_deadline(response, now)
    questions = {q.key: q for q in written_questions(response.brief) if q.definition["type"] != "file"}
    standing = {a.question.key: a for a in response.answers}
    changed = [
        key
        for key, value in values.items()
        if key in questions and _is_changed(value, standing.get(key), shown.get(key, ""))
    ]
    _refuse_stale(changed, standing, shown)
    for key in changed:
        _keep(response, questions[key], standing.get(key), values[key], actor, now)
    if changed:
        response.changed_at = now
        db.session.flush()
        db.session.expire(response, ["answers"])
        data = {"questions": changed}
        record(kind="response.answered", actor=actor, now=now, subject=response.public_id, data=data)
    return changed


def _is_changed(value: Any, standing: Answer | None, shown: str) -> bool:
    kept = standing.value if standing else None
    return fingerprint(value) != fingerprint(kept) and not untouched(shown, value)


def _refuse_stale(changed: list[str], standing: dict[str, Answer], shown: dict[str, str]) -> None:
    theirs = {
        key: standing.get(key) for key in changed if shown.get(key, token(None)) != token(standing.get(key))
    }
    if theirs:
        raise StaleError(_("Somebody else changed this in the meantime. Nothing of yours is lost."), theirs)


def _keep(
    response: Response, question: Question, answer: Answer | None, value: Any, actor: User, now: datetime
) -> None:
    if fields.is_blank(value):
        if answer is not None:
            db.session.delete(answer)
        return
    if answer is None:
        answer = Answer(response_id=response.id, question=question)
        db.session.add(answer)
    answer.value, answer.saved_at, answer.saved_by_name = value, now, actor.name


def tick_requirements(
    *, response: Response, ticks: dict[str, bool], shown: str, actor: User, now: datetime
) -> list[str]:
    """Keep what the agency declares of the requirements in ``ticks``; the keys that changed. Flushes.

    ``shown`` is ``ticks_token`` of what the page was made from. Raises TooLateError and StaleError (whose
    ``theirs`` is what stands, by requirement key).
    """
    response = lock(response)
    refuse_after_deadline(response, now)
    requirements = {r.key: r for r in response.brief.requirements}
    standing = ticks_of(response)
    changed = [k for k, met in ticks.items() if k in requirements and standing.get(k) is not met]
    if not changed:
        return []
    if shown != fingerprint(standing):
        raise StaleError(
            _("Somebody else changed this in the meantime. Nothing of yours is lost."), dict(standing)
        )
    rows = {t.requirement.key: t for t in response.ticks}
    for key in changed:
        if key in rows:
            rows[key].met = ticks[key]
        else:
            tick = RequirementTick(response_id=response.id, requirement=requirements[key], met=ticks[key])
            db.session.add(tick)
    response.changed_at = now
    db.session.flush()
    db.session.expire(response, ["ticks"])
    data = {"requirements": {k: ticks[k] for k in changed}}
    record(kind="response.declared", actor=actor, now=now, subject=response.public_id, data=data)
    return changed


def ticks_token(response: Response) -> str:
    """What the page of requirements was made from."""
    return fingerprint(ticks_of(response))
