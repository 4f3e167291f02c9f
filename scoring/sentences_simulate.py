"""What rules do before they are used, in words, in French and English."""

from typing import TYPE_CHECKING

from scoring.sentences_common import choose, count, figure, listed

if TYPE_CHECKING:
    from scoring.simulate import Simulation
    from scoring.simulate.cautions import Caution
    from scoring.simulate.curves import Curve
    from scoring.simulate.side_by_side import FormulaRanking


def curve(found: "Curve", language: str) -> str:
    """What price really commands."""
    name, weight, swing = found.criterion.name, figure(found.weight, language), figure(found.swing, language)
    low, high = figure(found.low, language), figure(found.high, language)
    text = choose(
        language,
        f"“{name}” weighs {weight} points; between {low} and {high} it commands {swing} of them.",
        f"« {name} » pèse {weight} points ; entre {low} et {high}, il en commande {swing}.",
    )
    if found.tenth is None:
        return text
    tenth = figure(found.tenth, language)
    return text + choose(
        language,
        f" A bid one tenth worse than the best loses {tenth}.",
        f" Une offre moins bonne d’un dixième que la meilleure en perd {tenth}.",
    )


def caution(found: "Caution", language: str) -> str:
    """One warning."""
    name = found.criterion.name if found.criterion else ""
    figures = [figure(value, language) for value in found.figures]
    return choose(language, *_CAUTIONS[found.code](name, found.detail, figures))


def _convex(name: str, _detail: str, figures: list[str]) -> tuple[str, str]:
    middle, half = figures
    return (
        f"“{name}”: the formula punishes the middle bid. Halfway between the lowest and the highest value it gives {middle} "
        f"points, where a straight line would give {half}.",
        f"« {name} » : la formule pénalise l’offre du milieu. À mi-chemin entre la valeur la plus basse et la plus haute, "
        f"elle donne {middle} points, là où une droite en donnerait {half}.",
    )


def _out_of_reach(name: str, detail: str, figures: list[str]) -> tuple[str, str]:
    best, weight = figures
    if detail == "step":
        return (
            f"“{name}”: the steps of the scale stop short of its end, so {best} points are the most of {weight}.",
            f"« {name} » : les crans de l’échelle n’atteignent pas son maximum ; on ne peut avoir que {best} points sur {weight}.",
        )
    return (
        f"“{name}”: no bid in the range can have all the points; {best} of {weight} are the most.",
        f"« {name} » : aucune offre de la plage ne peut avoir tous les points ; le maximum est {best} sur {weight}.",
    )


def _negative(name: str, _detail: str, figures: list[str]) -> tuple[str, str]:
    value, points = figures
    return (
        f"“{name}”: points can be negative; a value of {value} gives {points}.",
        f"« {name} » : les points peuvent être négatifs ; une valeur de {value} donne {points}.",
    )


def _above(name: str, _detail: str, figures: list[str]) -> tuple[str, str]:
    value, points, weight = figures
    return (
        f"“{name}”: points can exceed the weight; a value of {value} gives {points} for a weight of {weight}.",
        f"« {name} » : les points peuvent dépasser le poids ; une valeur de {value} donne {points} pour un poids de {weight}.",
    )


def _decides(name: str, detail: str, figures: list[str]) -> tuple[str, str]:
    if detail == "least_cost":
        return (
            "The price decides alone among the bids that meet the minimums.",
            "Le prix décide seul entre les offres qui atteignent les minimums.",
        )
    own, others = figures
    return (
        f"“{name}” can decide alone: it can part two bids by {own} points, all the others together by {others}.",
        f"« {name} » peut décider seul : il peut séparer deux offres de {own} points, et tous les autres ensemble de {others}.",
    )


def _reversal(name: str, detail: str, _figures: list[str]) -> tuple[str, str]:
    english, french = {
        "best": ("the best value", "de la meilleure valeur"),
        "both": ("the lowest and the highest value", "de la valeur la plus basse et de la plus haute"),
        "average": ("the average of all values", "de la moyenne de toutes les valeurs"),
        "number": ("the number of bids and the lowest value", "du nombre d’offres et de la valeur la plus basse"),
    }[detail]
    return (
        f"“{name}”: points depend on {english}, so the ranking can turn round when a losing bid withdraws.",
        f"« {name} » : les points dépendent {french} ; le classement peut donc s’inverser quand une offre perdante se retire.",
    )


def _impossible(name: str, _detail: str, figures: list[str]) -> tuple[str, str]:
    minimum, most = figures
    return (
        f"“{name}”: the minimum of {minimum} points cannot be met; no bid can have more than {most}.",
        f"« {name} » : le minimum de {minimum} points ne peut pas être atteint ; aucune offre ne peut avoir plus de {most}.",
    )


def _zero(name: str, _detail: str, _figures: list[str]) -> tuple[str, str]:
    if not name:
        return (
            "The total divides by the price: a bid with a price of 0 cannot be ranked, and the file is refused.",
            "Le total divise par le prix : une offre à un prix de 0 ne peut pas être classée, et le fichier est refusé.",
        )
    return (
        f"“{name}”: the formula divides by the value; a value of 0 has no points, and the file is refused.",
        f"« {name} » : la formule divise par la valeur ; une valeur de 0 n’a pas de points, et le fichier est refusé.",
    )


_CAUTIONS = {
    "convex_punishes_middle": _convex,
    "points_out_of_reach": _out_of_reach,
    "negative_points": _negative,
    "points_above_weight": _above,
    "one_decides": _decides,
    "rank_reversal": _reversal,
    "minimum_impossible": _impossible,
    "zero_price_undefined": _zero,
}


def formula_ranking(found: "FormulaRanking", language: str) -> str:
    """Who is first under one formula."""
    formula = f"{found.formula} ({found.parameter})" if found.parameter else found.formula
    if not found.usable:
        return choose(
            language,
            f"{formula} cannot take the values of these bids.",
            f"{formula} ne peut pas s’appliquer aux valeurs de ces offres.",
        )
    names = listed(found.winners, language)
    if not names:
        return choose(language, f"With {formula}, no bid is ranked.", f"Avec {formula}, aucune offre n’est classée.")
    if len(found.winners) > 1:
        return choose(
            language,
            f"With {formula}, {names} share the first place.",
            f"Avec {formula}, {names} sont en tête à égalité.",
        )
    return choose(language, f"With {formula}, {names} is first.", f"Avec {formula}, {names} est en tête.")


def simulation(found: "Simulation", language: str) -> str:
    """The whole in a sentence or two."""
    warnings = count(len(found.cautions), language, ("warning", "avertissement"), ("warnings", "avertissements"))
    text = choose(language, f"These rules give rise to {warnings}.", f"Ces règles appellent {warnings}.")
    if not found.rankings:
        return text
    declared = [ranking for ranking in found.rankings if ranking.declared]
    differ = [r for r in found.rankings if r.usable and {w.key for w in r.winners} != _declared_winners(found, r)]
    if not declared[0].usable:
        return text
    if not differ:
        return text + choose(
            language,
            " The same bid is first under every price formula tried.",
            " La même offre est en tête avec toutes les formules de prix essayées.",
        )
    formulas = ", ".join(dict.fromkeys(ranking.formula for ranking in differ))
    return text + choose(
        language,
        f" Another bid would be first with {formulas}.",
        f" Une autre offre serait en tête avec {formulas}.",
    )


def _declared_winners(found: "Simulation", ranking: "FormulaRanking") -> set[str]:
    own = [one for one in found.rankings if one.declared and one.criterion == ranking.criterion]
    return {winner.key for one in own for winner in one.winners}
