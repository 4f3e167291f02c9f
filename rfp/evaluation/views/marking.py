"""The marking screen: one criterion, its answers, its scale."""

from decimal import Decimal, InvalidOperation
from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from rfp.briefs.models import Brief, Criterion
from rfp.errors import InvalidError, StaleError
from rfp.evaluation import queries, services
from rfp.evaluation.models import Bid
from rfp.evaluation.views import blueprint
from rfp.evaluation.views.panel import Page
from rfp.forms import clean_text
from rfp.vocabulary import BriefStage

MAX_COMMENT = 5000
MAX_EVIDENCE = 500


@blueprint.get("/briefs/<brief_id>/marking")
def marking(brief_id: str) -> Page:
    """My progress: criterion by bid, and handing in."""
    brief = queries.load_grid(g.brief)
    bids, marks = queries.admitted_bids(brief), queries.own_marks(g.panel_member)
    leaves = _marked(brief)
    left = services.left_to_mark(brief, g.panel_member)
    return render_template(
        "evaluation/marking.html",
        brief=brief,
        member=g.panel_member,
        bids=bids,
        leaves=leaves,
        marks=marks,
        left=left,
        total=len(bids) * len(leaves),
        given=sum(1 for m in marks.values() if m.value is not None),
    )


def _criterion(brief: Brief, key: str) -> Criterion:
    found = next((c for c in _marked(brief) if c.key == key), None)
    if found is None:
        abort(404)
    return found


def _marked(brief: Brief) -> list[Criterion]:
    return [c for c in brief.leaves if c.is_marked]


def _next(brief: Brief, criterion: Criterion) -> Criterion | None:
    leaves = _marked(brief)
    at = leaves.index(criterion)
    return leaves[at + 1] if at + 1 < len(leaves) else None


def _say_saved(criterion: Criterion) -> None:
    """Saved, and what this criterion still lacks before handing in."""
    saved = _("Saved: %(title)s.", title=criterion.title)
    marks = queries.own_marks(g.panel_member, criterion).values()
    bare = sum(1 for mark in marks if mark.value is not None and not mark.comment)
    missing = ngettext(
        "%(num)s mark still needs its comment: the agency may be told it.",
        "%(num)s marks still need their comment: the agency may be told it.",
        bare,
    )
    flash(f"{saved} {missing}" if bare else saved, "warning" if bare else "success")


def _mark_page(
    brief: Brief,
    criterion: Criterion,
    typed: dict[str, Any],
    errors: list[str],
    stale: list[Any],
    status: int = 200,
) -> Page:
    feeding = [q for q in brief.questions if q.criterion_id == criterion.id and q.stage == "written"]
    slots = {f"document:{d.key}" for d in brief.document_requests if d.criterion_id == criterion.id}
    slots |= {f"question:{q.key}" for q in feeding}
    page = render_template(
        "evaluation/mark.html",
        brief=brief,
        criterion=criterion,
        bids=queries.admitted_bids(brief),
        marks=queries.own_marks(g.panel_member, criterion),
        member=g.panel_member,
        questions=[q for q in feeding if q.definition["type"] != "file"],
        slots=slots,
        following=_next(brief, criterion),
        number=_marked(brief).index(criterion) + 1,
        total=len(_marked(brief)),
        typed=typed,
        errors=errors,
        stale=stale,
    )
    return page, status


@blueprint.route("/briefs/<brief_id>/marking/<criterion_key>", methods=["GET", "POST"])
def mark(brief_id: str, criterion_key: str) -> Page:
    """Mark every bid on one criterion."""
    brief = queries.load_grid(g.brief)
    criterion = _criterion(brief, criterion_key)
    if request.method == "GET":
        return _mark_page(brief, criterion, {}, [], [])
    errors, stale = _save_all(brief, criterion)
    if errors or stale:
        return _mark_page(brief, criterion, dict(request.form), errors, stale, 409 if stale else 422)
    _say_saved(criterion)
    following = _next(brief, criterion)
    if request.form.get("then") == "next" and following:
        return redirect(url_for("evaluation.mark", brief_id=brief_id, criterion_key=following.key))
    return redirect(url_for("evaluation.marking", brief_id=brief_id))


def _save_all(brief: Brief, criterion: Criterion) -> tuple[list[str], list[dict[str, Any]]]:
    """Save what is on the page, all or nothing: (what is wrong, what another window saved)."""
    errors: list[str] = []
    stale = []
    for bid in queries.admitted_bids(brief):
        if f"comment-{bid.public_id}" not in request.form and f"mark-{bid.public_id}" not in request.form:
            continue
        try:
            _save_one(bid, criterion)
        except InvalidError as error:
            errors.append(error.message)
        except StaleError as error:
            stale.append({"bid": bid, **error.theirs})
    return errors, stale


def _save_one(bid: Bid, criterion: Criterion) -> None:
    typed = request.form.get(f"mark-{bid.public_id}", "").strip()
    seen = request.form.get(f"seen-{bid.public_id}", "")
    try:
        value = Decimal(typed) if typed else None
    except InvalidOperation as error:
        raise InvalidError(_("%(name)s: choose one of the marks of the scale.", name=bid.name)) from error
    services.save_mark(
        actor=current_user,
        member=g.panel_member,
        bid=bid,
        criterion=criterion,
        value=value,
        comment=clean_text(request.form.get(f"comment-{bid.public_id}", ""))[:MAX_COMMENT],
        evidence=clean_text(request.form.get(f"evidence-{bid.public_id}", ""))[:MAX_EVIDENCE],
        seen=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else 0,
        now=g.now,
    )


@blueprint.route("/briefs/<brief_id>/hand-in", methods=["GET", "POST"])
def hand_in(brief_id: str) -> Page:
    """Lock my marks."""
    brief = queries.load_grid(g.brief)
    if request.method == "POST":
        try:
            services.hand_in(actor=current_user, brief=brief, member=g.panel_member, now=g.now)
        except InvalidError as error:
            flash(error.message, "danger")
            return _hand_in_page(brief), 422
        flash(_("Handed in. Your marks are locked; you may now see the ranking."), "success")
        if brief.stage(g.now) == BriefStage.RANKED:
            return redirect(url_for("evaluation.ranking", brief_id=brief_id))
        return redirect(url_for("evaluation.marking", brief_id=brief_id))
    return _hand_in_page(brief)


def _hand_in_page(brief: Brief) -> str:
    left = services.left_to_mark(brief, g.panel_member)
    return render_template("evaluation/hand_in.html", brief=brief, member=g.panel_member, left=left)
