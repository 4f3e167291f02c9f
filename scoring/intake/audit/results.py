"""What totals, figures made from them and ranks must be: worked out from weights and marks alone."""

from fractions import Fraction

from scoring.evaluation_file import from_document
from scoring.intake.audit.workings import Workings, ranks
from scoring.intake.faults import MapError
from scoring.intake.formulas.reading import Unreadable, read
from scoring.intake.formulas.tree import Binary, Call, Name, Number, Tree, Unary
from scoring.intake.importing.document import document_of
from scoring.intake.importing.merging import merged
from scoring.intake.mapping.model import Map
from scoring.intake.places import Place
from scoring.intake.tables import OptionAt, Table
from scoring.ranking import rank


def right_results(workings: Workings) -> dict[Place, Fraction]:
    """The right value of every result cell that the map names; those of options not fully marked are left out."""
    found: dict[Place, Fraction] = {}
    for table in workings.tables:
        if workings.mapped is not None:
            found |= _of_table(workings, workings.mapped, table)
    return found


def _of_table(workings: Workings, mapped: Map, table: Table) -> dict[Place, Fraction]:
    totals = right_totals(workings, mapped, table)
    found: dict[Place, Fraction] = {}
    for option, total in zip(table.options, totals, strict=True):
        if total is None:
            continue
        if option.results.total is not None and mapped.total_formula:
            found[option.results.total] = total
        if option.results.normalised is not None and mapped.normalised_formula:
            names = {"total": total, "weights": table.weights}
            if (value := evaluated(workings, mapped.normalised_formula, names)) is not None:
                found[option.results.normalised] = value
    for option, place in zip(table.options, ranks(totals, mapped.lowest_first), strict=True):
        if option.results.rank is not None and place is not None:
            found[option.results.rank] = Fraction(place)
    return found


def right_totals(workings: Workings, mapped: Map, table: Table) -> list[Fraction | None]:
    """Each option's total as the map's ``total_formula`` says (points where it says nothing); None if not fully marked."""
    formula = mapped.total_formula or "points"
    points = _points(mapped, table) if "points" in formula else {}
    found: list[Fraction | None] = []
    for option in table.options:
        names = {"weights": table.weights, "sum": _sum(table, option), "points": points.get(option.key)}
        found.append(evaluated(workings, formula, names) if option.complete else None)
    return found


def _sum(table: Table, option: OptionAt) -> Fraction | None:
    """Weights times marks, taken off where the lower is better; None where there is a panel or a weight is missing."""
    total = Fraction(0)
    for number, marks in option.marks.items():
        criterion = table.criteria[number]
        if len(marks) > 1 or criterion.weight is None:
            return None
        for mark in marks:
            total += (mark.value or 0) * criterion.weight * (-1 if criterion.low else 1)
    return total


def _points(mapped: Map, table: Table) -> dict[str, Fraction | None]:
    """The totals of the evaluation file this table becomes."""
    try:
        result = rank(from_document(document_of(merged([table]) if table.evaluator else table, mapped)))
    except MapError:
        return {}
    return {bid.key: bid.total for bid in result.bids}


def evaluated(workings: Workings, formula: str, names: dict[str, Fraction | None]) -> Fraction | None:
    """A formula of the map with its names put in; None where one is missing or it cannot be worked out."""
    try:
        tree = _filled(read(formula), names)
    except (Unreadable, KeyError):
        return None
    value = workings.calculation.worked_out(Place("", 1, 1), tree)
    return value if isinstance(value, Fraction) else None


def _filled(tree: Tree, names: dict[str, Fraction | None]) -> Tree:
    """The tree with numbers for its names. Raises KeyError for one that is not known or has no value."""
    if isinstance(tree, Name):
        value = names.get(tree.value)
        if value is None:
            raise KeyError(tree.value)
        return Number(value, tree.value)
    if isinstance(tree, Unary):
        return Unary(tree.operator, _filled(tree.operand, names))
    if isinstance(tree, Binary):
        return Binary(tree.operator, _filled(tree.left, names), _filled(tree.right, names))
    if isinstance(tree, Call):
        return Call(tree.name, tuple(_filled(argument, names) for argument in tree.arguments))
    return tree
