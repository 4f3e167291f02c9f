"""The agency's responses, and the task list of one."""

from collections import Counter
from typing import Any, cast

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from rfp.responses import queries, services
from rfp.responses.content import differs_from_submission
from rfp.responses.problems import blocking, problems_of
from rfp.responses.progress import Part, parts_of, sections_of
from rfp.responses.views.blueprint import blueprint, page
from rfp.vocabulary import OrganisationKind


@blueprint.get("/responses")
def index() -> str:
    """Every response of the person's agencies."""
    agencies = current_user.organisations(OrganisationKind.AGENCY)
    rows = queries.rows_of([a.id for a in agencies])
    current = [r for r in rows if r.response.brief.is_open(g.now)]
    return render_template(
        "responses/index.html",
        current=sorted(current, key=lambda r: r.response.brief.deadline_at),
        past=[r for r in rows if not r.response.brief.is_open(g.now)],
        several_agencies=len(agencies) > 1,
    )


@blueprint.post("/open/<brief_id>/respond")
def start(**_address: str) -> HttpResponse:
    """Start the agency's response, or go to the one there is."""
    agencies = current_user.organisations(OrganisationKind.AGENCY)
    wanted = request.form.get("agency", "")
    agency = next((a for a in agencies if a.public_id == wanted), agencies[0])
    response = services.start_response(brief=g.brief, organisation=agency, actor=current_user, now=g.now)
    return redirect(url_for("responses.show", response_id=response.public_id))


@blueprint.get("/responses/<response_id>")
def show(**_address: str) -> tuple[str, int]:
    """What is done, what is left, what stands submitted."""
    response = queries.load_whole(g.response)
    problems = problems_of(response)
    missing = blocking(problems)
    parts = parts_of(response, Counter((p.page, p.key) for p in missing))
    return page(
        "show.html",
        parts=parts,
        tasks=[*map(_task, parts), _last_task(len(missing))],
        later=[q for s in sections_of(response) for q in s.later],
        changed_since=differs_from_submission(response),
    )


def _task(part: Part) -> dict[str, str]:
    """A part of the response as a line of the task list."""
    titles = {"requirements": _("Mandatory requirements"), "documents": _("Documents")}
    values = {"key": part.key} if part.key else {}
    if part.page == "documents":
        hint = _("%(done)s of %(total)s files", done=part.done, total=part.total)
    else:
        hint = _("%(done)s of %(total)s answered", done=part.done, total=part.total)
    return {
        "title": titles.get(part.page) or f"{part.number} {part.title}".strip(),
        "url": url_for(f"responses.{part.page}", response_id=g.response.public_id, **cast(Any, values)),
        "hint": hint,
        "state": part.state,
        "note": {"done": _("Complete"), "partly": _("In progress"), "todo": _("To do")}[part.state],
    }


def _last_task(missing: int) -> dict[str, str]:
    """Checking and submitting."""
    state, note = "info", _("Ready when you are")
    if not g.response.brief.is_open(g.now):
        state, note = "todo", _("Closed")
    elif missing:
        state, note = "todo", ngettext("%(num)s thing missing", "%(num)s things missing", missing)
    elif g.response.submission is not None and not differs_from_submission(g.response):
        state, note = "done", _("Submitted")
    address = url_for("responses.check", response_id=g.response.public_id)
    return {"title": _("Check and submit"), "url": address, "hint": "", "state": state, "note": note}


def flash_saved() -> None:
    """Say that the draft was kept; never that anything was submitted."""
    flash(_("Your draft is saved. Nothing is submitted until you submit it."), "success")
