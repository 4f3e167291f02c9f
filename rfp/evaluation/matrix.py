"""The one bridge to the scoring library: rows become the document that an evaluation file holds."""

from collections.abc import Sequence
from typing import Any

from rfp.audit.services import instant_text
from rfp.briefs.models import Brief, Criterion
from rfp.evaluation import queries
from rfp.evaluation.models import Bid, Mark, PanelMember
from rfp.vocabulary import BidStatus
from scoring import Evaluation, Result, from_document, rank


def evaluation_document(brief: Brief) -> dict[str, Any]:
    """The evaluation/1 document of a consultation, in a fixed number of queries.

    Marks are those of members who have handed in; those of the others are null: asked, not given.
    """
    queries.load_grid(brief)
    bids, panel = queries.bids_of(brief), queries.panel_of(brief)
    keys = evaluator_keys(panel)
    return {
        "format": "evaluation/1",
        "title": brief.title,
        "currency": brief.currency,
        "scales": {scale.key: _scale(scale.points) for scale in brief.scales},
        "criteria": [_criterion(c) for c in brief.top_criteria],
        "gates": [{"key": r.key, "title": r.text} for r in brief.requirements],
        "rules": brief.rules,
        "evaluators": [{"key": keys[member.id], "name": member.user.name} for member in panel],
        "bids": [_bid(bid) for bid in bids],
        "marks": _marks(brief, bids, panel, keys),
    }


def evaluator_keys(panel: Sequence[PanelMember]) -> dict[int, str]:
    """Member's row id → the evaluator's key in the document: e1, e2… in the order named."""
    return {member.id: f"e{index}" for index, member in enumerate(panel, start=1)}


def evaluate(brief: Brief, language: str) -> tuple[Evaluation, Result]:
    """The evaluation and its ranking. Raises scoring.EvaluationFileError where it cannot be worked out."""
    evaluation = from_document(evaluation_document(brief))
    return evaluation, rank(evaluation, language)


def _scale(points: list[dict[str, str]]) -> dict[str, Any]:
    values = [point["value"] for point in points]
    labels = {point["value"]: point["label"] for point in points}
    return {"min": values[0], "max": values[-1], "step": "1", "labels": labels}


def _criterion(criterion: Criterion) -> dict[str, Any]:
    made: dict[str, Any] = {"key": criterion.key, "title": criterion.title, "weight": criterion.weight}
    if criterion.minimum is not None:
        made["minimum"] = criterion.minimum
    if criterion.children:
        made["children"] = [_criterion(child) for child in criterion.children]
    elif criterion.scale is not None:
        made["scale"] = criterion.scale.key
    else:
        made |= {"value": criterion.value, "formula": criterion.formula}
    return made


def _bid(bid: Bid) -> dict[str, Any]:
    made: dict[str, Any] = {
        "key": bid.public_id,
        "name": bid.name,
        "values": {"price": bid.submission.content.get("price")},
        "gates": {check.requirement.key: check.met for check in bid.gates},
        "submitted_at": instant_text(bid.submission.received_at),
    }
    if bid.status == BidStatus.EXCLUDED:
        made |= {"status": "excluded", "reason": bid.reason}
    return made


def _marks(brief: Brief, bids: Any, panel: Any, keys: dict[int, str]) -> dict[str, Any]:
    given: dict[tuple[int, int, int], Mark] = {
        (m.bid_id, m.criterion_id, m.panel_member_id): m for m in queries.handed_in_marks(brief)
    }
    leaves = [c for c in brief.leaves if c.is_marked]
    return {bid.public_id: {leaf.key: _by_evaluator(given, bid, leaf, panel, keys) for leaf in leaves} for bid in bids}


def _by_evaluator(
    given: dict[tuple[int, int, int], Mark],
    bid: Bid,
    leaf: Criterion,
    panel: list[PanelMember],
    keys: dict[int, str],
) -> dict[str, Any]:
    """Evaluator → mark, null where asked and not given. On an excluded bid nobody is asked: only what was given."""
    marks = {keys[member.id]: given.get((bid.id, leaf.id, member.id)) for member in panel}
    asked = bid.status != BidStatus.EXCLUDED
    return {key: mark.value if mark else None for key, mark in marks.items() if mark or asked}
