"""Downloads."""

import io
import re

from flask import Blueprint, Response, g, render_template, send_file
from flask_login import current_user

from rfp.evaluation.matrix import evaluate
from rfp.i18n import language
from rfp.reports.services import note_download
from rfp.reports.workbook import extras_of
from rfp.vocabulary import READERS, XLSX
from scoring import EvaluationFileError
from scoring.workbook import write

blueprint = Blueprint("reports", __name__)


@blueprint.get("/briefs/<brief_id>/workbook.xlsx")
def workbook(brief_id: str) -> Response | tuple[str, int]:
    """The comparison workbook, in the reader's language."""
    try:
        evaluation, result = evaluate(g.brief, language())
    except EvaluationFileError as error:
        return render_template("evaluation/ranking_refused.html", brief=g.brief, faults=error.faults), 409
    buffer = io.BytesIO()
    reader = not current_user.roles_in(g.brief.organisation_id).isdisjoint(READERS)
    extras = extras_of(g.brief, with_record=reader, now=g.now)
    write(evaluation, result, buffer, language=language(), extras=extras)
    note_download(actor=current_user, brief=g.brief, what="workbook", now=g.now)
    buffer.seek(0)
    name = re.sub(r"[^A-Za-z0-9_-]+", "-", g.brief.reference or "grille").strip("-") or "grille"
    return send_file(buffer, mimetype=XLSX, as_attachment=True, download_name=f"{name}.xlsx")
