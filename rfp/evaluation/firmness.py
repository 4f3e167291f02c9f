"""How firm a ranking is, worked out once for each evaluation and kept while the process lives."""

import json
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from rfp.briefs.models import Brief
from rfp.evaluation.matrix import evaluation_document
from scoring import Result, rank, read_text
from scoring.robustness import (
    BreakEvens,
    Draws,
    LeaveOneOut,
    Margin,
    break_even_weights,
    draws,
    leave_one_out,
    margin,
)

KEPT = 64


@dataclass(frozen=True)
class Firmness:
    """What it would take for another bid to win."""

    result: Result
    margin: Margin
    break_even: BreakEvens
    leave_one_out: LeaveOneOut
    draws: Draws


def plain(value: Any) -> str:
    """Decimals as plain text, for JSON."""
    if isinstance(value, Decimal):
        return format(value, "f")
    raise TypeError(type(value))


def firmness_of(brief: Brief) -> Firmness:
    """Of the marks as they stand. Raises scoring.EvaluationFileError where they cannot be ranked."""
    return _work_out(json.dumps(evaluation_document(brief), ensure_ascii=False, default=plain))


@lru_cache(maxsize=KEPT)
def _work_out(document: str) -> Firmness:
    """The text of the document is the key: a changed mark is another evaluation."""
    evaluation = read_text(document)
    result = rank(evaluation)
    return Firmness(
        result,
        margin(evaluation, result),
        break_even_weights(evaluation, result),
        leave_one_out(evaluation, result),
        draws(evaluation, result),
    )
