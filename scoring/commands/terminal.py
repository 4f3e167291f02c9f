"""Writing for a terminal: aligned tables, colour where it is wanted, progress where it takes long."""

import os
import sys
import time
import unicodedata
from collections.abc import Sequence
from typing import TextIO

from scoring.sentences_common import choose

BOLD, GREEN, YELLOW, OFF = "\033[1m", "\033[32m", "\033[33m", "\033[0m"
PATIENCE = 2.0  # seconds before anyone wonders
BAR = 24


def colourful(stream: TextIO) -> bool:
    """Whether the stream is a terminal that may be written to in colour (no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def say(text: str) -> None:
    """To standard output; what its encoding cannot hold becomes a question mark."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "replace").decode(encoding, "replace"))


def complain(message: str) -> int:
    """To standard error, a line or several; gives the exit code 2."""
    encoding = sys.stderr.encoding or "utf-8"
    sys.stderr.write(message.encode(encoding, "backslashreplace").decode(encoding, "backslashreplace") + "\n")
    return 2


def painted(text: str, colour: str) -> str:
    """The text in a colour, on a terminal."""
    return f"{colour}{text}{OFF}" if colourful(sys.stdout) else text


def heading(text: str) -> str:
    """A heading and the blank line before it."""
    return f"\n{painted(text, BOLD)}"


def width(text: str) -> int:
    """The columns a text takes on a terminal."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in ("W", "F") else 1 for c in text
    )


def table(rows: Sequence[Sequence[str]], left: Sequence[int] = (0,), lead: int | None = None) -> list[str]:
    """Aligned lines: columns in ``left`` start together, the others end together; row ``lead`` is green on a terminal.

    The first row is the head.
    """
    if not rows:
        return []
    widths = [max(width(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = []
    for index, row in enumerate(rows):
        cells = []
        for i, cell in enumerate(row):
            space = " " * (widths[i] - width(cell))
            cells.append(cell + space if i in left else space + cell)
        line = "  ".join(cells).rstrip()
        colour = BOLD if index == 0 else GREEN if index == lead else ""
        lines.append(painted(line, colour) if colour else line)
    return lines


class Progress:
    """A bar on standard error once something takes more than two seconds, on a terminal only."""

    def __init__(self, language: str) -> None:
        self.started = time.monotonic()
        self.language = language
        self.shown = False

    def __call__(self, done: int, of: int) -> None:
        """So many parts done."""
        if not sys.stderr.isatty() or time.monotonic() - self.started < PATIENCE:
            return
        filled = BAR * done // max(of, 1)
        word = choose(self.language, "working", "calcul")
        sys.stderr.write(f"\r{word} [{'#' * filled}{'.' * (BAR - filled)}] {done}/{of}")
        sys.stderr.flush()
        self.shown = True

    def done(self) -> None:
        """Wipe the bar."""
        if self.shown:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()
