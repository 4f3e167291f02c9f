"""The library of templates: read, validated by schema and by what a schema cannot say."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import yaml

FOLDER = Path(__file__).parent / "library"


class TemplateError(Exception):
    """A template that cannot be used; the message names the file, the place and what is wrong."""


@cache
def library() -> dict[str, dict[str, Any]]:
    """Every template by key, the flagship first."""
    found = [load(path) for path in sorted(FOLDER.glob("*.yaml"))]
    found.sort(key=lambda template: not template.get("flagship"))
    return {template["key"]: template for template in found}


def load(path: Path) -> dict[str, Any]:
    """One template. Raises TemplateError."""
    template = yaml.safe_load(path.read_text(encoding="utf-8"))
    schema = json.loads((FOLDER / "schema.json").read_text(encoding="utf-8"))
    errors = sorted(jsonschema.Draft202012Validator(schema).iter_errors(template), key=lambda e: list(e.path))
    if errors:
        where = "/".join(str(part) for part in errors[0].path) or "the top"
        raise TemplateError(f"{path.name}, {where}: {errors[0].message}")
    faults = [*_unique(template), *_grid(template), *_references(template)]
    if faults:
        raise TemplateError(f"{path.name}: {faults[0]}")
    return dict(template)


def leaves(criteria: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The leaves of a tree of criteria."""
    return [leaf for c in criteria for leaf in (leaves(c["children"]) if c.get("children") else [c])]


def _unique(template: dict[str, Any]) -> list[str]:
    kinds = {
        "section": [s["key"] for s in template["sections"]],
        "field": [f["key"] for s in template["sections"] for f in s["fields"]],
        "question": [q["key"] for q in template["questions"]],
        "criterion": [c["key"] for c in leaves(template["criteria"])],
        "requirement": [m["key"] for m in template["mandatory"]],
        "document": [d["key"] for d in template["documents"]],
        "scale": [s["key"] for s in template["scales"]],
    }
    return [f'two of {kind} "{key}"' for kind, keys in kinds.items() for key in keys if keys.count(key) > 1]


def _grid(template: dict[str, Any]) -> list[str]:
    faults = []
    if sum(c["weight"] for c in template["criteria"]) != 100:
        faults.append("the weights of the criteria do not add up to 100")
    stack = list(template["criteria"])
    while stack:
        criterion = stack.pop()
        children = criterion.get("children") or []
        if children and sum(c["weight"] for c in children) != criterion["weight"]:
            faults.append(f'the children of "{criterion["key"]}" do not add up to its weight')
        stack += children
    return faults


def _references(template: dict[str, Any]) -> list[str]:
    criteria = {c["key"] for c in leaves(template["criteria"])}
    scales = {s["key"] for s in template["scales"]}
    sections = {s["key"] for s in template["sections"]}
    faults = [
        f'"{q["key"]}" feeds no criterion "{q["criterion"]}"'
        for q in template["questions"]
        if q["criterion"] not in criteria
    ]
    faults += [
        f'"{q["key"]}" is in no section "{q["section"]}"' for q in template["questions"] if q["section"] not in sections
    ]
    faults += [
        f'"{c["key"]}" has no scale "{c.get("scale")}"'
        for c in leaves(template["criteria"])
        if c.get("scale") not in scales
    ]
    return faults
