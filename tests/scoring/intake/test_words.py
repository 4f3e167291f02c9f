"""French and English say the same, and each as it is written."""

import re
from string import Formatter
from typing import Any

import pytest

from scoring.intake.faults import Told
from scoring.intake.words import english, filled, french, told

BOOKS = ("REFUSALS", "NOTES", "FINDINGS", "ROUND")


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def sentences(module: Any) -> dict[tuple[str, str], str]:
    return {
        (book, str(key)): text for book in BOOKS for key, text in getattr(module, book).items() if isinstance(text, str)
    }


def test_both_languages_have_every_sentence_with_the_same_facts() -> None:
    found = {key: blanks(text) for key, text in sentences(english).items()}

    assert found == {key: blanks(text) for key, text in sentences(french).items()}


@pytest.mark.parametrize(("key", "text"), sentences(french).items())
def test_french_is_written_with_its_own_signs(key: tuple[str, str], text: str) -> None:
    shown = filled(text, dict.fromkeys(blanks(text), "X"), "fr")

    assert not re.search(r"[^\u00a0][:;?!»](?!/)|«[^\u00a0]|'", shown.replace("#", "")), shown


def test_a_fact_from_a_workbook_stays_on_its_line() -> None:
    note = Told("unreadable_number", {"shown": "a\nb {count}"}, "Sheet!A1")

    assert told(note, "fr") == (
        "Sheet!A1\u00a0: «\u00a0a b {count}\u00a0» n’est pas un nombre\u00a0; "
        "la note est tenue pour manquante, jamais pour 0."
    )
