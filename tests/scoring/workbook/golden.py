"""The sample's workbook as text, one XML tag a line, so that a change is seen in a review.

``python -m tests.scoring.workbook.golden`` writes golden.txt anew.
"""

import io
import re
import zipfile
from pathlib import Path

from scoring.workbook import write
from tests.scoring.workbook.sample import evaluated

GOLDEN = Path(__file__).with_name("golden.txt")


def normalised() -> str:
    """Every part of the file, in the order of their names."""
    target = io.BytesIO()
    write(*evaluated(), target)
    book = zipfile.ZipFile(target)
    parts = [f"=== {name}\n{_lines(book.read(name).decode())}" for name in sorted(book.namelist())]
    return "\n".join(parts) + "\n"


def _lines(xml: str) -> str:
    """A line for each row, cell, shared text and other element."""
    return re.sub(r"(?<=>)(?=<(?!/?(?:v|f|t)\b|/))", "\n", xml)


if __name__ == "__main__":
    GOLDEN.write_text(normalised(), encoding="utf-8")
