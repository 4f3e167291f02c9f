"""Answering in a workbook: download, upload, see what was read and what is wrong, take it into the draft."""

import io

from flask import abort, flash, g, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from rfp.errors import InvalidError, StaleError
from rfp.i18n import language
from rfp.offline.models import WorkbookUpload
from rfp.offline.services import upload_of
from rfp.responses.offline import services
from rfp.responses.views import blueprint
from rfp.responses.views.answering import Page, whole
from rfp.vocabulary import XLSX
from scoring.workbook.forms import write_form


@blueprint.get("/responses/<response_id>/workbook.xlsx")
def response_workbook(response_id: str) -> HttpResponse:
    """The response form with what the draft holds."""
    form = services.give_out(actor=current_user, response=whole(), now=g.now)
    buffer = io.BytesIO()
    write_form(form, buffer, language=language())
    buffer.seek(0)
    return send_file(buffer, mimetype=XLSX, as_attachment=True, download_name=_("response") + ".xlsx")


@blueprint.route("/responses/<response_id>/upload", methods=["GET", "POST"])
def upload_response(response_id: str) -> Page:
    """Send a filled workbook; the draft does not change yet."""
    response, error = whole(), ""
    if request.method == "POST":
        given = request.files.get("file")
        try:
            if given is None or not given.filename:
                raise InvalidError(_("Choose a file first."))
            content = given.stream.read()
            upload = services.receive(actor=current_user, response=response, content=content, now=g.now)
        except InvalidError as refused:
            error = refused.message
        else:
            address = url_for("responses.review_response", response_id=response_id, upload_id=upload.public_id)
            return redirect(address)
    is_open = response.brief.is_open(g.now)
    page = render_template(
        "responses/upload.html", response=response, brief=response.brief, error=error, is_open=is_open
    )
    return page, 422 if error else 200


def _upload(upload_id: str) -> WorkbookUpload:
    found = upload_of(kind=services.KIND, owner=g.response.public_id, public_id=upload_id)
    if found is None:
        abort(404)
    return found


def _review_page(upload: WorkbookUpload, status: int = 200) -> Page:
    response = whole()
    page = render_template(
        "responses/review.html",
        response=response,
        brief=response.brief,
        upload=upload,
        reading=services.reading_of(response, upload),
        seen=services.draft_state(response),
        is_open=response.brief.is_open(g.now),
    )
    return page, status


@blueprint.get("/responses/<response_id>/uploads/<upload_id>")
def review_response(response_id: str, upload_id: str) -> Page:
    """What was read, answer by answer, and what is wrong, cell by cell."""
    return _review_page(_upload(upload_id))


@blueprint.post("/responses/<response_id>/uploads/<upload_id>")
def take_response(response_id: str, upload_id: str) -> Page:
    """Take what was shown into the draft."""
    upload, seen = _upload(upload_id), request.form.get("seen", "")
    try:
        taken = services.take(actor=current_user, response=whole(), upload=upload, seen=seen, now=g.now)
    except StaleError as error:
        flash(error.message, "warning")
        return _review_page(upload, 409)
    message = ngettext("%(num)s answer taken into the draft.", "%(num)s answers taken into the draft.", taken)
    flash(message + " " + _("Nothing is submitted yet."), "success")
    return redirect(url_for("responses.show", response_id=response_id))
