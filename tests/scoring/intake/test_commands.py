"""``import`` and ``audit`` on the command line."""

import json
from pathlib import Path

import pytest

from scoring import rank, read_file
from scoring.__main__ import main
from tests.scoring.intake.books import WORKBOOKS, packed
from tests.scoring.intake.test_audit_checks import GOOD
from tests.scoring.intake.test_importing import KITS, PAIRS


@pytest.fixture
def kits(tmp_path: Path) -> list[str]:
    """A workbook and its map, as arguments."""
    (tmp_path / "kits.xlsx").write_bytes(packed({"Sheet": KITS}))
    (tmp_path / "kits.yaml").write_text(PAIRS)
    return [str(tmp_path / "kits.xlsx"), "--map", str(tmp_path / "kits.yaml")]


def test_import_writes_a_file_that_ranks(kits: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "kits.json"

    code = main(["import", *kits, "--out", str(out), "--lang", "en"])

    told = capsys.readouterr()
    assert (code, [bid.key for bid in rank(read_file(out)).ranked]) == (0, ["one", "two"])
    assert told.out == f"{out}: 3 options, 3 criteria.\n"
    assert told.err == "Sheet!G1: Other: nobody has marked it; it stays unranked.\n"


def test_import_asks_which_set_of_weights(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [str(WORKBOOKS / "hci-scenarios.xlsx"), "--map", str(WORKBOOKS / "hci-scenarios.yaml"), "--lang", "en"]
    out = tmp_path / "one.json"

    unsaid = main(["import", *files, "--out", str(out)])
    refusal = capsys.readouterr().err
    said = main(["import", *files, "--out", str(out), "--set", "Szenario 3"])
    every = main(["import", *files, "--out", str(tmp_path / "{set}.json")])

    assert (unsaid, said, every) == (2, 0, 0)
    assert "The sets are: Szenario 1, Szenario 2" in refusal
    assert [bid.key for bid in rank(read_file(out)).ranked] == ["nutanix", "vmware-broadcom", "proxmox-mit-ceph"]
    assert len(list(tmp_path.glob("szenario-*.json"))) == 6


def test_import_of_a_workbook_that_cannot_be_used_writes_nothing(kits: list[str], tmp_path: Path) -> None:
    (tmp_path / "kits.xlsx").write_bytes(packed({"Sheet": {**KITS, "C3": 11}}))

    code = main(["import", *kits, "--out", str(tmp_path / "kits.json")])

    assert (code, (tmp_path / "kits.json").exists()) == (2, False)


def test_audit_of_a_clean_workbook_is_0_and_of_a_wrong_one_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "good.xlsx").write_bytes(packed({"Sheet": GOOD}))
    (tmp_path / "wrong.xlsx").write_bytes(packed({"Sheet": {**GOOD, "F4": "=$B4*E5"}}))

    clean = main(["audit", str(tmp_path / "good.xlsx"), "--lang", "fr"])
    said = capsys.readouterr().out
    wrong = main(["audit", str(tmp_path / "wrong.xlsx"), "--lang", "fr"])
    told = capsys.readouterr().out

    assert (clean, wrong) == (0, 1)
    assert said.endswith("Rien de faux n’a été trouvé.\n")
    assert "F4 (Criterion 4)\u00a0: affiche 150, juste\u00a0: 60\n" in told
    assert "→ Sheet\u00a0: total de Beta 435 → 345\n" in told


def test_audit_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    name = str(WORKBOOKS / "hci-subcriteria.xlsx")

    code = main(["audit", name, "--map", str(WORKBOOKS / "hci-subcriteria.yaml"), "--json"])

    document = json.loads(capsys.readouterr().out)
    (slip,) = [f for f in document["findings"] if (f["sheet"], f["cell"]) == ("Szenario 1", "F7")]
    assert (code, document["format"], document["clean"], document["formulas"]) == (1, "audit/1", False, 941)
    assert {key: slip[key] for key in ("code", "level", "shown", "right")} == {
        "code": "pattern_break",
        "level": "error",
        "shown": "10",
        "right": "15",
    }
    assert slip["text"] == {
        "en": "=PRODUCT(B7,E9) breaks the pattern of its neighbours, which gives =PRODUCT(B7,E7).",
        "fr": "=PRODUCT(B7,E9) rompt avec ses voisines, dont le modèle donne =PRODUCT(B7,E7).",
    }
    assert slip["effect_text"]["en"] == [
        "Szenario 1: total of Nutanix 197 → 202; rank of VMware/Broadcom 2 → 3; rank of Nutanix 3 → 2; "
        "VMware/Broadcom and Nutanix exchange places"
    ]


def test_what_repeats_itself_is_told_once(capsys: pytest.CaptureFixture[str]) -> None:
    main(["audit", str(WORKBOOKS / "hci-subcriteria.xlsx"), "--lang", "en"])

    told = capsys.readouterr().out

    assert told.count("right by luck") == 6
    assert told.count("would show a blank mark as 0") == 1


@pytest.mark.parametrize("command", ["import", "audit"])
@pytest.mark.parametrize(
    ("content", "mapped", "words"),
    [
        (b"no workbook", PAIRS, "damaged"),
        (None, PAIRS, "No such file"),
        (packed({"Sheet": KITS}), "format: workbook-map/9", "$.format"),
        (packed({"Sheet": KITS}), PAIRS.replace("sheets: Sheet", "sheets: Other"), "no sheet “Other”"),
    ],
)
def test_what_cannot_be_used_is_2_with_one_line_a_fault(
    command: str, content: bytes | None, mapped: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workbook, page = tmp_path / "book.xlsx", tmp_path / "map.yaml"
    if content is not None:
        workbook.write_bytes(content)
    page.write_text(mapped)
    out = ["--out", str(tmp_path / "out.json")] if command == "import" else []

    code = main([command, str(workbook), "--map", str(page), *out, "--lang", "en"])

    told = capsys.readouterr()
    assert (code, told.out) == (2, "")
    assert words in told.err
    assert "Traceback" not in told.err
