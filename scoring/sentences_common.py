"""What every sentence needs: numbers, names and French typography."""

import re
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Protocol

from scoring.numbers import plain, rounded

LANGUAGES = ("en", "fr")
NO_BREAK = "\u00a0"


class HasName(Protocol):
    """A bid, a criterion or an evaluator."""

    @property
    def name(self) -> str:
        """What people call it."""


def both(sentence: Callable[[str], str]) -> dict[str, str]:
    """The sentence in each language."""
    return {language: sentence(language) for language in LANGUAGES}


def french(text: str) -> str:
    """With the no-break spaces of French typography; names of people and bids come through as they are."""
    return re.sub(r"« ", "«" + NO_BREAK, re.sub(r" ([:;?!%»])", NO_BREAK + r"\1", text))


def choose(language: str, english_text: str, french_text: str) -> str:
    """One of the two."""
    return french(french_text) if language == "fr" else english_text


def figure(value: Fraction | float, language: str, places: int = 2) -> str:
    """At most ``places`` decimals; a number too small for them keeps its first two digits."""
    exact = Fraction(value)
    while exact and abs(exact) * 10**places < Fraction(1, 2):
        places += 1
        if abs(exact) * 10**places >= Fraction(1, 2):
            places += 1
    text = plain(rounded(exact, "half_up", places))
    return text.replace(".", ",") if language == "fr" else text


def percent(share: float, language: str) -> str:
    """A share as a percentage with one decimal: never 100 or 0 for what is not all or nothing."""
    value = Fraction(share) * 100
    shown = rounded(value, "half_up", 1)
    if shown == 100 and value < 100:
        shown = Fraction(999, 10)
    if shown == 0 and value > 0:
        return choose(language, "less than 0.1%", "moins de 0,1 %")
    return choose(language, f"{plain(shown)}%", f"{plain(shown)} %".replace(".", ","))


def listed(named: Iterable[HasName], language: str) -> str:
    """A, B and C."""
    names = [one.name for one in named]
    if len(names) < 2:
        return "".join(names)
    word = "et" if language == "fr" else "and"
    return f"{', '.join(names[:-1])} {word} {names[-1]}"


def count(number: int, language: str, one: tuple[str, str], many: tuple[str, str]) -> str:
    """A count with its noun: (English, French) for one and for many. French takes the singular for 0."""
    single = number < 2 if language == "fr" else number == 1
    return f"{number} {(one if single else many)[language == 'fr']}"


def would_lead(winners: tuple[HasName, ...], language: str) -> str:
    """Who would be first then."""
    if not winners:
        return choose(language, "no bid would be ranked", "aucune offre ne serait classée")
    if len(winners) == 1:
        return choose(language, f"{winners[0].name} would be first", f"{winners[0].name} serait en tête")
    names = listed(winners, language)
    return choose(language, f"{names} would share the first place", f"{names} seraient en tête à égalité")
