"""Where everything is, known before anything is written: sheets refer to each other's cells."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from scoring.headline import headline_criteria
from scoring.model import Bid, Criterion, Evaluation, Evaluator
from scoring.result import BidResult, Result
from scoring.workbook.cells import a1, on, span
from scoring.workbook.extras import Extras
from scoring.workbook.rounding import guard_places, largest
from scoring.workbook.words import words

HEAD = 4  # rows above the first criterion, the first bid, the first mark
MATRIX_FIXED = 7  # columns before the bids
CODE, TITLE, TYPE, WEIGHT, MINIMUM, FROM, TO = range(MATRIX_FIXED)
SUMMARY_TOP = 4  # the Summary's first fact
SCORE_MARK, SCORE_WEIGHT, SCORE_NUMBER = 5, 7, 3


@dataclass(frozen=True)
class ScoreRow:
    """One mark: ``evaluator`` is None where it is the agreed one."""

    bid: int
    leaf: Criterion
    evaluator: Evaluator | None
    mark: Fraction | None


class Layout:
    """The evaluation, its result, and the place of each of its parts in the workbook."""

    def __init__(self, evaluation: Evaluation, result: Result, extras: Extras, language: str) -> None:
        self.evaluation, self.result, self.extras, self.language = evaluation, result, extras, language
        self.rules = evaluation.rules
        self.say = words(language)
        self.bids: tuple[BidResult, ...] = result.bids
        self.given: dict[str, Bid] = {bid.key: bid for bid in evaluation.bids}
        self.criteria = list(evaluation.walk())
        self.headline = headline_criteria(evaluation)
        self.row = {c.key: HEAD + 1 + i for i, c in enumerate(self.criteria)}
        self.depth = _depths(evaluation.criteria)
        self.scores = self._score_rows()
        self.spans = self._spans()
        self.values = self._value_keys()
        self._set_guards()

    # -- sizes

    @property
    def first_row(self) -> int:
        """The Matrix's first criterion."""
        return HEAD + 1

    @property
    def last_row(self) -> int:
        """The Matrix's last criterion."""
        return HEAD + len(self.criteria)

    @property
    def first_bid(self) -> int:
        """The first bid's row, on sheets with a row a bid."""
        return HEAD

    @property
    def last_bid(self) -> int:
        """The last bid's row, on sheets with a row a bid."""
        return HEAD + max(len(self.bids), 1) - 1

    @property
    def summary_row(self) -> int:
        """The Summary's first bid: below the title, the facts that there are, the method and the headings."""
        return SUMMARY_TOP + len(self.summary_facts) + 3

    @property
    def summary_facts(self) -> dict[str, str | Fraction | datetime]:
        """What is known of the consultation, by its label."""
        names = ("buyer", "reference", "version", "estimate", "recommendation", "made_at")
        return {name: value for name in names if (value := getattr(self.extras, name))}

    @property
    def estimate_row(self) -> int:
        """The Summary's row of the estimate."""
        return SUMMARY_TOP + list(self.summary_facts).index("estimate")

    @property
    def threshold_rows(self) -> tuple[int, int, int]:
        """The Summary's thresholds: near tie, under the mean of the others, under the next."""
        first = self.summary_row + max(len(self.bids), 1) + 2
        return first, first + 1, first + 2

    def mark_column(self, bid: int) -> int:
        """The Matrix column of a bid's marks and values; its points are in the next."""
        return MATRIX_FIXED + 2 * bid

    def points(self, bid: int, key: str, fix: str = "") -> str:
        """A bid's points on a criterion, as another sheet writes it."""
        return self.matrix(a1(self.row[key], self.mark_column(bid) + 1, fix))

    def matrix(self, reference: str) -> str:
        """A reference into the Matrix."""
        return on(self.say["matrix"], reference)

    def matrix_column(self, column: int) -> str:
        """A Matrix column over all criteria, from another sheet."""
        return self.matrix(span(self.first_row, column, self.last_row, column))

    def kind(self, criterion: Criterion) -> str:
        """The word in the Type column."""
        if criterion.children:
            return self.say["type_group" if criterion.only_marked else "type_mixed"]
        return self.say["type_marked" if criterion.scale is not None else "type_computed"]

    # -- marks

    @property
    def weighted(self) -> bool:
        """Whether some evaluator's marks weigh more than another's: then the Scores say so."""
        return any(evaluator.weight != 1 for evaluator in self.evaluation.evaluators)

    @property
    def score_points(self) -> int:
        """The Scores' column of what each mark is worth, under evaluator_first."""
        return SCORE_WEIGHT + self.weighted

    def _score_rows(self) -> list[ScoreRow]:
        rows = []
        leaves = [leaf for leaf in self.evaluation.leaves if leaf.scale is not None]
        for index, bid in enumerate(self.bids):
            given = self.evaluation.marks.get(bid.key, {})
            for leaf in leaves:
                marks = given.get(leaf.key)
                if isinstance(marks, Fraction):
                    rows.append(ScoreRow(index, leaf, None, marks))
                elif marks:
                    rows += [
                        ScoreRow(index, leaf, e, marks[e.key]) for e in self.evaluation.evaluators if e.key in marks
                    ]
        return rows

    def _spans(self) -> dict[tuple[int, str], tuple[int, int]]:
        """(bid, leaf) → first and last row of its marks on the Scores sheet."""
        found: dict[tuple[int, str], tuple[int, int]] = {}
        for row, score in enumerate(self.scores, start=HEAD):
            key = (score.bid, score.leaf.key)
            found[key] = (found.get(key, (row, row))[0], row)
        return found

    def score_range(self, first: int, last: int, column: int) -> str:
        """A part of a Scores column, from another sheet."""
        return on(self.say["scores"], span(first, column, last, column))

    # -- values

    def _value_keys(self) -> list[str]:
        computed = [leaf.value for leaf in self.evaluation.leaves if leaf.value is not None]
        ties = [rule.key for rule in self.rules.ties if rule.by in ("lowest", "highest")]
        price = [self.rules.price] if any(self.rules.price in bid.values for bid in self.given.values()) else []
        return list(dict.fromkeys([*price, *computed, *ties]))

    @property
    def price(self) -> str | None:
        """The value that is the price; None where no bid has one."""
        return self.rules.price if self.rules.price in self.values else None

    @property
    def uses_price(self) -> bool:
        """Whether the total is made with the price."""
        return self.rules.combination != "weighted_sum"

    # -- precision

    def _set_guards(self) -> None:
        """Decimals that points, totals and marks hold for certain."""
        results = [r for bid in self.bids for r in bid.criteria.values()]
        weights = self.result.points or Fraction(1)
        self.points_guard = guard_places(max(weights, largest(r.exact for r in results)))
        totals = largest((b.exact_total for b in self.bids), Fraction(1, 10**6))
        if self.rules.combination == "value_deduction" and self.price:
            totals = max(totals, largest(b.values.get(self.price) for b in self.given.values()))
        self.total_guard = guard_places(totals)
        if self.rules.combination in ("weighted_sum", "fixed_budget"):
            self.total_guard = min(self.total_guard, self.points_guard)
        scales = [leaf.scale for leaf in self.evaluation.leaves if leaf.scale is not None]
        self.mark_guard = guard_places(largest((m for s in scales for m in (s.minimum, s.maximum)), Fraction(1)))


def _depths(criteria: tuple[Criterion, ...], depth: int = 0) -> dict[str, int]:
    found: dict[str, int] = {}
    for criterion in criteria:
        found[criterion.key] = depth
        found |= _depths(criterion.children, depth + 1)
    return found
