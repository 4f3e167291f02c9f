"""The Answers sheet: question by bid, whole and readable however long."""

import io

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from scoring.workbook import Answer, Extras, write
from scoring.workbook.answers import LINE, MARGIN
from scoring.workbook.text import CELL_LIMIT
from tests.scoring.workbook.sample import evaluated

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
METHOD = Answer("How will you work?", "Approach", "Q1", {"B": "In sprints.", "A": "=1+1"})
TEAM = Answer("Who will work?", "Approach", "Q2", {"A": "Two people.\nOne of them part time."})
FILES = Answer("Certificate of insurance", "Documents", "", {"C": "insurance.pdf"})


def written(*answers: Answer, language: str = "en") -> Worksheet:
    target = io.BytesIO()
    write(*evaluated(), target, language=language, extras=Extras(answers=answers))
    return load_workbook(target)["Answers" if language == "en" else "Réponses"]


def test_bids_stand_in_the_order_of_the_workbook_under_the_sections_of_the_form() -> None:
    sheet = written(METHOD, TEAM, FILES)

    assert list(sheet.iter_rows(min_row=4, values_only=True)) == [
        ("Code", "Question", "Agency A", "Agency B", "Agency C"),
        ("Approach", None, None, None, None),
        ("Q1", "How will you work?", "=1+1", "In sprints.", "–"),
        ("Q2", "Who will work?", "Two people.\nOne of them part time.", "–", "–"),
        ("Documents", None, None, None, None),
        (None, "Certificate of insurance", "–", "–", "insurance.pdf"),
    ]
    assert sheet["C6"].data_type == "s"
    assert sheet.freeze_panes == "C5"


def test_french_words() -> None:
    sheet = written(METHOD, language="fr")

    assert sheet["A2"].value == "Ce que chaque candidat a répondu, mot pour mot, et les noms de ses fichiers."


def test_rows_are_as_tall_as_the_longest_answer() -> None:
    sheet = written(METHOD, Answer("And then?", "Approach", "Q1", {"A": "x" * 560, "B": "short"}))

    assert sheet.row_dimensions[7].height == pytest.approx(LINE * 10 + MARGIN, abs=1)


def test_an_answer_taller_than_a_row_may_be_goes_over_several() -> None:
    sheet = written(Answer("And then?", "Approach", "Q1", {"A": "line\n" * 60}), TEAM)

    assert {str(area) for area in sheet.merged_cells.ranges} == {f"{column}6:{column}8" for column in "ABCDE"}
    tall = [sheet.row_dimensions[row].height for row in (6, 7, 8)]
    assert sum(tall) == pytest.approx(LINE * 61 + MARGIN, abs=1)
    assert sheet["A9"].value == "Q2"


def test_an_answer_beyond_the_cell_limit_is_cut_and_says_so() -> None:
    sheet = written(Answer("And then?", "Approach", "Q1", {"A": "x" * 40000}))

    assert len(sheet["C6"].value) == CELL_LIMIT
    assert sheet["C6"].value.endswith(" […] (40\u202f000)")


def test_there_is_no_sheet_without_answers() -> None:
    target = io.BytesIO()

    write(*evaluated(), target)

    assert "Answers" not in load_workbook(target).sheetnames
