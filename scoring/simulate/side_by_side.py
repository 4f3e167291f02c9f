"""The ranking of test bids under each price formula, side by side."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from scoring import sentences_simulate
from scoring.model import Criterion, Evaluation, Formula
from scoring.result import Result
from scoring.robustness.alter import mapped
from scoring.robustness.common import Named, Names, documents, firsts, ranked_again, text
from scoring.sentences_common import both

ZERO = Fraction(0)


@dataclass(frozen=True)
class FormulaBid:
    """One bid under one formula; None where it is not ranked."""

    bid: Named
    rank: int | None
    total: Fraction | None
    points: Fraction | None

    def to_document(self) -> dict[str, Any]:
        """For --json."""
        return {
            "bid": self.bid.to_document(),
            "rank": self.rank,
            "total": text(self.total),
            "points": text(self.points),
        }


@dataclass(frozen=True)
class FormulaRanking:
    """The test bids with one criterion's formula replaced; ``declared`` is the one of the rules.

    ``parameter``: the reference or exponent that was put in, "" where the formula needs none.
    ``usable``: False where the formula cannot take a value of the bids.
    """

    criterion: Named
    formula: str
    parameter: str
    declared: bool
    bids: tuple[FormulaBid, ...] = ()
    winners: tuple[Named, ...] = ()
    usable: bool = True

    def sentence(self, language: str) -> str:
        """In words."""
        return sentences_simulate.formula_ranking(self, language)

    def to_document(self) -> dict[str, Any]:
        """For --json."""
        return {
            "criterion": self.criterion.to_document(),
            "formula": self.formula,
            "parameter": self.parameter,
            "declared": self.declared,
            "bids": documents(self.bids),
            "winners": documents(self.winners),
            "usable": self.usable,
            "sentence": both(self.sentence),
        }


def side_by_side(evaluation: Evaluation, leaf: Criterion) -> Iterator[FormulaRanking]:
    """The declared formula, then each other one that can stand in its place; none where the formula does not count."""
    if not evaluation.bids or evaluation.rules.combination != "weighted_sum":
        return
    for formula, parameter, declared in _formulas(evaluation, leaf):
        found = ranked_again(_with(evaluation, leaf, formula))
        named = Named(leaf.key, leaf.title)
        if found is None:
            yield FormulaRanking(named, formula.name, parameter, declared, usable=False)
        else:
            names = Names(evaluation)
            bids = tuple(_bid(names, found, bid.key, leaf.key) for bid in evaluation.bids)
            yield FormulaRanking(named, formula.name, parameter, declared, bids, names.bids(firsts(found)))


def _bid(names: Names, result: Result, key: str, leaf: str) -> FormulaBid:
    found = result.bid(key)
    return FormulaBid(names.bid(key), found.rank, found.total, found.criteria[leaf].points)


def _with(evaluation: Evaluation, leaf: Criterion, formula: Formula) -> Evaluation:
    def change(one: Criterion) -> Criterion:
        return replace(one, formula=formula) if one.key == leaf.key else one

    return replace(evaluation, criteria=mapped(evaluation.criteria, change))


def _formulas(evaluation: Evaluation, leaf: Criterion) -> Iterator[tuple[Formula, str, bool]]:
    """(formula, its parameter in words, whether it is the declared one)."""
    declared = leaf.formula or Formula("lowest_ratio")
    yield declared, "", True
    reference = _reference(evaluation, leaf)
    shown = f"R = {text(reference)}"
    others = [(Formula("lowest_ratio"), ""), (Formula("linear_range"), "")]
    if leaf.better == "low":
        others += [(Formula("linear_from_lowest"), "k = 1"), (Formula("average_ratio"), ""), (Formula("n_formula"), "")]
        if reference > 0:
            others += [
                (Formula("linear_to_reference", reference=reference), shown),
                (Formula("reference_ratio", reference=reference), shown),
                (Formula("discount_power", reference=reference, exponent=2), f"{shown}, e = 2"),
            ]
    yield from ((formula, parameter, False) for formula, parameter in others if formula != declared)


def _reference(evaluation: Evaluation, leaf: Criterion) -> Fraction:
    """The declared reference; else the highest value of the admitted bids."""
    if leaf.formula and leaf.formula.reference:
        return leaf.formula.reference
    found = [bid.values.get(leaf.value or "") for bid in evaluation.bids if bid.status == "admitted"]
    return max((value for value in found if value is not None), default=ZERO)
