"""Pages of the agency: its responses, their drafting, submission and receipts."""

from rfp.responses.views import documents, drafting, overview, requirements, submitting
from rfp.responses.views.blueprint import blueprint

__all__ = ["blueprint", "documents", "drafting", "overview", "requirements", "submitting"]
