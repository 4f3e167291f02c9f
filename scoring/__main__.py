"""``python -m scoring rank|explain|agreement|simulate|check FILE``: an evaluation file, ranked, explained and checked.

And ``import|audit WORKBOOK``, for workbooks of one's own (scoring/intake/commands.py).
Exit code 0, or 2 for a file that cannot be used (one line for each fault) or a command that cannot be understood.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from scoring.commands.terminal import Progress, complain, say
from scoring.evaluation_file import read_text
from scoring.faults import EvaluationFileError
from scoring.intake.commands import add_commands
from scoring.model import Evaluation
from scoring.numbers import parse
from scoring.ranking import rank
from scoring.words import LANGUAGES

HELP = {
    "rank": "rank the bids of an evaluation file",
    "explain": "say what it would take to overturn the ranking",
    "agreement": "say how far the evaluators agree",
    "simulate": "show what the rules do, with or without bids",
    "check": "list every fault of an evaluation file",
}


class OneLineParser(argparse.ArgumentParser):
    """Says what is wrong with a command in one line."""

    def error(self, message: str) -> NoReturn:
        """Exit code 2."""
        self.exit(2, f"{self.prog}: {message}\n")


def parser() -> argparse.ArgumentParser:
    """The command line."""
    top = OneLineParser(
        prog="python -m scoring", description="Rank an evaluation file, exactly, and explain the ranking."
    )
    commands = top.add_subparsers(dest="command", required=True, parser_class=OneLineParser)
    by_name = {name: commands.add_parser(name, help=text, description=text) for name, text in HELP.items()}
    for command in by_name.values():
        command.add_argument("file", metavar="FILE", help="an evaluation file, or - for standard input")
        command.add_argument("--json", action="store_true", help="print the result for a program")
        command.add_argument("--lang", choices=LANGUAGES, default=_language(), help="language of the words")
    by_name["rank"].add_argument("--xlsx", metavar="OUT", type=Path, help="also write the comparison workbook")
    explain = by_name["explain"]
    explain.add_argument("--draws", metavar="N", type=_whole, default=100_000, help="weight draws (100000)")
    explain.add_argument("--seed", metavar="N", type=_whole, default=2026, help="seed of the draws (2026)")
    explain.add_argument(
        "--concentration", metavar="C", type=_above_0, default=100, help="how near the declared weights (100)"
    )
    by_name["agreement"].add_argument(
        "--steps", metavar="N", type=_above_0, default=2, help="gap to discuss, in mark steps (2)"
    )
    for end in ("low", "high"):
        by_name["simulate"].add_argument(
            f"--{end}", metavar="PRICE", type=_number, help=f"{end} end of the range of prices"
        )
    add_commands(commands)
    return top


def _language() -> str:
    return "fr" if os.environ.get("LANG", "").startswith("fr") else "en"


def _number(value: str) -> Any:
    number = parse(value)
    if number is None:
        raise argparse.ArgumentTypeError(f"{value} is not a decimal number")
    return number


def _above_0(value: str) -> Any:
    number = _number(value)
    if number <= 0:
        raise argparse.ArgumentTypeError(f"{value} is not above 0")
    return number


def _whole(value: str) -> int:
    number = _above_0(value)
    if number.denominator != 1:
        raise argparse.ArgumentTypeError(f"{value} is not a whole number")
    return int(number)


def _read(name: str) -> bytes:
    return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; its exit code. Raises SystemExit for a command that cannot be understood."""
    given = parser().parse_args(arguments)
    if given.command not in HELP:
        return int(given.run(given))
    progress = Progress(given.lang)
    try:
        code = _run(given, progress)
        sys.stdout.flush()
    except BrokenPipeError:
        return _pipe_closed()
    except OSError as error:
        return complain(f"{given.file}: {error.strerror or error}")
    except EvaluationFileError as error:
        return complain("\n".join(map(str, error.faults)))
    finally:
        progress.done()
    return code


def _pipe_closed() -> int:
    """Whoever read the output has seen enough."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _run(given: argparse.Namespace, progress: Progress) -> int:
    text = _read(given.file)
    if given.command == "check":
        return _check(text, given)
    return COMMANDS[given.command](read_text(text), given, progress)


def _print(found: Any, given: argparse.Namespace, text: Callable[[], str]) -> int:
    say(json.dumps(found.to_document(), indent=2) + "\n" if given.json else text())
    return 0


def _check(text: bytes, given: argparse.Namespace) -> int:
    """Every fault at once: where, what is wrong, what is expected there."""
    from scoring.commands.check import checked, faults_of

    faults = faults_of(text)
    if given.json:
        say(json.dumps(checked(faults), indent=2) + "\n")
    if faults:
        return complain("\n".join(map(str, faults)))
    if not given.json:
        say({"fr": "Le fichier est utilisable.\n", "en": "The file can be used.\n"}[given.lang])
    return 0


def _rank(evaluation: Evaluation, given: argparse.Namespace, _progress: Progress) -> int:
    from scoring.report import as_text

    result = rank(evaluation, given.lang)
    if given.xlsx:
        from scoring.workbook import write

        try:
            write(evaluation, result, given.xlsx, language=given.lang)
        except OSError as error:
            return complain(f"{given.xlsx}: {error.strerror or error}")
    return _print(result, given, lambda: as_text(evaluation, result, given.lang))


def _explain(evaluation: Evaluation, given: argparse.Namespace, progress: Progress) -> int:
    from scoring.commands.explain import explained
    from scoring.robustness import robustness

    result = rank(evaluation, given.lang)
    found = robustness(
        evaluation,
        result,
        count=given.draws,
        seed=given.seed,
        concentration=float(given.concentration),
        progress=progress,
    )
    progress.done()
    return _print(found, given, lambda: explained(evaluation, result, found, given.lang))


def _agreement(evaluation: Evaluation, given: argparse.Namespace, _progress: Progress) -> int:
    from scoring.agreement import agreement
    from scoring.commands.agree import agreed

    found = agreement(evaluation, given.steps)
    return _print(found, given, lambda: agreed(found, given.lang))


def _simulate(evaluation: Evaluation, given: argparse.Namespace, _progress: Progress) -> int:
    from scoring.commands.preview import previewed
    from scoring.simulate import simulate

    try:
        found = simulate(evaluation, given.low, given.high)
    except ValueError:
        wrong = {
            "fr": "la plage de prix se termine avant de commencer",
            "en": "the range of prices ends before it starts",
        }
        return complain(f"simulate: {wrong[given.lang]}")
    return _print(found, given, lambda: previewed(found, given.lang))


COMMANDS = {"rank": _rank, "explain": _explain, "agreement": _agreement, "simulate": _simulate}


if __name__ == "__main__":
    sys.exit(main())
