"""docs/evaluation-file.md, The result: its shape, its words, its exit codes; and files that mean harm."""

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from scoring.__main__ import main
from tests.scoring.documents import Document, document, faults_in, marked, result_of
from tests.scoring.test_cases import CASES, expected_of

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "docs" / "evaluation-file.md").read_text()
SCHEMA = json.loads((ROOT / "scoring" / "evaluation.schema.json").read_text())


def printed_on_the_page() -> list[Document]:
    return [json.loads(block) for block in re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)]


def test_the_page_prints_what_the_library_does() -> None:
    given, result = printed_on_the_page()

    assert json.dumps(result_of(given)) == json.dumps(result)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main([*arguments, "--lang", "en"])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def test_json_is_the_result(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given, result = printed_on_the_page()
    file = tmp_path / "page.json"
    file.write_text(json.dumps(given))

    code, out, err = run(capsys, "rank", str(file), "--json")

    assert (code, json.loads(out), err) == (0, result, "")


@pytest.mark.parametrize("case", [c for c in CASES if "refused" not in expected_of(c)], ids=lambda case: case.stem)
def test_the_shape_of_every_result(case: Path) -> None:
    given = json.loads(case.read_text())

    found = result_of(given)

    assert list(found) == ["format", "points", "bids", "ties", "warnings"]
    for bid in found["bids"]:
        assert list(bid) == ["key", "status", "rank", "total", "criteria", "reasons"]
        assert (bid["rank"] is None) == (bid["total"] is None) == (bid["status"] != "ranked")
        assert (bid["status"] == "ranked") == (bid["reasons"] == [])
        for got in bid["criteria"].values():
            assert list(got) in (["points"], ["mark", "points", "marks"], ["value", "points"])
        for text in [bid["total"], *(v for got in bid["criteria"].values() for k, v in got.items() if k != "marks")]:
            assert text is None or re.fullmatch(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?", text)
            assert text != "-0"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_every_case_is_what_the_schema_says(case: Path) -> None:
    jsonschema.validate(json.loads(case.read_text()), SCHEMA)


# Faults


def test_one_line_for_each_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "bad.json"
    given = document([marked("q", -1)], "AA", colour=1)
    given["bids"].append({"key": "B", "line\nbreak\u2028\x00\x1b[31m": 1})
    file.write_text(json.dumps(given))

    code, out, err = run(capsys, "rank", str(file), "--json")

    assert (code, out) == (2, "")
    lines = err.splitlines()
    assert [line.partition(": ")[0] for line in lines] == [
        "$.colour",
        "$.criteria[0].weight",
        "$.bids[2]['line\\nbreak\\u2028\\x00\\x1b[31m']",
        "$.bids[1].key",
    ]
    assert all("; expected " in line for line in lines)


@pytest.mark.parametrize(
    ("key", "path"),
    [
        ("plain_Key-1", "$.plain_Key-1"),
        ("two words", "$['two words']"),
        ("é", "$['é']"),
        ("it's", "$['it\\'s']"),
        ("back\\slash", "$['back\\\\slash']"),
        ("", "$['']"),
        ("a.b", "$['a.b']"),
        ("1", "$['1']"),
        ("\ud800", "$['\\ud800']"),
    ],
)
def test_paths_tell_where_without_doubt(key: str, path: str) -> None:
    assert [f.path for f in faults_in(document([marked("q")], "A", **{key: 1}))] == [path]


HOSTILE: dict[str, bytes] = {
    "empty": b"",
    "blank": b" \n",
    "cut off": b'{"format": "evaluation/1", "criteria": [',
    "trailing comma": b'{"format": "evaluation/1",}',
    "two documents": b"{} {}",
    "comment": b"{} // done",
    "single quotes": b"{'format': 1}",
    "bare word": b"evaluation",
    "not UTF-8": b'{"title": "\xff"}',
    "UTF-16": '{"format": "evaluation/1"}'.encode("utf-16"),
    "surrogate bytes": b'{"title": "\xed\xa0\x80"}',
    "null bytes": b"\x00" * 100,
    "control character": b'{"title": "a\x01"}',
    "nothing but brackets": b"[" * 100_000,
    "nothing but braces": b'{"a":' * 100_000,
    "deep array": b"[" * 100_000 + b"]" * 100_000,
    "deep marks": b'{"format":"evaluation/1","criteria":[],"bids":[],"marks":' + b'{"a":' * 900 + b"1" + b"}" * 901,
    "a million digits": b'{"format":"evaluation/1","bids":[],"criteria":[{"key":"q","weight":' + b"9" * 10**6 + b"}]}",
    "a million decimals": b'{"format":"evaluation/1","bids":[],"criteria":[{"key":"q","weight":0.'
    + b"9" * 10**6
    + b"}]}",
    "a huge exponent": b'{"format":"evaluation/1","bids":[],"criteria":[{"key":"q","weight":1e999999999}]}',
    "a long name": b'{"' + b"x" * 10**6 + b'": 1}',
    "not a number": b'{"format": NaN}',
    "minus": b'{"format": -}',
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("command", ["rank", "check"])
def test_a_file_that_cannot_be_read(
    name: str, command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "hostile.json"
    file.write_bytes(HOSTILE[name])

    code, out, err = run(capsys, command, str(file))

    assert (code, out) == (2, "")
    assert err.startswith("$")
    assert "; expected " in err.splitlines()[0]


@pytest.mark.parametrize("depth", [50, 200, 400, 1000, 20_000])
def test_deep_trees_are_ranked_or_refused(depth: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    inner = '{"key":"q","weight":1,"scale":{"min":0,"max":1}}'
    tree = "".join(f'{{"key":"g{i}","children":[' for i in range(depth)) + inner + "]}" * depth
    marks = '"marks":{"A":{"q":1}}'
    file = tmp_path / "deep.json"
    file.write_text(f'{{"format":"evaluation/1","criteria":[{tree}],"bids":[{{"key":"A"}}],{marks}}}')

    code, _, err = run(capsys, "rank", str(file), "--json")

    assert (code, err.count("\n")) == ((0, 0) if depth <= 200 else (2, 1))


def test_a_byte_order_mark_is_no_harm(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "bom.json"
    file.write_bytes(b"\xef\xbb\xbf" + json.dumps(document([marked("q")])).encode())

    assert run(capsys, "rank", str(file), "--json")[0] == 0


def test_lone_surrogates_in_text_are_no_harm(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "surrogates.json"
    bids = [{"key": "\ud800", "name": "\udfff", "status": "withdrawn", "reason": "\udc80"}]
    file.write_text(json.dumps(document([marked("\ud801")], bids, title="\ud802")))

    code, out, _ = run(capsys, "rank", str(file), "--json")
    assert (code, json.loads(out)["bids"][0]["key"]) == (0, "\ud800")
    assert run(capsys, "rank", str(file))[0] == 0


@pytest.mark.parametrize("name", ["nothing-here.json", "."])
def test_a_file_that_cannot_be_opened(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "rank", str(tmp_path / name), "--json")

    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith(str(tmp_path))


@pytest.mark.parametrize(("text", "code"), [(json.dumps(document([marked("q")])), 0), ("{}", 2), ("", 2)])
def test_a_dash_is_standard_input(
    text: str, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))

    found, out, err = run(capsys, "rank", "-", "--json")

    assert found == code
    assert bool(out) is (code == 0)
    assert bool(err) is (code == 2)


def command(*arguments: str, text: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "scoring", *arguments],
        input=text,
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, **environment},
    )


def test_the_command_from_outside() -> None:
    given, result = printed_on_the_page()

    good = command("rank", "-", "--json", "--lang", "en", text=json.dumps(given))
    bad = command("rank", "-", "--json", text='{"é": 1}', LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    no_file = command("rank")

    assert (good.returncode, json.loads(good.stdout), good.stderr) == (0, result, "")
    assert (bad.returncode, bad.stdout, bad.stderr.count("\n")) == (2, "", 4)
    assert no_file.returncode == 2
