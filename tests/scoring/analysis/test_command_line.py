"""``python -m scoring``: what it prints, and its exit codes."""

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from scoring.__main__ import main
from scoring.commands import terminal
from scoring.commands.terminal import Progress, table

CASES = Path(__file__).parents[2] / "data" / "cases"
EXAMPLE = str(CASES / "page_example.json")
COMMANDS = ("rank", "explain", "agreement", "simulate")


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    "case", ["page_example", "gates_and_status", "pooled_with_price", "least_cost_70", "gunnen_op_waarde"]
)
def test_every_command_speaks_both_languages_and_json(
    command: str, case: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(CASES / f"{case}.json")

    codes = [
        main([command, file, "--lang", "en"]),
        main([command, file, "--lang", "fr"]),
        main([command, file, "--json"]),
    ]

    printed = capsys.readouterr()
    assert (codes, printed.err) == ([0, 0, 0], "")
    assert "\033" not in printed.out
    assert json.loads(printed.out[printed.out.index('{\n  "format"') :])["format"].endswith("/1")
    assert "nan" not in printed.out.lower().split()


def test_explain_gives_the_figures_as_a_document(capsys: pytest.CaptureFixture[str]) -> None:
    """B has 55 + 36.92 and A 42 + 40: 9.92 apart, 3 steps of one of two marks of 35/5 points a step."""
    main(["explain", EXAMPLE, "--json", "--draws", "1000", "--seed", "7"])

    found = json.loads(capsys.readouterr().out)
    assert list(found) == ["format", "margin", "break_even", "leave_one_out", "draws", "methods", "near_ties"]
    assert (found["margin"]["gap"], found["margin"]["steps"]) == ("9.92", 3)
    assert (found["draws"]["count"], found["draws"]["seed"]) == (1000, 7)
    assert {"en", "fr"} == set(found["margin"]["sentence"])


def test_explain_begins_with_the_ranking(capsys: pytest.CaptureFixture[str]) -> None:
    main(["rank", EXAMPLE, "--lang", "en"])
    ranking = capsys.readouterr().out

    main(["explain", EXAMPLE, "--lang", "en", "--draws", "100"])

    assert capsys.readouterr().out.startswith(ranking)


def test_simulate_takes_rules_without_bids(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = json.loads(Path(EXAMPLE).read_text()) | {"bids": [], "marks": {}}
    file = tmp_path / "rules.json"
    file.write_text(json.dumps(document))

    code = main(["simulate", str(file), "--lang", "en", "--low", "100", "--high", "150"])

    assert code == 0
    assert "between 100 and 150 it commands 13.33 of them" in capsys.readouterr().out


def test_check_lists_every_fault_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = json.loads(Path(EXAMPLE).read_text())
    document["colour"] = "blue"
    document["marks"]["A"]["method"]["anna"] = 9
    document["bids"][1]["key"] = "A"
    file = tmp_path / "faulty.json"
    file.write_text(json.dumps(document))

    codes = [main(["check", str(file)]), main(["check", str(file), "--json"])]

    printed = capsys.readouterr()
    lines = printed.err.splitlines()
    assert codes == [2, 2]
    assert len(lines) == 2 * len(json.loads(printed.out)["faults"])
    for path, mend in (("$.colour", "expected one of"), ("$.marks.A.method.anna", "expected a mark from 0 to 5")):
        assert [line for line in lines if line.startswith(path) and mend in line]


@pytest.mark.parametrize(("lang", "text"), [("en", "The file can be used.\n"), ("fr", "Le fichier est utilisable.\n")])
def test_check_of_a_good_file(lang: str, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", EXAMPLE, "--lang", lang]) == 0
    assert capsys.readouterr().out == text


def test_check_json_of_a_good_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", EXAMPLE, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"format": "check/1", "usable": True, "faults": []}


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["rank"],
        ["bake", EXAMPLE],
        ["rank", EXAMPLE, "--lang", "de"],
        ["explain", EXAMPLE, "--draws", "0"],
        ["explain", EXAMPLE, "--draws", "1.5"],
        ["explain", EXAMPLE, "--concentration", "-1"],
        ["agreement", EXAMPLE, "--steps", "two"],
        ["simulate", EXAMPLE, "--low", "1,5"],
    ],
)
def test_a_command_that_cannot_be_understood_is_told_in_one_line(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main(arguments)

    printed = capsys.readouterr()
    assert (left.value.code, printed.out, printed.err.count("\n")) == (2, "", 1)


@pytest.mark.parametrize("command", [*COMMANDS, "check"])
def test_a_file_that_is_not_there(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "/nowhere.json"]) == 2
    assert capsys.readouterr().err == "/nowhere.json: No such file or directory\n"


def test_a_range_that_ends_before_it_starts(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", EXAMPLE, "--low", "200", "--high", "100", "--lang", "en"]) == 2
    assert capsys.readouterr().err == "simulate: the range of prices ends before it starts\n"


@pytest.mark.parametrize("command", [*COMMANDS, "check"])
def test_standard_input(command: str) -> None:
    run = subprocess.run(
        [sys.executable, "-W", "error", "-m", "scoring", command, "-", "--json"],
        input=Path(EXAMPLE).read_bytes(),
        capture_output=True,
        check=False,
    )

    assert (run.returncode, run.stderr) == (0, b"")
    assert json.loads(run.stdout)["format"]


def test_a_reader_who_leaves_is_no_error() -> None:
    command = [sys.executable, "-m", "scoring", "explain", EXAMPLE, "--draws", "100"]

    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        assert run.stdout
        assert run.stderr
        run.stdout.close()
        complaint = run.stderr.read()

    assert (run.returncode, complaint) == (0, b"")


@pytest.mark.parametrize(("no_color", "painted"), [(None, True), ("", True), ("1", False)])
def test_colour_on_a_terminal_only_and_not_against_ones_will(
    no_color: str | None, painted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    if no_color is not None:
        monkeypatch.setenv("NO_COLOR", no_color)
    screen = Terminal()
    monkeypatch.setattr(sys, "stdout", screen)

    main(["rank", EXAMPLE])

    assert ("\033[32m" in screen.getvalue()) is painted


def test_columns_stand_one_below_the_other_in_any_script() -> None:
    lines = table([["Bid", "Total"], ["é", "9.5"], ["日本", "10"], ["e\u0301", "1"]])

    assert lines == ["Bid   Total", "é       9.5", "日本     10", "e\u0301         1"]


def test_progress_shows_on_a_terminal_after_two_seconds_and_wipes_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    now: list[float] = [0.0]
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr(terminal.time, "monotonic", lambda: now[0])
    progress = Progress("en")

    progress(1, 6)
    early = screen.getvalue()
    now[0] = 2.5
    progress(3, 6)
    shown = screen.getvalue()
    progress.done()

    assert early == ""
    assert shown == "\rworking [############............] 3/6"
    assert screen.getvalue() == shown + "\r\033[K"


def test_no_progress_where_nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    stream: Any = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    progress = Progress("en")
    progress.started -= 60

    progress(1, 2)
    progress.done()

    assert stream.getvalue() == ""
