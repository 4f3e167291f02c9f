"""Pages of the evaluation."""

from typing import Any

from flask import Blueprint, g
from flask_login import current_user

from rfp.loading import panel_member
from rfp.vocabulary import READERS

blueprint = Blueprint("evaluation", __name__)


@blueprint.context_processor
def standing() -> dict[str, Any]:
    """Who reads: a member of the buyer, somebody of the panel, or both; which tabs they get depends on it."""
    if "brief" not in g or not current_user.is_authenticated:
        return {}
    reader = not current_user.roles_in(g.brief.organisation_id).isdisjoint(READERS)
    return {"reader": reader, "member": panel_member(g.brief, current_user)}


from rfp.evaluation.views import bids, marking, offline, panel, ranking  # noqa: E402 - they hang their pages on the blueprint

__all__ = ["bids", "blueprint", "marking", "offline", "panel", "ranking"]
