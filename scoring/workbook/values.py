"""Where values and the formulas' parameters stand on the Prices sheet, and the formulas over them."""

from fractions import Fraction

from scoring.model import Criterion, Formula
from scoring.workbook.cells import a1, on, span
from scoring.workbook.layout import Layout
from scoring.workbook.rounding import guard_places, rounded

PARAMETERS = {
    "linear_from_lowest": ("k",),
    "linear_to_reference": ("R",),
    "discount_power": ("R", "e"),
    "reference_ratio": ("R",),
    "reference_distance": ("R", "t", "s"),
    "share": ("M",),
}
STATISTICS = ("lowest", "highest", "mean", "count")


def parameters(formula: Formula) -> dict[str, Fraction]:
    """The parameters the formula uses, by the letter the format gives them."""
    everything = {
        "k": formula.k,
        "R": formula.reference,
        "e": Fraction(formula.exponent),
        "t": formula.target,
        "s": formula.slope,
        "M": formula.maximum,
    }
    return {letter: everything[letter] or Fraction(0) for letter in PARAMETERS.get(formula.name, ())}


class Values:
    """Addresses on the Prices sheet, as other sheets write them."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.sheet = layout.say["prices"]
        self.computed = [leaf for leaf in layout.evaluation.leaves if leaf.formula is not None]
        self.columns = {key: 1 + 2 * i for i, key in enumerate(layout.values)}
        self.letters = list(
            dict.fromkeys(p for leaf in self.computed if leaf.formula for p in parameters(leaf.formula))
        )
        self.statistics_row = layout.last_bid + 2
        self.formulas_row = self.statistics_row + len(STATISTICS) + 3
        self.bands_row = self._place_bands()

    @property
    def exist(self) -> bool:
        """Whether there is such a sheet at all."""
        return bool(self.columns) or self.layout.rules.budget is not None

    @property
    def low_flag_column(self) -> int:
        """Whether a price is abnormally low: after the values, two shares, then this."""
        return 1 + 2 * len(self.columns) + 2

    def _place_bands(self) -> dict[str, int]:
        """Leaf → the first row of its bands."""
        row, found = self.formulas_row + len(self.computed) + 2, {}
        for leaf in self.computed:
            if leaf.formula and leaf.formula.bands:
                found[leaf.key] = row + 2
                row += len(leaf.formula.bands) + 3
        self.budget_row = row
        return found

    def value(self, bid: int, key: str) -> str:
        """The bid's value."""
        return on(self.sheet, a1(self.layout.first_bid + bid, self.columns[key], "rc"))

    def counted(self, bid: int, key: str) -> str:
        """The bid's value where the bid is admitted, else an empty text."""
        return on(self.sheet, a1(self.layout.first_bid + bid, self.columns[key] + 1, "rc"))

    def statistic(self, key: str, name: str) -> str:
        """Lowest, highest, mean or count of the counted values."""
        return on(self.sheet, a1(self.statistics_row + STATISTICS.index(name), self.columns[key] + 1, "rc"))

    def parameter(self, leaf: Criterion, letter: str) -> str:
        """A formula's parameter."""
        row = self.formulas_row + 1 + self.computed.index(leaf)
        return on(self.sheet, a1(row, 1 + self.letters.index(letter), "rc"))

    def budget(self) -> str:
        """The budget of fixed_budget."""
        return on(self.sheet, a1(self.budget_row, 1, "rc"))

    def fraction(self, leaf: Criterion, bid: int, weight: str) -> str:
        """The fraction of the weight for a bid's counted value, held within 0…1 where the formula clamps."""
        formula = leaf.formula or Formula("")
        found = self._written(leaf, formula, bid, weight)
        return f"MAX(0,MIN(1,{found}))" if formula.clamp else f"({found})"

    def _written(self, leaf: Criterion, formula: Formula, bid: int, weight: str) -> str:
        key = leaf.value or ""
        high = leaf.better == "high"
        p, low, top = self.counted(bid, key), self.statistic(key, "lowest"), self.statistic(key, "highest")
        mean, n = self.statistic(key, "mean"), self.statistic(key, "count")
        given = {letter: self.parameter(leaf, letter) for letter in parameters(formula)}
        k, r, e = given.get("k", ""), given.get("R", ""), given.get("e", "")
        return {
            "lowest_ratio": f"{p}/{top}" if high else f"{low}/{p}",
            "linear_range": f"IF({top}={low},1,({f'{p}-{low}' if high else f'{top}-{p}'})/({top}-{low}))",
            "linear_from_lowest": f"1-({p}-{low})/({k}*{low})",
            "linear_to_reference": f"IF({r}<={low},IF({p}={low},1,0),({r}-{p})/({r}-{low}))",
            "discount_power": f"1-({p}/{r})^{e}",
            "reference_ratio": f"{r}/{p}",
            "reference_distance": self._distance(formula, p, given, weight, key),
            "average_ratio": f"{mean}/{p}",
            "n_formula": f"IF({n}=1,1,({n}*{low}-{p})/(({n}-1)*{low}))",
            "bands": self._band(leaf, p),
            "share": f"{p}/{given.get('M', '')}",
        }[formula.name]

    def _distance(self, formula: Formula, p: str, given: dict[str, str], weight: str, key: str) -> str:
        """P/R rounded half up first, where the formula says so."""
        if formula.name != "reference_distance":
            return ""
        values = [abs(v) for b in self.layout.given.values() if (v := b.values.get(key)) is not None]
        guard = guard_places(max(values, default=Fraction(1)) / (formula.reference or Fraction(1)))
        ratio = rounded(f"{p}/{given['R']}", "half_up", formula.places, guard)
        return f"1-ABS({ratio}-{given['t']})*{given['s']}/{weight}"

    def _band(self, leaf: Criterion, p: str) -> str:
        """The fraction of the first band whose limit is not below the value."""
        bands = leaf.formula.bands if leaf.formula else ()
        if not bands:
            return ""
        first = self.bands_row[leaf.key]
        fractions = on(self.sheet, span(first, 1, first + len(bands) - 1, 1))
        if len(bands) == 1:
            return f"INDEX({fractions},1)"
        limits = on(self.sheet, span(first, 0, first + len(bands) - 2, 0))
        return f"INDEX({fractions},1+SUMPRODUCT(--({limits}<{p})))"
