"""What the agreement of a panel says in words, in French and English."""

from typing import TYPE_CHECKING

from scoring.sentences_common import choose, count, figure, listed, percent

if TYPE_CHECKING:
    from scoring.agreement import Agreement, Apart, Discussion, PanelAgreement
    from scoring.agreement_figures import Figure

# Cicchetti 1994, for intraclass correlations.
LEVELS = (
    (0.75, ("excellent", "excellent")),
    (0.6, ("good", "bon")),
    (0.4, ("fair", "moyen")),
    (-9.0, ("poor", "faible")),
)


def reason(found: "Figure", language: str) -> str:
    """Why there is no figure."""
    said = {
        "one_evaluator": ("there is only one evaluator", "il n’y a qu’un évaluateur"),
        "few_units": (
            "too few bids are marked by several evaluators",
            "trop peu d’offres sont notées par plusieurs évaluateurs",
        ),
        "all_equal": ("all the marks are the same", "toutes les notes sont les mêmes"),
    }
    return choose(language, *said[found.reason])


def agreement(found: "Agreement", language: str) -> str:
    """How far evaluators agree on one criterion, or over all."""
    name = found.criterion.name if found.criterion else ""
    start = choose(language, f"On “{name}”" if name else "Over all", f"Sur « {name} »" if name else "Dans l’ensemble")
    if found.icc_1.value is None:
        why = reason(found.icc_1, language)
        return choose(
            language,
            f"{start}, agreement cannot be measured: {why}.",
            f"{start}, l’accord ne se mesure pas : {why}.",
        )
    value = figure(found.icc_1.value, language)
    english, french = next(words for least, words in LEVELS if found.icc_1.value >= least)
    mean = "" if found.icc_k.value is None else figure(found.icc_k.value, language)
    k = found.evaluators
    return choose(
        language,
        f"{start}, agreement is {english}: ICC(2,1) is {value} for one evaluator, ICC(2,k) {mean} for the mean of {k}.",
        f"{start}, l’accord est {french} : l’ICC(2,1) vaut {value} pour un évaluateur, l’ICC(2,k) {mean} pour la moyenne des {k}.",
    )


def apart(found: "Apart", language: str) -> str:
    """How one evaluator stands against the rest."""
    name = found.evaluator.name
    if found.severity is None:
        return choose(
            language,
            f"{name} has no mark that can be compared with another’s.",
            f"{name} n’a aucune note comparable à celle d’un autre.",
        )
    if not found.flags:
        return choose(language, f"{name} marks like the others.", f"{name} note comme les autres.")
    said = [_flag(flag, found, language) for flag in found.flags]
    return f"{name} {choose(language, ', and ', ' et ').join(said)}."


def _flag(flag: str, found: "Apart", language: str) -> str:
    severity = percent(float(abs(found.severity or 0)), language)
    related = figure(found.correlation.value or 0, language)
    said = {
        "severe": (
            f"marks lower than the others, by {severity} of the scale on average",
            f"note plus bas que les autres, de {severity} de l’échelle en moyenne",
        ),
        "lenient": (
            f"marks higher than the others, by {severity} of the scale on average",
            f"note plus haut que les autres, de {severity} de l’échelle en moyenne",
        ),
        "narrow": ("uses a much narrower range of marks", "emploie une plage de notes bien plus étroite"),
        "wide": ("uses a much wider range of marks", "emploie une plage de notes bien plus large"),
        "contrary": (
            f"orders bids differently from the others (correlation {related})",
            f"classe les offres autrement que les autres (corrélation {related})",
        ),
    }
    return choose(language, *said[flag])


def discussion(found: "Discussion", language: str) -> str:
    """Two marks far apart."""
    low, high = figure(found.low, language), figure(found.high, language)
    by_low, by_high = listed(found.low_by, language), listed(found.high_by, language)
    steps = figure(found.steps, language)
    return choose(
        language,
        f"{found.bid.name}, “{found.criterion.name}”: {low} from {by_low} and {high} from {by_high}, {steps} steps apart.",
        f"{found.bid.name}, « {found.criterion.name} » : {low} pour {by_low} et {high} pour {by_high}, soit {steps} crans d’écart.",
    )


def panel(found: "PanelAgreement", language: str) -> str:
    """The whole in a few sentences."""
    overall = agreement(found.overall, language)
    cases = count(
        len(found.discussions), language, ("pair of marks", "paire de notes"), ("pairs of marks", "paires de notes")
    )
    steps = figure(found.steps, language)
    if not found.discussions:
        rest = choose(
            language,
            f"No two marks are {steps} steps apart or more.",
            f"Aucune paire de notes n’a {steps} crans d’écart ou plus.",
        )
    else:
        rest = choose(
            language,
            f"To discuss: {cases}, {steps} steps apart or more.",
            f"À discuter : {cases}, à {steps} crans d’écart ou plus.",
        )
    return f"{overall} {rest}"
