"""Pages of responses, for the agency that answers."""

from flask import Blueprint

blueprint = Blueprint("responses", __name__)

from rfp.responses.views import answering, files, offline, submitting  # noqa: E402 - they hang their pages on the blueprint

__all__ = ["answering", "blueprint", "files", "offline", "submitting"]
