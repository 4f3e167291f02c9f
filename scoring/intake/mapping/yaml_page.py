"""YAML read as JSON is: numbers as their text, no key twice, no aliases."""

from typing import Any

import yaml

from scoring.faults import Fault
from scoring.intake.faults import MapError
from scoring.numbers import NumberText
from scoring.reading.shape import Object

LONGEST = 256 * 1024
DEEPEST = 40


class _Loader(yaml.SafeLoader):
    """The safe loader, and nothing that could grow or be read two ways."""

    depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.events.AliasEvent):
            raise yaml.YAMLError("aliases are not read")
        self.depth += 1
        if self.depth > DEEPEST:
            raise yaml.YAMLError("nested too deeply")
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


def _number(loader: Any, node: Any) -> NumberText:
    return NumberText(loader.construct_scalar(node))


def _object(loader: Any, node: Any) -> Object:
    pairs = [
        (str(loader.construct_object(key)), loader.construct_object(value, deep=True)) for key, value in node.value
    ]
    return Object.of_pairs(pairs)


def _text(loader: Any, node: Any) -> str:
    return str(loader.construct_scalar(node))


_Loader.add_constructor("tag:yaml.org,2002:int", _number)
_Loader.add_constructor("tag:yaml.org,2002:float", _number)
_Loader.add_constructor("tag:yaml.org,2002:map", _object)
_Loader.add_constructor("tag:yaml.org,2002:timestamp", _text)


def parse(data: bytes) -> Any:
    """The page's content. Raises MapError."""
    if len(data) > LONGEST:
        raise MapError([Fault("$", "the map is too long", f"at most {LONGEST} bytes")])
    try:
        return yaml.load(data.decode("utf-8-sig"), _Loader)  # noqa: S506 - a SafeLoader of our own  # nosec B506
    except UnicodeDecodeError as error:
        raise MapError([Fault("$", f"byte {error.start} is not UTF-8", "YAML in UTF-8")]) from error
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" at line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        problem = getattr(error, "problem", None) or str(error)
        raise MapError([Fault("$", f"not YAML: {problem}{where}", "a YAML page")]) from error
