"""Writing a draft: saved, recorded, never over somebody else's unseen."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from flask import Flask

from rfp.audit.queries import events_of
from rfp.briefs import services
from rfp.errors import IllegalMoveError, InvalidError, StaleError
from tests import factories

NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)


def test_a_section_is_saved_and_recorded(context: Flask) -> None:
    brief = factories.a_draft(factories.a_buyer(), now=NOW)
    section = next(s for s in brief.sections if s.key == "initial-need")
    values = {**section.values, "need_statement": "One sentence."}

    services.save_section(
        actor=brief.created_by, section=section, values=values, seen=services.fingerprint(section.values), now=NOW
    )

    assert section.values["need_statement"] == "One sentence."
    assert section.saved_by_name == brief.created_by.name
    event = events_of(subject=brief.public_id, kind="brief.section_saved")[0]
    assert event.data == {"section": "1.2", "changed": ["need_statement"]}


def test_a_stale_save_changes_nothing_and_says_what_stands(context: Flask) -> None:
    brief = factories.a_draft(factories.a_buyer(), now=NOW)
    section = next(s for s in brief.sections if s.key == "initial-need")
    seen = services.fingerprint(section.values)
    theirs = {**section.values, "need_statement": "Theirs."}
    services.save_section(actor=brief.created_by, section=section, values=theirs, seen=seen, now=NOW)

    with pytest.raises(StaleError) as caught:
        services.save_section(
            actor=brief.created_by, section=section, values={"need_statement": "Mine."}, seen=seen, now=NOW
        )

    assert caught.value.theirs == theirs
    assert section.values == theirs


def test_saving_the_same_twice_is_no_conflict_and_one_event(context: Flask) -> None:
    brief = factories.a_draft(factories.a_buyer(), now=NOW)
    section = next(s for s in brief.sections if s.key == "initial-need")
    seen, values = services.fingerprint(section.values), {**section.values, "need_statement": "Same."}

    for _attempt in range(2):
        services.save_section(actor=brief.created_by, section=section, values=values, seen=seen, now=NOW)

    assert len(events_of(subject=brief.public_id, kind="brief.section_saved")) == 1


def test_groups_of_the_grid_are_the_sum_of_what_is_in_them(context: Flask) -> None:
    brief = factories.a_draft(factories.a_buyer(), now=NOW)
    grid = services.grid_of(brief)
    seen = services.grid_fingerprint(grid)
    grid["understanding.context"] = services.GridLine(Decimal("7.5"), Decimal(2))

    services.save_grid(actor=brief.created_by, brief=brief, grid=grid, seen=seen, now=NOW)

    found = services.grid_of(brief)
    assert found["understanding.context"] == services.GridLine(Decimal("7.5"), Decimal(2))
    assert found["understanding"].weight == Decimal("12.5")
    assert found["quality"].weight == Decimal("82.5")


def test_a_minimum_above_its_weight_is_refused_by_name(context: Flask) -> None:
    brief = factories.a_draft(factories.a_buyer(), now=NOW)
    grid = services.grid_of(brief)
    seen = services.grid_fingerprint(grid)
    grid["understanding.context"] = services.GridLine(Decimal(5), Decimal(6))

    with pytest.raises(InvalidError) as caught:
        services.save_grid(actor=brief.created_by, brief=brief, grid=grid, seen=seen, now=NOW)

    assert list(caught.value.faults) == ["understanding.context"]


def test_dates_follow_each_other_and_the_deadline_is_to_come(context: Flask) -> None:
    brief = factories.a_draft(factories.a_buyer(), now=NOW)
    dates = services.propose_dates(brief=brief, now=NOW)
    dates["deadline"], dates["questions_close"] = NOW - timedelta(days=1), NOW + timedelta(days=5)
    seen = services.fingerprint(services.timetable_of(brief))

    with pytest.raises(InvalidError) as caught:
        services.save_timetable(actor=brief.created_by, brief=brief, dates=dates, seen=seen, now=NOW)

    assert "deadline" in caught.value.faults
    assert brief.deadline_at is None


def test_proposed_dates_are_at_noon_of_the_zone_on_working_days(context: Flask) -> None:
    brief = factories.a_draft(factories.a_buyer(), now=NOW)

    dates = [at.astimezone(brief.time_zone) for at in services.propose_dates(brief=brief, now=NOW).values() if at]

    assert {(at.hour, at.minute) for at in dates} == {(12, 0)}
    assert max(at.weekday() for at in dates) < 5
    assert dates == sorted(dates)


def test_nothing_of_a_published_brief_changes(context: Flask) -> None:
    brief = factories.a_published_brief(factories.a_buyer())
    section = next(s for s in brief.sections if s.fields)
    now = datetime.now(UTC)

    for attempt in (
        lambda: services.save_section(actor=brief.created_by, section=section, values={}, seen="", now=now),
        lambda: services.save_grid(actor=brief.created_by, brief=brief, grid={}, seen="", now=now),
        lambda: services.save_timetable(actor=brief.created_by, brief=brief, dates={}, seen="", now=now),
        lambda: services.save_details(actor=brief.created_by, brief=brief, values={}, seen="", now=now),
    ):
        with pytest.raises(IllegalMoveError):
            attempt()
