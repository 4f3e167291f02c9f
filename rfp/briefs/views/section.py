"""One section of the brief, its guidance beside it."""

from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from rfp.briefs import fields, queries, services
from rfp.briefs.fields.comparing import compare
from rfp.briefs.models import BriefSection
from rfp.briefs.views import blueprint
from rfp.briefs.views.overview import Page, frozen_notice
from rfp.errors import StaleError


@blueprint.route("/briefs/<brief_id>/sections/<key>", methods=["GET", "POST"])
def section(brief_id: str, key: str) -> Page:
    """Fill one section; save as often as you like."""
    if notice := frozen_notice():
        return notice
    found = queries.section(g.brief, key)
    if found is None or not found.fields:
        abort(404)
    form = fields.fill(found.fields, found.values)
    if request.method == "GET":
        return _page(found, form, services.fingerprint(found.values))
    seen = request.form.get("seen", "")
    if request.form.get("add_row") in form:
        getattr(form[request.form["add_row"]], "add_row", lambda: None)()
        return _page(found, form, seen)
    if not form.validate():
        return _page(found, form, seen, status=422)
    values = fields.values_of(found.fields, form)
    try:
        services.save_section(actor=current_user, section=found, values=values, seen=seen, now=g.now)
    except StaleError as error:
        conflicts = compare(found.fields, error.theirs, values)
        return _page(found, form, services.fingerprint(error.theirs), status=409, conflicts=conflicts)
    flash(_("Saved: %(title)s.", title=found.title), "success")
    _before, after = neighbours(found)
    if request.form.get("then") == "next" and after:
        return redirect(url_for("briefs.section", brief_id=brief_id, key=after.key))
    if request.form.get("then") == "stay":
        return redirect(url_for("briefs.section", brief_id=brief_id, key=key))
    return redirect(url_for("briefs.show", brief_id=brief_id))


def neighbours(found: BriefSection) -> tuple[BriefSection | None, BriefSection | None]:
    """The sections to fill before and after this one."""
    fillable = [s for s in g.brief.sections if s.kind == "brief" and s.fields]
    at = fillable.index(found)
    return (fillable[at - 1] if at else None), (fillable[at + 1] if at + 1 < len(fillable) else None)


def _page(
    found: BriefSection,
    form: Any,
    seen: str,
    *,
    status: int = 200,
    conflicts: list[dict[str, str]] | None = None,
) -> Page:
    before, after = neighbours(found)
    page = render_template(
        "briefs/section.html",
        brief=g.brief,
        section=found,
        form=form,
        seen=seen,
        before=before,
        after=after,
        conflicts=conflicts or [],
        problems=fields.problems(found.fields, found.values) if found.saved_at else [],
    )
    return page, status
