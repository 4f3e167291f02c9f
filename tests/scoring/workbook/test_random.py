"""Random evaluations, some with a weight changed in the sheet: LibreOffice comes to the library's figures."""

import copy
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from scoring import EvaluationFileError, from_document, rank
from scoring.model import Evaluation
from scoring.result import Result
from scoring.workbook import write
from tests.scoring.workbook.generating import Generator, every
from tests.scoring.workbook.reading import against_library
from tests.scoring.workbook.recalculation import disagreements, recalculated

BATCH = 70
NEW_WEIGHTS = ("15", "0.75", "40", "0")
pytestmark = [pytest.mark.libreoffice, pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")]


@dataclass
class Written:
    """A workbook, what it was made from, and what its cells now ask for (another weight, in some)."""

    path: Path
    document: dict[str, Any]
    order: list[str]
    evaluation: Evaluation
    result: Result
    changed: bool


def ranked(document: dict[str, Any]) -> tuple[Evaluation, Result] | None:
    try:
        evaluation = from_document(document)
        return evaluation, rank(evaluation)
    except EvaluationFileError:
        return None


def with_other_weight(document: dict[str, Any], number: int) -> tuple[str, str, dict[str, Any]]:
    """(leaf, weight, document) once one leaf weighs something else."""
    changed = copy.deepcopy(document)
    leaves = [c for c in every(changed["criteria"]) if "weight" in c]
    leaf = leaves[number % len(leaves)]
    leaf["weight"] = NEW_WEIGHTS[number % len(NEW_WEIGHTS)]
    return leaf["key"], leaf["weight"], changed


def written(document: dict[str, Any], folder: Path, number: int) -> Written | None:
    made = ranked(document)
    if made is None:
        return None
    evaluation, result = made
    path, order = folder / f"random-{number:03}.xlsx", [bid.key for bid in result.bids]
    write(evaluation, result, path)
    leaf, weight, other = with_other_weight(document, number)
    then = ranked(other) if number % 2 and document["rules"]["panel"]["order"] != "pooled" else None
    if then is None:
        return Written(path, document, order, evaluation, result, changed=False)
    book = load_workbook(path)
    row = next(r for r in book["Matrix"].iter_rows(min_row=6, max_col=4) if r[0].value == leaf)
    row[3].value = float(weight)
    book.save(path)
    return Written(path, other, order, *then, changed=True)


def batch(folder: Path) -> list[Written]:
    made: list[Written] = []

    @settings(
        max_examples=4 * BATCH,
        phases=[Phase.generate],
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.integers(0, 2**32))
    def draw(seed: int) -> None:
        if len(made) < BATCH and (one := written(Generator(seed).document(), folder, len(made))):
            made.append(one)

    draw()
    return made


@pytest.fixture(scope="module")
def workbooks(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Written, Path]]:
    made = batch(tmp_path_factory.mktemp("random"))
    out = recalculated(one.path for one in made)
    return [(one, out / one.path.name) for one in made]


def test_random_evaluations_come_to_the_library_s_figures(workbooks: list[tuple[Written, Path]]) -> None:
    wrong = {}
    for one, after in workbooks:
        if found := against_library(after, one.evaluation, one.result, one.order):
            wrong[json.dumps(one.document)] = found

    assert wrong == {}
    assert len(workbooks) >= 60
    assert sum(one.changed for one, _ in workbooks) >= 10


def test_random_evaluations_hold_the_values_they_come_to(workbooks: list[tuple[Written, Path]]) -> None:
    wrong = [w for one, after in workbooks if not one.changed for w in disagreements(one.path, after)]

    assert wrong == []


def test_a_changed_weight_is_called_a_simulation(workbooks: list[tuple[Written, Path]]) -> None:
    moved = {one.path.name: after for one, after in workbooks if one.changed and _moved(one)}

    banners = {name: str(load_workbook(after, data_only=True)["Summary"]["A2"].value) for name, after in moved.items()}

    assert banners != {}
    assert [name for name, text in banners.items() if not text.startswith("SIMULATION")] == []


def _moved(one: Written) -> bool:
    """Whether ranks or totals differ from those the workbook was made with."""
    original = load_workbook(one.path)["Ranking"]
    titles = [cell.value for cell in original[4]]
    column = titles.index("Published total")
    rows = list(original.iter_rows(min_row=5, max_row=4 + len(one.order), values_only=True))
    before = [row[column] for row in rows]
    now = [None if (t := one.result.bid(key).total) is None else float(t) for key in one.order]
    return any(
        (a is None) != (b is None) or (a is not None and abs(a - b) > 1e-6) for a, b in zip(before, now, strict=True)
    )
