"""What can be done in an evaluation, one verb each."""

from rfp.evaluation.services.admission import check_gates, exclude_bid, gates_of, readmit_bid
from rfp.evaluation.services.marking import Given, Left, hand_in, left_to_mark, marks_digest, save_mark
from rfp.evaluation.services.panel import name_evaluator, open_responses, remove_evaluator

__all__ = [
    "Given",
    "Left",
    "check_gates",
    "exclude_bid",
    "gates_of",
    "hand_in",
    "left_to_mark",
    "marks_digest",
    "name_evaluator",
    "open_responses",
    "readmit_bid",
    "remove_evaluator",
    "save_mark",
]
