"""Starting a brief from a template, judging whether it is ready, and publishing it."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import ngettext

from rfp.accounts.models import Organisation, User
from rfp.audit.services import record
from rfp.briefs import fields
from rfp.briefs.copying import Copier
from rfp.briefs.models import Brief, BriefSection
from rfp.briefs.moves import PUBLISHABLE, require
from rfp.briefs.pricing import lacks_reference
from rfp.briefs.templates import library
from rfp.db import db
from rfp.errors import InvalidError
from rfp.i18n import number

WHOLE = Decimal(100)
RULES = {
    "combination": "weighted_sum",
    "panel": {"order": "criterion_first", "mean": "arithmetic", "missing": "block"},
    "rounding": {"mode": "half_up", "total": 2},
}


@dataclass(frozen=True)
class Task:
    """One thing to do before publishing. ``state``: done, partly or todo; ``page`` and ``key`` say where."""

    page: str
    key: str
    title: str
    state: str
    note: str
    missing: tuple[fields.Problem, ...] = ()


def create_brief(
    *, actor: User, organisation: Organisation, template_key: str, language: str, title: str, now: datetime
) -> Brief:
    """A draft with all the template has, in one language. Raises InvalidError for an unknown template."""
    template = library().get(template_key)
    if template is None:
        raise InvalidError(_("This template does not exist."), {"template": _("Choose a template.")})
    brief = Brief(
        organisation=organisation,
        template_key=template_key,
        template_version=template["version"],
        language=language,
        title=title or template["title"][language],
        summary="",
        created_by=actor,
        created_at=now,
    )
    db.session.add(brief)
    copier = Copier(brief, template, language)
    copier.copy()
    ties = [{"by": "criterion", "key": copier.quality_key}] if copier.quality_key else []
    brief.rules = {**RULES, "ties": [*ties, {"by": "lowest", "value": "price"}]}
    db.session.flush()
    data = {"template": template_key, "language": language}
    record(kind="brief.created", actor=actor, now=now, subject=brief.public_id, data=data)
    return brief


def _task_of_section(section: BriefSection) -> Task:
    missing = tuple(fields.problems(section.fields, section.values))
    filled = any(not fields.is_blank(v) for v in section.values.values())
    state = "done" if not missing else "partly" if filled and section.saved_at else "todo"
    note = _("Done") if not missing else str(ngettext("%(num)s left", "%(num)s left", len(missing)))
    return Task("section", section.key, f"{section.number} {section.title}", state, note, missing)


def _task_of_details(brief: Brief) -> Task:
    wanted = {"reference": _("Reference"), "summary": _("Summary"), "estimate": _("Budget announced")}
    missing = tuple(
        fields.Problem(k, label, _("Missing")) for k, label in wanted.items() if fields.is_blank(getattr(brief, k))
    )
    return Task(
        "details",
        "",
        _("Title, summary and budget"),
        "partly" if missing else "done",
        _("To complete") if missing else _("Done"),
        missing,
    )


def _task_of_grid(brief: Brief) -> Task:
    total = sum((leaf.weight for leaf in brief.leaves), Decimal(0))
    without = [leaf for leaf in brief.leaves if leaf.formula and lacks_reference(leaf.formula)]
    if without:
        problems = tuple(fields.Problem("grid", leaf.title, _("Its ceiling is not set")) for leaf in without)
        return Task("grid", "", _("Grid of criteria"), "partly", _("The ceiling of the price is not set"), problems)
    if total == WHOLE:
        return Task("grid", "", _("Grid of criteria"), "done", _("100 points"))
    note = _("%(total)s points, not 100", total=number(total))
    return Task(
        "grid",
        "",
        _("Grid of criteria"),
        "partly",
        note,
        (fields.Problem("grid", _("Weights"), note),),
    )


def _task_of_timetable(brief: Brief, now: datetime) -> Task:
    title = _("Timetable")
    if brief.deadline_at is None:
        missing = (fields.Problem("deadline", _("Response deadline"), _("Missing")),)
        return Task("timetable", "", title, "todo", _("No deadline yet"), missing)
    if brief.deadline_at <= now:
        missing = (fields.Problem("deadline", _("Response deadline"), _("It has passed")),)
        return Task("timetable", "", title, "partly", _("The deadline has passed"), missing)
    return Task("timetable", "", title, "done", _("Done"))


def tasks(brief: Brief, now: datetime) -> list[Task]:
    """All that publication asks for, in the order of the page."""
    sections = [_task_of_section(s) for s in brief.sections if s.kind == "brief" and s.fields]
    return [_task_of_details(brief), *sections, _task_of_grid(brief), _task_of_timetable(brief, now)]


def _prefill_questions(brief: Brief) -> None:
    """A question prefilled from a table of the brief starts with its rows, in the columns both have."""
    values = {key: value for section in brief.sections for key, value in section.values.items()}
    for question in brief.questions:
        rows = values.get(question.definition.get("prefill", ""))
        if isinstance(rows, list) and question.definition["type"] == "table":
            shared = [column["key"] for column in question.definition["columns"]]
            initial = [{key: row[key] for key in shared if row.get(key) is not None} for row in rows]
            question.definition = {**question.definition, "initial": [row for row in initial if row]}


def publish(*, actor: User, brief: Brief, now: datetime) -> None:
    """Open the brief to all and freeze it. Raises InvalidError while something is missing, IllegalMoveError when done."""
    require(brief.stage(now), PUBLISHABLE, _("This brief is already published."))
    missing = [problem for task in tasks(brief, now) for problem in task.missing]
    if missing:
        raise InvalidError(_("Something is still missing: see the list."), {p.key: p.message for p in missing})
    brief.published_at = now
    _prefill_questions(brief)
    for milestone in brief.milestones:
        if milestone.key == "publish":
            milestone.at = now
    db.session.flush()
    deadline = brief.deadline_at.isoformat() if brief.deadline_at else ""
    weights = {leaf.key: format(leaf.weight, "f") for leaf in brief.leaves}
    data = {"deadline": deadline, "weights": weights, "rules": brief.rules}
    record(kind="brief.published", actor=actor, now=now, subject=brief.public_id, data=data)
