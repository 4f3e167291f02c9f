"""The comparison workbook against three usual ways of writing the same cells: seconds, peak memory, size.

    python benchmarks/workbook.py [PROVIDERS CRITERIA EVALUATORS]

Every way runs in a process of its own, in turn, within one run. The others are handed the finished cells
(texts, numbers, formulas with their values, styles), while ours starts from the evaluation and its result.
pandas writes values only: it has no formulas and no styles of cells.
"""

import gc
import io
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from unittest import mock

sys.path.insert(0, str(Path(__file__).parent.parent))

from scoring import from_document, rank
from scoring.workbook import write
from scoring.workbook.book import Book

SIZE = (200, 120, 8)
WAYS = ("grille", "xlsxwriter", "openpyxl", "pandas")
TITLES = {"grille": "Grille", "xlsxwriter": "plain XlsxWriter", "openpyxl": "openpyxl", "pandas": "pandas to_excel"}


def document(providers: int, criteria: int, evaluators: int) -> dict[str, Any]:
    """Groups of ten criteria marked 0 to 5, and the price for a tenth of the points."""
    chance = random.Random(1)
    scale = {"min": 0, "max": 5, "step": 1, "labels": {str(n): f"Level {n}" for n in range(6)}}
    leaves = [{"key": f"c{i}", "title": f"Criterion {i}", "weight": 1, "scale": scale} for i in range(criteria - 1)]
    groups = [
        {"key": f"g{i}", "title": f"Group {i}", "children": leaves[i : i + 10]} for i in range(0, len(leaves), 10)
    ]
    price = {"key": "p", "title": "Price", "weight": 20, "value": "price", "formula": {"name": "lowest_ratio"}}
    panel = [{"key": f"e{i}", "name": f"Evaluator {i}"} for i in range(evaluators)]
    bids = [
        {"key": f"b{i}", "name": f"Provider {i}", "values": {"price": chance.randint(40000, 90000)}}
        for i in range(providers)
    ]
    marks = {
        bid["key"]: {leaf["key"]: {e["key"]: chance.randint(0, 5) for e in panel} for leaf in leaves} for bid in bids
    }
    return {
        "format": "evaluation/1",
        "title": "Benchmark",
        "currency": "EUR",
        "criteria": [*groups, price],
        "rules": {"rounding": {"total": 2}, "ties": [{"by": "lowest", "value": "price"}]},
        "evaluators": panel,
        "bids": bids,
        "marks": marks,
    }


def cells_of(evaluation: Any, result: Any) -> dict[str, list[tuple[int, int, Any, Any, dict[str, Any]]]]:
    """Sheet → (row, column, value, formula or None, style) of every cell of our workbook, just before it is closed."""
    found: dict[str, list[tuple[int, int, Any, Any, dict[str, Any]]]] = {}

    def look(book: Book) -> None:
        texts = list(book.workbook.str_table.string_table)
        for page in book.workbook.worksheets():
            found[page.name] = [
                (row, column, *_content(cell, texts), _style(cell.format))
                for row in sorted(page.table)
                for column, cell in sorted(page.table[row].items())
            ]

    with mock.patch.object(Book, "close", look):
        write(evaluation, result, io.BytesIO())
    return found


def _content(cell: Any, texts: list[str]) -> tuple[Any, Any]:
    kind = type(cell).__name__
    if kind == "Formula":
        return cell.value, f"={cell.formula}"
    return (texts[cell.string] if kind == "String" else getattr(cell, "number", None)), None


def _style(given: Any) -> dict[str, Any]:
    style = {"bold": bool(given.bold), "num_format": given.num_format or "General"}
    if given.bg_color:
        style["bg_color"] = f"#{given.bg_color._rgb_hex_value()}"
    names = {1: "left", 2: "center", 3: "right"}
    return style | ({"align": names[given.text_h_align]} if given.text_h_align in names else {})


def with_grille(out: Path, given: Any) -> None:
    evaluation, result = given
    write(evaluation, result, out)


def with_xlsxwriter(out: Path, given: Any) -> None:
    import xlsxwriter

    book, formats = xlsxwriter.Workbook(out), {}
    for name, cells in given.items():
        sheet = book.add_worksheet(name)
        for row, column, value, formula, style in cells:
            key = tuple(style.items())
            chosen = formats.get(key) or formats.setdefault(key, book.add_format(style))
            if formula is not None:
                sheet.write_formula(row, column, formula, chosen, "" if value is None else value)
            else:
                sheet.write(row, column, value, chosen)
    book.close()


def with_openpyxl(out: Path, given: Any) -> None:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font, PatternFill

    book, styles = Workbook(write_only=True), {}
    for name, cells in given.items():
        sheet, row, line = book.create_sheet(name), 0, []
        for at, column, value, formula, style in cells:
            while row < at:
                sheet.append(line)
                row, line = row + 1, []
            line += [None] * (column - len(line))
            cell = WriteOnlyCell(sheet, formula if formula is not None else value)
            key = tuple(style.items())
            if key not in styles:
                fill = PatternFill("solid", fgColor=style["bg_color"][1:]) if "bg_color" in style else PatternFill()
                styles[key] = Font(bold=style["bold"]), fill, Alignment(horizontal=style.get("align"))
            cell.font, cell.fill, cell.alignment = styles[key]
            cell.number_format = style["num_format"]
            line.append(cell)
        sheet.append(line)
    book.save(out)


def with_pandas(out: Path, given: Any) -> None:
    import pandas

    with pandas.ExcelWriter(out, engine="openpyxl") as writer:
        for name, cells in given.items():
            rows: dict[int, dict[int, Any]] = {}
            for row, column, value, _, _ in cells:
                rows.setdefault(row, {})[column] = value
            frame = pandas.DataFrame.from_dict(rows, orient="index").sort_index().sort_index(axis=1)
            frame.to_excel(writer, sheet_name=name, header=False, index=False)


def run_one(way: str, size: tuple[int, int, int], folder: Path) -> None:
    """In a process of its own: print seconds (wall and processor), the process's peak memory, and size."""
    given: Any = None
    if way == "grille":
        evaluation = from_document(document(*size))
        given = (evaluation, rank(evaluation))
    else:
        given = json.loads((folder / "cells.json").read_text())
    out = folder / f"{way}.xlsx"
    gc.collect()
    started, used = time.perf_counter(), time.process_time()
    globals()[f"with_{way}"](out, given)
    figures = {
        "seconds": time.perf_counter() - started,
        "processor": time.process_time() - used,
        "memory": _peak(),
        "size": out.stat().st_size / 1e6,
    }
    print(json.dumps(figures))


def _peak() -> float:
    """The most megabytes this process held; unlike ru_maxrss, not what its parent held when it was started."""
    status = Path("/proc/self/status").read_text()
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))) / 1024


def main(arguments: list[str]) -> None:
    """Run every way and print what each took, and as a ratio of plain XlsxWriter."""
    size = tuple(map(int, arguments)) if len(arguments) == 3 else SIZE
    found: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        evaluation = from_document(document(*size))
        (Path(folder) / "cells.json").write_text(json.dumps(cells_of(evaluation, rank(evaluation))))
        for way in WAYS:
            command = [sys.executable, __file__, "--one", way, folder, *map(str, size)]
            found[way] = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    print("{} providers × {} criteria × {} evaluators".format(*size))
    print(
        f"{'':18}{'seconds':>9}{'processor':>11}{'MB peak':>9}{'MB file':>9}   processor ÷ plain XlsxWriter, ÷ pandas"
    )
    for way, f in found.items():
        ratios = [f["processor"] / found[other]["processor"] for other in ("xlsxwriter", "pandas")]
        print(
            f"{TITLES[way]:18}{f['seconds']:9.1f}{f['processor']:11.1f}{f['memory']:9.0f}{f['size']:9.1f}"
            f"   {ratios[0]:.2f}, {ratios[1]:.2f}"
        )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        run_one(sys.argv[2], tuple(map(int, sys.argv[4:7])), Path(sys.argv[3]))  # type: ignore[arg-type]
    else:
        main(sys.argv[1:])
