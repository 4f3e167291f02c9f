"""Building consultations: every act in the order of time, whichever consultation it belongs to."""

import heapq
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from sqlalchemy import func, select

from rfp.accounts.models import User
from rfp.briefs.models import Brief
from rfp.db import db
from rfp.demonstration.answering import answer_brief, plans
from rfp.demonstration.consultation import Consultation
from rfp.demonstration.dates import Stage
from rfp.demonstration.judging import SITTINGS, mark_bids, open_and_check
from rfp.demonstration.people import gather
from rfp.demonstration.writing import write_brief

# Every page then has something to show, in either language.
LANGUAGE_OF = {Stage.RANKED: "fr", Stage.EVALUATION: "en", Stage.OPEN: "fr", Stage.DRAFT: "en"}
ACCOUNTS_OPENED = timedelta(days=70)


def is_empty() -> bool:
    """Whether the database has no account at all."""
    return db.session.scalar(select(func.count()).select_from(User)) == 0


def build(stages: dict[Stage, str], *, language: str, now: datetime) -> list[Consultation]:
    """A consultation for each stage, in the language given for it; new accounts read in ``language``.

    Flushes; the caller commits.
    """
    people = gather(language=language, now=now - ACCOUNTS_OPENED)
    before = db.session.scalar(select(func.count()).where(Brief.organisation_id == people.buyer.id)) or 0
    made = [
        Consultation(people, stage, words, f"VO-{now.year}-{before + number:02d}", now)
        for number, (stage, words) in enumerate(stages.items(), start=1)
    ]
    _run([script for consultation in made for script in _scripts(consultation)])
    return made


def _scripts(consultation: Consultation) -> Iterator[Iterator[datetime]]:
    """What each side does. A script yields an instant, waits for it, and acts."""
    yield write_brief(consultation)
    for agency, plan in plans(consultation.stage).items():
        yield answer_brief(consultation, agency, plan)
    if sittings := SITTINGS.get(consultation.stage):
        yield open_and_check(consultation)
        for evaluator, sitting in zip(consultation.people.evaluators, sittings, strict=True):
            if sitting is not None:
                yield mark_bids(consultation, evaluator, sitting)


def _run(scripts: Iterable[Iterator[datetime]]) -> None:
    """Wake the scripts in the order of their instants, so that the record reads in the order of time."""
    waiting = [(next(script), index, script) for index, script in enumerate(scripts)]
    heapq.heapify(waiting)
    while waiting:
        _at, index, script = heapq.heappop(waiting)
        upcoming = next(script, None)
        if upcoming is not None:
            heapq.heappush(waiting, (upcoming, index, script))
