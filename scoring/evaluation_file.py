"""Evaluation files (docs/evaluation-file.md): reading and refusing."""

import json
from pathlib import Path
from typing import Any

from scoring.faults import EvaluationFileError, Fault, step
from scoring.model import Evaluation
from scoring.numbers import NumberText
from scoring.reading.bids import MarksReader, check_everyone_asked, read_bids, read_evaluators, read_gates
from scoring.reading.criteria import CriteriaReader, read_scale
from scoring.reading.rules import check_rules, read_rules
from scoring.reading.shape import Faults, Object, shown

KEYS = ("format", "title", "currency", "scales", "criteria", "gates", "rules", "evaluators", "bids", "marks")
FORMAT = "evaluation/1"


def read_file(path: Path | str) -> Evaluation:
    """The evaluation in a file. Raises EvaluationFileError with every fault, OSError where it cannot be opened."""
    return read_text(Path(path).read_bytes())


def read_text(text: str | bytes) -> Evaluation:
    """The evaluation in JSON text (UTF-8 where bytes). Raises EvaluationFileError with every fault."""
    return from_document(parse_json(text))


def parse_json(text: str | bytes) -> Any:
    """JSON with numbers kept as their text and repeated keys remembered. Raises EvaluationFileError."""
    try:
        if isinstance(text, bytes):
            text = text.decode("utf-8-sig")
        return json.loads(
            text,
            parse_float=NumberText,
            parse_int=NumberText,
            parse_constant=_refuse_constant,
            object_pairs_hook=Object.of_pairs,
        )
    except UnicodeDecodeError as error:
        raise EvaluationFileError([Fault("$", f"byte {error.start} is not UTF-8", "JSON in UTF-8")]) from error
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise EvaluationFileError([Fault("$", f"not JSON: {error.msg} at {where}", "a JSON document")]) from error
    except RecursionError as error:
        raise EvaluationFileError([Fault("$", "nested too deeply", "a JSON document of sensible depth")]) from error


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
    faulty = keys - by_key.keys()
    marks_reader = MarksReader(faults, by_key, faulty, {b.key for b in bids}, {e.key for e in evaluators})
    marks = marks_reader.read(body.get("marks", {}), "$.marks")
    if rules.panel.order == "evaluator_first":
        counted = {c.key for c in by_key.values() if c.scale is not None and c.weight > 0}
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
