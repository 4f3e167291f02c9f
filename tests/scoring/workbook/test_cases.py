"""Every public case as a workbook: LibreOffice works it out anew and comes to the library's figures."""

from pathlib import Path

import pytest

from scoring import EvaluationFileError, rank, read_file
from scoring.model import Evaluation
from scoring.result import Result
from scoring.workbook import write
from tests.scoring.workbook.reading import against_library
from tests.scoring.workbook.recalculation import disagreements, formulas, recalculated

CASES = Path(__file__).parents[2] / "data" / "cases"
pytestmark = [pytest.mark.libreoffice, pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")]

Written = dict[str, tuple[Path, Path, Evaluation, Result]]


@pytest.fixture(scope="module")
def workbooks(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """Case → the file as written, as recalculated, and what it was made from."""
    folder = tmp_path_factory.mktemp("cases")
    made = {}
    for case in sorted(CASES.glob("*.json")):
        if case.name.endswith(".expected.json"):
            continue
        try:
            evaluation = read_file(case)
            result = rank(evaluation)
        except EvaluationFileError:
            continue
        write(evaluation, result, folder / f"{case.stem}.xlsx")
        made[case.stem] = (evaluation, result)
    out = recalculated(folder / f"{name}.xlsx" for name in made)
    return {name: (folder / f"{name}.xlsx", out / f"{name}.xlsx", *given) for name, given in made.items()}


def test_each_case_comes_to_the_library_s_figures(workbooks: Written) -> None:
    wrong = [
        w for _, after, evaluation, result in workbooks.values() for w in against_library(after, evaluation, result)
    ]

    assert wrong == []
    assert len(workbooks) == 56


def test_every_formula_holds_the_value_it_comes_to(workbooks: Written) -> None:
    wrong = [w for before, after, _, _ in workbooks.values() for w in disagreements(before, after)]

    assert wrong == []
    assert sum(len(formulas(before)) for before, *_ in workbooks.values()) > 5000
