"""The opened responses: requirements, exclusion, and each as submitted."""

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from rfp.briefs.services import fingerprint
from rfp.documents.serving import attachment
from rfp.errors import InvalidError, StaleError
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


def _bid_page(
    *,
    status: int = 200,
    error: str = "",
    typed: str = "",
    checks: dict[str, bool | None] | None = None,
    conflicts: list[dict[str, str]] | None = None,
) -> Page:
    brief = queries.load_grid(g.brief)
    standing = services.gates_of(g.bid)
    page = render_template(
        "evaluation/bid.html",
        brief=brief,
        bid=g.bid,
        content=g.bid.submission.content,
        checks=standing if checks is None else checks,
        seen=fingerprint(standing),
        conflicts=conflicts or [],
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
def check_gates(brief_id: str, bid_id: str) -> Page:
    """Met, not met, or not checked yet; one button says that all are met."""
    words = {"yes": True, "no": False, "": None}
    given = {r.key: request.form.get("all") or request.form.get(f"gate-{r.key}") for r in g.brief.requirements}
    met = {key: words[value] for key, value in given.items() if value in words}
    seen = request.form.get("seen", "")
    try:
        services.check_gates(actor=current_user, bid=g.bid, met=met, now=g.now, seen=seen)
    except StaleError as error:
        return _bid_page(status=409, checks=met, conflicts=_compare(error.theirs, met))
    flash(_("The check of %(name)s is saved.", name=g.bid.name), "success")
    return redirect(url_for("evaluation.bids", brief_id=brief_id))


def _compare(theirs: dict[str, bool], yours: dict[str, bool | None]) -> list[dict[str, str]]:
    words = {True: _("Met"), False: _("Not met"), None: _("Not checked yet")}
    return [
        {"label": r.text, "theirs": words[theirs.get(r.key)], "yours": words[yours.get(r.key)]}
        for r in g.brief.requirements
        if theirs.get(r.key) != yours.get(r.key)
    ]


@blueprint.post("/briefs/<brief_id>/bids/<bid_id>/exclusion")
def exclude(brief_id: str, bid_id: str) -> Page:
    """Exclude, with the reason."""
    reason = clean_text(request.form.get("reason", ""))[:2000]
    try:
        services.exclude_bid(actor=current_user, bid=g.bid, reason=reason, now=g.now)
    except InvalidError as error:
        return _bid_page(status=422, error=error.message, typed=reason)
    flash(_("%(name)s is excluded.", name=g.bid.name), "warning")
    return redirect(url_for("evaluation.bids", brief_id=brief_id))


@blueprint.post("/briefs/<brief_id>/bids/<bid_id>/readmission")
def readmit(brief_id: str, bid_id: str) -> Response:
    """Take an exclusion back."""
    services.readmit_bid(actor=current_user, bid=g.bid, now=g.now)
    flash(_("%(name)s is admitted again.", name=g.bid.name), "success")
    return redirect(url_for("evaluation.bids", brief_id=brief_id))
