"""From a YAML page to a map, with every fault."""

from fractions import Fraction
from pathlib import Path
from typing import Any

from scoring.faults import step
from scoring.intake.faults import MapError
from scoring.intake.mapping import fields
from scoring.intake.mapping.model import CellList, CriteriaPlan, EvaluatorsPlan, Map, OptionsPlan, SheetPlan
from scoring.intake.mapping.yaml_page import parse
from scoring.model import Scale
from scoring.numbers import NumberText
from scoring.reading.criteria import read_scale
from scoring.reading.shape import Faults

FORMAT = "workbook-map/1"
KEYS = (
    "format", "title", "currency", "sheets", "except", "each_sheet", "criteria", "scale", "options", "evaluators",
    "total_formula", "normalised_formula", "first", "rules", "computed",
)  # fmt: skip
CRITERIA = (
    "names",
    "groups",
    "kinds",
    "weights",
    "weight_names",
    "weights_add_to",
    "weight_is",
    "better",
    "scale_words",
)
OPTIONS = ("count", "step", "name", "names", "marks", "parts", "weighted", "total", "normalised", "rank", "values")


def read_map(path: Path | str) -> Map:
    """The map in a file. Raises MapError with every fault, OSError where it cannot be opened."""
    return from_page(parse(Path(path).read_bytes()))


def from_page(page: Any) -> Map:
    """The map in a parsed page. Raises MapError with every fault."""
    faults = Faults()
    body = faults.object(page, "$", KEYS, ("format", "sheets", "criteria", "scale", "options"))
    if "format" in body and body["format"] != FORMAT:
        faults.add("$.format", "this format is not known", f'"{FORMAT}"')
    made = _map(faults, body)
    if faults.found or made is None:
        raise MapError(faults.found)
    return made


def _map(faults: Faults, body: dict[str, Any]) -> Map | None:
    each = faults.choice(body.get("each_sheet", "weight_set"), "$.each_sheet", ("weight_set", "evaluator", "option"))
    first = faults.choice(body.get("first", "highest"), "$.first", ("highest", "lowest"))
    criteria = _criteria(faults, body.get("criteria", {}), "$.criteria")
    options = _options(faults, body.get("options", {}), "$.options", alone=each == "option")
    evaluators = _evaluators(faults, body["evaluators"], "$.evaluators") if "evaluators" in body else None
    if each == "option" and evaluators is None and not options.marks:
        faults.add("$.options", '"marks" is missing', "options.marks or evaluators")
    if evaluators and each != "option":
        faults.add("$.evaluators", "the sheets are not one option each", "each_sheet: option, or options.marks by name")
    sheets = _sheets(faults, body["sheets"], "$.sheets") if "sheets" in body else ()
    scale = _scale(faults, body["scale"], "$.scale") if "scale" in body else None
    if criteria is None:
        return None
    return Map(
        sheets=sheets,
        criteria=criteria,
        options=options,
        scale=scale,
        title=fields.name(faults, body["title"], "$.title") if "title" in body else "",
        currency=faults.text(body.get("currency", ""), "$.currency"),
        left_out=fields.names(faults, _listed(body["except"]), "$.except") if "except" in body else (),
        each_sheet=each or "weight_set",
        evaluators=evaluators,
        total_formula=faults.text(body.get("total_formula", ""), "$.total_formula"),
        normalised_formula=faults.text(body.get("normalised_formula", ""), "$.normalised_formula"),
        lowest_first=first == "lowest",
        rules=faults.object(body.get("rules", {}), "$.rules"),
        computed=faults.array(body.get("computed", []), "$.computed"),
    )


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _sheets(faults: Faults, value: Any, path: str) -> tuple[SheetPlan, ...]:
    if not isinstance(value, dict):
        return tuple(SheetPlan(pattern) for pattern in fields.names(faults, _listed(value), path))
    plans = []
    for pattern, given in value.items():
        at = step(path, pattern)
        if not isinstance(given, dict):
            plans.append(SheetPlan(pattern, fields.name(faults, given, at)))
            continue
        body = faults.object(given, at, ("name", "weights"))
        named = fields.name(faults, body["name"], step(at, "name")) if "name" in body else ""
        weights = fields.cells(faults, body["weights"], step(at, "weights")) if "weights" in body else None
        plans.append(SheetPlan(pattern, named, weights))
    return tuple(plans)


def _scale(faults: Faults, value: Any, path: str) -> Scale | None:
    return None if value == "weight" else read_scale(faults, value, path)


def _criteria(faults: Faults, value: Any, path: str) -> CriteriaPlan | None:
    body = faults.object(value, path, CRITERIA, ("names", "weights"))
    if "names" not in body or "weights" not in body:
        return None
    names = _names(faults, body["names"], step(path, "names"))
    weights = _weights(faults, body["weights"], step(path, "weights"))
    better = body.get("better", "high")
    directions = [
        faults.choice(word, step(path, "better"), ("high", "low")) or "high"
        for word in (better if isinstance(better, list) else [better])
    ]
    is_factor = (
        faults.choice(body.get("weight_is", "points"), step(path, "weight_is"), ("points", "factor")) == "factor"
    )
    if names is None or weights is None:
        return None
    return CriteriaPlan(
        names=names,
        weights=weights,
        groups=_optional(faults, body, path, "groups"),
        kinds=_optional(faults, body, path, "kinds"),
        weight_names=_optional(faults, body, path, "weight_names"),
        add_to=_add_to(faults, body, path),
        factor=is_factor,
        better=tuple(directions),
        scale_words=_optional(faults, body, path, "scale_words"),
    )


def _optional(faults: Faults, body: dict[str, Any], path: str, key: str) -> CellList | None:
    return fields.cells(faults, body[key], step(path, key)) if key in body else None


def _names(faults: Faults, value: Any, path: str) -> CellList | tuple[str, ...] | None:
    """Cells, or names that are written in the map itself: a list with one that is no cell."""
    if isinstance(value, list) and value:
        trial = Faults()
        found = fields.cells(trial, value, path)
        return fields.names(faults, value, path) if trial.found else found
    return fields.cells(faults, value, path)


def _weights(faults: Faults, value: Any, path: str) -> CellList | tuple[Fraction, ...] | None:
    given = value if isinstance(value, list) else [value]
    if given and all(isinstance(item, NumberText) for item in given):
        numbers = [faults.number(item, step(path, index), least=0) for index, item in enumerate(given)]
        return tuple(number for number in numbers if number is not None)
    return fields.cells(faults, value, path)


def _add_to(faults: Faults, body: dict[str, Any], path: str) -> Fraction | None:
    if body.get("weights_add_to", "any") == "any":
        return None
    return faults.number(body["weights_add_to"], step(path, "weights_add_to"), above=0)


def _options(faults: Faults, value: Any, path: str, *, alone: bool) -> OptionsPlan:
    body = faults.object(value, path, OPTIONS, () if alone else ("marks",))
    if not alone and "name" not in body and "names" not in body:
        faults.add(path, '"name" is missing', "the cell of the first option's name, or names")
    parts = "parts" in body and faults.choice(body["parts"], step(path, "parts"), ("sum",)) == "sum"
    named = fields.names(faults, body["names"], step(path, "names")) if "names" in body else ()
    if named and "count" not in body:
        body = {**body, "count": len(named)}
    values = faults.object(body.get("values", {}), step(path, "values"))
    single = {
        key: fields.one_cell(faults, body[key], step(path, key))
        for key in ("name", "total", "normalised", "rank")
        if key in body
    }
    return OptionsPlan(
        repeat=fields.repeat(faults, body, path, once=alone),
        names=named,
        marks=_marks(faults, body["marks"], step(path, "marks")) if "marks" in body else {},
        parts=parts,
        weighted=_optional(faults, body, path, "weighted"),
        values={
            key: found
            for key, cell in values.items()
            if (found := fields.one_cell(faults, cell, step(step(path, "values"), key)))
        },
        **single,
    )


def _marks(faults: Faults, value: Any, path: str) -> dict[str, CellList]:
    """One list of cells, or one an evaluator."""
    given = value if isinstance(value, dict) else {"": value}
    found = {key: fields.cells(faults, cell, step(path, key) if key else path) for key, cell in given.items()}
    return {key: cells for key, cells in found.items() if cells is not None}


def _evaluators(faults: Faults, value: Any, path: str) -> EvaluatorsPlan | None:
    body = faults.object(value, path, ("count", "step", "name", "marks"), ("marks",))
    marks = fields.cells(faults, body["marks"], step(path, "marks")) if "marks" in body else None
    name = fields.one_cell(faults, body["name"], step(path, "name")) if "name" in body else None
    if "count" not in body and name is None:
        faults.add(path, '"count" is missing', "count, or the cell of the first name")
    return EvaluatorsPlan(fields.repeat(faults, body, path), marks, name) if marks else None
