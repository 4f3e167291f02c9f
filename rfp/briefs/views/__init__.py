"""Pages of briefs, for the organisation that buys."""

from flask import Blueprint

blueprint = Blueprint("briefs", __name__)

from rfp.briefs.views import grid, overview, section, timetable  # noqa: E402 - they hang their pages on the blueprint

__all__ = ["blueprint", "grid", "overview", "section", "timetable"]
