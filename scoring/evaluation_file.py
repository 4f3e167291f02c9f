"""Evaluation files (docs/evaluation-file.md): reading and refusing."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scoring.collection import no_collection
from scoring.faults import EvaluationFileError, Fault, step
from scoring.model import Bid, Criterion, Evaluation, Evaluator, Marks
from scoring.numbers import NumberText
from scoring.reading.bids import MarksReader, check_everyone_asked, read_bids, read_evaluators, read_gates
from scoring.reading.bulk import read_in_bulk
from scoring.reading.criteria import CriteriaReader, read_scale
from scoring.reading.flat import FlatMarks
from scoring.reading.rules import check_rules, read_rules
from scoring.reading.shape import Faults, Object, colons, shown

KEYS = ("format", "title", "currency", "scales", "criteria", "gates", "rules", "evaluators", "bids", "marks")
FORMAT = "evaluation/1"
QUICK = 20_000  # characters from which a file is worth a second way of reading


def read_file(path: Path | str) -> Evaluation:
    """The evaluation in a file. Raises EvaluationFileError with every fault, OSError where it cannot be opened."""
    return read_text(Path(path).read_bytes())


def read_text(text: str | bytes) -> Evaluation:
    """The evaluation in JSON text (UTF-8 where bytes). Raises EvaluationFileError with every fault."""
    if len(text) < QUICK:
        return from_document(parse_json(text))
    with no_collection():
        return from_document(parse_json(text))


def parse_json(text: str | bytes) -> Any:
    """JSON with decimals kept as their text and repeated keys remembered. Raises EvaluationFileError."""
    try:
        if isinstance(text, bytes):
            text = text.decode("utf-8-sig")
        found = _parsed_quickly(text)
        return _parsed_with_care(text) if found is None else found
    except UnicodeDecodeError as error:
        raise EvaluationFileError([Fault("$", f"byte {error.start} is not UTF-8", "JSON in UTF-8")]) from error
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise EvaluationFileError([Fault("$", f"not JSON: {error.msg} at {where}", "a JSON document")]) from error
    except RecursionError as error:
        raise EvaluationFileError([Fault("$", "nested too deeply", "a JSON document of sensible depth")]) from error


def _parsed_with_care(text: str) -> Any:
    return json.loads(
        text,
        parse_float=NumberText,
        parse_int=NumberText,
        parse_constant=_refuse_constant,
        object_pairs_hook=Object.of_pairs,
    )


def _parsed_quickly(text: str) -> Any | None:
    """The document where no key is given twice, told without looking at each object; None where that cannot be told.

    Each key of an object in the text has its one colon, and all other colons are within strings. Keys that
    were lost to a second of their name took their colons with them.
    """
    if len(text) < QUICK or "\\" in text:
        return None
    try:
        found = json.loads(text, parse_float=NumberText, parse_constant=_refuse_constant)
        if not isinstance(found, dict) or not isinstance(found.get("marks"), dict):
            return None
        marks = FlatMarks(found.pop("marks"))
        if not marks.plain or colons(found) + 1 + marks.colons() != text.count(":"):
            return None
    except (ValueError, RecursionError):  # a whole number of thousands of digits among them
        return None
    return found | {"marks": marks}


def _refuse_constant(name: str) -> Any:
    raise EvaluationFileError([Fault("$", f"{name} is not a number", "a decimal number")])


def from_document(document: Any) -> Evaluation:
    """The evaluation in parsed JSON; numbers may be int, Decimal or decimal text. Raises EvaluationFileError."""
    faults = Faults()
    try:
        evaluation = _read(faults, document)
    except RecursionError as error:
        raise EvaluationFileError([Fault("$.criteria", "nested too deeply", "a tree of sensible depth")]) from error
    if faults.found:
        raise EvaluationFileError(faults.found)
    return evaluation


def _read(faults: Faults, document: Any) -> Evaluation:
    body = faults.object(document, "$", KEYS, ("format", "criteria", "bids"))
    if "format" in body and (body["format"] != FORMAT or isinstance(body["format"], NumberText)):
        faults.add("$.format", f"{shown(body['format'])} is not known", f'"{FORMAT}"')
    scales = {
        name: read_scale(faults, value, step("$.scales", name))
        for name, value in faults.object(body.get("scales", {}), "$.scales").items()
    }
    reader = CriteriaReader(faults, scales)
    criteria = reader.read(body["criteria"], "$.criteria") if "criteria" in body else ()
    faults.keys(reader.keys, "criteria")
    keys = {key for _, key in reader.keys}
    gates = read_gates(faults, body.get("gates", []), "$.gates")
    evaluators = read_evaluators(faults, body.get("evaluators", []), "$.evaluators")
    rules = read_rules(faults, body.get("rules", {}), "$.rules", keys)
    check_rules(faults, rules, criteria, evaluators)
    bids = read_bids(faults, body["bids"], "$.bids", gates) if "bids" in body else ()
    by_key = {c.key: c for root in criteria for c in root.walk()}
    counted = {c.key for c in by_key.values() if c.scale is not None and c.weight > 0}
    marks = _read_marks(faults, body.get("marks", {}), by_key, keys - by_key.keys(), bids, evaluators)
    if rules.panel.order == "evaluator_first":
        check_everyone_asked(faults, marks, counted)
    return Evaluation(
        title=faults.text(body.get("title", ""), "$.title"),
        currency=faults.text(body.get("currency", ""), "$.currency"),
        criteria=criteria,
        gates=gates,
        rules=rules,
        evaluators=evaluators,
        bids=bids,
        marks=marks,
    )


def _read_marks(
    faults: Faults,
    value: Any,
    criteria: dict[str, Criterion],
    faulty: set[str],
    bids: tuple[Bid, ...],
    evaluators: tuple[Evaluator, ...],
) -> Mapping[str, Marks]:
    """The marks: in arrays where they are many and without fault."""
    if not faults.found:
        leaves = [criterion for criterion in criteria.values() if criterion.scale is not None]
        table = read_in_bulk(value, leaves, bids, evaluators)
        if table is not None:
            return table
    reader = MarksReader(faults, criteria, faulty, {b.key for b in bids}, {e.key for e in evaluators})
    return reader.read(value, "$.marks")
