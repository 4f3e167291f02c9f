"""What weights from comparisons say in words, in French and English."""

from fractions import Fraction
from typing import TYPE_CHECKING

from scoring.sentences_common import choose, figure

if TYPE_CHECKING:
    from scoring.ahp import Ahp, Judgement


def ahp(found: "Ahp", language: str) -> str:
    """Whether the judgements agree, and which one to look at again."""
    ratio = figure(found.ratio, language)
    if found.worst is None:
        return choose(
            language,
            "The judgements agree wholly with each other.",
            "Les jugements s’accordent parfaitement entre eux.",
        )
    if found.consistent:
        return choose(
            language,
            f"The consistency ratio is {ratio}, within the limit of 0.1.",
            f"Le ratio de cohérence est de {ratio}, dans la limite de 0,1.",
        )
    return choose(
        language,
        f"The consistency ratio is {ratio}, above the limit of 0.1: {_worst(found, found.worst, language)}",
        f"Le ratio de cohérence est de {ratio}, au-dessus de la limite de 0,1 : {_worst(found, found.worst, language)}",
    )


def _worst(found: "Ahp", worst: "Judgement", language: str) -> str:
    one, other = found.titles[worst.row], found.titles[worst.column]
    said, better = _times(worst.said, language), _times(worst.better, language)
    then = figure(worst.ratio_then, language)
    return choose(
        language,
        f"the judgement that hurts most is “{one}” against “{other}”, {said}; {better} would bring the ratio to {then}.",
        f"le jugement qui nuit le plus est « {one} » face à « {other} », {said} ; {better} ramènerait le ratio à {then}.",
    )


def _times(value: Fraction, language: str) -> str:
    """3, or 1/3: as the scale is read."""
    simple = value.limit_denominator(9)
    near = abs(simple - value) < Fraction(1, 1000)
    return str(simple) if near else figure(value, language)
