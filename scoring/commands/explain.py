"""``explain``: what it would take to overturn the ranking, for a person."""

from scoring.commands.terminal import heading, table
from scoring.model import Evaluation
from scoring.report import as_text
from scoring.result import Result
from scoring.robustness import BreakEvens, Crossing, Draws, LeaveOneOut, LeftOut, Margin, OtherMethods, Robustness
from scoring.sentences_checks import METHOD_NAMES
from scoring.sentences_common import choose, figure, listed, percent

MOST = 12  # lines of a list: beyond, how many more there are
RANKS = 5  # ranks shown of the drawn weights


def explained(evaluation: Evaluation, result: Result, found: Robustness, language: str) -> str:
    """The ranking, then each finding with its sentence and its figures."""
    lines = [as_text(evaluation, result, language).rstrip("\n")]
    lines += [
        *_margin(found.margin, language),
        *_weights(found.break_even, language),
        *_left_out(found.leave_one_out, language),
        *_draws(found.draws, language),
        *_methods(found.methods, language),
        heading(choose(language, "Near ties", "Quasi-égalités")),
        found.near_ties.sentence(language),
        *_listed([f"  - {pair.sentence(language)}" for pair in found.near_ties.pairs[1:]], language),
    ]
    return "\n".join(lines) + "\n"


def _listed(lines: list[str], language: str) -> list[str]:
    more = len(lines) - MOST
    if more <= 0:
        return lines
    return [*lines[:MOST], choose(language, f"  … and {more} more", f"  … et {more} de plus")]


def _margin(found: Margin, language: str) -> list[str]:
    lines = [heading(choose(language, "Margin", "Écart")), found.sentence(language)]
    if len(found.moves) < 2:
        return lines
    head = choose(
        language, "Bid|Criterion|Evaluator|Mark|Then|First", "Offre|Critère|Évaluateur|Note|Puis|En tête"
    ).split("|")
    agreed, nobody = choose(language, "(agreed)", "(commune)"), choose(language, "nobody", "personne")
    rows = [
        [
            move.bid.name,
            move.criterion.name,
            move.evaluator.name if move.evaluator else agreed,
            figure(move.before, language),
            figure(move.after, language),
            listed(move.winners, language) or nobody,
        ]
        for move in found.moves
    ]
    drawn = table([head, *rows], left=(0, 1, 2, 5))
    return [*lines, drawn[0], *_listed(drawn[1:], language)]


def _weights(found: BreakEvens, language: str) -> list[str]:
    lines = [heading(choose(language, "Break-even weights", "Poids de bascule")), found.sentence(language)]
    if not found.criteria:
        return lines
    head = choose(
        language, "Criterion|Weight|Below|First|Above|First", "Critère|Poids|Au-dessous de|En tête|Au-dessus de|En tête"
    ).split("|")
    rows = [
        [
            one.criterion.name,
            f"{figure(one.weight, language)}/{figure(one.whole, language)}",
            *_crossing(one.down, language),
            *_crossing(one.up, language),
        ]
        for one in found.criteria
        if not one.reason
    ]
    reasons = [one.sentence(language) for one in found.criteria if one.reason]
    drawn = table([head, *rows], left=(0, 3, 5)) if rows else []
    return [*lines, *drawn, *_listed(reasons, language)]


def _crossing(crossing: Crossing | None, language: str) -> tuple[str, str]:
    if crossing is None:
        return "–", "–"
    nobody = choose(language, "nobody", "personne")
    return figure(crossing.weight, language), listed(crossing.winners, language) or nobody


def _left_out(found: LeaveOneOut, language: str) -> list[str]:
    lines = [heading(choose(language, "Leaving one out", "En écarter un")), found.sentence(language)]
    kinds = {
        "evaluator": choose(language, "evaluator", "évaluateur"),
        "bid": choose(language, "bid", "offre"),
        "criterion": choose(language, "criterion", "critère"),
    }
    head = choose(language, "Without||First|What changes", "Sans||En tête|Ce qui change").split("|")
    telling = [one for one in found.all if one.changes or one.reversed or one.unranked or not one.usable]
    rows = [
        [one.left_out.name, kinds[one.kind], listed(one.winners, language) or "–", _change(one, language)]
        for one in telling
    ]
    drawn = table([head, *rows], left=(0, 1, 2, 3)) if rows else []
    return [*lines, *drawn[:1], *_listed(drawn[1:], language)]


def _change(one: LeftOut, language: str) -> str:
    if not one.usable:
        return choose(language, "cannot be ranked", "classement impossible")
    if one.changes:
        return choose(language, "the first place", "la première place")
    if one.reversed:
        ahead, behind = one.reversed[0]
        more = len(one.reversed) - 1
        text = choose(language, f"{ahead.name} passes {behind.name}", f"{ahead.name} passe devant {behind.name}")
        return text + (f" (+{more})" if more else "")
    names = listed(one.unranked, language)
    return choose(language, f"{names} no longer ranked", f"{names} plus au classement")


def _draws(found: Draws, language: str) -> list[str]:
    lines = [heading(choose(language, "Weights drawn at random", "Poids tirés au sort")), found.sentence(language)]
    if not found.bids:
        return lines
    shown = min(RANKS, len(found.bids))
    head = [choose(language, "Bid", "Offre"), *(str(place + 1) for place in range(shown))]
    rows = [[one.bid.name, *(percent(share, language) for share in one.ranks[:shown])] for one in found.bids]
    drawn = table([head, *rows])
    return [*lines, drawn[0], *_listed(drawn[1:], language)]


def _methods(found: OtherMethods, language: str) -> list[str]:
    lines = [heading(choose(language, "Other methods", "Autres méthodes")), found.sentence(language)]
    tried = [check for check in found.methods if not check.reason]
    if tried:
        names = [METHOD_NAMES[check.method][language == "fr"] for check in tried]
        head = [choose(language, "Bid", "Offre"), *names]
        rows = [[one.bid.name, *(str(check.bids[i].rank) for check in tried)] for i, one in enumerate(tried[0].bids)]
        drawn = table([head, *rows])
        lines += [drawn[0], *_listed(drawn[1:], language)]
    return lines + [check.sentence(language) for check in found.methods if check.reason]
