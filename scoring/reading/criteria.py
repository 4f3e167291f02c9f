"""Reading scales, formulas and the tree of criteria."""

from fractions import Fraction
from typing import Any

from scoring.faults import step
from scoring.model import Band, Criterion, Formula, Scale
from scoring.numbers import NumberText, plain
from scoring.reading.shape import Faults, shown

PARAMETERS = {
    "lowest_ratio": (),
    "linear_range": (),
    "linear_from_lowest": ("k",),
    "linear_to_reference": ("reference",),
    "discount_power": ("reference", "exponent"),
    "reference_ratio": ("reference",),
    "reference_distance": ("reference", "target", "slope", "places"),
    "average_ratio": (),
    "n_formula": (),
    "bands": ("bands",),
    "share": ("max",),
}
OPTIONAL = {"k", "places"}
HIGH = ("lowest_ratio", "linear_range", "bands", "share")
CRITERION = ("key", "title", "weight", "minimum", "children", "scale", "value", "formula", "better")


def read_scale(faults: Faults, value: Any, path: str) -> Scale | None:
    """A scale object."""
    body = faults.object(value, path, ("min", "max", "step", "labels"), ("min", "max"))
    if "min" not in body or "max" not in body:
        return None
    low = faults.number(body["min"], step(path, "min"))
    high = faults.number(body["max"], step(path, "max"))
    by = faults.number(body["step"], step(path, "step"), above=0) if "step" in body else None
    labels = faults.object(body.get("labels", {}), step(path, "labels"))
    for mark, words in labels.items():
        faults.text(words, step(step(path, "labels"), mark))
    if low is None or high is None:
        return None
    if high <= low:
        faults.add(step(path, "max"), f"{shown(body['max'])} is not above min", "max above min")
        return None
    return Scale(low, high, by, {m: w for m, w in labels.items() if isinstance(w, str)})


def read_formula(faults: Faults, value: Any, path: str) -> Formula | None:
    """A formula object with the parameters of its row, no other."""
    if not isinstance(value, dict) or "name" not in value:
        faults.object(value, path, required=("name",))
        return None
    name = faults.choice(value["name"], step(path, "name"), PARAMETERS)
    if name is None:
        return None
    parameters = PARAMETERS[name]
    needed = [p for p in parameters if p not in OPTIONAL]
    body = faults.object(value, path, ("name", "clamp", *parameters), needed)
    clamp = faults.boolean(body["clamp"], step(path, "clamp")) if "clamp" in body else True
    got: dict[str, Any] = {}
    before = len(faults.found)
    for parameter in parameters:
        if parameter in body:
            got[parameter] = _parameter(faults, parameter, body[parameter], step(path, parameter))
    if len(faults.found) > before or any(p not in body for p in needed):
        return None
    if "max" in got:
        got["maximum"] = got.pop("max")
    return Formula(name=name, clamp=clamp, **got)


def _parameter(faults: Faults, parameter: str, value: Any, path: str) -> Any:
    if parameter == "bands":
        return _read_bands(faults, value, path)
    if parameter == "exponent":
        return faults.whole(value, path, least=1, most=20)
    if parameter == "places":
        return faults.whole(value, path, least=0, most=15)
    if parameter == "target":
        return faults.number(value, path)
    return faults.number(value, path, above=0)


def _read_bands(faults: Faults, value: Any, path: str) -> tuple[Band, ...]:
    items = faults.array(value, path, empty=False)
    bands: list[Band] = []
    for index, item in enumerate(items):
        at = step(path, index)
        body = faults.object(item, at, ("up_to", "fraction"), ("fraction",))
        fraction = faults.number(body["fraction"], step(at, "fraction")) if "fraction" in body else None
        up_to = faults.number(body["up_to"], step(at, "up_to")) if "up_to" in body else None
        if index == len(items) - 1 and "up_to" in body:
            faults.add(step(at, "up_to"), "the last band has up_to", "the last band without it")
        if index < len(items) - 1 and "up_to" not in body:
            faults.add(at, '"up_to" is missing', "up_to on every band but the last")
        previous = bands[-1].up_to if bands else None
        if up_to is not None and previous is not None and up_to <= previous:
            faults.add(step(at, "up_to"), f"{shown(body['up_to'])} is not above the band before", "rising bands")
        bands.append(Band(up_to, fraction or Fraction(0)))
    return tuple(bands)


class CriteriaReader:
    """Reads the tree; ``scales`` are those of the file, None where faulty."""

    def __init__(self, faults: Faults, scales: dict[str, Scale | None]) -> None:
        self.faults = faults
        self.scales = scales
        self.keys: list[tuple[str, str]] = []

    def read(self, value: Any, path: str) -> tuple[Criterion, ...]:
        """An array of criteria; faulty ones are left out."""
        found = []
        for index, item in enumerate(self.faults.array(value, path, empty=False)):
            criterion = self._read_one(item, step(path, index))
            if criterion is not None:
                found.append(criterion)
        return tuple(found)

    def _read_one(self, item: Any, path: str) -> Criterion | None:
        faults = self.faults
        body = faults.object(item, path, CRITERION, ("key",))
        if not body:
            return None
        key = faults.text(body["key"], step(path, "key"), empty=False) if "key" in body else ""
        self.keys.append((step(path, "key"), key))
        title = faults.text(body["title"], step(path, "title")) if "title" in body else ""
        kinds = [k for k in ("children", "scale", "value") if k in body]
        if "formula" in body and "value" not in body and not kinds:
            kinds = ["value"]
        if len(kinds) != 1:
            problem = "is no kind of criterion" if not kinds else f"has {' and '.join(kinds)}"
            faults.add(path, f'"{key}" {problem}', "exactly one of children, scale, or value with formula")
        own = {"children": ("children",), "scale": ("scale",), "value": ("value", "formula", "better")}
        if len(kinds) == 1:
            for other in ("formula", "better"):
                if other in body and other not in own[kinds[0]]:
                    faults.add(
                        step(path, other),
                        f'"{other}" on a criterion with {kinds[0]}',
                        "it on a computed leaf only",
                    )
        parts = self._parts(body, path)
        weight = self._weight(body, path, parts)
        minimum = self._minimum(body, path, weight)
        if weight is None or len(kinds) != 1:
            return None
        return Criterion(key=key, title=title or key, weight=weight, minimum=minimum, **parts)

    def _parts(self, body: dict[str, Any], path: str) -> dict[str, Any]:
        parts: dict[str, Any] = {}
        if "children" in body:
            parts["children"] = self.read(body["children"], step(path, "children"))
        if "scale" in body:
            parts["scale"] = self._scale(body["scale"], step(path, "scale"))
        if "value" in body or ("formula" in body and "scale" not in body and "children" not in body):
            parts.update(self._computed(body, path))
        return parts

    def _scale(self, value: Any, path: str) -> Scale | None:
        named = isinstance(value, str) and not isinstance(value, NumberText)
        if named and value in self.scales:
            return self.scales[value]
        if named:
            self.faults.add(path, f'the scale "{value}" does not exist', "an entry of scales, or a scale")
            return None
        return read_scale(self.faults, value, path)

    def _computed(self, body: dict[str, Any], path: str) -> dict[str, Any]:
        faults = self.faults
        for key in ("value", "formula"):
            if key not in body:
                faults.add(path, f'"{key}" is missing', "value and formula on a computed leaf")
        value = faults.text(body["value"], step(path, "value"), empty=False) if "value" in body else ""
        formula = read_formula(faults, body["formula"], step(path, "formula")) if "formula" in body else None
        better = faults.choice(body.get("better", "low"), step(path, "better"), ("low", "high"))
        if formula and better == "high" and formula.name not in HIGH:
            faults.add(
                step(path, "better"),
                f'{formula.name} with better "high"',
                f"one of {', '.join(HIGH)} with it",
            )
        if formula and better == "low" and formula.name == "share":
            faults.add(step(path, "formula"), 'share without better "high"', 'better "high" with share')
        return {"value": value, "formula": formula, "better": better or "low"}

    def _weight(self, body: dict[str, Any], path: str, parts: dict[str, Any]) -> Fraction | None:
        faults = self.faults
        declared = faults.number(body["weight"], step(path, "weight"), least=0) if "weight" in body else None
        if "children" not in parts:
            if "weight" not in body:
                faults.add(path, '"weight" is missing', "a weight on every leaf")
            return declared
        whole = len(parts["children"]) == len(body["children"]) if isinstance(body["children"], list | tuple) else False
        total = sum((child.weight for child in parts["children"]), Fraction(0))
        if whole and declared is not None and declared != total:
            faults.add(
                step(path, "weight"),
                f"{shown(body['weight'])} is not the sum of its children",
                f"{plain(total)}, or no weight",
            )
        return total

    def _minimum(self, body: dict[str, Any], path: str, weight: Fraction | None) -> Fraction | None:
        if "minimum" not in body:
            return None
        minimum = self.faults.number(body["minimum"], step(path, "minimum"), least=0)
        if minimum is not None and weight is not None and minimum > weight:
            self.faults.add(
                step(path, "minimum"),
                f"{shown(body['minimum'])} is above the weight",
                f"0 to {plain(weight)}",
            )
        return minimum
