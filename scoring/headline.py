"""Which criteria stand as columns."""

from scoring.model import Criterion, Evaluation


def headline_criteria(evaluation: Evaluation) -> tuple[Criterion, ...]:
    """The top of the tree; a group made only of groups gives way to them, so that a wrapper hides nothing."""
    found: list[Criterion] = []
    for criterion in evaluation.criteria:
        wraps = bool(criterion.children) and all(child.children for child in criterion.children)
        found += criterion.children if wraps else (criterion,)
    return tuple(found)
