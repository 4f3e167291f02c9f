"""Typed decimals that stand for a fraction: 3.3333333 for 10/3. Their sum misses what the fraction's would be."""

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from scoring.intake.audit.finding import Finding
from scoring.intake.audit.workings import Workings
from scoring.intake.places import Place
from scoring.numbers import plain, rounded

FEWEST_DECIMALS = 4
# A number of so many digits was worked out and pasted, not typed.
MOST_DIGITS = 14
LARGEST_DIVISOR = 12


def check(workings: Workings) -> Iterator[Finding]:
    """One finding for each such number on a sheet, with all its cells; only numbers that a formula reads."""
    found: dict[tuple[str, Fraction], list[Place]] = defaultdict(list)
    for cell in workings.book.cells():
        number = workings.typed_number(cell.place)
        if number is not None and workings.calculation.readers.get(cell.place) and fraction_of(number) is not None:
            found[cell.place.sheet, number].append(cell.place)
    for (_, number), places in found.items():
        meant = fraction_of(number)
        if meant is not None:
            facts = {"fraction": f"{meant.numerator}/{meant.denominator}", "count": len(places)}
            repair = dict.fromkeys(places, meant)
            yield Finding("typed_fraction", "warning", places[0], number, meant, facts, tuple(places), repair)


def fraction_of(number: Fraction) -> Fraction | None:
    """The fraction with a small divisor whose decimal, cut or rounded at as many places, was typed."""
    text = plain(abs(number))
    decimals = len(text.partition(".")[2])
    if decimals < FEWEST_DECIMALS or len(text.replace(".", "").lstrip("0")) > MOST_DIGITS:
        return None
    meant = abs(number).limit_denominator(LARGEST_DIVISOR)
    if meant == abs(number) or meant.denominator == 1:
        return None
    if abs(number) not in (rounded(meant, "half_up", decimals), rounded(meant, "down", decimals)):
        return None
    return meant if number > 0 else -meant
