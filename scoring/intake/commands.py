"""``import`` and ``audit`` on the command line."""

import argparse
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from scoring.intake.faults import MapError, Told, WorkbookError, refused
from scoring.intake.report import LANGUAGES

CLEAN, FOUND, UNUSABLE = 0, 1, 2


def add_commands(commands: "argparse._SubParsersAction[Any]") -> None:
    """Add both commands; each sets ``run``, which takes the parsed arguments and returns the exit code."""
    taking = commands.add_parser("import", help="turn a workbook of one's own into an evaluation file")
    taking.add_argument("--out", metavar="FILE", required=True, help="the evaluation file; may hold {set}")
    taking.add_argument("--set", metavar="NAME", help="which set of weights, where each sheet is one")
    taking.set_defaults(run=take_in)
    auditing = commands.add_parser("audit", help="say where a workbook's arithmetic is wrong (exit code 1)")
    auditing.add_argument("--json", action="store_true", help="print the findings as JSON (audit/1)")
    auditing.set_defaults(run=audit)
    language = "fr" if os.environ.get("LANG", "").startswith("fr") else "en"
    for command in (taking, auditing):
        command.add_argument("workbook", metavar="WORKBOOK", type=Path, help="an .xlsx file")
        command.add_argument("--map", metavar="MAP.yaml", type=Path, required=command is taking, help="docs/intake.md")
        command.add_argument("--lang", choices=LANGUAGES, default=language, help="language of the words")


def take_in(given: argparse.Namespace) -> int:
    """Write the evaluation file; what was left out or turned round goes to standard error."""
    return _guarded(given, _take_in)


def audit(given: argparse.Namespace) -> int:
    """Print the findings."""
    return _guarded(given, _audit)


def _guarded(given: argparse.Namespace, work: Callable[[argparse.Namespace], int]) -> int:
    from scoring.intake.words import told

    try:
        return work(given)
    except BrokenPipeError:
        raise  # whoever reads the output has seen enough: the command line knows what to do
    except OSError as error:
        return _complain(f"{error.filename or given.workbook}: {error.strerror or error}")
    except MapError as error:
        return _complain("\n".join(f"{given.map}: {fault}" for fault in error.faults))
    except WorkbookError as error:
        return _complain("\n".join(f"{given.workbook}: {told(note, given.lang)}" for note in error.told))


def _take_in(given: argparse.Namespace) -> int:
    from scoring.intake.cells import read_book
    from scoring.intake.importing import take_in
    from scoring.intake.mapping import read_map

    taken = take_in(read_book(given.workbook), read_map(given.map))
    chosen = _chosen(taken.documents, given)
    _tell(taken.told, given.lang)
    for path, document in chosen.items():
        text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
        Path(path).write_text(text, encoding="utf-8")
        _say_written(path, document, given.lang)
    return CLEAN


def _chosen(documents: dict[str, dict[str, Any]], given: argparse.Namespace) -> dict[str, dict[str, Any]]:
    """Path → evaluation file. Raises WorkbookError where it is not said which set is meant."""
    from scoring.intake.tables import unique

    if given.set is not None:
        if given.set not in documents:
            raise refused("choose_set", sets=", ".join(documents))
        documents = {given.set: documents[given.set]}
    if "{set}" in given.out:
        return {
            given.out.replace("{set}", key): document
            for key, document in zip(unique(documents), documents.values(), strict=True)
        }
    if len(documents) > 1:
        raise refused("choose_set", sets=", ".join(documents))
    return {given.out: next(iter(documents.values()))}


def _tell(notes: list[Told], language: str) -> None:
    from scoring.intake.words import told

    for note in notes:
        _print_error(told(note, language))


def _say_written(path: str, document: dict[str, Any], language: str) -> None:
    from scoring.intake.words import phrase

    leaves = sum(len(criterion.get("children", [criterion])) for criterion in document["criteria"])
    _print(phrase("written", {"file": path, "options": len(document["bids"]), "criteria": leaves}, language) + "\n")


def _audit(given: argparse.Namespace) -> int:
    from scoring.intake.audit import audit
    from scoring.intake.cells import read_book
    from scoring.intake.mapping import read_map
    from scoring.intake.report import as_document, as_text

    report = audit(read_book(given.workbook), read_map(given.map) if given.map else None)
    if given.json:
        _print(json.dumps(as_document(report), ensure_ascii=False, indent=2) + "\n")
    else:
        _print(as_text(report, given.lang))
    return CLEAN if report.clean else FOUND


def _print(text: str) -> None:
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "replace").decode(encoding))


def _print_error(text: str) -> None:
    from scoring.intake.words import one_line

    sys.stderr.write(one_line(text).encode("utf-8", "backslashreplace").decode() + "\n")


def _complain(message: str) -> int:
    for line in message.split("\n"):
        _print_error(line)
    return UNUSABLE
