"""The evaluations the scoring benchmark ranks: drawn once, seeded, the same for every contender."""

from typing import Any

import numpy as np

SEED = 2026
SCALE = {"min": 0, "max": 10, "step": 1}


def evaluation_file(bids: int, criteria: int, evaluators: int) -> dict[str, Any]:
    """An evaluation/1 document: whole marks from 0 to 10, whole weights from 1 to 20, totals to two decimals."""
    generator = np.random.default_rng(SEED)
    marks = generator.integers(0, 11, (bids, criteria, evaluators)).tolist()
    weights = generator.integers(1, 21, criteria).tolist()
    leaves, panel = [f"c{j}" for j in range(criteria)], [f"e{k}" for k in range(evaluators)]
    return {
        "format": "evaluation/1",
        "scales": {"ten": SCALE},
        "criteria": [{"key": key, "weight": w, "scale": "ten"} for key, w in zip(leaves, weights, strict=True)],
        "evaluators": [{"key": key} for key in panel],
        "rules": {"rounding": {"total": 2}},
        "bids": [{"key": f"b{i}"} for i in range(bids)],
        "marks": {
            f"b{i}": {
                leaf: dict(zip(panel, by_leaf, strict=True)) for leaf, by_leaf in zip(leaves, by_bid, strict=True)
            }
            for i, by_bid in enumerate(marks)
        },
    }


def as_floats(document: dict[str, Any]) -> tuple[Any, Any]:
    """(marks by bid, criterion and evaluator; points for a mark of one) as float arrays."""
    marks = [[list(cell.values()) for cell in by_leaf.values()] for by_leaf in document["marks"].values()]
    weights = np.array([c["weight"] for c in document["criteria"]], dtype=np.float64)
    return np.array(marks, dtype=np.float64), weights / SCALE["max"]
