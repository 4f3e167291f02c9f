"""What the agency declares of the mandatory requirements."""

from typing import Any

from flask import g, redirect, request, url_for
from flask_login import current_user

from rfp.errors import StaleError, TooLateError
from rfp.responses import queries, services
from rfp.responses.content import ticks_of
from rfp.responses.forms import ActionForm
from rfp.responses.views.blueprint import blueprint, page
from rfp.responses.views.overview import flash_saved

ANSWERS = {"yes": True, "no": False}


@blueprint.route("/responses/<response_id>/requirements", methods=["GET", "POST"])
def requirements(**_address: str) -> Any:
    """A yes or no to each requirement."""
    queries.load_whole(g.response)
    form = ActionForm()
    if not form.validate_on_submit():
        return _page(form, ticks_of(g.response))
    ticks = _posted()
    try:
        services.tick_requirements(
            response=g.response,
            ticks=ticks,
            shown=request.form.get("shown", ""),
            actor=current_user,
            now=g.now,
        )
    except StaleError as error:
        return _page(form, {**error.theirs, **ticks}, status=409, theirs=error.theirs)
    except TooLateError as error:
        return _page(form, ticks, status=409, refusal=error.message)
    flash_saved()
    follows = "documents" if request.form.get("action") == "next" else "requirements"
    return redirect(url_for(f"responses.{follows}", response_id=g.response.public_id))


def _posted() -> dict[str, bool]:
    posted = {r.key: request.form.get(f"met:{r.key}", "") for r in g.response.brief.requirements}
    return {key: ANSWERS[text] for key, text in posted.items() if text in ANSWERS}


def _page(form: ActionForm, ticks: dict[str, bool], status: int = 200, **values: Any) -> tuple[str, int]:
    return page(
        "requirements.html",
        status=status,
        form=form,
        ticks=ticks,
        shown=services.ticks_token(g.response),
        **{"theirs": {}, "refusal": "", **values},
    )
