"""The opened responses: requirements, exclusion, and each as submitted."""

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from rfp.documents.serving import attachment
from rfp.errors import InvalidError
from rfp.evaluation import queries, services
from rfp.evaluation.views import blueprint
from rfp.evaluation.views.panel import Page, may_write
from rfp.forms import clean_text


@blueprint.get("/briefs/<brief_id>/bids")
def bids(brief_id: str) -> Page:
    """Requirement by bid, and what was decided."""
    brief = queries.load_grid(g.brief)
    found = queries.bids_of(brief)
    checks = {bid.id: {c.requirement.key: c.met for c in bid.gates} for bid in found}
    return render_template("evaluation/bids.html", brief=brief, bids=found, checks=checks, writer=may_write())


def _bid_page(error: str = "", typed: str = "", status: int = 200) -> Page:
    brief = queries.load_grid(g.brief)
    page = render_template(
        "evaluation/bid.html",
        brief=brief,
        bid=g.bid,
        content=g.bid.submission.content,
        checks={c.requirement.key: c.met for c in g.bid.gates},
        writer=may_write(),
        error=error,
        typed=typed,
    )
    return page, status


@blueprint.get("/briefs/<brief_id>/bids/<bid_id>")
def bid(brief_id: str, bid_id: str) -> Page:
    """One response, as submitted."""
    return _bid_page()


@blueprint.get("/briefs/<brief_id>/bids/<bid_id>/files/<file_id>")
def bid_file(brief_id: str, bid_id: str, file_id: str) -> Response:
    """One of its files."""
    item = next((f for f in g.bid.submission.content["files"] if f["id"] == file_id), None)
    if item is None:
        abort(404)
    return attachment(sha256=item["sha256"], name=item["name"], media_type=item["media_type"])


@blueprint.post("/briefs/<brief_id>/bids/<bid_id>/gates")
def check_gates(brief_id: str, bid_id: str) -> Response:
    """Met, not met, or not checked yet."""
    words = {"yes": True, "no": False, "": None}
    given = {r.key: request.form.get(f"gate-{r.key}") for r in g.brief.requirements}
    met = {key: words[value] for key, value in given.items() if value in words}
    services.check_gates(actor=current_user, bid=g.bid, met=met, now=g.now)
    flash(_("The check of %(name)s is saved.", name=g.bid.name), "success")
    return redirect(url_for("evaluation.bids", brief_id=brief_id))


@blueprint.post("/briefs/<brief_id>/bids/<bid_id>/exclusion")
def exclude(brief_id: str, bid_id: str) -> Page:
    """Exclude, with the reason."""
    reason = clean_text(request.form.get("reason", ""))[:2000]
    try:
        services.exclude_bid(actor=current_user, bid=g.bid, reason=reason, now=g.now)
    except InvalidError as error:
        return _bid_page(error.message, reason, 422)
    flash(_("%(name)s is excluded.", name=g.bid.name), "warning")
    return redirect(url_for("evaluation.bids", brief_id=brief_id))


@blueprint.post("/briefs/<brief_id>/bids/<bid_id>/readmission")
def readmit(brief_id: str, bid_id: str) -> Response:
    """Take an exclusion back."""
    services.readmit_bid(actor=current_user, bid=g.bid, now=g.now)
    flash(_("%(name)s is admitted again.", name=g.bid.name), "success")
    return redirect(url_for("evaluation.bids", brief_id=brief_id))
