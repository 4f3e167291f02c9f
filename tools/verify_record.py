"""Check the record of Grille with nothing of Grille: Python's standard library alone.

    python tools/verify_record.py grille.sqlite
    python tools/verify_record.py record.jsonl --anchor 812:9f86d0…

Reads a SQLite database (which it does not change), or the JSON lines that ``flask audit export`` writes
(``-`` for standard input). Each event must follow the one before it and hash to what it says: SHA-256 of
its canonical JSON (sorted keys, UTF-8, no spaces) without ``hash``. ``--anchor`` is a head that
``flask audit verify`` printed earlier and that was kept elsewhere: without one, a record that was cut
short or computed anew, head and all, cannot be told from an honest one.

Exit: 0 the record holds, 1 it is broken (each fault on a line), 2 it cannot be read.
"""

import argparse
import contextlib
import hashlib
import json
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FIELDS = ("sequence", "at", "kind", "actor_id", "actor_name", "subject", "object", "data", "previous")
GENESIS = "0" * 64
SQLITE = b"SQLite format 3\0"


class UnreadableError(Exception):
    """Neither a database of Grille nor an export of its record."""


def from_sqlite(path: Path) -> tuple[list[dict[str, Any]], tuple[int, str]]:
    """The events in order of sequence, and the head."""
    with contextlib.closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        try:
            rows = connection.execute('select * from audit_events order by "sequence"').fetchall()
            head = connection.execute('select "sequence", hash from audit_head').fetchone()
        except sqlite3.Error as error:
            raise UnreadableError(f"{path}: {error}") from error
    return [_event(dict(row)) for row in rows], (head["sequence"], head["hash"]) if head else (0, GENESIS)


def _event(row: dict[str, Any]) -> dict[str, Any]:
    """A row as it is hashed: the instant in ISO 8601 with its zone, the data as JSON. What is no such thing stays."""
    with contextlib.suppress(TypeError, ValueError):
        row["data"] = json.loads(row["data"])
    row["at"] = f"{row['at']}+00:00".replace(" ", "T")
    return row


def from_lines(lines: Iterator[str]) -> tuple[list[dict[str, Any]], tuple[int, str]]:
    """The events as they stand in an export, and the head on its last line."""
    try:
        found = [json.loads(line) for line in lines if line.strip()]
        head = found.pop()["head"] if found else None
        events = [line if isinstance(line, dict) else {} for line in found]
        return events, (head["sequence"], head["hash"]) if head else (0, GENESIS)
    except (ValueError, KeyError, TypeError) as error:
        raise UnreadableError(f"not an export of a record: {error!r}") from error


def digest(event: dict[str, Any]) -> str:
    """What the event must hash to; blank where it cannot be hashed at all."""
    try:
        body = {name: event[name] for name in FIELDS}
        text = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()
    except (KeyError, TypeError, ValueError):
        return ""


def faults_of(
    events: list[dict[str, Any]], head: tuple[int, str], anchor: tuple[int, str] | None = None
) -> Iterator[str]:
    """Every fault of the chain, in its order."""
    place, previous = 0, GENESIS
    for event in events:
        place += 1
        if event.get("sequence") != place:
            yield f"where event {place} should be, there is {event.get('sequence')}"
            place = event["sequence"] if isinstance(event.get("sequence"), int) else place
        elif event.get("previous") != previous:
            yield f"event {place} does not follow the one before it"
        if digest(event) != event.get("hash"):
            yield f"event {place} ({event.get('kind')}) was altered"
        previous = str(event.get("hash"))
    if head != (place, previous):
        yield f"the events end at {place}, the head says {head[0]}: some were cut off, added or replaced"
    if anchor is not None and anchor not in [(event.get("sequence"), event.get("hash")) for event in events]:
        yield f"event {anchor[0]} is not the one that was noted down: the record was cut short or computed anew"


def read(source: str) -> tuple[list[dict[str, Any]], tuple[int, str]]:
    """Events and head of a database or an export."""
    if source == "-":
        return from_lines(iter(sys.stdin))
    path = Path(source)
    try:
        with path.open("rb") as file:
            is_database = file.read(len(SQLITE)) == SQLITE
        if is_database:
            return from_sqlite(path)
        with path.open(encoding="utf-8") as lines:
            return from_lines(lines)
    except OSError as error:
        raise UnreadableError(str(error)) from error


def _anchor(text: str) -> tuple[int, str]:
    sequence, _, noted = text.partition(":")
    return int(sequence), noted


def main(arguments: list[str] | None = None) -> int:
    """The exit code."""
    parser = argparse.ArgumentParser(description="Check the record of Grille with nothing of Grille.")
    parser.add_argument("source", help="a SQLite database, an export (JSON lines), or - for standard input")
    parser.add_argument("--anchor", type=_anchor, help="a head noted down earlier: SEQUENCE:HASH")
    given = parser.parse_args(arguments)
    try:
        events, head = read(given.source)
    except UnreadableError as error:
        print(error, file=sys.stderr)
        return 2
    faults = list(faults_of(events, head, given.anchor))
    for fault in faults:
        print(fault)
    print("The record is broken." if faults else f"The record holds: {len(events)} events, head {head[0]}:{head[1]}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
