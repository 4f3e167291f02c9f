"""The files of the draft."""

from io import BytesIO
from typing import Any, BinaryIO, cast

from flask import flash, g, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from rfp.documents.services import TooLargeError
from rfp.documents.serving import attachment
from rfp.errors import InvalidError, NotFoundError, TooLateError
from rfp.responses import queries, services
from rfp.responses.forms import ActionForm
from rfp.responses.slots import slots_of
from rfp.responses.views.blueprint import blueprint, page


@blueprint.get("/responses/<response_id>/documents")
def documents(**_address: str) -> tuple[str, int]:
    """What is asked, what is there."""
    return _page()


def _page(status: int = 200, fault: tuple[str, str] = ("", "")) -> tuple[str, int]:
    """``fault`` is the address of a slot and what is wrong there."""
    response = queries.load_whole(g.response)
    slots = slots_of(response.brief, response)
    return page(
        "documents.html",
        status=status,
        due=[s for s in slots if s.is_due],
        later=[s for s in slots if not s.is_due],
        fault=fault,
        form=ActionForm(),
    )


@blueprint.post("/responses/<response_id>/documents/<slot>")
def upload(slot: str, **_address: str) -> Any:
    """Put a file in a slot, in place of the one there."""
    posted = request.files.get("file")
    try:
        file = services.add_file(
            response=g.response,
            slot_address=slot,
            filename=posted.filename or "" if posted else "",
            stream=cast(BinaryIO, posted.stream) if posted else BytesIO(),
            actor=current_user,
            now=g.now,
        )
    except (InvalidError, TooLargeError, TooLateError) as error:
        return _page(error.status, (slot, error.message))
    flash(
        _("“%(name)s” is in your draft. Nothing is submitted until you submit it.", name=file.name), "success"
    )
    return _back(slot)


@blueprint.post("/responses/<response_id>/files/<file_id>/remove")
def remove_file(file_id: str, **_address: str) -> Any:
    """Take a file out of the draft."""
    try:
        services.remove_file(response=g.response, file_id=file_id, actor=current_user, now=g.now)
    except TooLateError as error:
        return _page(error.status, ("", error.message))
    flash(_("The file is no longer in your draft."), "success")
    return _back()


def _back(slot: str = "") -> HttpResponse:
    anchor = f"slot-{slot}" if slot else None
    return redirect(url_for("responses.documents", response_id=g.response.public_id, _anchor=anchor))


@blueprint.get("/responses/<response_id>/files/<file_id>")
def download(file_id: str, **_address: str) -> HttpResponse:
    """A file of the draft, or of one of its submissions, as it was sent."""
    for file in g.response.files:
        if file.public_id == file_id:
            return attachment(sha256=file.sha256, name=file.name, media_type=file.stored.media_type)
    for submission in g.response.submissions:
        for kept in submission.content["files"]:
            if kept["id"] == file_id:
                return attachment(sha256=kept["sha256"], name=kept["name"], media_type=kept["media_type"])
    raise NotFoundError
