"""How the workbook is made: sheets, protection, printing, names, charts, no volatile function, one same file."""

import io
import re
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from scoring import from_document, rank
from scoring.workbook import Extras, write
from tests.scoring.workbook.sample import evaluated

VOLATILE = re.compile(r"\b(NOW|TODAY|RAND|RANDBETWEEN|OFFSET|INDIRECT|INFO|CELL)\(")
DYNAMIC = re.compile(
    r"\b(FILTER|SORT|SORTBY|UNIQUE|SEQUENCE|XLOOKUP|XMATCH|LET|LAMBDA|RANK\.EQ|IFS|SWITCH|TEXTJOIN)\(|_xl"
)
SHEETS = {
    "en": "Summary, Matrix, Scores, Ranking, Prices, Compliance, Sensitivity, Moderation, Panel, Firsts, Record, Rules",
    "fr": "Synthèse, Matrice, Notes, Classement, Prix, Conformité, Sensibilité, Modération, Jury, Premières places, "
    "Registre, Règles",
}
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")


POOLED = {"panel": {"order": "pooled"}, "ties": [{"by": "firsts"}]}
EXTRAS = Extras(reference="2026-014", events=((datetime(2026, 5, 4, 9), "Anna", "Opened the bids"),))  # noqa: DTZ001


def made(language: str = "en") -> bytes:
    target = io.BytesIO()
    write(*evaluated(), target, language=language, extras=EXTRAS)
    return target.getvalue()


def opened(language: str = "en") -> Workbook:
    return load_workbook(io.BytesIO(made(language)))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_sheets_in_their_order_and_language(language: str) -> None:
    book = opened(language)

    assert ", ".join(book.sheetnames) == SHEETS[language]
    assert {sheet.sheet_state for sheet in book.worksheets} == {"visible"}
    assert book.active.title == book.sheetnames[0]


def test_everything_is_protected_but_the_input_cells() -> None:
    book = opened()

    free = {
        (sheet.title, cell.coordinate)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if not cell.protection.locked
    }

    assert {sheet.protection.sheet for sheet in book.worksheets} == {True}
    assert {sheet.protection.password for sheet in book.worksheets} == {None}
    assert {a for s, a in free if s == "Matrix"} == {"D7", "D8", "D9", "D10"}
    assert {s for s, _ in free} == {"Summary", "Matrix", "Sensitivity", "Moderation"}


def test_pages_print_on_one_width_with_their_titles() -> None:
    book = opened()

    for sheet in book.worksheets:
        assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0), sheet.title
        assert sheet.page_setup.orientation == "landscape"
        assert "Social media agency" in sheet.oddHeader.left.text
    assert book["Matrix"].freeze_panes == "D6"
    assert book["Scores"].print_title_rows == "$3:$4"


def test_names_table_and_outline() -> None:
    book = opened()

    assert {"Weights", "Totals", "Ranks"} <= set(book.defined_names)
    assert list(book["Scores"].tables) == ["Marks"]
    assert [book["Matrix"].row_dimensions[row].outlineLevel for row in (6, 7, 8, 9)] == [0, 1, 1, 0]


def test_no_formula_is_volatile_or_dynamic() -> None:
    formulas = [str(c.value) for s in opened().worksheets for r in s.iter_rows() for c in r if str(c.value)[:1] == "="]

    assert len(formulas) > 200
    assert [f for f in formulas if VOLATILE.search(f) or DYNAMIC.search(f)] == []
    assert [f for f in formulas if len(f) > 8192] == []


def test_charts_say_what_they_show() -> None:
    book = zipfile.ZipFile(io.BytesIO(made()))

    drawing = book.read("xl/drawings/drawing1.xml").decode()

    assert re.findall(r'descr="([^:"]+):', drawing) == ["Stacked bars", "Radar"]


def test_the_same_evaluation_makes_the_same_bytes() -> None:
    assert made() == made()


def test_a_missing_mark_is_a_blank_cell() -> None:
    sheet = opened()["Scores"]

    missing = [row for row in sheet.iter_rows(min_row=5, values_only=True) if row[4] == "Ben" and row[5] is None]

    assert [row[:2] for row in missing] == [("Agency C", "Q1")]


def test_flags_tell_a_low_price() -> None:
    target = io.BytesIO()
    write(*evaluated(panel={"missing": "present"}), target)

    sheet = load_workbook(io.BytesIO(target.getvalue()), data_only=True)["Summary"]

    flags = {row[1]: row[-1] for row in sheet.iter_rows(min_row=8, max_row=10, values_only=True)}
    assert flags["Agency C"] == "abnormally low price?"
    assert flags["Agency B"] is None


def test_a_bid_without_marks_and_an_evaluation_without_bids(tmp_path: Path) -> None:
    criteria = [{"key": "Q", "weight": 10, "scale": {"min": 0, "max": 5}}]
    for bids in ([], [{"key": "A"}]):
        evaluation = from_document({"format": "evaluation/1", "criteria": criteria, "bids": bids})

        write(evaluation, rank(evaluation), tmp_path / "book.xlsx")

        summary = load_workbook(tmp_path / "book.xlsx", data_only=True)["Summary"]
        assert summary["A3"].value == "No bid is ranked."


def test_formulas_of_a_wide_grid_stay_within_excel_s_limit(tmp_path: Path) -> None:
    scale = {"min": 0, "max": 5}
    leaves = [{"key": f"c{i}", "weight": 1, "minimum": 1, "scale": scale} for i in range(300)]
    spread = [{"key": f"g{i}", "children": leaves[i : i + 3]} for i in range(0, 300, 3)]
    panel = [{"key": f"e{i}"} for i in range(12)]
    bids = [{"key": f"b{i}"} for i in range(4)]
    marks = {b["key"]: {leaf["key"]: {e["key"]: 3 for e in panel} for leaf in leaves} for b in bids}
    document = {"format": "evaluation/1", "evaluators": panel, "bids": bids, "marks": marks}
    for criteria, rules in ((leaves, {"rounding": {"mode": "half_even", "total": 2, "group": 1}}), (spread, POOLED)):
        evaluation = from_document({**document, "criteria": criteria, "rules": rules})

        write(evaluation, rank(evaluation), tmp_path / "book.xlsx")

        book = load_workbook(tmp_path / "book.xlsx")
        lengths = [len(str(c.value)) for s in book.worksheets for r in s.iter_rows() for c in r if c.data_type == "f"]
        assert max(lengths) <= 8192


def test_a_file_that_cannot_be_made_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        write(*evaluated(), tmp_path / "nowhere" / "book.xlsx")
