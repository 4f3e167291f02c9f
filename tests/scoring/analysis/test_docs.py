"""The worked examples of docs/scoring.md are true."""

import doctest
from pathlib import Path

PAGE = Path(__file__).parents[3] / "docs" / "scoring.md"


def test_every_example_of_the_page() -> None:
    failed, tried = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")

    assert tried > 30
    assert failed == 0
