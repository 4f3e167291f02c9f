"""What a repair would change, in words: totals, figures, ranks, and who comes first."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from scoring.intake.audit.finding import Effect
from scoring.intake.words import phrase

KINDS = ("total", "normalised", "rank", "cell")


def in_words(effects: Iterable[Effect], language: str) -> list[str]:
    """One line for each table that changes."""
    by_group: dict[str, list[Effect]] = defaultdict(list)
    for effect in effects:
        by_group[effect.group].append(effect)
    lines = []
    for group, found in by_group.items():
        own = sorted(found, key=lambda effect: KINDS.index(effect.kind))
        parts = [_one(effect, language) for effect in own] + _ranks([e for e in own if e.kind == "rank"], language)
        lines.append(f"{group}{_colon(language)}{'; '.join(parts) if language == 'en' else _french(parts)}")
    return lines


def _french(parts: list[str]) -> str:
    return "\u00a0; ".join(parts)


def _colon(language: str) -> str:
    return "\u00a0: " if language == "fr" else ": "


def _one(effect: Effect, language: str) -> str:
    named = f" ({effect.name})" if effect.name else ""
    facts: dict[str, Any] = {"name": effect.name, "cell": effect.place.a1, "shown": effect.shown, "right": effect.right}
    text = phrase(effect.kind, {**facts, "named": ""}, language)
    return text.replace(effect.place.a1, effect.place.a1 + named, 1) if effect.kind == "cell" else text


def _ranks(moves: list[Effect], language: str) -> list[str]:
    """Two that exchange places, and who is first afterwards."""
    said = []
    for number, one in enumerate(moves):
        for other in moves[number + 1 :]:
            if (one.shown, one.right) == (other.right, other.shown):
                said.append(phrase("exchange", {"first": one.name, "second": other.name}, language))
    first = [move.name for move in moves if move.right == 1 and move.shown != 1]
    gone = [move for move in moves if move.shown == 1 and move.right != 1]
    if first and gone:
        said.append(phrase("first", {"name": first}, language))
    elif first:
        said.append(phrase("shared", {"names": first}, language))
    return said
