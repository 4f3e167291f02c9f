"""Nothing a person typed becomes a formula, a link, markup or a control character."""

import io
import re
import zipfile
from datetime import datetime
from typing import Any

import pytest
from defusedxml import ElementTree
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from scoring import from_document, rank
from scoring.workbook import Answer, Extras, write
from scoring.workbook.text import CELL_LIMIT, header, safe

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
# The Answers print as many rows as their texts are long.
HEIGHT = re.compile(r"(?<=^Answers!\$A\$1:\$E\$)\d+$|(?<=^Réponses!\$A\$1:\$E\$)\d+$")
HOSTILE = [
    '=HYPERLINK("http://evil.example","x")',
    "=cmd|'/c calc'!A0",
    "+1+1",
    "-1",
    "@SUM(A1)",
    "http://evil.example/",
    "mailto:evil@example.org",
    "internal:Summary!A1",
    "external:C:\\evil.xlsx",
    "{=1+1}",
    "<r><t>raw</t></r>",
    "</t></si><si><t>x",
    "\x00\x07\x1b\x0b tail",
    "_x0041_ escaped",
    "&[File] &D &P",
    "'quoted' \"twice\"",
    "﷐￾￿",
    "line\r\nbreak\tand tab",
    "𝕏" * 20000,
    "x" * 40000,
    " ",
]


def document(text: str, other: str) -> dict[str, Any]:
    """An evaluation whose every text field is one of the two."""
    scale = {"min": 0, "max": 5, "labels": {"0": other, "5": text}}
    return {
        "format": "evaluation/1",
        "title": text,
        "currency": other[:40],
        "criteria": [
            {
                "key": "g",
                "title": text,
                "children": [{"key": f"k{text}", "title": other, "weight": 60, "scale": scale}],
            },
            {"key": "h", "title": other, "weight": 0, "scale": scale},
            {"key": "p", "title": text, "weight": 40, "value": f"v{text}", "formula": {"name": "linear_from_lowest"}},
        ],
        "gates": [{"key": f"t{text}", "title": text}],
        "rules": {
            "ties": [{"by": "highest", "value": f"w{other}"}, {"by": "firsts"}],
            "panel": {"order": "evaluator_first"},
        },
        "evaluators": [{"key": f"e{text}", "name": text}, {"key": f"f{text}", "name": other}],
        "bids": [
            {
                "key": key,
                "name": name,
                "values": {f"v{text}": 10, f"w{other}": 2, "price": 3},
                "gates": {f"t{text}": True},
                **more,
            }
            for key, name, more in (
                (f"a{text}", text, {}),
                (f"b{text}", other, {}),
                (f"c{text}", text, {"status": "excluded", "reason": text or "-"}),
            )
        ],
        "marks": {
            f"a{text}": {f"k{text}": {f"e{text}": 5, f"f{text}": 2}},
            f"b{text}": {f"k{text}": {f"e{text}": 0, f"f{text}": 3}},
        },
    }


def made(text: str, other: str, language: str = "en") -> zipfile.ZipFile:
    evaluation = from_document(document(text, other))
    extras = Extras(
        reference=text,
        version=other,
        buyer=text,
        recommendation=other,
        stage=text,
        comments={(f"a{text}", f"k{text}", f"e{text}"): text},
        evidence={(f"b{text}", f"k{text}", f"e{text}"): other},
        events=((datetime(2026, 5, 4), text, other),),  # noqa: DTZ001 - shown as given
        answers=(Answer(text, other, f"k{text}", {f"a{text}": text, f"b{text}": other}), Answer(other, text)),
    )
    target = io.BytesIO()
    write(evaluation, rank(evaluation, language), target, language=language, extras=extras)
    return zipfile.ZipFile(target)


def formulas(book: zipfile.ZipFile) -> set[str]:
    """Every formula of cells, rules, validations, names and charts."""
    found = set()
    for name in book.namelist():
        if name.endswith(".xml"):
            for element in ElementTree.fromstring(book.read(name)).iter():
                tag = element.tag.rpartition("}")[2]
                if tag in ("f", "formula", "formula1", "formula2", "definedName"):
                    found.add(HEIGHT.sub("", element.text or ""))
    return found


def links(book: zipfile.ZipFile) -> list[str]:
    """Relationships that leave the file, and hyperlinks."""
    outside = [n for n in book.namelist() if n.endswith(".rels") and b"TargetMode" in book.read(n)]
    return outside + [n for n in book.namelist() if b"<hyperlink" in book.read(n) or "externalLink" in n]


PLAIN = formulas(made("plain", "other"))


@pytest.mark.parametrize("text", HOSTILE, ids=[repr(text[:12]) for text in HOSTILE])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_hostile_text_is_a_text(text: str, language: str) -> None:
    book = made(text, f"{text}.", language)

    assert links(book) == []
    assert formulas(book) == (PLAIN if language == "en" else formulas(made("plain", "other", "fr")))
    assert [
        name for name in book.namelist() if re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", book.read(name).decode())
    ] == []


@settings(max_examples=40, deadline=None)
@given(st.text(min_size=1, max_size=60), st.text(alphabet="=+-@<>&\"'r/t!_x0041 {}[]\t\n\x01", max_size=60))
def test_any_text_leaves_the_formulas_as_they_are(text: str, other: str) -> None:
    book = made(text, f"{other}.")

    assert formulas(book) == PLAIN
    assert links(book) == []


@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
def test_texts_come_back_as_they_were() -> None:
    text = '=1+1 <b> & "quoted" _x0041_ \n second line'
    evaluation = from_document(document(text, "other"))
    target = io.BytesIO()

    write(evaluation, rank(evaluation), target)

    book = load_workbook(target)
    assert book["Scores"]["A5"].data_type == "s"
    assert book["Compliance"]["A5"].value == text


def test_a_long_text_is_cut_with_a_mark() -> None:
    cut = safe("x" * 40000)

    assert len(cut) == CELL_LIMIT
    assert cut.endswith(" […] (40\u202f000)")


def test_the_limit_counts_utf_16_units() -> None:
    cut = safe("𝕏" * 20000)

    assert len(cut.encode("utf-16-le")) // 2 <= CELL_LIMIT
    assert cut.endswith(" […] (40\u202f000)")


def test_markup_is_no_rich_text() -> None:
    assert safe("<r><t>x</t></r>") == " <r><t>x</t></r>"


def test_a_header_holds_no_code() -> None:
    assert header("A&B &[File]") == "A&&B &&[File]"
    assert len(header("&" * 400)) <= 200
