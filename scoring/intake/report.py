"""An audit as text and as JSON (audit/1)."""

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from scoring.intake.audit.effects import in_words
from scoring.intake.audit.finding import LEVELS, Effect, Finding
from scoring.intake.audit.running import Report
from scoring.intake.places import Place
from scoring.intake.values import ExcelError, Unknown, Value
from scoring.intake.words import BOOKS, one_line, phrase, sentence, variant
from scoring.numbers import plain

FORMAT = "audit/1"
LANGUAGES = ("en", "fr")
MOST_CELLS = 12


def as_document(report: Report) -> dict[str, Any]:
    """The audit/1 document: numbers as plain text, sentences in both languages."""
    return {
        "format": FORMAT,
        "clean": report.clean,
        "formulas": report.formulas,
        "not_checked": report.unchecked,
        "findings": [_finding(finding) for finding in report.findings],
        "mended": [_effect(effect) for effect in report.mended],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "level": finding.level,
        "sheet": finding.place.sheet,
        "cell": finding.place.a1,
        "shown": _text(finding.shown),
        "right": _text(finding.right),
        "cells": [_where(place, finding.place.sheet) for place in finding.about],
        "text": {language: sentence(finding, language) for language in LANGUAGES},
        "effects": [_effect(effect) for effect in finding.effects],
        "effect_text": {language: in_words(finding.effects, language) for language in LANGUAGES},
    }


def _effect(effect: Effect) -> dict[str, Any]:
    return {
        "kind": effect.kind,
        "table": effect.group,
        "name": effect.name,
        "sheet": effect.place.sheet,
        "cell": effect.place.a1,
        "shown": _text(effect.shown),
        "right": _text(effect.right),
    }


def _text(value: Value) -> str | None:
    if value is None or isinstance(value, Unknown):
        return None
    if isinstance(value, Fraction):
        return plain(value)
    return value.code if isinstance(value, ExcelError) else str(value)


def as_text(report: Report, language: str) -> str:
    """For a terminal: by level, then by sheet; what repeats itself is told once."""
    counts = {level: sum(f.level == level for f in report.findings) for level in LEVELS}
    lines = [phrase("head", {"formulas": report.formulas, "unchecked": report.unchecked, **counts}, language)]
    for level in LEVELS:
        own = [finding for finding in report.findings if finding.level == level]
        if own:
            lines += ["", BOOKS[language].ROUND["levels"][level]]
            lines += _told(own, language)
    if report.mended:
        lines += ["", phrase("mended", {}, language)]
        lines += [f"  {line}" for line in in_words(report.mended, language)]
    if report.clean:
        lines += ["", phrase("clean", {}, language)]
    return "\n".join(map(one_line, lines)) + "\n"


def _told(findings: list[Finding], language: str) -> Iterable[str]:
    """One entry a finding; those that say the same of several cells or sheets are gathered."""
    gathered: dict[tuple[str, ...], list[Finding]] = defaultdict(list)
    for number, finding in enumerate(findings):
        gathered[_likeness(finding, number, language)].append(finding)
    sheet = ""
    for alike in gathered.values():
        first = alike[0]
        if first.place.sheet != sheet and not first.whole_sheet:
            sheet = first.place.sheet
            yield f"  {sheet}"
        yield from _entry(alike, language)


def _likeness(finding: Finding, number: int, language: str) -> tuple[str, ...]:
    if finding.whole_sheet:
        return (finding.code, sentence(finding, language))
    if variant(finding).endswith(("_lucky", "_unfilled")):
        return (variant(finding), finding.place.sheet)
    return (str(number),)


def _entry(alike: list[Finding], language: str) -> Iterable[str]:
    first = alike[0]
    colon = "\u00a0: " if language == "fr" else ": "
    if first.whole_sheet:
        sheets = ", ".join(dict.fromkeys(finding.place.sheet for finding in alike))
        yield f"  {sheets}{colon}{sentence(first, language)}"
        return
    cells = [finding.place.a1 for finding in alike]
    where = ", ".join(cells[:MOST_CELLS]) + ("…" if len(cells) > MOST_CELLS else "")
    label = first.facts.get("label") if len(alike) == 1 else ""
    yield f"    {where}{f' ({label})' if label else ''}{_values(first, language) if len(alike) == 1 else ''}"
    yield f"      {sentence(first, language, several=len(alike) > 1)}"
    if not first.facts.get("label") and len(first.about) > 1:
        own = [_where(place, first.place.sheet) for place in first.about]
        yield f"      {', '.join(own[:MOST_CELLS])}{'…' if len(own) > MOST_CELLS else ''}"
    for line in in_words(first.effects, language):
        yield f"      → {line}"


def _values(finding: Finding, language: str) -> str:
    """What is shown, and what is right where it is known."""
    if finding.shown is None:
        return ""
    colon = "\u00a0: " if language == "fr" else ": "
    parts = [phrase("shows", {"shown": finding.shown}, language)]
    if finding.right is not None and finding.right != finding.shown:
        parts.append(phrase("right", {"right": finding.right}, language))
    return colon + ", ".join(parts)


def _where(place: Place, sheet: str) -> str:
    return place.a1 if place.sheet == sheet else str(place)
