"""Both languages say everything, and French is set as French is."""

import re

import pytest

from scoring.workbook import english, french

TABLES = ("WORDS", "FORMULAS", "SENTENCES")
FIELD = re.compile(r"\{(\w+)\}")


@pytest.mark.parametrize("table", TABLES)
def test_both_languages_have_the_same_words(table: str) -> None:
    one, other = getattr(english, table), getattr(french, table)

    assert list(one) == list(other)
    assert {k: FIELD.findall(v) for k, v in one.items()} == {k: FIELD.findall(v) for k, v in other.items()}


@pytest.mark.parametrize("table", TABLES)
def test_french_punctuation(table: str) -> None:
    words = getattr(french, table)

    assert [v for v in words.values() if re.search(r"(?<!\u00a0)[:;?!»]|«(?!\u00a0)|'", v)] == []


def test_words_break_no_formula() -> None:
    quoted = [v for words in (english.WORDS, french.WORDS) for v in words.values() if '"' in v or len(v) > 255]

    assert quoted == []
