"""docs/intake.md is true: its maps are read, and its example says what the page shows."""

import re
from pathlib import Path
from typing import Any

import pytest

from scoring.intake.audit import audit
from scoring.intake.cells import Book
from scoring.intake.formulas.functions import FUNCTIONS
from scoring.intake.mapping.reading import CRITERIA, KEYS, OPTIONS
from scoring.intake.report import as_text
from tests.scoring.intake.books import a_map, calculated, imported, only, ranking

PAGE = (Path(__file__).parents[3] / "docs" / "intake.md").read_text()
MAPS = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)


def example() -> Book:
    """The page's sheet, its formulas with the values a spreadsheet program would store."""
    rows = re.findall(r"^\| ([1-7]) \|(.*)\|$", PAGE, re.MULTILINE)
    cells = {f"{c}{row}": text.strip() for row, line in rows for c, text in zip("ABCDEF", line.split("|"), strict=True)}
    stored = {"D2": 160, "D3": 60, "D4": 60, "D5": 50, "F2": 120, "F3": 120, "F4": 80, "F5": 20}
    stored |= {"B6": 100, "D6": 330, "F6": 340, "D7": 2, "F7": 1}
    formulas = {cell: (text, stored[cell]) for cell, text in cells.items() if text.startswith("=")}
    typed: dict[str, Any] = {c: int(t) if t.isdigit() else t for c, t in cells.items() if t and c not in formulas}
    return calculated(formulas, typed, name="Choice")


@pytest.mark.parametrize("text", MAPS)
def test_every_map_of_the_page_is_read(text: str) -> None:
    assert a_map(text).title != ""


def test_the_example_says_what_the_page_shows() -> None:
    shown = re.search(r"says:\n\n```\n(.*?)```", PAGE, re.DOTALL)

    said = as_text(audit(example(), a_map(MAPS[0])), "en")

    assert shown is not None
    assert said == shown[1]


def test_the_example_can_be_taken_in() -> None:
    found = ranking(only(imported(example(), MAPS[0])))

    assert found == {"beta": (1, "74"), "alfa": (2, "66")}


@pytest.mark.parametrize("key", [*KEYS, *(f"criteria.{key}" for key in CRITERIA), *OPTIONS])
def test_the_page_names_every_key_of_a_map(key: str) -> None:
    assert key.removeprefix("criteria.") in set(re.findall(r"[a-z_]+", PAGE.partition("## All a map may say")[2]))


def test_the_page_names_every_function() -> None:
    named = set(
        re.findall(r"[A-Z][A-Z.]+", PAGE.partition("Functions worked out:")[2].replace("RANK.AVG", "RANK.AVG "))
    )

    assert set(FUNCTIONS) == {name.rstrip(".") for name in named}
