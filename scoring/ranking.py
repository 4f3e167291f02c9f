"""Ranking an evaluation: the one path by which page, command line and workbook come to their figures."""

from fractions import Fraction

from scoring import words
from scoring.array_grid import ArrayGrid
from scoring.collection import no_collection
from scoring.combining import Combiner, Total
from scoring.faults import EvaluationFileError
from scoring.grid import Grid
from scoring.mark_table import MarkTable
from scoring.model import Bid, Evaluation
from scoring.numbers import rounded
from scoring.panel import PanelMark, PanelMarks
from scoring.requirements import check_values
from scoring.result import BidResult, Reason, Result, Warning
from scoring.ties import Contender, ranks, shared


def rank(evaluation: Evaluation, language: str = "en") -> Result:
    """The ranking of an evaluation; reasons and warnings in ``language`` (en or fr).

    Raises EvaluationFileError where a value that a formula, the combination or a tie rule needs is
    missing or cannot be used, naming the bid.
    """
    if not isinstance(evaluation.marks, MarkTable):
        return _Ranking(evaluation, language).result()
    with no_collection():
        return _Ranking(evaluation, language).result()


def grid_of(evaluation: Evaluation, panel: PanelMarks) -> Grid | ArrayGrid:
    """The points: all bids at once where the marks are in arrays, else one by one. Both are exact, and agree."""
    marks = evaluation.marks
    if isinstance(marks, MarkTable) and ArrayGrid.fits(evaluation, marks):
        return ArrayGrid(evaluation, marks)
    return Grid(evaluation, panel)


class _Ranking:
    def __init__(self, evaluation: Evaluation, language: str) -> None:
        self.evaluation = evaluation
        self.say = words.phrases(language)
        self.rules = evaluation.rules
        self.panel = PanelMarks(evaluation)
        self.grid = grid_of(evaluation, self.panel)
        minimums = [criterion for criterion in evaluation.walk() if criterion.minimum is not None]
        self.minimums = {kind: [c for c in minimums if c.only_marked is not kind] for kind in (True, False)}
        self.names = {evaluator.key: evaluator.name for evaluator in evaluation.evaluators}
        self.left: dict[str, tuple[str, tuple[Reason, ...]]] = {}

    def result(self) -> Result:
        bids = self.evaluation.bids
        for bid in bids:
            self._judge(bid)
        admitted = [bid for bid in bids if bid.key not in self.left]
        faults = check_values(self.evaluation, admitted)
        if faults:
            raise EvaluationFileError(faults)
        admitted = self._within_budget(admitted)
        self.grid.compute(admitted)
        for bid in admitted if self.minimums[True] else ():
            self._leave(bid, self._below(bid, computed=True))
        return self._ranked([bid for bid in admitted if bid.key not in self.left])

    def _judge(self, bid: Bid) -> None:
        """Steps 1 to 3: status, gates, minimums on what is only marked."""
        if bid.status != "admitted":
            self.left[bid.key] = (bid.status, (Reason(bid.status, text=bid.reason),))
            return
        if not self.evaluation.gates and not self.minimums[False]:
            return
        failed = [g for g in self.evaluation.gates if bid.gates.get(g.key) is False]
        self._leave(bid, [Reason("gate", gate=g.key, text=self.say.gate_failed(g.title)) for g in failed])
        if bid.key not in self.left:
            self._leave(bid, self._below(bid, computed=False))

    def _leave(self, bid: Bid, reasons: list[Reason]) -> None:
        if reasons:
            self.left[bid.key] = ("excluded", tuple(reasons))

    def _below(self, bid: Bid, *, computed: bool) -> list[Reason]:
        """The minimums the bid is below; what cannot be worked out is not held against it."""
        reasons = []
        for criterion in self.minimums[computed]:
            points, minimum = self.grid.points(bid.key, criterion.key), criterion.minimum
            if points is not None and minimum is not None and points < minimum:
                text = self.say.below_minimum(criterion.title, points, minimum)
                reasons.append(Reason("minimum", criterion=criterion.key, text=text))
        return reasons

    def _within_budget(self, admitted: list[Bid]) -> list[Bid]:
        """Step 4."""
        budget = self.rules.budget
        if self.rules.combination == "fixed_budget" and budget is not None:
            for bid in admitted:
                price = bid.values[self.rules.price] or Fraction(0)
                if price > budget:
                    self._leave(bid, [Reason("over_budget", text=self.say.over_budget(price, budget))])
        return [bid for bid in admitted if bid.key not in self.left]

    def _incomplete(self, bid: Bid) -> tuple[Reason, ...]:
        open_gates = [g for g in self.evaluation.gates if bid.gates.get(g.key) is None]
        reasons = [Reason("gate_missing", gate=g.key, text=self.say.gate_missing(g.title)) for g in open_gates]
        for leaf, mark in self.grid.blocking(bid.key):
            code = "too_few_marks" if mark.too_few else "marks_missing"
            reasons.append(Reason(code, criterion=leaf.key, text=self._missing_text(leaf.title, mark)))
        return tuple(reasons)

    def _missing_text(self, title: str, mark: PanelMark) -> str:
        if mark.too_few:
            return self.say.too_few(title, mark.present, self.rules.panel.drop)
        return self.say.marks_missing(title, [self.names[e] for e in mark.missing])

    def _ranked(self, standing: list[Bid]) -> Result:
        incomplete = {bid.key: reasons for bid in standing if (reasons := self._incomplete(bid))}
        combiner = Combiner(self.evaluation, self.grid, self.panel)
        totals, faults = combiner.totals([bid for bid in standing if bid.key not in incomplete])
        if faults:
            raise EvaluationFileError(faults)
        stage = self.rules.rounding
        contenders = [
            Contender(bid, rounded(totals[bid.key].total, stage.mode, stage.total))
            for bid in standing
            if bid.key in totals
        ]
        ranked = ranks(self.evaluation, self.grid, contenders, lowest_first=combiner.lowest_first)
        done = [self._placed(place, contender, totals[contender.bid.key]) for place, contender in ranked]
        rest = [self._unranked(bid, incomplete) for bid in self.evaluation.bids if bid.key not in totals]
        warnings = self._warnings([contender.bid for _, contender in ranked])
        return Result(self.evaluation.points, (*done, *rest), shared(ranked), warnings)

    def _placed(self, place: int, contender: Contender, total: Total) -> BidResult:
        return BidResult(
            contender.bid.key,
            contender.bid.name,
            "ranked",
            self.grid.of(contender.bid.key),
            rank=place,
            total=contender.total,
            exact_total=total.total,
            quality=total.quality,
            exact_quality=total.exact_quality,
            price=total.price,
        )

    def _unranked(self, bid: Bid, incomplete: dict[str, tuple[Reason, ...]]) -> BidResult:
        status, reasons = self.left.get(bid.key) or ("incomplete", incomplete[bid.key])
        return BidResult(bid.key, bid.name, status, self.grid.of(bid.key), reasons=reasons)

    def _warnings(self, ranked: list[Bid]) -> tuple[Warning, ...]:
        found = []
        for bid in ranked:
            for leaf, mark in self.grid.gaps(bid.key):
                text = self.say.missing_marks(bid.key, leaf.key, mark.present, mark.asked)
                found.append(Warning("missing_marks", text, bid=bid.key, criterion=leaf.key))
        return tuple(found)
