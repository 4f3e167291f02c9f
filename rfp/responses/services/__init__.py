"""What an agency does with its response. Each refuses from the deadline's instant on, with the rule."""

from rfp.responses.services.answering import save_answers, tick_requirements, ticks_token
from rfp.responses.services.filing import add_file, remove_file
from rfp.responses.services.starting import start_response
from rfp.responses.services.submitting import IncompleteError, submit, withdraw

__all__ = [
    "IncompleteError",
    "add_file",
    "remove_file",
    "save_answers",
    "start_response",
    "submit",
    "tick_requirements",
    "ticks_token",
    "withdraw",
]
