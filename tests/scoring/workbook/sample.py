"""A small evaluation that has something for every sheet."""

from typing import Any

from scoring import Evaluation, Result, from_document, rank


def evaluated(**rules: Any) -> tuple[Evaluation, Result]:
    """The evaluation and its ranking; ``rules`` are added to its own."""
    five = {"min": 0, "max": 5, "step": 1, "labels": {"5": "Excellent"}}
    document = {
        "format": "evaluation/1",
        "title": "Social media agency",
        "currency": "EUR",
        "criteria": [
            {
                "key": "Q",
                "title": "Quality",
                "minimum": 10,
                "children": [
                    {"key": "Q1", "title": "Method", "weight": 35, "scale": five},
                    {"key": "Q2", "title": "Team", "weight": 15, "scale": five},
                ],
            },
            {"key": "D", "title": "Reporting", "weight": 10, "scale": five},
            {"key": "P", "title": "Price", "weight": 40, "value": "price", "formula": {"name": "lowest_ratio"}},
        ],
        "gates": [{"key": "insured", "title": "Insurance"}],
        "rules": {"rounding": {"total": 2}, "ties": [{"by": "firsts"}], **rules},
        "evaluators": [{"key": "anna", "name": "Anna"}, {"key": "ben", "name": "Ben"}],
        "bids": [
            {"key": k, "name": f"Agency {k}", "values": {"price": p}, "gates": {"insured": True}}
            for k, p in (("A", 48000), ("B", 52000), ("C", 30000))
        ],
        "marks": {
            "A": {"Q1": {"anna": 4, "ben": 3}, "Q2": {"anna": 5, "ben": 5}, "D": 4},
            "B": {"Q1": {"anna": 5, "ben": 1}, "Q2": {"anna": 4, "ben": 4}, "D": 5},
            "C": {"Q1": {"anna": 3, "ben": None}, "Q2": {"anna": 3, "ben": 3}, "D": 3},
        },
    }
    evaluation = from_document(document)
    return evaluation, rank(evaluation)
