"""Marking in a workbook: download, upload, see what would change, take it."""

import io

from flask import abort, flash, g, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from rfp.errors import InvalidError, StaleError
from rfp.evaluation import queries
from rfp.evaluation.offline import services
from rfp.evaluation.views import blueprint
from rfp.evaluation.views.panel import Page
from rfp.i18n import language
from rfp.offline.models import WorkbookUpload
from rfp.offline.services import upload_of
from rfp.vocabulary import XLSX
from scoring.workbook.forms import write_form


@blueprint.get("/briefs/<brief_id>/marking/workbook.xlsx")
def marking_workbook(brief_id: str) -> Response:
    """My own workbook: my bids and criteria, nobody else's marks."""
    brief = queries.load_grid(g.brief)
    form = services.give_out(actor=current_user, brief=brief, member=g.panel_member, now=g.now)
    buffer = io.BytesIO()
    write_form(form, buffer, language=language())
    buffer.seek(0)
    return send_file(buffer, mimetype=XLSX, as_attachment=True, download_name=_("my-marks") + ".xlsx")


@blueprint.route("/briefs/<brief_id>/marking/upload", methods=["GET", "POST"])
def upload_marking(brief_id: str) -> Page:
    """Send a filled workbook; nothing is taken yet."""
    error = ""
    if request.method == "POST":
        given = request.files.get("file")
        brief = queries.load_grid(g.brief)
        try:
            if given is None or not given.filename:
                raise InvalidError(_("Choose a file first."))
            content = given.stream.read()
            upload = services.receive(
                actor=current_user, brief=brief, member=g.panel_member, content=content, now=g.now
            )
        except InvalidError as refused:
            error = refused.message
        else:
            return redirect(url_for("evaluation.review_marking", brief_id=brief_id, upload_id=upload.public_id))
    page = render_template("evaluation/upload.html", brief=g.brief, error=error)
    return page, 422 if error else 200


def _upload(upload_id: str) -> WorkbookUpload:
    found = upload_of(kind=services.KIND, owner=g.panel_member.public_id, public_id=upload_id)
    if found is None:
        abort(404)
    return found


def _review_page(upload: WorkbookUpload, status: int = 200) -> Page:
    brief = queries.load_grid(g.brief)
    lines = services.lines_of(brief, g.panel_member, upload)
    counts = {state: sum(1 for line in lines if line.state == state) for state in {line.state for line in lines}}
    page = render_template("evaluation/review.html", brief=brief, upload=upload, lines=lines, counts=counts)
    return page, status


@blueprint.get("/briefs/<brief_id>/marking/uploads/<upload_id>")
def review_marking(brief_id: str, upload_id: str) -> Page:
    """Cell by cell: what stands, what the workbook says, what is refused and why."""
    return _review_page(_upload(upload_id))


@blueprint.post("/briefs/<brief_id>/marking/uploads/<upload_id>")
def take_marking(brief_id: str, upload_id: str) -> Page:
    """Take what was shown."""
    upload, brief = _upload(upload_id), queries.load_grid(g.brief)
    versions = {
        name[len("version-") :]: int(value)
        for name, value in request.form.items()
        if name.startswith("version-") and value.isascii() and value.isdigit() and len(value) < 9
    }
    try:
        taken = services.take(
            actor=current_user,
            brief=brief,
            member=g.panel_member,
            upload=upload,
            replacing=set(request.form.getlist("replace")),
            versions=versions,
            now=g.now,
        )
    except StaleError as error:
        flash(error.message, "warning")
        return _review_page(upload, 409)
    flash(ngettext("%(num)s mark taken from the workbook.", "%(num)s marks taken from the workbook.", taken), "success")
    return redirect(url_for("evaluation.marking", brief_id=brief_id))
