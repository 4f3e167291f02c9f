"""The grid of criteria."""

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from rfp.briefs import queries, services
from rfp.briefs.forms import grid_form, grid_in
from rfp.briefs.models import Brief
from rfp.briefs.pricing import in_words
from rfp.briefs.views import blueprint
from rfp.briefs.views.overview import Page, may_write
from rfp.errors import InvalidError, StaleError
from rfp.i18n import number
from rfp.vocabulary import BriefStage


def _page(brief: Brief, form: Any, *, status: int = 200, conflicts: list[dict[str, str]] | None = None) -> Page:
    editable = brief.stage(g.now) == BriefStage.DRAFT and may_write()
    total = sum(leaf.weight for leaf in brief.leaves)
    page = render_template(
        "briefs/grid.html", brief=brief, form=form, editable=editable, total=total, conflicts=conflicts or []
    )
    return page, status


@blueprint.get("/briefs/<brief_id>/grid")
def grid(brief_id: str) -> Page:
    """The tree in points, the scales, the price formula, rounding and ties in words."""
    brief = queries.load_whole(g.brief)
    form = grid_form(brief)
    form.seen.data = services.grid_fingerprint(services.grid_of(brief))
    return _page(brief, form)


@blueprint.post("/briefs/<brief_id>/grid")
def save_grid(brief_id: str) -> Page:
    """Points, minimums, and how the price becomes points."""
    brief = queries.load_whole(g.brief)
    form = grid_form(brief)
    if not form.validate():
        return _page(brief, form, status=422)
    wanted = grid_in(form, brief)
    try:
        services.save_grid(actor=current_user, brief=brief, grid=wanted, seen=request.form.get("seen", ""), now=g.now)
    except InvalidError as error:
        for key, fault in error.faults.items():
            form[f"m-{key.replace('.', '_')}"].errors = [fault]
        return _page(brief, form, status=422)
    except StaleError as error:
        form.seen.data = services.grid_fingerprint(error.theirs)
        return _page(brief, form, status=409, conflicts=_conflicts(brief, error.theirs, wanted))
    total = sum(leaf.weight for leaf in brief.leaves)
    if total == 100:
        flash(_("Saved. The weights add up to 100 points."), "success")
    else:
        flash(_("Saved."), "success")  # the page itself says that they do not add up
    return redirect(url_for("briefs.grid", brief_id=brief_id))


def _conflicts(brief: Brief, theirs: dict[str, Any], yours: dict[str, Any]) -> list[dict[str, str]]:
    def text(line: services.GridLine) -> str:
        minimum = "" if line.minimum is None else _(", minimum %(number)s", number=number(line.minimum))
        formula = f". {in_words(line.formula, brief.currency)}" if line.formula else ""
        return _("%(number)s points", number=number(line.weight)) + minimum + formula

    titles = {c.key: c.title for c in brief.criteria if not c.children or theirs[c.key].minimum != yours[c.key].minimum}
    return [
        {"label": title, "theirs": text(theirs[key]), "yours": text(yours[key])}
        for key, title in titles.items()
        if theirs[key].as_json() != yours[key].as_json()
    ]
