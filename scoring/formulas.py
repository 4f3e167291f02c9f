"""Formulas: from the values of the admitted bids to fractions of a weight (docs/evaluation-file.md, Formulas)."""

from collections.abc import Callable, Sequence
from fractions import Fraction

from scoring.model import Criterion, Formula
from scoring.numbers import rounded

ONE = Fraction(1)
ZERO = Fraction(0)
DIVIDES_BY_EACH = ("lowest_ratio", "linear_from_lowest", "reference_ratio", "average_ratio", "n_formula")


class ValueFaultError(Exception):
    """Values the formula cannot take: their positions among the values, and what was expected."""

    def __init__(self, indexes: Sequence[int], expected: str) -> None:
        super().__init__(expected)
        self.indexes = indexes
        self.expected = expected


def fractions(criterion: Criterion, values: Sequence[Fraction]) -> list[Fraction]:
    """The fraction of the weight for each value, held within 0…1 where the formula clamps.

    ``values`` are those of the admitted bids, one each: they make Pmin, Pmax, Pavg and n. Raises
    ValueFaultError for those that the formula cannot take.
    """
    formula = criterion.formula
    if formula is None or not values:
        return []
    _refuse_unfit(formula, criterion.better, values)
    found = _HANDLERS[formula.name](criterion, formula, values)
    return [min(max(f, ZERO), ONE) for f in found] if formula.clamp else found


def _refuse_unfit(formula: Formula, better: str, values: Sequence[Fraction]) -> None:
    if formula.name == "lowest_ratio" and better == "high":
        highest = max(values)
        unfit = [i for i, value in enumerate(values) if value == highest and highest <= 0]
        expected = "a highest value above 0"
    elif formula.name in DIVIDES_BY_EACH:
        unfit = [i for i, value in enumerate(values) if value <= 0]
        expected = f"a value above 0 in {formula.name}"
    elif formula.name == "discount_power":
        unfit = [i for i, value in enumerate(values) if value < 0]
        expected = "a value of 0 or more in discount_power"
    else:
        return
    if unfit:
        raise ValueFaultError(unfit, expected)


def _lowest_ratio(criterion: Criterion, _formula: Formula, values: Sequence[Fraction]) -> list[Fraction]:
    """Pmin / P; P / Pmax where high is better."""
    if criterion.better == "high":
        highest = max(values)
        return [p / highest for p in values]
    lowest = min(values)
    return [lowest / p for p in values]


def _linear_range(criterion: Criterion, _formula: Formula, values: Sequence[Fraction]) -> list[Fraction]:
    """(Pmax − P) / (Pmax − Pmin), the other way round where high is better; 1 where all are equal."""
    lowest, highest = min(values), max(values)
    if lowest == highest:
        return [ONE for _ in values]
    if criterion.better == "high":
        return [(p - lowest) / (highest - lowest) for p in values]
    return [(highest - p) / (highest - lowest) for p in values]


def _linear_from_lowest(_criterion: Criterion, formula: Formula, values: Sequence[Fraction]) -> list[Fraction]:
    """1 − (P − Pmin) / (k·Pmin)."""
    lowest = min(values)
    return [1 - (p - lowest) / (formula.k * lowest) for p in values]


def _linear_to_reference(_criterion: Criterion, formula: Formula, values: Sequence[Fraction]) -> list[Fraction]:
    """(R − P) / (R − Pmin); where R ≤ Pmin, 1 at Pmin and 0 above."""
    lowest, reference = min(values), formula.reference or ZERO
    if reference <= lowest:
        return [ONE if p == lowest else ZERO for p in values]
    return [(reference - p) / (reference - lowest) for p in values]


def _discount_power(_criterion: Criterion, formula: Formula, values: Sequence[Fraction]) -> list[Fraction]:
    """1 − (P / R)^e."""
    reference = formula.reference or ONE
    return [1 - (p / reference) ** formula.exponent for p in values]


def _reference_ratio(_criterion: Criterion, formula: Formula, values: Sequence[Fraction]) -> list[Fraction]:
    """R / P."""
    return [(formula.reference or ONE) / p for p in values]


def _reference_distance(criterion: Criterion, formula: Formula, values: Sequence[Fraction]) -> list[Fraction]:
    """1 − |P/R − t| × s / weight, P/R rounded half up first where ``places`` says so."""
    reference = formula.reference or ONE
    ratios = [rounded(p / reference, "half_up", formula.places) for p in values]
    return [1 - abs(ratio - formula.target) * formula.slope / criterion.weight for ratio in ratios]


def _average_ratio(_criterion: Criterion, _formula: Formula, values: Sequence[Fraction]) -> list[Fraction]:
    """Pavg / P."""
    average = sum(values, ZERO) / len(values)
    return [average / p for p in values]


def _n_formula(_criterion: Criterion, _formula: Formula, values: Sequence[Fraction]) -> list[Fraction]:
    """(n·Pmin − P) / ((n − 1)·Pmin); 1 where n = 1."""
    n, lowest = len(values), min(values)
    return [ONE] if n == 1 else [(n * lowest - p) / ((n - 1) * lowest) for p in values]


def _bands(_criterion: Criterion, formula: Formula, values: Sequence[Fraction]) -> list[Fraction]:
    """The fraction of the first band whose up_to ≥ P."""
    return [next(b.fraction for b in formula.bands if b.up_to is None or p <= b.up_to) for p in values]


def _share(_criterion: Criterion, formula: Formula, values: Sequence[Fraction]) -> list[Fraction]:
    """P / M."""
    return [p / (formula.maximum or ONE) for p in values]


_HANDLERS: dict[str, Callable[[Criterion, Formula, Sequence[Fraction]], list[Fraction]]] = {
    "lowest_ratio": _lowest_ratio,
    "linear_range": _linear_range,
    "linear_from_lowest": _linear_from_lowest,
    "linear_to_reference": _linear_to_reference,
    "discount_power": _discount_power,
    "reference_ratio": _reference_ratio,
    "reference_distance": _reference_distance,
    "average_ratio": _average_ratio,
    "n_formula": _n_formula,
    "bands": _bands,
    "share": _share,
}
