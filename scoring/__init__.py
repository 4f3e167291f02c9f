"""Grille's scoring library: reads an evaluation file, ranks it exactly, and explains itself."""

from scoring.evaluation_file import from_document, read_file, read_text
from scoring.faults import EvaluationFileError, Fault
from scoring.model import Evaluation
from scoring.ranking import rank
from scoring.result import Result

__all__ = [
    "Evaluation",
    "EvaluationFileError",
    "Fault",
    "Result",
    "from_document",
    "rank",
    "read_file",
    "read_text",
]
