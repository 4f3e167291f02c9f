"""What a ranking says in words, in French and English."""

from fractions import Fraction

from scoring.numbers import plain

LANGUAGES = ("en", "fr")


class English:
    """The sentences in English."""

    def number(self, value: Fraction) -> str:
        """A number as its reader writes it."""
        return plain(value)

    def gate_failed(self, title: str) -> str:
        return f"Not met: {title}"

    def gate_missing(self, title: str) -> str:
        return f"Not checked yet: {title}"

    def below_minimum(self, title: str, points: Fraction, minimum: Fraction) -> str:
        return f"{title}: {self.number(points)} points, below the minimum of {self.number(minimum)}"

    def over_budget(self, price: Fraction, budget: Fraction) -> str:
        return f"The price, {self.number(price)}, is above the budget of {self.number(budget)}"

    def marks_missing(self, title: str, names: list[str]) -> str:
        return f"{title}: not marked by {', '.join(names)}" if names else f"{title}: no mark"

    def too_few(self, title: str, present: int, drop: int) -> str:
        return f"{title}: {present} marks, none left once the {drop} highest and the {drop} lowest are left out"

    def missing_marks(self, bid: str, leaf: str, present: int, asked: int) -> str:
        return f"{bid}, {leaf}: {present} of {asked} evaluators"


class French(English):
    """Les phrases en français."""

    def number(self, value: Fraction) -> str:
        return plain(value).replace(".", ",")

    def gate_failed(self, title: str) -> str:
        return f"Non respectée\u00a0: {title}"

    def gate_missing(self, title: str) -> str:
        return f"Pas encore vérifiée\u00a0: {title}"

    def below_minimum(self, title: str, points: Fraction, minimum: Fraction) -> str:
        unit = "point" if abs(points) < 2 else "points"  # French counts 1.9 in the singular
        return f"{title}\u00a0: {self.number(points)} {unit}, sous le minimum de {self.number(minimum)}"

    def over_budget(self, price: Fraction, budget: Fraction) -> str:
        return f"Le prix, {self.number(price)}, dépasse le budget de {self.number(budget)}"

    def marks_missing(self, title: str, names: list[str]) -> str:
        return f"{title}\u00a0: pas noté par {', '.join(names)}" if names else f"{title}\u00a0: aucune note"

    def too_few(self, title: str, present: int, drop: int) -> str:
        return f"{title}\u00a0: {present} notes, aucune ne reste une fois écartées les {drop} plus hautes et les {drop} plus basses"

    def missing_marks(self, bid: str, leaf: str, present: int, asked: int) -> str:
        return f"{bid}, {leaf}\u00a0: {present} sur {asked} évaluateurs"


def phrases(language: str) -> English:
    """The sentences of a language; English where it is not known."""
    return French() if language == "fr" else English()
