"""A demonstration is legal data: complete, within every limit, ranked, and the same each time."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from rfp.audit import queries as audit
from rfp.briefs import fields, services
from rfp.briefs.models import Brief
from rfp.db import db
from rfp.demonstration.building import build
from rfp.demonstration.consultation import Consultation
from rfp.demonstration.dates import Stage
from rfp.documents.storage import path_of
from rfp.evaluation.matrix import evaluate
from rfp.evaluation.models import Bid, Mark, PanelMember
from rfp.evaluation.services import left_to_mark
from rfp.responses.models import Response
from rfp.responses.services import missing_in
from rfp.vocabulary import BidStatus, BriefStage, ResponseStatus

NOW = datetime(2027, 3, 9, 15, 30, tzinfo=UTC)
STAGES = {
    "draft": BriefStage.DRAFT,
    "open": BriefStage.OPEN,
    "evaluation": BriefStage.EVALUATION,
    "ranked": BriefStage.RANKED,
}


def built(stage: str, language: str, now: datetime = NOW) -> Consultation:
    """One consultation, committed and read again."""
    (consultation,) = build({Stage(stage): language}, language=language, now=now)
    db.session.commit()
    db.session.expire_all()
    return consultation


def responses_to(brief: Brief) -> list[Response]:
    """In the order begun."""
    return list(db.session.scalars(select(Response).where(Response.brief_id == brief.id).order_by(Response.id)))


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("stage", STAGES)
def test_each_stage_is_complete_in_each_language(context: Flask, stage: str, language: str) -> None:
    brief = built(stage, language).brief

    todo = [task.title for task in services.tasks(brief, NOW) if task.state != "done" and task.page != "timetable"]
    faults = [p for s in brief.sections for p in fields.problems(s.fields, s.values)]

    assert brief.stage(NOW) == STAGES[stage]
    assert brief.language == language
    assert (todo, faults) == ([], [])
    assert audit.faults() == []


@pytest.mark.parametrize("stage", ["draft", "open"])
def test_the_timetable_ends_about_three_weeks_from_now(context: Flask, stage: str) -> None:
    brief = built(stage, "fr").brief

    timetable = services.tasks(brief, NOW)[-1]

    assert (timetable.page, timetable.state) == ("timetable", "done")
    assert brief.deadline_at is not None
    assert 18 <= (brief.deadline_at - NOW).days <= 26


def test_an_open_consultation_has_two_submissions_and_a_draft(context: Flask) -> None:
    brief = built("open", "fr").brief

    states = {r.organisation.name: r.status(NOW) for r in responses_to(brief)}

    assert states == {
        "Postéclair": ResponseStatus.SUBMITTED,
        "Studio Palombine": ResponseStatus.SUBMITTED,
        "Collectif Zébrule": ResponseStatus.DRAFT,
    }


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_submitted_response_misses_anything(context: Flask, language: str) -> None:
    brief = built("evaluation", language).brief

    missing = {r.organisation.name: [m.label for m in missing_in(r)] for r in responses_to(brief)}

    assert list(missing.values()) == [[]] * 6


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_prices_add_up(context: Flask, language: str) -> None:
    brief = built("evaluation", language).brief

    for bid in db.session.scalars(select(Bid).where(Bid.brief_id == brief.id)):
        content = bid.submission.content
        rows = content["answers"]["price-breakdown"]
        lines = [Decimal(row["days"]) * Decimal(row["rate"]) for row in rows]

        assert [Decimal(row["amount"]) for row in rows] == lines
        assert sum(Decimal(row["amount"]) for row in rows if not row["option"]) == Decimal(content["price"])


@pytest.mark.parametrize(("language", "amount"), [("fr", "10\N{NO-BREAK SPACE}500,00"), ("en", "10,500.00")])
def test_a_document_is_in_the_language_of_the_brief(context: Flask, language: str, amount: str) -> None:
    consultation = built("evaluation", language)

    offer = next(p for p in documents_of(consultation, "Clairvoile") if amount.encode("cp1252") in p)

    assert offer.startswith(b"%PDF-1.4")


def documents_of(consultation: Consultation, name: str) -> list[bytes]:
    """The bytes of an agency's files."""
    bids = db.session.scalars(select(Bid).where(Bid.brief_id == consultation.brief.id))
    (bid,) = [bid for bid in bids if bid.name == name]
    return [path_of(file["sha256"]).read_bytes() for file in bid.submission.content["files"]]


def test_in_evaluation_two_have_handed_in_one_is_halfway_and_one_has_not_begun(context: Flask) -> None:
    brief = built("evaluation", "en").brief
    panel = list(db.session.scalars(select(PanelMember).where(PanelMember.brief_id == brief.id)))

    left = [len(left_to_mark(brief, member)) for member in panel]

    assert [member.handed_in_at is not None for member in panel] == [True, True, False, False]
    assert left == [0, 0, 38, 75]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_ranking_is_close_at_the_top_and_the_cheapest_comes_last(context: Flask, language: str) -> None:
    brief = built("ranked", language).brief

    _evaluation, result = evaluate(brief, language)

    ranked = {bid.name: (bid.rank, bid.total) for bid in result.bids if bid.rank}
    excluded = {bid.name for bid in db.session.scalars(select(Bid).where(Bid.status == BidStatus.EXCLUDED))}
    assert {name: rank for name, (rank, _total) in ranked.items()} == {
        "Clairvoile": 1,
        "Studio Palombine": 2,
        "Collectif Zébrule": 3,
        "Groupe Orbémonde": 4,
        "Postéclair": 5,
    }
    assert 0 < ranked["Clairvoile"][1] - ranked["Studio Palombine"][1] < 2
    assert excluded == {"Likélia"}


def test_every_mark_has_its_own_comment_and_many_say_where_it_stands(context: Flask) -> None:
    built("ranked", "fr")

    marks = list(db.session.scalars(select(Mark)))

    assert len(marks) == len({mark.comment for mark in marks}) == 5 * 15 * 4
    assert sum(1 for mark in marks if mark.evidence) == 5 * (15 * 2 + 4)


def test_the_contract_starts_when_the_timetable_says(context: Flask) -> None:
    brief = built("open", "fr").brief

    start = next(milestone.at for milestone in brief.milestones if milestone.key == "start")
    phases = next(s for s in brief.sections if s.key == "project-organisation").values["phases"]

    assert start is not None
    assert phases[0]["start"] == start.date().isoformat()


def test_the_record_reads_in_the_order_of_time(context: Flask) -> None:
    built("ranked", "fr")

    instants = [link["at"] for link in audit.exported() if "at" in link]

    assert instants == sorted(instants)
    assert instants[-1] < NOW.isoformat()


def what_it_says(consultation: Consultation) -> list[Any]:
    """Texts, prices, marks and instants of one consultation: all but its identifiers."""
    brief = consultation.brief
    bids = db.session.scalars(select(Bid).where(Bid.brief_id == brief.id).order_by(Bid.position)).all()
    marks = db.session.scalars(select(Mark).join(Bid).where(Bid.brief_id == brief.id).order_by(Mark.id)).all()
    answers = [[b.name, b.submission.received_at, b.submission.content["answers"]] for b in bids]
    files = [sorted(file["sha256"] for file in b.submission.content["files"]) for b in bids]
    return [
        brief.title,
        [s.values for s in brief.sections],
        answers,
        files,
        [(m.value, m.comment, m.marked_at) for m in marks],
    ]


def test_a_second_one_says_the_same_and_shares_the_people(context: Flask) -> None:
    first = built("ranked", "fr")
    second = built("ranked", "fr")

    assert what_it_says(first) == what_it_says(second)
    assert first.brief.organisation_id == second.brief.organisation_id
    assert [first.brief.reference, second.brief.reference] == ["VO-2027-01", "VO-2027-02"]
    assert audit.faults() == []


@pytest.mark.parametrize("day", range(7))
def test_any_day_of_the_week_will_do(context: Flask, day: int) -> None:
    now = datetime(2027, 10, 25 + day, 0, 20, tzinfo=UTC)

    brief = built("evaluation", "fr", now).brief

    assert brief.stage(now) == BriefStage.EVALUATION
    assert [link["at"] for link in audit.exported() if "at" in link][-1] < now.isoformat()
