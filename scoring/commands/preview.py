"""``simulate``: what the rules do before they are used, for a person."""

from collections.abc import Iterator
from fractions import Fraction

from scoring.commands.terminal import YELLOW, heading, painted, table
from scoring.sentences_common import choose, figure
from scoring.simulate import Curve, FormulaRanking, Simulation

EVERY = 2  # every other point of a curve is enough to see it
BARS = 30


def previewed(found: Simulation, language: str) -> str:
    """The sentences, the curves, the warnings, and the test bids side by side."""
    lines = [found.sentence(language)]
    for curve in found.curves:
        lines += [
            heading(
                f"{curve.criterion.name}: {curve.formula}"
                if language == "en"
                else f"{curve.criterion.name}\u00a0: {curve.formula}"
            )
        ]
        lines += [curve.sentence(language), *_curve(curve, language)]
    if found.cautions:
        lines += [heading(choose(language, "Warnings", "Avertissements"))]
        lines += [f"{painted('!', YELLOW)} {caution.sentence(language)}" for caution in found.cautions]
    for key in dict.fromkeys(ranking.criterion for ranking in found.rankings):
        rankings = [ranking for ranking in found.rankings if ranking.criterion == key]
        lines += [heading(choose(language, f"Each formula for “{key.name}”", f"Chaque formule pour « {key.name} »"))]
        lines += _side_by_side(rankings, language)
    return "\n".join(lines) + "\n"


def _curve(curve: Curve, language: str) -> Iterator[str]:
    """Value, points, and a bar as long as the points."""
    most = max([curve.weight, *(points for _, points in curve.points)])
    head = choose(language, "Value|Points|", "Valeur|Points|").split("|")
    rows = [head]
    for value, points in curve.points[::EVERY]:
        length = max(Fraction(0), points / most * BARS) if most else Fraction(0)
        rows.append([figure(value, language), figure(points, language), "█" * round(length)])
    yield from table(rows, left=(2,))


def _side_by_side(rankings: list[FormulaRanking], language: str) -> list[str]:
    usable = [ranking for ranking in rankings if ranking.usable]
    lines = []
    if usable:
        declared = choose(language, "declared", "annoncée")
        head = [
            choose(language, "Bid", "Offre"),
            *(f"{r.formula}{f' ({declared})' if r.declared else ''}" for r in usable),
        ]
        rows = [
            [one.bid.name, *(_cell(ranking, i, language) for ranking in usable)] for i, one in enumerate(usable[0].bids)
        ]
        lines = table([head, *rows])
    parameters = [f"{r.formula}: {r.parameter}" for r in usable if r.parameter]
    notes = [r.sentence(language) for r in rankings if not r.usable]
    return [*lines, *([", ".join(parameters)] if parameters else []), *notes]


def _cell(ranking: FormulaRanking, index: int, language: str) -> str:
    bid = ranking.bids[index]
    return "–" if bid.rank is None or bid.total is None else f"{figure(bid.total, language)} ({bid.rank})"
