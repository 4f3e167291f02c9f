"""Check, submit, withdraw, and the receipt."""

from typing import Any

from flask import abort, current_app, flash, g, jsonify, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse
from wtforms import BooleanField
from wtforms.validators import DataRequired

from rfp.audit.services import instant_text
from rfp.errors import InvalidError
from rfp.forms import CleanForm
from rfp.i18n import instant
from rfp.mail import send_after_commit
from rfp.responses import queries, services
from rfp.responses.models import Response, Submission
from rfp.responses.views import blueprint
from rfp.responses.views.answering import Page, sections, whole, written_questions


class SubmitForm(CleanForm):
    declared = BooleanField(
        _l("I am entitled to commit the agency, and what is submitted is true and complete."),
        validators=[DataRequired(_l("Tick this to submit."))],
    )


def _check_page(response: Response, form: CleanForm, status: int = 200) -> Page:
    page = render_template(
        "responses/check.html",
        response=response,
        brief=response.brief,
        sections=[(s, written_questions(response, s.key)) for s in sections(response)],
        answers=queries.answers_of(response),
        missing=services.missing_in(response),
        ticks={t.requirement.key: t.met for t in response.ticks},
        form=form,
        is_open=response.brief.is_open(g.now),
    )
    return page, status


@blueprint.get("/responses/<response_id>/check")
def check(response_id: str) -> Page:
    """Everything as it would be submitted, what is missing first."""
    return _check_page(whole(), SubmitForm())


@blueprint.post("/responses/<response_id>/submit")
def submit(response_id: str) -> Page:
    """Receive the response. Twice the same is once."""
    response, form = whole(), SubmitForm()
    if not form.validate():
        return _check_page(response, form, 422)
    try:
        submission = services.submit(actor=current_user, response=response, now=g.now)
    except InvalidError as error:
        form.form_errors.append(error.message)
        return _check_page(response, form, 422)
    if submission.received_at == g.now:
        _send_receipt(response, submission)
    flash(_("Your response is submitted. This is your receipt."), "success")
    return redirect(url_for("responses.receipt", response_id=response_id, number=submission.number))


def _send_receipt(response: Response, submission: Submission) -> None:
    brief = response.brief
    link = current_app.config["BASE_URL"] + url_for(
        "responses.receipt", response_id=response.public_id, number=submission.number
    )
    body = _(
        "%(agency)s submitted its response to “%(title)s” (%(buyer)s).\n\n"
        "Received: %(when)s\nSubmission no. %(number)s\nSHA-256: %(sha)s\n\nReceipt: %(link)s",
        agency=response.organisation.name,
        title=brief.title,
        buyer=brief.organisation.name,
        when=instant(submission.received_at, brief.zone),
        number=submission.number,
        sha=submission.sha256,
        link=link,
    )
    send_after_commit(to=current_user.email, subject=_("Receipt: %(title)s", title=brief.title), body=body)


@blueprint.post("/responses/<response_id>/withdraw")
def withdraw(response_id: str) -> HttpResponse:
    """Take the submission back; the draft stays."""
    services.withdraw(actor=current_user, response=whole(), now=g.now)
    flash(
        _("Your response is withdrawn. The draft is still here; you may submit again until the deadline."),
        "warning",
    )
    return redirect(url_for("responses.show", response_id=response_id))


def _submission(number: int) -> Submission:
    found = next((s for s in whole().submissions if s.number == number), None)
    if found is None:
        abort(404)
    return found


def receipt_document(response: Response, submission: Submission) -> dict[str, Any]:
    """The receipt as data: who, what, when, and the SHA-256 of each item and of the whole."""
    brief = response.brief
    return {
        "format": "receipt/1",
        "agency": response.organisation.name,
        "buyer": brief.organisation.name,
        "brief": {
            "id": brief.public_id,
            "title": brief.title,
            "reference": brief.reference,
            "version": submission.brief_version,
        },
        "submission": submission.number,
        "submitted_by": submission.submitted_by_name,
        "received_at": instant_text(submission.received_at),
        "content": submission.content,
        "sha256": submission.sha256,
    }


@blueprint.get("/responses/<response_id>/receipts/<int:number>")
def receipt(response_id: str, number: int) -> Page:
    """What was received, and when."""
    submission = _submission(number)
    return render_template("responses/receipt.html", response=g.response, brief=g.response.brief, submission=submission)


@blueprint.get("/responses/<response_id>/receipts/<int:number>.json")
def receipt_json(response_id: str, number: int) -> HttpResponse:
    """The same, to keep and to check."""
    answer = jsonify(receipt_document(g.response, _submission(number)))
    answer.headers["Content-Disposition"] = f'attachment; filename="receipt-{number}.json"'
    return answer
