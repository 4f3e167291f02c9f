"""``check``: every fault of a file at once."""

from typing import Any

from scoring.evaluation_file import read_text
from scoring.faults import EvaluationFileError, Fault
from scoring.ranking import rank


def faults_of(text: bytes) -> list[Fault]:
    """What keeps the file from being read; where it can be, what keeps it from being ranked."""
    try:
        rank(read_text(text))
    except EvaluationFileError as error:
        return error.faults
    return []


def checked(faults: list[Fault]) -> dict[str, Any]:
    """For --json."""
    return {
        "format": "check/1",
        "usable": not faults,
        "faults": [{"path": f.path, "problem": f.problem, "expected": f.expected} for f in faults],
    }
