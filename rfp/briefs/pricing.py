"""How a price becomes points: the methods a brief may choose, and each in words. Pure."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from rfp.i18n import money


@dataclass(frozen=True)
class Method:
    """A formula of the evaluation file (docs/evaluation-file.md), and whether it needs an amount announced."""

    formula: str
    title: LazyString
    needs_reference: bool = False


METHODS = {
    "lowest_ratio": Method("lowest_ratio", _l("In proportion to the lowest price")),
    "linear_range": Method("linear_range", _l("Linear between the lowest and the highest price")),
    "linear_to_reference": Method(
        "linear_to_reference", _l("Linear down to an announced ceiling"), needs_reference=True
    ),
}
# The names templates use.
OF_TEMPLATES = {
    "lowest-ratio": "lowest_ratio",
    "linear-range": "linear_range",
    "linear-reference": "linear_to_reference",
}


def make_formula(name: str, reference: Decimal | None) -> dict[str, Any]:
    """The formula as it is kept; the reference is left out where the method has none or it is not known yet."""
    made: dict[str, Any] = {"name": name}
    if METHODS[name].needs_reference and reference is not None:
        made["reference"] = format(reference, "f")
    return made


def reference_of(formula: dict[str, Any]) -> Decimal | None:
    """The amount announced that the formula computes with."""
    text = formula.get("reference")
    return Decimal(text) if text is not None else None


def lacks_reference(formula: dict[str, Any]) -> bool:
    """Whether it cannot be computed yet."""
    return METHODS[formula["name"]].needs_reference and reference_of(formula) is None


def in_words(formula: dict[str, Any], currency: str) -> str:
    """One sentence a bidder can compute with."""
    if formula["name"] == "lowest_ratio":
        return _("Points × lowest price ÷ price.")
    if formula["name"] == "linear_range":
        return _("Points × (highest price − price) ÷ (highest price − lowest price).")
    reference = reference_of(formula)
    if reference is None:
        return _("Full points at the lowest price, none at the ceiling: the ceiling is not set yet.")
    ceiling = money(reference, currency)
    return _(
        "Points × (%(ceiling)s − price) ÷ (%(ceiling)s − lowest price); none at or above %(ceiling)s.", ceiling=ceiling
    )
