"""What is wrong with an evaluation file."""

import re
from dataclasses import dataclass

PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")


def one_line(text: str) -> str:
    """Text with what would break or hide its line (controls, line separators, lone surrogates) escaped."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


@dataclass(frozen=True)
class Fault:
    """One fault: where (JSON path), what is wrong, what was expected."""

    path: str
    problem: str
    expected: str

    def __str__(self) -> str:
        return one_line(f"{self.path}: {self.problem}; expected {self.expected}")


class EvaluationFileError(Exception):
    """A file that cannot be used, with every fault found."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


def step(path: str, key: str | int) -> str:
    """The JSON path one step further down."""
    if isinstance(key, int):
        return f"{path}[{key}]"
    if PLAIN_KEY.fullmatch(key):
        return f"{path}.{key}"
    quoted = key.replace("\\", "\\\\").replace("'", "\\'")
    return f"{path}['{one_line(quoted)}']"
