"""Recalculating workbooks with LibreOffice, many in one start, and reading them back."""

import atexit
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from tests.needs import need

PROFILE = Path(__file__).parents[2] / "data" / "libreoffice" / "registrymodifications.xcu"
NOTHING = (None, "")


def recalculated(files: Iterable[Path], to: str = "xlsx") -> Path:
    """A folder with every file as LibreOffice saves it once every formula is worked out anew.

    Many files go into one start; where it gave up on the way, a second start takes the rest.
    """
    soffice = need("libreoffice")
    work = Path(tempfile.mkdtemp(prefix="recalculated-"))
    atexit.register(shutil.rmtree, work, ignore_errors=True)
    profile, out = work / "profile" / "user", work / "out"
    profile.mkdir(parents=True)
    shutil.copy(PROFILE, profile / "registrymodifications.xcu")
    command = [soffice, "--headless", "--norestore", f"-env:UserInstallation={profile.parent.as_uri()}"]
    command += ["--convert-to", to, "--outdir", str(out)]
    wanted = {out / f"{file.stem}.{to}": file for file in files}
    for _ in range(2):
        if missing := [str(file) for made, file in wanted.items() if not made.exists()]:
            subprocess.run([*command, *missing], check=True, capture_output=True, timeout=900)
    shutil.rmtree(profile.parent)
    assert [made.name for made in wanted if not made.exists()] == []
    return out


def cells(path: Path, *, values: bool = True) -> dict[tuple[str, str], Any]:
    """(sheet, address) → value, or formula, of every cell that has one."""
    book = load_workbook(path, data_only=values)
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def formulas(path: Path) -> set[tuple[str, str]]:
    """Where the formulas are."""
    return {place for place, value in cells(path, values=False).items() if str(value).startswith("=")}


def same(one: Any, other: Any) -> bool:
    """Equal texts, or numbers equal to their 12th digit; an empty text is nothing."""
    if one in NOTHING or other in NOTHING:
        return one in NOTHING and other in NOTHING
    if isinstance(one, int | float) and isinstance(other, int | float):
        return bool(abs(one - other) <= 1e-11 * max(1.0, abs(one), abs(other)))
    return bool(one == other)


def disagreements(written: Path, worked_out: Path) -> Iterator[str]:
    """Every formula whose cached value is not what the spreadsheet comes to."""
    before, after, where = cells(written), cells(worked_out), cells(written, values=False)
    for sheet, address in sorted(formulas(written)):
        one, other = before.get((sheet, address)), after.get((sheet, address))
        if not same(one, other):
            yield f"{written.stem} {sheet}!{address}: {one!r} was written, {other!r} found by {where[(sheet, address)]}"
