"""The blueprint, and what its pages share."""

from typing import Any

from flask import Blueprint, g, render_template, url_for

from rfp.responses.models import Response
from rfp.responses.problems import Problem
from rfp.responses.services.locking import rule

blueprint = Blueprint("responses", __name__)


def page(template: str, status: int = 200, **values: Any) -> tuple[str, int]:
    """A page of the response in ``g``, with what all of them show of its brief and deadline."""
    response: Response = g.response
    brief = response.brief
    is_open = brief.is_open(g.now)
    html = render_template(
        f"responses/{template}",
        response=response,
        brief=brief,
        is_open=is_open,
        status=response.status(g.now),
        closed_rule=""
        if is_open or brief.deadline_at is None
        else rule(brief.deadline_at, brief.zone, g.now),
        **values,
    )
    return html, status


def link_to(problem: Problem) -> str:
    """Where a problem is mended."""
    values: dict[str, Any] = {"key": problem.key} if problem.page == "section" else {}
    return url_for(
        f"responses.{problem.page}", response_id=g.response.public_id, _anchor=problem.anchor, **values
    )


@blueprint.context_processor
def _helpers() -> dict[str, Any]:
    return {"link_to": link_to}
