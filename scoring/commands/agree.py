"""``agreement``: how far the panel agrees, for a person."""

from scoring.agreement import Agreement, PanelAgreement
from scoring.agreement_figures import Figure
from scoring.commands.terminal import heading, table
from scoring.sentences_common import choose, figure


def agreed(found: PanelAgreement, language: str) -> str:
    """The whole, criterion by criterion, who stands apart, and what to discuss."""
    head = choose(
        language,
        "Criterion|Evaluators|Spread|Widest|ICC(2,1)|ICC(2,k)|Kendall W|Alpha ord.|Alpha int.",
        "Critère|Évaluateurs|Dispersion|Maximum|ICC(2,1)|ICC(2,k)|W de Kendall|Alpha ord.|Alpha int.",
    ).split("|")
    overall = choose(language, "Over all (share of the scale)", "Ensemble (part de l’échelle)")
    rows = [_row(one.criterion.name if one.criterion else "", one, language) for one in found.criteria]
    lines = [
        found.sentence(language),
        "",
        *table([head, *rows, _row(overall, found.overall, language)]),
    ]
    if found.evaluators:
        lines += [heading(choose(language, "Evaluators", "Évaluateurs"))]
        lines += [one.sentence(language) for one in found.evaluators]
    if found.discussions:
        lines += [heading(choose(language, "To discuss", "À discuter"))]
        lines += [one.sentence(language) for one in found.discussions]
    note = choose(language, "None of this changes a score.", "Rien de cela ne change une note.")
    return "\n".join([*lines, "", note]) + "\n"


def _row(name: str, one: Agreement, language: str) -> list[str]:
    widest = "–" if one.widest is None else figure(one.widest, language)
    figures = (one.icc_1, one.icc_k, one.kendall, one.alpha_ordinal, one.alpha_interval)
    return [
        name,
        str(one.evaluators),
        _figure(one.spread, language),
        widest,
        *(_figure(each, language) for each in figures),
    ]


def _figure(one: Figure, language: str) -> str:
    return "–" if one.value is None else figure(one.value, language, 3)
