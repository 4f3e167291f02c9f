"""The comparison workbook."""

from typing import Any

from scoring.model import Evaluation
from scoring.result import Result


def write(evaluation: Evaluation, result: Result, target: Any, *, language: str = "en") -> None:
    """Write the workbook to a path or a binary stream."""
    raise NotImplementedError
