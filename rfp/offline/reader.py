"""Reading a workbook somebody sent, in a process of its own: it can be killed, and has little memory.

``read(content)`` starts this very file on the bytes; the child imports nothing of the application.
"""

import io
import json
import os
import resource
import subprocess  # our own interpreter, on our own module, without a shell  # nosec B404
import sys
import threading
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

MEBIBYTE = 1024 * 1024
MOST_UNPACKED = 60 * MEBIBYTE
MOST_MEMORY = 768 * MEBIBYTE
MOST_SECONDS = 20
MOST_ROWS = 5000
MOST_COLUMNS = 60
MOST_TEXT = 4_000_000  # characters in all: one text stands once in the file, however many cells show it
MOST_AT_ONCE = 2
MOST_WAITING = 3  # seconds
TOO_MUCH_TEXT = 3  # the child's exit code

_places = threading.BoundedSemaphore(MOST_AT_ONCE)

Rows = list[list[str | None]]


class UnreadableError(Exception):
    """The workbook cannot be read; the message is a code: not_a_workbook, too_large, macros, external, too_slow, busy."""


def read(content: bytes) -> dict[str, Rows]:
    """Sheet name → rows of cells as text (None for a blank one), top left first. Raises UnreadableError."""
    check_package(content)
    if not _places.acquire(
        timeout=MOST_WAITING
    ):  # a few bad workbooks at once must not hold every thread and all memory
        raise UnreadableError("busy")
    try:
        return _read_apart(content)
    finally:
        _places.release()


def _read_apart(content: bytes) -> dict[str, Rows]:
    try:
        done = subprocess.run(  # noqa: S603 - nothing of the sender's is on the command line  # nosec B603
            [sys.executable, "-I", str(Path(__file__).resolve())],
            input=content,
            capture_output=True,
            timeout=MOST_SECONDS,
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},  # openpyxl brings numpy, whose threads ask for memory
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableError("too_slow") from error
    if done.returncode == TOO_MUCH_TEXT:
        raise UnreadableError("too_large")
    if done.returncode != 0:
        raise UnreadableError("not_a_workbook")
    sheets: dict[str, Rows] = json.loads(done.stdout)
    return sheets


def check_package(content: bytes) -> None:
    """Refuse by the table of contents alone, before anything is unpacked. Raises UnreadableError."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError) as error:
        raise UnreadableError("not_a_workbook") from error
    names = {member.filename.lower() for member in members}
    if "xl/workbook.xml" not in names:
        raise UnreadableError("not_a_workbook")
    if len(members) > 500 or sum(member.file_size for member in members) > MOST_UNPACKED:
        raise UnreadableError("too_large")
    if any(name.endswith("vbaproject.bin") for name in names):
        raise UnreadableError("macros")
    if any(name.startswith("xl/externallinks/") for name in names):
        raise UnreadableError("external")


def _text(value: Any) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


def _read_all(content: bytes) -> dict[str, Rows]:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    limits = {"max_row": MOST_ROWS, "max_col": MOST_COLUMNS, "values_only": True}
    found: dict[str, Rows] = {}
    left = MOST_TEXT
    for sheet in book.worksheets:
        found[sheet.title] = rows = []
        for cells in sheet.iter_rows(**limits):
            rows.append(row := _row(cells))
            left -= sum(len(text) + 1 for text in row if text is not None)
            if left < 0:
                sys.exit(TOO_MUCH_TEXT)
    return found


def _row(cells: tuple[Any, ...]) -> list[str | None]:
    """As text, without the blank cells at its end."""
    found = [_text(cell) for cell in cells]
    while found and found[-1] is None:
        found.pop()
    return found


def main() -> None:
    """The child: bytes in, JSON out; any failure is an exit code."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    sys.stdout.write(json.dumps(_read_all(sys.stdin.buffer.read())))


if __name__ == "__main__":
    main()
