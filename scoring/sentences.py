"""What the robustness of a ranking says in words, in French and English: one plain sentence or two for each finding."""

from typing import TYPE_CHECKING

from scoring.sentences_common import NO_BREAK, both, choose, count, figure, listed, percent, would_lead

if TYPE_CHECKING:
    from scoring.robustness.break_even import BreakEven, BreakEvens, Crossing
    from scoring.robustness.draws import Draws
    from scoring.robustness.leave_out import LeaveOneOut, LeftOut
    from scoring.robustness.methods import MethodCheck, OtherMethods
    from scoring.robustness.moves import Margin, Move
    from scoring.robustness.near import NearTie, NearTies

__all__ = [
    "both",
    "break_even",
    "break_evens",
    "draws",
    "leave_one_out",
    "left_out",
    "margin",
    "method_check",
    "near_tie",
    "near_ties",
    "other_methods",
]
METHOD_NAMES = {
    "topsis": ("TOPSIS", "TOPSIS"),
    "vikor": ("VIKOR", "VIKOR"),
    "promethee_2": ("PROMETHEE II", "PROMETHEE II"),
    "weighted_product": ("the weighted product", "le produit pondéré"),
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
        said = {
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
        return choose(language, *said[found.reason])
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


def left_out(found: "LeftOut", language: str) -> str:
    """The ranking without one."""
    name = found.left_out.name
    start = choose(language, f"Without “{name}”,", f"Sans « {name} »,")
    if not found.usable:
        return f"{start} {choose(language, 'no ranking can be worked out.', 'aucun classement ne peut être établi.')}"
    if found.changes or not found.winners:
        return f"{start} {would_lead(found.winners, language)}."
    text = f"{start} {_stays(found, language)}"
    if found.reversed:
        ahead, behind = found.reversed[0]
        moved = choose(
            language,
            f" {ahead.name} would pass ahead of {behind.name}.",
            f" {ahead.name} passerait devant {behind.name}.",
        )
        return text + moved
    return text


def _stays(found: "LeftOut", language: str) -> str:
    names = listed(found.winners, language)
    if len(found.winners) > 1:
        return choose(language, f"{names} still share the first place.", f"{names} restent en tête à égalité.")
    if found.kind == "bid":
        return choose(language, f"{names} is first.", f"{names} est en tête.")
    return choose(language, f"{names} is still first.", f"{names} reste en tête.")


def leave_one_out(found: "LeaveOneOut", language: str) -> str:
    """What is decisive."""
    if not found.winners:
        return choose(language, "No bid is ranked.", "Aucune offre n’est classée.")
    names = listed(found.winners, language)
    if not found.decisive:
        english = "stays" if len(found.winners) == 1 else "stay"
        french = "reste" if len(found.winners) == 1 else "restent"
        return choose(
            language,
            f"{names} {english} first whichever evaluator, other bid or criterion is left out.",
            f"{names} {french} en tête, quel que soit l’évaluateur, le critère ou l’autre offre que l’on écarte.",
        )
    decisive = listed([one.left_out for one in found.decisive], language)
    several = len(found.decisive) > 1
    return choose(
        language,
        f"The first place hangs on {decisive}: without {'any one of them' if several else 'it'}, it changes.",
        f"La première place tient à {decisive} : elle change {'si l’un d’eux manque' if several else 'sans cela'}.",
    )


def draws(found: "Draws", language: str) -> str:
    """How often the winner wins."""
    if found.reason == "nobody":
        return choose(language, "No bid is ranked.", "Aucune offre n’est classée.")
    if found.reason:
        return choose(
            language,
            "No weight enters the total under these rules: there is nothing to draw.",
            "Aucun poids n’entre dans le total avec ces règles : il n’y a rien à tirer au sort.",
        )
    ordered = sorted(found.bids, key=lambda bid: -bid.first)
    leading = [bid for bid in found.bids if bid.bid in found.winners]
    first = leading[0] if leading else ordered[0]
    other = next((bid for bid in ordered if bid.bid != first.bid and bid.first > 0), None)
    drawn = f"{found.count:,}".replace(",", NO_BREAK) if language == "fr" else f"{found.count:,}"
    concentration = figure(found.concentration, language)
    text = choose(
        language,
        f"In {drawn} draws of the weights around the declared ones (Dirichlet, concentration {concentration}, seed {found.seed}), "
        f"{first.bid.name} is first in {percent(first.first, language)}",
        f"Sur {drawn} tirages des poids autour de ceux annoncés (Dirichlet, concentration {concentration}, graine {found.seed}), "
        f"{first.bid.name} est en tête dans {percent(first.first, language)} des cas",
    )
    if other is None:
        return text + "."
    name, share = other.bid.name, percent(other.first, language)
    return text + choose(language, f", {name} in {share}.", f", {name} dans {share}.")


def method_check(found: "MethodCheck", language: str) -> str:
    """Whether the winner stands under one method."""
    english, french = METHOD_NAMES[found.method]
    if found.reason:
        return choose(
            language,
            f"{english[0].upper()}{english[1:]} cannot be used here: a mark or a value is 0 or less.",
            f"{french[0].upper()}{french[1:]} ne s’applique pas ici : une note ou une valeur est nulle ou négative.",
        )
    names = listed(found.winners, language)
    if found.agrees:
        return choose(language, f"By {english}, {names} is first too.", f"Selon {french}, {names} est aussi en tête.")
    shared = len(found.winners) > 1
    return choose(
        language,
        f"By {english}, {names} {'share the first place' if shared else 'is first instead'}.",
        f"Selon {french}, {names} {'sont en tête à égalité' if shared else 'serait en tête à sa place'}.",
    )


def other_methods(found: "OtherMethods", language: str) -> str:
    """How many methods agree."""
    said = {
        "few": ("Fewer than two bids are ranked.", "Moins de deux offres sont classées."),
        "price_unweighted": (
            "These rules give the price no weight, which the other methods need.",
            "Ces règles ne donnent pas de poids au prix, or les autres méthodes en demandent un.",
        ),
        "equal": ("The bids are the same on every criterion.", "Les offres sont les mêmes sur tous les critères."),
        "not_installed": (
            "pymcdm is not installed: no other method was tried.",
            "pymcdm n’est pas installé : aucune autre méthode n’a été essayée.",
        ),
    }
    if found.reason:
        return choose(language, *said[found.reason])
    tried = [check for check in found.methods if not check.reason]
    agree = sum(check.agrees for check in tried)
    names = listed(found.winners, language)
    return choose(
        language,
        f"{agree} of the {len(tried)} other methods that apply also put {names} first.",
        f"Autres méthodes applicables qui placent aussi {names} en tête : {agree} sur {len(tried)}.",
    )


def near_tie(found: "NearTie", language: str) -> str:
    """Why two bids cannot be told apart."""
    one, two = found.ahead.name, found.behind.name
    gap = figure(found.gap if found.cause == "mark" else found.exact_gap, language)
    said = {
        "equal": (f"{one} and {two} have exactly the same total.", f"{one} et {two} ont exactement le même total."),
        "rounding": (
            f"{one} and {two} have the same total once rounded; before, they are {gap} apart.",
            f"{one} et {two} ont le même total une fois arrondi ; avant, {gap} les séparent.",
        ),
        "mark": (
            f"{one} and {two} are {gap} apart: one step of one mark can make up for that.",
            f"{one} et {two} sont à {gap} d’écart : un cran d’une seule note peut le combler.",
        ),
    }
    return choose(language, *said[found.cause])


def near_ties(found: "NearTies", language: str) -> str:
    """How many pairs."""
    if not found.pairs:
        return choose(
            language,
            "Rounding or one step of one mark cannot bring any two bids level.",
            "Ni l’arrondi ni un cran d’une seule note ne peuvent mettre deux offres à égalité.",
        )
    pairs = count(len(found.pairs), language, ("pair of bids", "paire d’offres"), ("pairs of bids", "paires d’offres"))
    english = "is" if len(found.pairs) == 1 else "are"
    french = "est" if len(found.pairs) == 1 else "sont"
    return choose(
        language,
        f"{pairs} {english} too close to call. {near_tie(found.pairs[0], language)}",
        f"{pairs} {french} trop proches pour être départagées sûrement. {near_tie(found.pairs[0], language)}".replace(
            "est trop proches pour être départagées", "est trop serrée pour être départagée"
        ),
    )
