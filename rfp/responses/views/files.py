"""The documents of a response."""

from typing import BinaryIO, cast

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from rfp.documents.services import TooLargeError
from rfp.documents.serving import attachment
from rfp.errors import InvalidError
from rfp.responses import services
from rfp.responses.slots import file_in, slots_of
from rfp.responses.views import blueprint
from rfp.responses.views.answering import Page, whole


def _page(errors: dict[str, str] | None = None, status: int = 200) -> Page:
    response = whole()
    held = [(slot, file_in(response, slot)) for slot in slots_of(response.brief)]
    page = render_template(
        "responses/documents.html",
        response=response,
        brief=response.brief,
        held=held,
        errors=errors or {},
        is_open=response.brief.is_open(g.now),
    )
    return page, status


@blueprint.get("/responses/<response_id>/documents")
def documents(response_id: str) -> Page:
    """A place for each file asked for."""
    return _page()


@blueprint.post("/responses/<response_id>/documents/<slot>")
def upload(response_id: str, slot: str) -> Page:
    """Put a file in its place."""
    given = request.files.get("file")
    if given is None or not given.filename:
        return _page({slot: _("Choose a file first.")}, 422)
    try:
        services.add_file(
            actor=current_user,
            response=whole(),
            slot_name=slot,
            name=given.filename,
            stream=cast(BinaryIO, given.stream),
            now=g.now,
        )
    except (InvalidError, TooLargeError) as error:
        return _page({slot: error.message}, error.status)
    flash(_("The file is in your draft. It is submitted only when you submit the response."), "success")
    return redirect(url_for("responses.documents", response_id=response_id))


@blueprint.post("/responses/<response_id>/files/<file_id>/remove")
def remove_file(response_id: str, file_id: str) -> HttpResponse:
    """Take a file out of the draft."""
    services.remove_file(actor=current_user, response=whole(), public_id=file_id, now=g.now)
    flash(_("The file is out of your draft."), "success")
    return redirect(url_for("responses.documents", response_id=response_id))


@blueprint.get("/responses/<response_id>/files/<file_id>")
def download(response_id: str, file_id: str) -> HttpResponse:
    """One of the draft's own files, or one of a submission."""
    response = whole()
    drafted = {f.public_id: (f.sha256, f.name, f.media_type) for f in response.files}
    submitted = {
        item["id"]: (item["sha256"], item["name"], item["media_type"])
        for submission in response.submissions
        for item in submission.content["files"]
    }
    found = (submitted | drafted).get(file_id)
    if found is None:
        abort(404)
    sha256, name, media_type = found
    return attachment(sha256=sha256, name=name, media_type=media_type)
