"""The pictures of docs/workbook.md: the sample's workbook through LibreOffice, one picture a sheet.

python tools/workbook_pictures.py
"""

import subprocess
import sys
import tempfile
from datetime import datetime
from fractions import Fraction
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from openpyxl import load_workbook  # noqa: E402

from scoring import rank, read_file  # noqa: E402
from scoring.workbook import Answer, Extras, write  # noqa: E402

ANSWERS = (
    Answer(
        "How do you understand our situation and our audiences?",
        "Understanding and strategy",
        "Q1",
        {
            "b0": "Valmer has 41,000 inhabitants, and half of those under thirty follow no account of the town. "
            "We begin there.\nFirst month: twelve interviews, in person.",
            "b1": "We read two years of posts: eight in ten announce an event, and nobody answers them.",
            "b2": "An audit in the first month will tell.",
        },
    ),
    Answer("Certificate of insurance", "Documents", "", {"b0": "insurance.pdf", "b1": "certificate 2026.pdf"}),
)
FOLDER = ROOT / "docs" / "workbook"
EXTRAS = Extras(
    reference="2026-COM-014",
    version="2",
    buyer="Town of Valmer",
    made_at=datetime(2026, 6, 2, 14, 30),  # noqa: DTZ001 - shown as given
    estimate=Fraction(85000),
    handed_in={f"e{i}": datetime(2026, 6, i, 17, 5) for i in (1, 2, 3)},  # noqa: DTZ001 - shown as given
    answers=ANSWERS,
)


def sheet_of(pdf: Path, page: int, names: list[str]) -> str | None:
    """The sheet a page shows: its name is the page header's right."""
    text = subprocess.run(
        ["pdftotext", "-f", str(page), "-l", str(page), str(pdf), "-"], capture_output=True, text=True, check=True
    ).stdout
    return next((name for name in names if name in text.splitlines()), None)


def main() -> None:
    """Write every picture anew."""
    evaluation = read_file(FOLDER / "sample.json")
    with tempfile.TemporaryDirectory() as folder:
        book, pdf = Path(folder) / "sample.xlsx", Path(folder) / "sample.pdf"
        write(evaluation, rank(evaluation), book, extras=EXTRAS)
        names = load_workbook(book).sheetnames
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        command = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", folder, str(book)]
        subprocess.run(command, check=True, capture_output=True)
        pages = subprocess.run(["pdfinfo", str(pdf)], capture_output=True, text=True, check=True).stdout
        count = int(next(line.split()[1] for line in pages.splitlines() if line.startswith("Pages:")))
        seen: set[str] = set()
        for page in range(1, count + 1):
            name = sheet_of(pdf, page, [n for n in names if n not in seen])
            if name is not None:
                seen.add(name)
                out = FOLDER / name.lower()
                span = ["-f", str(page), "-l", str(page), "-singlefile"]
                subprocess.run(["pdftoppm", "-r", "80", "-png", *span, str(pdf), str(out)], check=True)
                print(f"{out.relative_to(ROOT)}.png")


if __name__ == "__main__":
    main()
