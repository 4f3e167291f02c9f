"""Pages of the evaluation."""

from flask import Blueprint

blueprint = Blueprint("evaluation", __name__)

from rfp.evaluation.views import bids, marking, panel, ranking  # noqa: E402 - they hang their pages on the blueprint

__all__ = ["bids", "blueprint", "marking", "panel", "ranking"]
