"""``python -m scoring rank FILE``: the ranking of an evaluation file. Exit code 0, or 2 for a file that cannot be used."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from scoring.evaluation_file import read_text
from scoring.faults import EvaluationFileError
from scoring.model import Evaluation
from scoring.ranking import rank
from scoring.report import as_text
from scoring.result import Result
from scoring.words import LANGUAGES


def parser() -> argparse.ArgumentParser:
    """The command line."""
    top = argparse.ArgumentParser(prog="python -m scoring", description="Rank an evaluation file, exactly.")
    commands = top.add_subparsers(dest="command", required=True)
    ranking = commands.add_parser("rank", help="rank the bids of an evaluation file")
    ranking.add_argument("--json", action="store_true", help="print the result as JSON (result/1)")
    ranking.add_argument("--xlsx", metavar="OUT", type=Path, help="also write the comparison workbook")
    checking = commands.add_parser("check", help="list every fault of an evaluation file")
    for command in (ranking, checking):
        command.add_argument("file", metavar="FILE", help="an evaluation file, or - for standard input")
        command.add_argument("--lang", choices=LANGUAGES, default=_language(), help="language of the words")
    return top


def _language() -> str:
    return "fr" if os.environ.get("LANG", "").startswith("fr") else "en"


def _read(name: str) -> bytes:
    return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()


def _complain(message: str) -> int:
    sys.stderr.write(message.encode("utf-8", "backslashreplace").decode() + "\n")
    return 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; its exit code."""
    given = parser().parse_args(arguments)
    try:
        evaluation = read_text(_read(given.file))
        result = rank(evaluation, given.lang)
    except OSError as error:
        return _complain(f"{given.file}: {error.strerror or error}")
    except EvaluationFileError as error:
        return _complain("\n".join(map(str, error.faults)))
    if given.command == "check":
        print({"fr": "Le fichier est utilisable.", "en": "The file can be used."}[given.lang])
        return 0
    return _rank(evaluation, result, given)


def _rank(evaluation: Evaluation, result: Result, given: argparse.Namespace) -> int:
    if given.xlsx:
        from scoring.workbook import write

        try:
            write(evaluation, result, given.xlsx, language=given.lang)
        except OSError as error:
            return _complain(f"{given.xlsx}: {error.strerror or error}")
    if given.json:
        print(json.dumps(result.to_document(), indent=2))
    else:
        text = as_text(evaluation, result, given.lang)
        sys.stdout.write(text.encode("utf-8", "replace").decode(sys.stdout.encoding or "utf-8", "replace"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
