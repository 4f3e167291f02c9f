"""What can be done with a response, one verb each."""

from rfp.responses.services.drafting import (
    add_file,
    remove_file,
    save_answers,
    section_answers,
    start_response,
    tick_requirements,
    ticks_of,
)
from rfp.responses.services.submitting import Missing, canonical, content_of, missing_in, submit, withdraw

__all__ = [
    "Missing",
    "add_file",
    "canonical",
    "content_of",
    "missing_in",
    "remove_file",
    "save_answers",
    "section_answers",
    "start_response",
    "submit",
    "tick_requirements",
    "ticks_of",
    "withdraw",
]
