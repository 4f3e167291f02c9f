"""The front page, and the page a monitor asks for."""

from flask import Blueprint, redirect, render_template, url_for
from flask_login import current_user
from sqlalchemy import text
from werkzeug.wrappers import Response

from rfp.db import db
from rfp.vocabulary import OrganisationKind, Role

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
def index() -> str | Response:
    """A visitor sees what Grille is; a member goes where their work is."""
    if not current_user.is_authenticated:
        return render_template("home/index.html")
    for membership in current_user.memberships:
        if membership.organisation.kind == OrganisationKind.AGENCY:
            return redirect(url_for("responses.index"))
        if membership.role == Role.EVALUATOR:
            return redirect(url_for("evaluation.index"))
        return redirect(url_for("briefs.index"))
    return redirect(url_for("accounts.profile"))


@blueprint.get("/healthz")
def health() -> dict[str, str]:
    """Whether the application answers and reaches its database."""
    db.session.execute(text("select 1"))
    return {"status": "ok"}
