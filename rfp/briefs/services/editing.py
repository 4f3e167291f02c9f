"""Writing a draft. Each save says what it was looking at: a save by somebody else in between is never overwritten unseen."""

import hashlib
import json
from datetime import UTC, datetime, time, timedelta
from typing import Any

from flask_babel import gettext as _

from rfp.accounts.models import User
from rfp.audit.services import record
from rfp.briefs.models import Brief, BriefSection
from rfp.briefs.moves import require_editable
from rfp.briefs.templates import library
from rfp.db import db
from rfp.errors import InvalidError, StaleError


def fingerprint(values: Any) -> str:
    """A short digest of what a form was filled with, to be sent back with it."""
    text = json.dumps(values, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _require_fresh(now_stands: dict[str, Any], seen: str, wanted: dict[str, Any]) -> None:
    if seen != fingerprint(now_stands) and fingerprint(now_stands) != fingerprint(wanted):
        raise StaleError(_("Somebody else saved this in the meantime."), theirs=now_stands)


def details_of(brief: Brief) -> dict[str, Any]:
    """What the details page edits."""
    return {name: getattr(brief, name) for name in ("title", "reference", "summary", "estimate", "currency", "zone")}


def save_details(*, actor: User, brief: Brief, values: dict[str, Any], seen: str, now: datetime) -> None:
    """Title, reference, summary, estimate, currency and zone. Raises StaleError, IllegalMoveError."""
    require_editable(brief.stage(now))
    _require_fresh(details_of(brief), seen, values)
    changed = [name for name, value in values.items() if getattr(brief, name) != value]
    for name in changed:
        setattr(brief, name, values[name])
    db.session.flush()
    if changed:
        record(
            kind="brief.details_saved",
            actor=actor,
            now=now,
            subject=brief.public_id,
            data={"changed": changed},
        )


def save_section(*, actor: User, section: BriefSection, values: dict[str, Any], seen: str, now: datetime) -> None:
    """What the buyer wrote in one section. Raises StaleError, IllegalMoveError."""
    require_editable(section.brief.stage(now))
    _require_fresh(section.values, seen, values)
    changed = [key for key, value in values.items() if section.values.get(key) != value]
    if not changed:
        return
    section.values = values
    section.saved_at, section.saved_by_name = now, actor.name
    db.session.flush()
    data = {"section": section.number, "changed": changed}
    record(
        kind="brief.section_saved",
        actor=actor,
        now=now,
        subject=section.brief.public_id,
        object=section.key,
        data=data,
    )


def timetable_of(brief: Brief) -> dict[str, datetime | None]:
    """The instants of the timetable, by milestone key, but for publication, which is an act."""
    return {m.key: m.at for m in brief.milestones if m.key != "publish"}


def save_timetable(*, actor: User, brief: Brief, dates: dict[str, datetime | None], seen: str, now: datetime) -> None:
    """The dated steps, each after the one before. Raises InvalidError (``faults`` by key), StaleError."""
    require_editable(brief.stage(now))
    _require_fresh(timetable_of(brief), seen, dates)
    faults: dict[str, str] = {}
    previous: datetime | None = None
    for milestone in brief.milestones:
        at = dates.get(milestone.key)
        if at is None:
            continue
        if previous is not None and at < previous:
            faults[milestone.key] = _("This comes before the step above it.")
        previous = at
        if milestone.key == "deadline" and at <= now:
            faults[milestone.key] = _("The deadline must be in the future.")
    if faults:
        raise InvalidError(_("Some dates do not follow each other."), faults)
    changed = [m.key for m in brief.milestones if m.key in dates and m.at != dates[m.key]]
    for milestone in brief.milestones:
        if milestone.key in dates:
            milestone.at = dates[milestone.key]
    brief.deadline_at = dates.get("deadline")
    db.session.flush()
    if changed:
        record(
            kind="brief.timetable_saved",
            actor=actor,
            now=now,
            subject=brief.public_id,
            data={"changed": changed},
        )


def propose_dates(*, brief: Brief, now: datetime) -> dict[str, datetime | None]:
    """Dates from the template's offsets, counted from today, at noon in the brief's zone, off week-ends. Saves nothing."""
    template = library().get(brief.template_key)
    offsets = {step["key"]: step["offset_days"] for step in template["timeline"]} if template else {}
    today = now.astimezone(brief.time_zone).date()
    proposed: dict[str, datetime | None] = {}
    for key in timetable_of(brief):
        day = today + timedelta(days=offsets.get(key, 0))
        day += timedelta(days={5: 2, 6: 1}.get(day.weekday(), 0))
        proposed[key] = (
            datetime.combine(day, time(12), tzinfo=brief.time_zone).astimezone(UTC) if key in offsets else None
        )
    return proposed
