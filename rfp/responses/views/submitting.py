"""Checking, submitting, withdrawing, and the receipts."""

import json
from typing import Any

from flask import Response as FlaskResponse
from flask import flash, g, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as HttpResponse

from rfp.errors import IllegalMoveError, TooLateError
from rfp.responses import queries, services
from rfp.responses.content import answers_of, differs_from_submission, ticks_of
from rfp.responses.forms import DeclarationForm
from rfp.responses.models import Submission
from rfp.responses.problems import blocking, problems_of
from rfp.responses.progress import sections_of
from rfp.responses.receipts import receipt_of
from rfp.responses.slots import slots_of
from rfp.responses.views.blueprint import blueprint, page


@blueprint.get("/responses/<response_id>/check")
def check(**_address: str) -> tuple[str, int]:
    """Everything as it would be submitted."""
    return _check_page(DeclarationForm())


def _check_page(form: DeclarationForm, status: int = 200, refusal: str = "") -> tuple[str, int]:
    response = queries.load_whole(g.response)
    problems = problems_of(response)
    slots = slots_of(response.brief, response)
    return page(
        "check.html",
        status=status,
        form=form,
        missing=blocking(problems),
        warnings=[p for p in problems if not p.blocks],
        sections=sections_of(response),
        answers=answers_of(response),
        ticks=ticks_of(response),
        documents=[s for s in slots if s.key.startswith("document:") and (s.is_due or s.file)],
        slot_by_key={s.key: s for s in slots},
        changed_since=differs_from_submission(response),
        refusal=refusal,
    )


@blueprint.post("/responses/<response_id>/submit")
def submit(response_id: str) -> Any:
    """Submit the draft as it stands."""
    form = DeclarationForm()
    if not form.validate():
        return _check_page(form, status=422)
    try:
        submission = services.submit(response=queries.load_whole(g.response), actor=current_user, now=g.now)
    except (services.IncompleteError, TooLateError) as error:
        return _check_page(form, status=error.status, refusal=error.message)
    if submission.received_at == g.now:
        flash(_("Your response was received in full. This is its receipt."), "success")
    else:
        flash(_("Nothing had changed since: this submission stands, with this receipt."), "info")
    return redirect(url_for("responses.receipt", response_id=response_id, number=submission.number))


@blueprint.post("/responses/<response_id>/withdraw")
def withdraw(response_id: str) -> Any:
    """Take back what was submitted."""
    try:
        services.withdraw(response=g.response, actor=current_user, now=g.now)
    except (TooLateError, IllegalMoveError) as error:
        return _check_page(DeclarationForm(formdata=None), status=error.status, refusal=error.message)
    flash(
        _("Your response is withdrawn. The draft is kept: you may submit it again until the deadline."),
        "info",
    )
    return redirect(url_for("responses.show", response_id=response_id))


def _submission(number: int) -> Submission:
    response = queries.load_whole(g.response)
    found = next((s for s in response.submissions if s.number == number), None)
    if found is None:
        raise NotFound
    return found


@blueprint.get("/responses/<response_id>/receipts/<int:number>")
def receipt(number: int, **_address: str) -> tuple[str, int]:
    """The receipt of one submission."""
    submission = _submission(number)
    return page(
        "receipt.html",
        submission=submission,
        receipt=receipt_of(submission),
        stands=g.response.submission is submission,
    )


@blueprint.get("/responses/<response_id>/receipts/<int:number>.json")
def receipt_json(response_id: str, number: int) -> HttpResponse:
    """The receipt as a file, with all that is needed to recompute its hash."""
    text = json.dumps(receipt_of(_submission(number)), ensure_ascii=False, indent=2) + "\n"
    answer = FlaskResponse(text, mimetype="application/json")
    answer.headers.set("Content-Disposition", "attachment", filename=f"receipt-{response_id}-{number}.json")
    return answer
