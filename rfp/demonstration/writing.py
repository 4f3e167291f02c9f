"""The buyer's side before the deadline: the brief written over some days, its panel named, and published."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal

from rfp.briefs import services
from rfp.briefs.models import BriefSection
from rfp.demonstration.consultation import Consultation
from rfp.demonstration.dates import Stage
from rfp.demonstration.texts import read, value_of
from rfp.evaluation.services import name_evaluator

TEMPLATE = "social-media-strategy"
# Working days before publication.
CREATED, FIRST_SECTION, LAST_DAY = 12, 11, 5
SECTIONS_A_DAY = 3


def write_brief(consultation: Consultation) -> Iterator[datetime]:
    """From the template to a brief that is complete, or published."""
    content, calendar, author = consultation.content, consultation.calendar, consultation.person("buyer")
    yield (now := calendar.working(-CREATED, 9, 40))
    consultation.brief = services.create_brief(
        actor=author,
        organisation=consultation.people.buyer,
        template_key=TEMPLATE,
        language=consultation.language,
        title=content["title"],
        now=now,
    )
    yield from _write_sections(consultation)
    yield (now := calendar.working(-LAST_DAY, 14, 10))
    _write_details(consultation, now)
    yield (now := calendar.working(-LAST_DAY, 14, 35))
    _set_dates(consultation, now)
    if consultation.stage == Stage.DRAFT:
        return
    yield (now := calendar.working(0, 10, 5))
    services.publish(actor=author, brief=consultation.brief, now=now)
    if consultation.stage != Stage.OPEN:
        yield from _name_panel(consultation)


def _write_sections(consultation: Consultation) -> Iterator[datetime]:
    """A few sections a day; the answers of the sales and purchasing side are written by the one who knows them."""
    sections = [s for s in consultation.brief.sections if s.kind == "brief" and s.fields]
    for index, section in enumerate(sections):
        day, turn = divmod(index, SECTIONS_A_DAY)
        yield (now := consultation.calendar.working(day - FIRST_SECTION, 9 + 3 * turn, consultation.rng.randrange(60)))
        author = consultation.person("owner" if section.number.startswith("4") else "buyer")
        values = _values(consultation, section)
        services.save_section(
            actor=author, section=section, values=values, seen=services.fingerprint(section.values), now=now
        )


def _values(consultation: Consultation, section: BriefSection) -> dict[str, object]:
    given = consultation.content["sections"][section.key]
    start = consultation.calendar.start
    return section.values | {
        field["key"]: value_of(field, given[field["key"]], section.values.get(field["key"]), start)
        for field in section.fields
        if field["key"] in given
    }


def _write_details(consultation: Consultation, now: datetime) -> None:
    brief, content = consultation.brief, consultation.content
    values = services.details_of(brief) | {
        "reference": consultation.reference,
        "summary": content["summary"].strip(),
        "estimate": Decimal(read("people")["estimate"]),
    }
    seen = services.fingerprint(services.details_of(brief))
    services.save_details(actor=consultation.person("buyer"), brief=brief, values=values, seen=seen, now=now)


def _set_dates(consultation: Consultation, now: datetime) -> None:
    brief, calendar = consultation.brief, consultation.calendar
    proposed = services.propose_dates(brief=brief, now=calendar.working(0, 10))
    dates = {key: at + timedelta(days=calendar.extra) if at else None for key, at in proposed.items()}
    seen = services.fingerprint(services.timetable_of(brief))
    services.save_timetable(actor=consultation.person("buyer"), brief=brief, dates=dates, seen=seen, now=now)


def _name_panel(consultation: Consultation) -> Iterator[datetime]:
    for index, key in enumerate(consultation.people.evaluators):
        yield (now := consultation.calendar.working(7, 11, 20 + 2 * index))
        consultation.panel[key] = name_evaluator(
            actor=consultation.person("buyer"),
            brief=consultation.brief,
            user_id=consultation.people.users[key].public_id,
            now=now,
        )
