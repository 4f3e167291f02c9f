"""What import and audit say, in French and English."""

from fractions import Fraction
from typing import Any

from scoring.faults import one_line as escaped
from scoring.intake.audit.finding import Finding
from scoring.intake.faults import Told
from scoring.intake.values import ExcelError, Unknown, Value
from scoring.intake.words import english, french
from scoring.numbers import plain

BOOKS: dict[str, Any] = {"en": english, "fr": french}
LUCKY = {"pattern_break", "sheet_break", "constant_among_formulas", "typed_result"}


def one_line(text: str) -> str:
    """Text with what would break its line escaped; French keeps its non-breaking spaces."""
    return "\u00a0".join(map(escaped, text.split("\u00a0")))


def number(value: Fraction, language: str) -> str:
    """A number as its reader writes it."""
    text = plain(value)
    return text.replace(".", ",") if language == "fr" else text


def shown(value: Value | list[str] | int, language: str) -> str:
    """What stands in a cell, or a list of names."""
    if isinstance(value, list):
        return _listed(value, language)
    if isinstance(value, Fraction):
        return number(value, language)
    if isinstance(value, ExcelError):
        return value.code
    if isinstance(value, Unknown):
        return "?"
    if value is None:
        return str(BOOKS[language].ROUND["nothing"])
    return " ".join(str(value).split())


def _listed(names: list[str], language: str) -> str:
    last: str = BOOKS[language].ROUND["and"]
    return last.join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def filled(template: str, facts: dict[str, Any], language: str) -> str:
    """A template with its facts, one line."""
    texts = {key: shown(value, language) for key, value in facts.items()}
    sentence = template.replace("~", "\u00a0") if language == "fr" else template
    return sentence.format(**texts)


def phrase(key: str, facts: dict[str, Any], language: str) -> str:
    """A part of the report."""
    return filled(BOOKS[language].ROUND[key], facts, language)


def told(note: Told, language: str) -> str:
    """A refusal or a note: where, and what."""
    book = BOOKS[language]
    sentence = filled({**book.NOTES, **book.REFUSALS}[note.code], note.facts, language)
    colon = "\u00a0: " if language == "fr" else ": "
    return f"{note.where}{colon}{sentence}" if note.where else sentence


def sentence(finding: Finding, language: str, *, several: bool = False) -> str:
    """What a finding says; ``several`` where it stands for others of its kind."""
    book = BOOKS[language]
    facts = {**finding.facts, "shown": finding.shown, "right": finding.right, "because": ""}
    if finding.code == "direction":
        facts["adds"] = book.ROUND[finding.facts["adds"]]
    if finding.facts.get("causes"):
        facts["because"] = phrase("because", finding.facts, language)
    templates = {**book.NOTES, **book.FINDINGS}
    name = variant(finding)
    template = templates.get(f"{name}_several" if several else name, templates[name])
    return _with_spaces_kept(template, facts, language)


def _with_spaces_kept(template: str, facts: dict[str, Any], language: str) -> str:
    """``because`` begins with a space of its own, which ``shown`` would take off."""
    because = facts.pop("because", "")
    return filled(template.replace("{because}", ""), facts, language) + because


def variant(finding: Finding) -> str:
    """The sentence's name: a slip that shows the right value, or a number pasted on several sheets, has its own."""
    if (
        finding.code in LUCKY
        and finding.level == "warning"
        and (finding.right is not None or finding.code != "typed_result")
    ):
        return f"{finding.code}_{'unfilled' if isinstance(finding.right, ExcelError) else 'lucky'}"
    return "typed_result_pasted" if finding.code == "typed_result" and finding.facts.get("sheets") else finding.code
