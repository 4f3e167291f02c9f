"""The public pages of published briefs."""

from flask import Blueprint, abort, g, render_template
from flask_login import current_user

from rfp.briefs import queries
from rfp.paging import page_number
from rfp.vocabulary import OrganisationKind

blueprint = Blueprint("portal", __name__)
PER_PAGE = 50


@blueprint.get("/open")
def index() -> str:
    """What anybody may answer now."""
    page, count = page_number(), queries.count_open_briefs(g.now)
    return render_template(
        "portal/index.html",
        briefs=queries.open_briefs(g.now, offset=(page - 1) * PER_PAGE, limit=PER_PAGE),
        page=page,
        pages_count=max(1, -(-count // PER_PAGE)),
    )


@blueprint.get("/open/<brief_id>")
def show(brief_id: str) -> str:
    """One published brief, whole; it stays readable after its deadline. Drafts answer as if they did not exist."""
    brief = queries.published_brief(brief_id)
    if brief is None:
        abort(404)
    queries.load_whole(brief)
    written = [q for q in brief.questions if q.stage == "written"]
    agency = current_user.is_authenticated and bool(current_user.organisations(OrganisationKind.AGENCY))
    return render_template(
        "portal/show.html",
        brief=brief,
        now=g.now,
        is_open=brief.is_open(g.now),
        public_fields=queries.public_fields,
        words=sum(q.definition.get("max_words") or 0 for q in written),
        written=written,
        agency=agency,
    )
