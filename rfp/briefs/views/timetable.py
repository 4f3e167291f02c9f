"""The timetable."""

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from rfp.briefs import services
from rfp.briefs.forms import timetable_form
from rfp.briefs.views import blueprint
from rfp.briefs.views.overview import Page, frozen_notice
from rfp.errors import InvalidError, StaleError
from rfp.i18n import instant


def _page(
    form: Any, *, status: int = 200, conflicts: list[dict[str, str]] | None = None, proposed: bool = False
) -> Page:
    page = render_template(
        "briefs/timetable.html",
        brief=g.brief,
        form=form,
        conflicts=conflicts or [],
        proposed=proposed,
        now=g.now,
    )
    return page, status


@blueprint.route("/briefs/<brief_id>/timetable", methods=["GET", "POST"])
def timetable(brief_id: str) -> Page:
    """Dated steps on the clocks of the brief's zone; ``?propose=1`` fills in dates to start from."""
    if notice := frozen_notice():
        return notice
    brief = g.brief
    current = services.timetable_of(brief)
    propose = request.method == "GET" and request.args.get("propose") == "1"
    form = timetable_form(brief, services.propose_dates(brief=brief, now=g.now) if propose else current)
    if request.method == "GET":
        form.seen.data = services.fingerprint(current)
        return _page(form, proposed=propose)
    if not form.validate():
        return _page(form, status=422)
    wanted = {key: form[f"d-{key}"].data for key in current}
    try:
        services.save_timetable(actor=current_user, brief=brief, dates=wanted, seen=form.seen.data or "", now=g.now)
    except InvalidError as error:
        for key, fault in error.faults.items():
            form[f"d-{key}"].errors = [fault]
        return _page(form, status=422)
    except StaleError as error:
        titles = {m.key: m.title for m in brief.milestones}
        conflicts = [
            {"label": titles[k], "theirs": instant(v, brief.zone), "yours": instant(wanted[k], brief.zone)}
            for k, v in error.theirs.items()
            if v != wanted[k]
        ]
        form.seen.data = services.fingerprint(error.theirs)
        return _page(form, status=409, conflicts=conflicts)
    flash(_("Saved. Dates are those of the zone %(zone)s.", zone=brief.zone), "success")
    return redirect(url_for("briefs.show", brief_id=brief_id))
