"""My evaluations, the panel, and the opening."""

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from rfp.evaluation import queries, services
from rfp.evaluation.views import blueprint
from rfp.vocabulary import WRITERS

Page = str | Response | tuple[str, int]


def may_write() -> bool:
    """Whether the reader also decides in this consultation."""
    return not current_user.roles_in(g.brief.organisation_id).isdisjoint(WRITERS)


@blueprint.get("/evaluations")
def index() -> Page:
    """The consultations I mark."""
    return render_template("evaluation/index.html", rows=queries.evaluations_of(current_user), now=g.now)


@blueprint.get("/briefs/<brief_id>/panel")
def panel(brief_id: str) -> Page:
    """Who marks, and who has handed in."""
    return render_template(
        "evaluation/panel.html",
        brief=g.brief,
        panel=queries.panel_of(g.brief),
        have_marked=queries.have_marked(g.brief),
        candidates=queries.candidates_for(g.brief),
        writer=may_write(),
    )


@blueprint.post("/briefs/<brief_id>/panel/name")
def name_evaluator(brief_id: str) -> Response:
    """Put a colleague on the panel."""
    services.name_evaluator(actor=current_user, brief=g.brief, user_id=request.form.get("user", ""), now=g.now)
    flash(_("Named. They see the responses once these are open."), "success")
    return redirect(url_for("evaluation.panel", brief_id=brief_id))


@blueprint.post("/briefs/<brief_id>/panel/<member_id>/remove")
def remove_evaluator(brief_id: str, member_id: str) -> Response:
    """Take a colleague off the panel."""
    services.remove_evaluator(actor=current_user, brief=g.brief, member_id=member_id, now=g.now)
    flash(_("No longer on the panel."), "success")
    return redirect(url_for("evaluation.panel", brief_id=brief_id))


@blueprint.get("/briefs/<brief_id>/opening")
def opening(brief_id: str) -> Page:
    """When the responses may be opened, and that they were."""
    brief = g.brief
    return render_template(
        "evaluation/opening.html",
        brief=brief,
        stage=brief.stage(g.now),
        bids=queries.bids_of(brief) if brief.opened_at else [],
        now=g.now,
        writer=may_write(),
    )


@blueprint.post("/briefs/<brief_id>/opening")
def open_responses(brief_id: str) -> Response:
    """Open all that was received."""
    bids = services.open_responses(actor=current_user, brief=g.brief, now=g.now)
    flash(
        ngettext(
            "%(num)s response is open. It matches its receipt.",
            "%(num)s responses are open. Each matches its receipt.",
            len(bids),
        ),
        "success",
    )
    return redirect(url_for("evaluation.bids", brief_id=brief_id))
