"""From a template to a published brief."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from flask import Flask

from rfp.audit.queries import events_of
from rfp.briefs import services
from rfp.errors import IllegalMoveError, InvalidError
from rfp.vocabulary import BriefStage
from tests import factories


@pytest.mark.parametrize(
    ("language", "quality", "chapter"), [("fr", "Qualité", "Contexte"), ("en", "Quality", "Context")]
)
def test_a_draft_has_all_the_template_has_in_its_language(
    context: Flask, language: str, quality: str, chapter: str
) -> None:
    brief = factories.a_draft(factories.a_buyer(), language=language)

    assert sum(leaf.weight for leaf in brief.leaves) == 100
    assert brief.top_criteria[0].title == quality
    assert chapter in [s.title for s in brief.sections]
    assert brief.top_criteria[0].minimum == Decimal(40)
    assert len([s for s in brief.sections if s.kind == "brief" and s.fields]) == 15


def test_publication_is_refused_with_every_missing_thing_by_name(context: Flask) -> None:
    brief = factories.a_draft(factories.a_buyer())

    with pytest.raises(InvalidError) as caught:
        services.publish(actor=brief.created_by, brief=brief, now=datetime.now(UTC))

    assert {"summary", "need_statement", "deadline"} <= caught.value.faults.keys()
    assert brief.published_at is None


def test_weights_must_add_up(context: Flask) -> None:
    brief = factories.a_ready_draft(factories.a_buyer())
    brief.leaves[0].weight += Decimal("0.000001")

    with pytest.raises(InvalidError) as caught:
        services.publish(actor=brief.created_by, brief=brief, now=datetime.now(UTC))

    assert list(caught.value.faults) == ["grid"]
    assert "100.000001" in caught.value.faults["grid"]


def test_publishing_freezes_and_records_the_grid(context: Flask) -> None:
    brief = factories.a_ready_draft(factories.a_buyer())
    now = datetime.now(UTC)

    services.publish(actor=brief.created_by, brief=brief, now=now)

    assert brief.stage(now) == BriefStage.OPEN
    event = events_of(subject=brief.public_id, kind="brief.published")[0]
    assert event.data["weights"] == {leaf.key: format(leaf.weight, "f") for leaf in brief.leaves}
    assert event.data["rules"] == brief.rules
    with pytest.raises(IllegalMoveError):
        services.publish(actor=brief.created_by, brief=brief, now=now)


def test_the_stage_follows_the_clock_to_the_instant(context: Flask) -> None:
    deadline = datetime(2027, 10, 31, 1, 30, tzinfo=UTC)  # within the hour that Paris lives twice
    brief = factories.a_published_brief(factories.a_buyer(), deadline=deadline, now=deadline - timedelta(days=20))

    assert brief.stage(deadline - timedelta(microseconds=1)) == BriefStage.OPEN
    assert brief.stage(deadline) == BriefStage.CLOSED
    assert brief.is_open(deadline - timedelta(microseconds=1))
    assert not brief.is_open(deadline)
