"""The list, a response's overview, its questions and requirements."""

from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from rfp.briefs import fields
from rfp.briefs.fields.comparing import compare
from rfp.briefs.models import BriefSection, Question
from rfp.briefs.services import fingerprint
from rfp.errors import GrilleError, StaleError
from rfp.forms import CleanForm
from rfp.i18n import instant
from rfp.responses import queries, services
from rfp.responses.models import Response
from rfp.responses.slots import file_in, slots_of
from rfp.responses.views import blueprint
from rfp.vocabulary import OrganisationKind

Page = str | HttpResponse | tuple[str, int]


@blueprint.get("/responses")
def index() -> Page:
    """The agency's responses."""
    return render_template("responses/index.html", responses=queries.responses_of(current_user), now=g.now)


@blueprint.post("/open/<brief_id>/respond")
def start(brief_id: str) -> HttpResponse:
    """Begin a response, or come back to it."""
    agency = current_user.organisations(OrganisationKind.AGENCY)[0]
    response = services.start_response(actor=current_user, agency=agency, brief=g.brief, now=g.now)
    return redirect(url_for("responses.show", response_id=response.public_id))


def whole() -> Response:
    """The response of the address, with all that hangs on it."""
    return queries.load_whole(g.response)


def written_questions(response: Response, key: str) -> list[Question]:
    """The questions of a section that are answered in writing, files apart."""
    asked = [q for q in response.brief.questions if q.section_key == key and q.stage == "written"]
    return [q for q in asked if q.definition["type"] != "file"]


def sections(response: Response) -> list[BriefSection]:
    """The sections with something to answer in writing."""
    return [s for s in response.brief.sections if s.kind == "response" and written_questions(response, s.key)]


@blueprint.get("/responses/<response_id>")
def show(response_id: str) -> Page:
    """A task list: what is done, what is missing, where the submission stands."""
    response = whole()
    missing = services.missing_in(response)
    answers = queries.answers_of(response)
    rows = []
    for section in sections(response):
        asked = written_questions(response, section.key)
        left = [m for m in missing if m.page == "section" and m.key == section.key]
        answered = sum(1 for q in asked if not fields.is_blank(answers.get(q.key)))
        rows.append({"section": section, "asked": len(asked), "answered": answered, "left": len(left)})
    changed = response.submission is not None and response.changed_at > response.submission.received_at
    slots = slots_of(response.brief)
    return render_template(
        "responses/show.html",
        response=response,
        brief=response.brief,
        rows=rows,
        missing=missing,
        changed=changed,
        now=g.now,
        filled=sum(1 for slot in slots if file_in(response, slot)),
        slots=slots,
    )


@blueprint.route("/responses/<response_id>/sections/<key>", methods=["GET", "POST"])
def section(response_id: str, key: str) -> Page:
    """The questions of one section, saved as you go."""
    response = whole()
    found = next((s for s in sections(response) if s.key == key), None)
    if found is None:
        abort(404)
    definitions = [q.definition for q in written_questions(response, key)]
    standing = services.section_answers(response, key)
    form = fields.fill(definitions, standing)
    if request.method == "GET":
        return _section_page(response, found, form, fingerprint(standing))
    seen = request.form.get("seen", "")
    if request.form.get("add_row") in form:
        getattr(form[request.form["add_row"]], "add_row", lambda: None)()
        return _section_page(response, found, form, seen)
    if "HX-Request" in request.headers:
        return _autosave(response, key, definitions, form, seen)
    if not form.validate():
        return _section_page(response, found, form, seen, status=422)
    values = fields.values_of(definitions, form)
    try:
        services.save_answers(
            actor=current_user, response=response, section_key=key, values=values, seen=seen, now=g.now
        )
    except StaleError as error:
        conflicts = compare(definitions, error.theirs, values)
        return _section_page(response, found, form, fingerprint(error.theirs), status=409, conflicts=conflicts)
    flash(_("Saved as a draft. Nothing is submitted yet."), "success")
    following = _after(response, found)
    if request.form.get("then") == "next" and following:
        return redirect(url_for("responses.section", response_id=response_id, key=following.key))
    return redirect(url_for("responses.show", response_id=response_id))


def _after(response: Response, found: BriefSection) -> BriefSection | None:
    every = sections(response)
    at = every.index(found)
    return every[at + 1] if at + 1 < len(every) else None


def _autosave(response: Response, key: str, definitions: list[dict[str, Any]], form: CleanForm, seen: str) -> Page:
    """The small line that says whether it is saved; the whole page comes with the button."""
    message = _("Not saved: something on this page is not a number, a date or an option.")
    if form.validate():
        try:
            values = fields.values_of(definitions, form)
            services.save_answers(
                actor=current_user, response=response, section_key=key, values=values, seen=seen, now=g.now
            )
            seen = fingerprint(services.section_answers(response, key))
            message = _("Saved at %(time)s", time=instant(g.now, response.brief.zone, "plain"))
        except GrilleError as error:
            message = _("Not saved: %(why)s", why=error.message)
    return render_template("responses/_saved.html", message=message, seen=seen)


def _section_page(
    response: Response,
    found: BriefSection,
    form: CleanForm,
    seen: str,
    *,
    status: int = 200,
    conflicts: list[dict[str, str]] | None = None,
) -> Page:
    page = render_template(
        "responses/section.html",
        response=response,
        brief=response.brief,
        section=found,
        questions=written_questions(response, found.key),
        form=form,
        seen=seen,
        conflicts=conflicts or [],
        after=_after(response, found),
        is_open=response.brief.is_open(g.now),
        savers={a.question.key: a for a in response.answers},
    )
    return page, status


def _requirements_page(
    response: Response, form: CleanForm, ticks: dict[str, bool], *, conflicts: list[dict[str, str]], status: int
) -> Page:
    page = render_template(
        "responses/requirements.html",
        response=response,
        brief=response.brief,
        ticks=ticks,
        form=form,
        seen=fingerprint(services.ticks_of(response)),
        conflicts=conflicts,
        is_open=response.brief.is_open(g.now),
    )
    return page, status


@blueprint.route("/responses/<response_id>/requirements", methods=["GET", "POST"])
def requirements(response_id: str) -> Page:
    """Yes or no to each mandatory requirement."""
    response = whole()
    form = CleanForm()
    standing = services.ticks_of(response)
    if not form.validate_on_submit():
        return _requirements_page(response, form, standing, conflicts=[], status=200)
    given = {r.key: request.form.get(f"met-{r.key}") for r in response.brief.requirements}
    met = {key: value == "yes" for key, value in given.items() if value in ("yes", "no")}
    seen = request.form.get("seen", "")
    try:
        services.tick_requirements(actor=current_user, response=response, met=met, now=g.now, seen=seen)
    except StaleError as error:
        conflicts = _compare_ticks(response, error.theirs, met)
        return _requirements_page(response, form, standing | met, conflicts=conflicts, status=409)
    flash(_("Saved as a draft. Nothing is submitted yet."), "success")
    return redirect(url_for("responses.show", response_id=response_id))


def _compare_ticks(response: Response, theirs: dict[str, bool], yours: dict[str, bool]) -> list[dict[str, str]]:
    words = {True: _("Yes"), False: _("No"), None: ""}
    return [
        {"label": r.text, "theirs": words[theirs.get(r.key)], "yours": words[yours.get(r.key)]}
        for r in response.brief.requirements
        if theirs.get(r.key) != yours.get(r.key)
    ]
