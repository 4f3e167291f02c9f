"""What every request shares: its instant, its one commit, and the pages for errors."""

import logging
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, g, render_template, request, session
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException, NotFound, SecurityError
from werkzeug.wrappers import Response as HttpResponse

from rfp.db import db, set_reading
from rfp.errors import GrilleError
from rfp.mail import flush_mail

log = logging.getLogger(__name__)
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
MOST_TEXT = "MAX_FORM_MEMORY_SIZE"
# Reading these is put on record: they take the write lock from the start.
RECORDED = frozenset({"reports.workbook", "evaluation.marking_workbook", "responses.response_workbook"})


def _without_nul(values: MultiDict[str, str]) -> MultiDict[str, str]:
    """The same without NUL, which nobody types and PostgreSQL refuses, in texts and in what is looked up alike."""
    if not any("\0" in name or "\0" in text for name, text in values.items(multi=True)):
        return values
    return type(values)((n.replace("\0", ""), t.replace("\0", "")) for n, t in values.items(multi=True))


def begin() -> HttpResponse | None:
    """Fix the request's instant; a reading request takes no write lock."""
    g.now = current_app.config["CLOCK"]()
    set_reading(request.method in SAFE_METHODS and request.endpoint not in RECORDED)
    if "\0" in request.path:  # nothing has such a name, PostgreSQL refuses to be asked, and no page may repeat it
        return HttpResponse(_("Page not found"), 404, mimetype="text/plain")
    request.args = _without_nul(request.args)
    if request.method not in SAFE_METHODS:
        if request.is_json:
            abort(415)  # every page posts a form
        if "multipart" not in request.mimetype and (request.content_length or 0) > current_app.config[MOST_TEXT]:
            abort(413)  # the limit of a form's texts, which Werkzeug holds to in multipart bodies alone
        # The body is read to its end here: a request counts from when it is whole.
        request.form = _without_nul(request.form)  # type: ignore[assignment]
        g.now = current_app.config["CLOCK"]()
    return None


def finish(response: Response) -> Response:
    """Commit once, on success; anything else leaves no trace. Mail goes out after the commit.

    ``g.keep`` commits a refusal too: a failed sign-in must be counted. What could not be committed is
    answered as what it is, never as done.
    """
    if response.status_code >= 400 and not g.get("keep"):
        db.session.rollback()
        return response
    try:
        db.session.commit()
    except OperationalError as error:
        return current_app.make_response(_handle_operational(error))
    except StaleDataError as error:
        return current_app.make_response(_handle_stale(error))
    flush_mail()
    return response


def forget(_error: BaseException | None = None) -> None:
    """After the request: what follows in this context, such as a command, may write."""
    set_reading(False)


def error_page(status: int, title: str, message: str) -> tuple[str, int]:
    """A designed page for an error a person may meet."""
    return render_template("errors/error.html", status=status, title=title, message=message), status


def _titles() -> dict[int, tuple[str, str]]:
    return {
        400: (_("This request could not be read"), _("Go back and try again.")),
        403: (_("This is not open to you"), _("Your account does not give access to this page.")),
        404: (
            _("Page not found"),
            _("It does not exist, or it is not open to your account. Check the address, or start from your home page."),
        ),
        405: (_("This address does not accept that request"), _("Go back and use the buttons of the page.")),
        409: (
            _("Somebody changed this in the meantime"),
            _("Go back, reload the page and look at what stands now."),
        ),
        413: (
            _("This is too large"),
            _(
                "What you sent is larger than the limit, and was not kept. Choose smaller files, or send them one by one."
            ),
        ),
        415: (
            _("This could not be read"),
            _("Pages of this site send forms. Go back and use the buttons of the page."),
        ),
        429: (_("Too many attempts"), _("Wait a few minutes before you try again.")),
        500: (
            _("Something went wrong on our side"),
            _("Nothing was changed. The incident has been logged; please try again."),
        ),
        503: (_("Busy for a moment"), _("Nothing was changed. Please try again in a few seconds.")),
    }


def _handle_http(error: HTTPException) -> tuple[str, int] | HttpResponse:
    status = error.code or 500
    if isinstance(error, SecurityError):  # of a host that is not ours no page can be drawn: it has no addresses
        return HttpResponse(_("This server does not answer to that name."), 400, mimetype="text/plain")
    if error.response is not None or status < 400:
        return error.get_response()
    title, message = _titles().get(status, (_("This did not work"), _("Go back and try again.")))
    return error_page(status, title, message)


def _handle_grille(error: GrilleError) -> tuple[str, int] | HttpResponse:
    db.session.rollback()
    if error.status == 404:
        return _handle_http(NotFound())
    title, message = _titles().get(error.status, (_("This did not work"), ""))
    if error.status == 422:
        title = _("This could not be accepted")
    elif error.message:
        title = _("This cannot be done")
    return error_page(error.status, title, error.message or message)


def _sender() -> str:
    """The host and port of the page that sent this request, blank where none is told or it makes no sense."""
    try:
        return urlsplit(request.origin or request.referrer or "").netloc
    except ValueError:
        return ""


def typed_fields() -> list[tuple[str, str]]:
    """What of the form may be shown and sent again: all but its token and passwords."""
    return [(k, v) for k, v in request.form.items(multi=True) if k != "csrf_token" and "password" not in k]


def offer_again() -> tuple[str, int]:
    """Offer an expired form again with its content. Without a session it was not our page: nothing is offered."""
    fields = typed_fields() if session and _sender() == request.host else []
    return render_template("errors/expired.html", fields=fields, files=bool(request.files)), 400


def _handle_csrf(_error: CSRFError) -> tuple[str, int]:
    return offer_again()


def _handle_stale(_error: StaleDataError) -> tuple[str, int]:
    db.session.rollback()
    title, message = _titles()[409]
    return error_page(409, title, message)


def _handle_operational(error: OperationalError) -> tuple[str, int]:
    db.session.rollback()
    log.exception("the database could not be used", exc_info=error)
    title, message = _titles()[503]
    return error_page(503, title, message)


def _handle_unexpected(error: Exception) -> tuple[str, int]:
    db.session.rollback()
    log.exception("unexpected", exc_info=error)
    title, message = _titles()[500]
    return error_page(500, title, message)


def init_app(app: Flask) -> None:
    """Bind the hooks and the error pages to ``app``."""
    app.before_request(begin)
    app.after_request(finish)
    app.teardown_request(forget)
    app.register_error_handler(CSRFError, _handle_csrf)
    app.register_error_handler(GrilleError, _handle_grille)
    app.register_error_handler(HTTPException, _handle_http)
    app.register_error_handler(StaleDataError, _handle_stale)
    app.register_error_handler(OperationalError, _handle_operational)
    if not app.testing:
        app.register_error_handler(Exception, _handle_unexpected)
