"""The sample's workbook is the one that was looked at (golden.txt)."""

from tests.scoring.workbook.golden import GOLDEN, normalised


def test_the_workbook_is_as_it_was() -> None:
    # Where the change is meant: python -m tests.scoring.workbook.golden, then read the difference.
    assert normalised().splitlines() == GOLDEN.read_text(encoding="utf-8").splitlines()
