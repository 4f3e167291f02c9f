"""The record of a consultation."""

from flask import Blueprint, g, render_template, request

from rfp.audit import queries
from rfp.audit.labels import detail_label, detail_text, kind_label, names_of
from rfp.paging import page_number

blueprint = Blueprint("audit", __name__)
PAGE = 50


@blueprint.get("/briefs/<brief_id>/record")
def record(brief_id: str) -> str:
    """Dated events, newest first, narrowed by kind and person."""
    kind, actor = request.args.get("kind", "")[:60], request.args.get("actor", "")[:200]
    kinds, actors = queries.kinds_and_actors(brief_id)
    chosen = {"kind": kind if kind in kinds else "", "actor": actor if actor in actors else ""}
    page = page_number()
    count = queries.count_of(subject=brief_id, **chosen)
    return render_template(
        "audit/record.html",
        brief=g.brief,
        events=queries.events_of(subject=brief_id, offset=(page - 1) * PAGE, limit=PAGE, **chosen),
        kinds=sorted(((k, kind_label(k)) for k in kinds), key=lambda pair: pair[1]),
        actors=actors,
        chosen=chosen,
        kind_label=kind_label,
        names=names_of(g.brief),
        detail_label=detail_label,
        detail_text=detail_text,
        page=page,
        count=count,
        pages_count=max(1, -(-count // PAGE)),
    )
