"""The few checks everything else is made of. Each returns None (or an empty thing) after noting its fault."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from scoring.faults import Fault, step
from scoring.numbers import NumberText, parse

NUMBER = "a decimal number with at most 15 digits on each side of the point"


class Object(dict[str, Any]):
    """A JSON object that remembers the keys given more than once."""

    duplicates: tuple[str, ...] = ()

    @classmethod
    def of_pairs(cls, pairs: list[tuple[str, Any]]) -> "Object":
        """For ``json.loads``."""
        made = cls(pairs)
        if len(made) != len(pairs):
            seen: set[str] = set()
            made.duplicates = tuple(dict.fromkeys(k for k, _ in pairs if k in seen or seen.add(k)))  # type: ignore[func-returns-value]
        return made


def colons(value: Any) -> int:
    """How many colons the JSON text of a value has at least: one for each key, and those in its strings."""
    if isinstance(value, str):
        return value.count(":")
    if isinstance(value, dict):
        return len(value) + sum(key.count(":") for key in value) + sum(map(colons, value.values()))
    return sum(map(colons, value)) if isinstance(value, list) else 0


def shown(value: Any) -> str:
    """A value as it stands in a message: short."""
    names = {bool: "true" if value is True else "false", type(None): "null"}
    if type(value) in names:
        return names[type(value)]
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list | tuple):
        return "an array"
    if isinstance(value, int) and value.bit_length() > 128:
        return "a number of many digits"
    text = str(value)
    text = text if len(text) <= 40 else text[:37] + "..."
    return text if isinstance(value, NumberText | int | Decimal | Fraction) else f'"{text}"'


def parsed(value: Any) -> Fraction | None:
    """A number as JSON or a document in memory may hold it; None where it is none, or has too many digits."""
    if isinstance(value, str):
        return parse(value)
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return parse(str(value)) if value.bit_length() < 64 else None
    if isinstance(value, Decimal) and value.is_finite() and abs(value.adjusted()) < 40:
        return parse(format(value, "f"))
    return None


class Faults:
    """Collects faults."""

    def __init__(self) -> None:
        self.found: list[Fault] = []

    def add(self, path: str, problem: str, expected: str) -> None:
        """Note a fault."""
        self.found.append(Fault(path, problem, expected))

    def object(
        self, value: Any, path: str, keys: Iterable[str] | None = None, required: Iterable[str] = ()
    ) -> dict[str, Any]:
        """A JSON object with no key twice, none unknown (``keys`` None allows any) and all ``required``."""
        if not isinstance(value, dict):
            self.add(path, f"{shown(value)} is not an object", "an object")
            return {}
        for key in getattr(value, "duplicates", ()):
            self.add(step(path, key), f'the key "{key}" is given twice', "each key once")
        if keys is not None:
            known = tuple(keys)
            for key in value:
                if key not in known:
                    self.add(step(path, key), f'unknown key "{key}"', f"one of {', '.join(known)}")
        for key in required:
            if key not in value:
                self.add(path, f'"{key}" is missing', f'the key "{key}"')
        return value

    def array(self, value: Any, path: str, *, empty: bool = True) -> list[Any]:
        """A JSON array, with at least one item unless ``empty``."""
        if not isinstance(value, list | tuple):
            self.add(path, f"{shown(value)} is not an array", "an array")
            return []
        if not value and not empty:
            self.add(path, "the array is empty", "at least one item")
        return list(value)

    def text(self, value: Any, path: str, *, empty: bool = True) -> str:
        """A JSON string."""
        if not isinstance(value, str) or isinstance(value, NumberText):
            self.add(path, f"{shown(value)} is not text", "text")
            return ""
        if not value and not empty:
            self.add(path, "the text is empty", "text of at least one character")
        return value

    def choice(self, value: Any, path: str, options: Iterable[str]) -> str | None:
        """One of a few words."""
        options = tuple(options)
        if isinstance(value, str) and not isinstance(value, NumberText) and value in options:
            return value
        self.add(path, f"{shown(value)} is not known here", f"one of {', '.join(options)}")
        return None

    def boolean(self, value: Any, path: str) -> bool:
        """true or false."""
        if not isinstance(value, bool):
            self.add(path, f"{shown(value)} is neither true nor false", "true or false")
        return value is True

    def number(
        self,
        value: Any,
        path: str,
        *,
        above: int | None = None,
        least: int | None = None,
        most: int | None = None,
    ) -> Fraction | None:
        """An exact number, ``above`` one bound or at least another, at most a third."""
        number = parsed(value)
        if number is None:
            self.add(path, f"{shown(value)} is not such a number", NUMBER)
            return None
        if above is not None and number <= above:
            self.add(path, f"{shown(value)} is too small", f"a number above {above}")
            return None
        if (least is not None and number < least) or (most is not None and number > most):
            span = f"from {least} to {most}" if most is not None else f"of {least} or more"
            self.add(path, f"{shown(value)} is out of range", f"a number {span}")
            return None
        return number

    def whole(self, value: Any, path: str, *, least: int, most: int | None = None) -> int | None:
        """A whole number; ``2.0`` is one."""
        number = self.number(value, path, least=least, most=most)
        if number is not None and number.denominator != 1:
            self.add(path, f"{shown(value)} is not whole", "a whole number")
            return None
        return None if number is None else int(number)

    def keys(self, items: list[tuple[str, str]], kind: str) -> None:
        """(path, key) pairs must differ in their keys."""
        seen: set[str] = set()
        for path, key in items:
            if key and key in seen:
                self.add(path, f'the key "{key}" is given to two {kind}', f"unique keys of {kind}")
            seen.add(key)
