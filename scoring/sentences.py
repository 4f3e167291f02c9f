"""What the margin and the break-even weights say in words, in French and English: a plain sentence or two each."""

from typing import TYPE_CHECKING

from scoring.sentences_common import both, choose, count, figure, listed, would_lead

if TYPE_CHECKING:
    from scoring.robustness.break_even import BreakEven, BreakEvens, Crossing
    from scoring.robustness.moves import Margin, Move

__all__ = ["both", "break_even", "break_evens", "margin"]


NO_BREAK_EVENS = {
    "nobody": ("No bid is ranked.", "Aucune offre n’est classée."),
    "alone": (
        "There is only one bid: no weight can put another first.",
        "Il n’y a qu’une offre : aucun poids ne peut en placer une autre en tête.",
    ),
    "shared": (
        "The first place is shared: no break-even weight can be worked out.",
        "La première place est partagée : on ne peut pas calculer de poids de bascule.",
    ),
    "rounding": (
        "Before rounding, another bid is ahead: rounding decides the first place, not the weights.",
        "Avant arrondi, une autre offre est devant : l’arrondi décide de la première place, et non les poids.",
    ),
}


def margin(found: "Margin", language: str) -> str:
    """Who leads by how much, and the fewest mark steps that change it."""
    if not found.winners:
        return choose(language, "No bid is ranked.", "Aucune offre n’est classée.")
    return f"{_lead(found, language)} {_moves(found, language)}"


def _lead(found: "Margin", language: str) -> str:
    first, second = listed(found.winners, language), listed(found.second, language)
    if len(found.winners) > 1:
        return choose(language, f"{first} share the first place.", f"{first} sont en tête à égalité.")
    if found.gap is None:
        return choose(language, f"{first} is the only bid ranked.", f"{first} est la seule offre classée.")
    if found.gap == 0:
        return choose(
            language,
            f"{first} and {second} have the same total; the tie rule puts {first} first.",
            f"{first} et {second} ont le même total ; la règle de départage place {first} en tête.",
        )
    gap = figure(found.gap, language)
    english = {
        "points": f"{gap} points ",
        "ratio": f"by {gap} ",
        "money": f"{gap} {found.currency} ".replace("  ", " "),
    }
    unit = "point" if abs(found.gap) < 2 else "points"  # French counts 1.9 in the singular
    french = {"points": f"{gap} {unit}", "ratio": gap, "money": f"{gap} {found.currency}".rstrip()}
    return choose(
        language,
        f"{first} is first, {english[found.unit]}ahead of {second}.",
        f"{first} est en tête, avec {french[found.unit]} d’écart sur {second}.",
    )


def _moves(found: "Margin", language: str) -> str:
    if not found.moves:
        return choose(
            language,
            "No single mark can change who is first.",
            "Aucune note, à elle seule, ne peut changer l’offre en tête.",
        )
    move, others = found.moves[0], len(found.moves) - 1
    steps = count(move.steps, language, ("step", "cran"), ("steps", "crans"))
    more = ""
    if others:
        moves = count(others, language, ("other move", "autre changement"), ("other moves", "autres changements"))
        more = choose(
            language, f" {moves} of as few steps would do it too.", f" {moves} d’autant de crans y suffiraient aussi."
        )
        more = more if others > 1 or language == "en" else more.replace("suffiraient", "suffirait")
    return choose(
        language,
        f"The smallest change of one mark that alters this is {steps}: {_move(move, language)}.{more}",
        f"Le plus petit changement d’une seule note qui y change quelque chose est de {steps} : {_move(move, language)}.{more}",
    )


def _move(move: "Move", language: str) -> str:
    before, after = figure(move.before, language), figure(move.after, language)
    then = would_lead(move.winners, language)
    on, bid = move.criterion.name, move.bid.name
    if move.evaluator is None:
        return choose(
            language,
            f"with an agreed mark of {after} instead of {before} for {bid} on “{on}”, {then}",
            f"avec une note commune de {after} au lieu de {before} pour {bid} sur « {on} », {then}",
        )
    who = move.evaluator.name
    return choose(
        language,
        f"if {who} gave {bid} {after} instead of {before} on “{on}”, {then}",
        f"si {who} donnait {after} au lieu de {before} à {bid} sur « {on} », {then}",
    )


def break_even(found: "BreakEven", language: str) -> str:
    """How far one weight may move."""
    name, weight, whole = found.criterion.name, figure(found.weight, language), figure(found.whole, language)
    if found.reason:
        return _no_break_even(name, found.reason, language)
    start = choose(
        language,
        f"“{name}” weighs {weight} of {whole}:",
        f"« {name} » pèse {weight} sur {whole} :",
    )
    if found.nearest is None:
        nothing = choose(
            language,
            "whatever its weight, the same bid stays first.",
            "quel que soit son poids, la même offre reste en tête.",
        )
        return f"{start} {nothing}"
    parts = [
        _crossing(crossing, way, language)
        for way, crossing in (("down", found.down), ("up", found.up))
        if crossing is not None
    ]
    return f"{start} {choose(language, ', and ', ' et ').join(parts)}."


def _crossing(crossing: "Crossing", way: str, language: str) -> str:
    at, then = figure(crossing.weight, language), would_lead(crossing.winners, language)
    side = _side(way, language)
    why = choose(language, " because of a minimum", " à cause d’un minimum") if crossing.cause == "minimum" else ""
    return f"{side} {at}, {then}{why}"


def _side(way: str, language: str) -> str:
    if way == "down":
        return choose(language, "below", "en dessous de")
    return choose(language, "above", "au-dessus de")


def _no_break_even(name: str, reason: str, language: str) -> str:
    said = {
        "alone": (
            f"“{name}” is the only criterion that counts: there is no other weight to trade with.",
            f"« {name} » est le seul critère qui compte : il n’y a pas d’autre poids à échanger.",
        ),
        "not_in_total": (
            f"The weight of “{name}” does not enter the total under these rules.",
            f"Le poids de « {name} » n’entre pas dans le total avec ces règles.",
        ),
        "pooled": (
            f"All marks are averaged together, so “{name}” cannot have a weight of its own.",
            f"Toutes les notes sont moyennées ensemble : « {name} » ne peut pas avoir un poids à part.",
        ),
    }
    return choose(language, *said[reason])


def break_evens(found: "BreakEvens", language: str) -> str:
    """The weight with the least way to go."""
    if found.reason:
        return choose(language, *NO_BREAK_EVENS[found.reason])
    nearest = found.nearest
    if nearest is None or nearest.nearest is None:
        return choose(
            language,
            "No weight of a single criterion, from nothing to all, puts another bid first.",
            "Aucun poids d’un seul critère, de rien à tout, ne place une autre offre en tête.",
        )
    change, crossing = figure(abs(nearest.nearest.change), language), nearest.nearest
    now, then = figure(nearest.weight, language), figure(crossing.weight, language)
    name, winners = nearest.criterion.name, would_lead(crossing.winners, language)
    side = _side("down" if crossing.change < 0 else "up", language)
    return choose(
        language,
        f"The most sensitive weight is that of “{name}”: {side} {then} instead of {now} (a change of {change}), {winners}.",
        f"Le poids le plus sensible est celui de « {name} » : {side} {then} au lieu de {now} (soit {change} d’écart), {winners}.",
    )
