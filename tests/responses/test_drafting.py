"""A draft: saved as it goes, never over a colleague's unseen, and only until the deadline."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from rfp.briefs.services import fingerprint
from rfp.documents.services import TooLargeError
from rfp.errors import InvalidError, NotFoundError, StaleError, TooLateError
from rfp.responses import services
from rfp.responses.models import Response
from rfp.responses.slots import slots_of
from tests import factories
from tests.documents.samples import docx, pdf


@pytest.fixture
def response(context: Flask) -> Response:
    brief = factories.a_published_brief(factories.a_buyer())
    return factories.a_response(factories.an_agency(), brief)


def _now() -> datetime:
    return datetime.now(UTC)


def _section(response: Response) -> str:
    return next(q.section_key for q in response.brief.questions if q.definition["type"] == "longtext")


def _question(response: Response) -> str:
    return next(q.key for q in response.brief.questions if q.definition["type"] == "longtext")


def test_an_answer_is_saved_with_who_and_when(response: Response) -> None:
    key, section, now = _question(response), _section(response), _now()
    seen = fingerprint(services.section_answers(response, section))

    services.save_answers(
        actor=response.created_by,
        response=response,
        section_key=section,
        values={key: "We listen."},
        seen=seen,
        now=now,
    )

    answer = next(a for a in response.answers if a.question.key == key)
    assert (answer.value, answer.saved_by_name, answer.saved_at) == ("We listen.", "Paula Provider", now)


def test_a_colleague_is_never_overwritten_unseen(response: Response) -> None:
    key, section = _question(response), _section(response)
    seen = fingerprint(services.section_answers(response, section))
    common = {"actor": response.created_by, "response": response, "section_key": section, "now": _now()}
    services.save_answers(values={key: "Theirs."}, seen=seen, **common)

    with pytest.raises(StaleError) as caught:
        services.save_answers(values={key: "Mine."}, seen=seen, **common)

    assert caught.value.theirs[key] == "Theirs."
    assert services.section_answers(response, section)[key] == "Theirs."


def test_ticks_are_never_overwritten_unseen(response: Response) -> None:
    key = response.brief.requirements[0].key
    seen = fingerprint(services.ticks_of(response))
    common = {"actor": response.created_by, "response": response, "now": _now(), "seen": seen}
    services.tick_requirements(met={key: True}, **common)
    response.ticks  # noqa: B018 - loaded before it is looked at again

    with pytest.raises(StaleError) as caught:
        services.tick_requirements(met={key: False}, **common)

    assert caught.value.theirs == {key: True}


def test_nothing_is_saved_from_the_deadline_on_and_the_rule_is_said(response: Response) -> None:
    deadline = response.brief.deadline_at
    assert deadline is not None
    common = {"actor": response.created_by, "response": response, "now": deadline}

    for attempt in (
        lambda: services.save_answers(
            section_key=_section(response), values={_question(response): "x"}, seen="", **common
        ),
        lambda: services.tick_requirements(met={}, **common),
        lambda: services.add_file(slot_name="document:x", name="a.pdf", stream=io.BytesIO(pdf()), **common),
        lambda: services.submit(**common),
        lambda: services.withdraw(**common),
    ):
        with pytest.raises(TooLateError, match="strictly before"):
            attempt()


def test_beginning_twice_is_one_response_and_too_late_is_none(response: Response) -> None:
    agency, brief = response.organisation, response.brief
    deadline = brief.deadline_at
    assert deadline is not None

    again = services.start_response(actor=response.created_by, agency=agency, brief=brief, now=_now())
    other = factories.an_agency("Latecomer")

    assert again.id == response.id
    with pytest.raises(TooLateError):
        factories.a_response(other, brief, now=deadline + timedelta(seconds=1))


def test_a_replaced_file_leaves_the_submitted_one_reachable(context: Flask) -> None:
    agency = factories.an_agency()
    brief = factories.a_published_brief(factories.a_buyer())
    submission = factories.a_submission(agency, brief)
    response, now = submission.response, _now()
    submitted = submission.content["files"][0]

    held = services.add_file(
        actor=agency,
        response=response,
        slot_name=submitted["slot"],
        name="new.pdf",
        stream=io.BytesIO(pdf("new")),
        now=now,
    )

    assert held.public_id != submitted["id"]
    assert [f.slot for f in response.files].count(submitted["slot"]) == 1
    assert submission.content["files"][0] == submitted


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.pdf", docx(), "not what its name says"),
        ("a.exe", b"MZ", "Formats accepted"),
        ("a.pdf", b"", "empty"),
        ("", b"%PDF-", "Choose a file"),
    ],
)
def test_a_file_is_judged_by_its_content(response: Response, name: str, content: bytes, words: str) -> None:
    slot = next(s for s in slots_of(response.brief) if "pdf" in s.formats)

    with pytest.raises(InvalidError, match=words):
        services.add_file(
            actor=response.created_by,
            response=response,
            slot_name=slot.name,
            name=name,
            stream=io.BytesIO(content),
            now=_now(),
        )

    assert response.files == []


def test_a_file_over_its_limit_is_refused(response: Response) -> None:
    slot = next(s for s in slots_of(response.brief) if "pdf" in s.formats)
    content = pdf() + b"\0" * (slot.max_mb * 1024 * 1024)

    with pytest.raises(TooLargeError):
        services.add_file(
            actor=response.created_by,
            response=response,
            slot_name=slot.name,
            name="a.pdf",
            stream=io.BytesIO(content),
            now=_now(),
        )


def test_a_place_the_brief_has_not_takes_no_file(response: Response) -> None:
    with pytest.raises(NotFoundError):
        services.add_file(
            actor=response.created_by,
            response=response,
            slot_name="document:nowhere",
            name="a.pdf",
            stream=io.BytesIO(pdf()),
            now=_now(),
        )
