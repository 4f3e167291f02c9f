"""The ranking, as a page, as JSON, and as the file it can be worked out from."""

import json
from typing import Any

from flask import Response, g, render_template, request

from rfp.evaluation import queries
from rfp.evaluation.firmness import firmness_of, plain
from rfp.evaluation.matrix import evaluate, evaluation_document
from rfp.evaluation.ranking_view import STATUS, ranking_page, sentence
from rfp.evaluation.views import blueprint
from rfp.evaluation.views.panel import Page
from rfp.i18n import language
from scoring import EvaluationFileError


@blueprint.get("/briefs/<brief_id>/ranking")
def ranking(brief_id: str) -> Page:
    """Rank, points, total, gap, and why a bid is not ranked."""
    try:
        evaluation, result = evaluate(g.brief, language())
    except EvaluationFileError as error:
        return render_template("evaluation/ranking_refused.html", brief=g.brief, faults=error.faults), 409
    waiting = [m for m in queries.panel_of(g.brief) if m.handed_in_at is None]
    return render_template(
        "evaluation/ranking.html",
        brief=g.brief,
        result=result,
        page=ranking_page(evaluation, result),
        sentence=sentence(result),
        waiting=waiting,
        bid_status=STATUS,
        bids={bid.public_id: bid for bid in queries.bids_of(g.brief)},
    )


@blueprint.get("/briefs/<brief_id>/ranking/firmness")
def firmness(brief_id: str) -> Page:
    """What it would take for another bid to win; a part of the ranking page, or a page of its own."""
    try:
        found = firmness_of(g.brief)
    except EvaluationFileError as error:
        return render_template("evaluation/ranking_refused.html", brief=g.brief, faults=error.faults), 409
    part = "HX-Request" in request.headers
    template = "evaluation/_firmness.html" if part else "evaluation/firmness.html"
    level = "h3" if part else "h2"
    return render_template(template, brief=g.brief, found=found, tongue=language(), level=level)


def _download(document: dict[str, Any], name: str) -> Response:
    body = json.dumps(document, ensure_ascii=False, indent=2, default=plain)
    answer = Response(body + "\n", mimetype="application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@blueprint.get("/briefs/<brief_id>/ranking.json")
def ranking_json(brief_id: str) -> Response:
    """What ``python -m scoring rank FILE --json`` prints of the file below."""
    return _download(evaluate(g.brief, "en")[1].to_document(), "ranking.json")


@blueprint.get("/briefs/<brief_id>/evaluation.json")
def evaluation_file(brief_id: str) -> Response:
    """The evaluation file: anybody can work the ranking out again from it."""
    return _download(evaluation_document(g.brief), "evaluation.json")
