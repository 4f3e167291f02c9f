"""What leaving one out, drawn weights, other methods and near ties say in words, in French and English."""

from typing import TYPE_CHECKING

from scoring.sentences_common import NO_BREAK, both, choose, count, figure, listed, percent, would_lead

if TYPE_CHECKING:
    from scoring.robustness.draws import Draws
    from scoring.robustness.leave_out import LeaveOneOut, LeftOut
    from scoring.robustness.methods import MethodCheck, OtherMethods
    from scoring.robustness.near import NearTie, NearTies

__all__ = ["both", "draws", "leave_one_out", "left_out", "method_check", "near_tie", "near_ties", "other_methods"]
METHOD_NAMES = {
    "topsis": ("TOPSIS", "TOPSIS"),
    "vikor": ("VIKOR", "VIKOR"),
    "promethee_2": ("PROMETHEE II", "PROMETHEE II"),
    "weighted_product": ("the weighted product", "le produit pondéré"),
}


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
