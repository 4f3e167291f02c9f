"""Small evaluation files for the tests, and what becomes of them."""

import json
from typing import Any

from scoring import EvaluationFileError, Fault, rank, read_text

Document = dict[str, Any]


def marked(key: str, weight: Any = 10, **more: Any) -> Document:
    """A leaf marked from 0 to 10."""
    return {"key": key, "weight": weight, "scale": {"min": 0, "max": 10}, **more}


def computed(key: str, weight: Any, name: str, value: str = "price", **more: Any) -> Document:
    """A leaf worked out from a value; parameters of the formula and ``better`` by name."""
    better = {"better": more.pop("better")} if "better" in more else {}
    minimum = {"minimum": more.pop("minimum")} if "minimum" in more else {}
    return {"key": key, "weight": weight, "value": value, "formula": {"name": name, **more}, **better, **minimum}


def document(criteria: list[Document], bids: Any = "A", **more: Any) -> Document:
    """An evaluation file; ``bids`` may be one-letter keys."""
    listed = [{"key": key} for key in bids] if isinstance(bids, str) else bids
    return {"format": "evaluation/1", "criteria": criteria, "bids": listed, **more}


def priced(**prices: Any) -> list[Document]:
    """Bids with a price each."""
    return [{"key": key, "values": {"price": price}} for key, price in prices.items()]


def panel(*evaluators: str, **rules: Any) -> Document:
    """Evaluators and panel rules, to be spread into ``document``."""
    return {"evaluators": [{"key": key} for key in evaluators], "rules": {"panel": rules}}


def result_of(given: Document) -> Document:
    """The result/1 document, by way of the file's text."""
    return rank(read_text(json.dumps(given))).to_document()


def bids_of(given: Document) -> dict[str, Document]:
    """Bid → its part of the result."""
    return {bid["key"]: bid for bid in result_of(given)["bids"]}


def totals_of(given: Document) -> dict[str, str | None]:
    """Bid → total, in the order of the result."""
    return {bid["key"]: bid["total"] for bid in result_of(given)["bids"]}


def ranks_of(given: Document) -> dict[str, int | None]:
    """Bid → rank, in the order of the result."""
    return {bid["key"]: bid["rank"] for bid in result_of(given)["bids"]}


def statuses_of(given: Document) -> dict[str, str]:
    """Bid → status, in the order of the result."""
    return {bid["key"]: bid["status"] for bid in result_of(given)["bids"]}


def points_of(given: Document, criterion: str) -> dict[str, str | None]:
    """Bid → points on one criterion."""
    return {bid["key"]: bid["criteria"][criterion]["points"] for bid in result_of(given)["bids"]}


def faults_in(text: str | bytes | Document) -> list[Fault]:
    """Every fault found in a file's text, reading and ranking; empty where it can be used."""
    try:
        rank(read_text(json.dumps(text) if isinstance(text, dict) else text))
    except EvaluationFileError as error:
        return error.faults
    return []


def paths_of_faults(text: str | bytes | Document) -> list[str]:
    """Where each fault is."""
    return [fault.path for fault in faults_in(text)]
