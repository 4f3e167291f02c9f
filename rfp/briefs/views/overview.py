"""The list, a new brief, its overview, its details, preview and publication."""

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import SelectChoice

from rfp.accounts.models import Organisation
from rfp.briefs import queries, services
from rfp.briefs.forms import CreateForm, DetailsForm, SeenForm
from rfp.briefs.templates import leaves, library
from rfp.briefs.views import blueprint
from rfp.errors import InvalidError, StaleError
from rfp.i18n import language, number
from rfp.paging import page_number
from rfp.vocabulary import WRITERS, BriefStage, OrganisationKind

Page = str | Response | tuple[str, int]
PER_PAGE = 25


@blueprint.get("/briefs")
def index() -> Page:
    """The organisation's consultations, newest first."""
    page = page_number()
    count = queries.count_briefs_of(current_user)
    return render_template(
        "briefs/index.html",
        briefs=queries.briefs_of(current_user, offset=(page - 1) * PER_PAGE, limit=PER_PAGE),
        now=g.now,
        page=page,
        pages_count=max(1, -(-count // PER_PAGE)),
        may_create=bool(_buying_organisations()),
    )


def _buying_organisations() -> list[Organisation]:
    kind = OrganisationKind.BUYER
    return [m.organisation for m in current_user.memberships if m.organisation.kind == kind and m.role in WRITERS]


@blueprint.route("/briefs/new", methods=["GET", "POST"])
def create() -> Page:
    """Choose a template and a language."""
    organisations = {o.public_id: o for o in _buying_organisations()}
    templates = list(library().values())
    form = CreateForm(data={"language": language(), "template": templates[0]["key"]})
    form.template.choices = [SelectChoice(t["key"], t["title"][language()]) for t in templates]
    form.organisation.choices = [SelectChoice(o.public_id, o.name) for o in organisations.values()]
    if form.organisation.data not in organisations and not form.organisation.raw_data:
        form.organisation.data = next(iter(organisations))
    if form.validate_on_submit():
        brief = services.create_brief(
            actor=current_user,
            organisation=organisations[form.organisation.data],
            template_key=form.template.data,
            language=form.language.data,
            title=form.title.data,
            now=g.now,
        )
        return redirect(url_for("briefs.show", brief_id=brief.public_id))
    return render_template(
        "briefs/create.html", form=form, templates=templates, leaves=leaves
    ), 422 if form.errors else 200


@blueprint.get("/briefs/<brief_id>")
def show(brief_id: str) -> Page:
    """A draft: what is left to do. Later: where it stands, and what comes next."""
    brief = queries.load_whole(g.brief)
    return render_template(
        "briefs/show.html",
        brief=brief,
        stage=brief.stage(g.now),
        tasks=services.tasks(brief, g.now),
        now=g.now,
        writer=may_write(),
    )


def may_write() -> bool:
    """Whether the reader may also change this brief."""
    return not current_user.roles_in(g.brief.organisation_id).isdisjoint(WRITERS)


def frozen_notice() -> Response | None:
    """Once published there is nothing to edit: the way back to the overview, saying so. None for a draft."""
    if request.method != "GET" or g.brief.stage(g.now) == BriefStage.DRAFT:
        return None
    flash(_("This brief is published: its text, grid and dates are frozen for everyone alike."), "info")
    return redirect(url_for("briefs.show", brief_id=g.brief.public_id))


@blueprint.route("/briefs/<brief_id>/details", methods=["GET", "POST"])
def details(brief_id: str) -> Page:
    """Title, reference, summary, budget, currency and zone."""
    if notice := frozen_notice():
        return notice
    brief = g.brief
    form = DetailsForm(data={**services.details_of(brief), "seen": services.fingerprint(services.details_of(brief))})
    if not form.validate_on_submit():
        return render_template("briefs/details.html", brief=brief, form=form, conflicts=[]), 422 if form.errors else 200
    try:
        services.save_details(actor=current_user, brief=brief, values=form.values(), seen=form.seen.data, now=g.now)
    except StaleError as error:
        conflicts = [
            {"label": form[name].label.text, "theirs": _shown(theirs), "yours": _shown(form[name].data)}
            for name, theirs in error.theirs.items()
            if theirs != form[name].data
        ]
        form.seen.data = services.fingerprint(error.theirs)
        return render_template("briefs/details.html", brief=brief, form=form, conflicts=conflicts), 409
    flash(_("Saved."), "success")
    return redirect(url_for("briefs.show", brief_id=brief_id))


def _shown(value: Any) -> str:
    return number(value) if value is not None and not isinstance(value, str) else value or ""


@blueprint.get("/briefs/<brief_id>/questions")
def questions(brief_id: str) -> Page:
    """What agencies will be asked, and where each answer counts."""
    return render_template("briefs/questions.html", brief=queries.load_whole(g.brief))


@blueprint.get("/briefs/<brief_id>/preview")
def preview(brief_id: str) -> Page:
    """The brief as an agency will read it."""
    brief = queries.load_whole(g.brief)
    return render_template("briefs/preview.html", brief=brief, now=g.now, public_fields=queries.public_fields)


@blueprint.route("/briefs/<brief_id>/publish", methods=["GET", "POST"])
def publish(brief_id: str) -> Page:
    """What is missing, then one button."""
    if notice := frozen_notice():
        return notice
    brief = queries.load_whole(g.brief)
    form = SeenForm()
    if form.is_submitted():
        try:
            services.publish(actor=current_user, brief=brief, now=g.now)
        except InvalidError as error:
            flash(error.message, "danger")
            return render_template(
                "briefs/publish.html", brief=brief, tasks=services.tasks(brief, g.now), form=form
            ), 422
        flash(_("Published. Agencies can answer until the deadline."), "success")
        return redirect(url_for("briefs.show", brief_id=brief_id))
    return render_template("briefs/publish.html", brief=brief, tasks=services.tasks(brief, g.now), form=form)
