"""Q and the total as formulas (docs/evaluation-file.md, Rules)."""

from scoring.workbook.cells import call, column_cells
from scoring.workbook.layout import TYPE, WEIGHT, Layout
from scoring.workbook.own import OwnPoints
from scoring.workbook.rounding import rounded
from scoring.workbook.steps import Steps


def _sum_of_kind(layout: Layout, kind: str, column: int) -> str:
    """A Matrix column summed over the marked, or over the computed, leaves."""
    return f'SUMIF({layout.matrix_column(TYPE)},"{layout.say[kind]}",{layout.matrix_column(column)})'


def quality(layout: Layout, steps: Steps, own: OwnPoints, bid: int) -> str:
    """Q, the points of the marked leaves, in the panel's declared order."""
    order, stage = layout.rules.panel.order, layout.rules.rounding
    if order == "pooled" and own.counted:
        low, high = own.scale_ends()
        weight = _sum_of_kind(layout, "type_marked", WEIGHT)
        return f"{weight}*({steps.here('pooled_mean', bid)}-{low})/({high}-{low})"
    if order == "evaluator_first" and (mean := own.mean(bid)):
        return rounded(mean, stage.mode, stage.panel, layout.points_guard)
    return _sum_of_kind(layout, "type_marked", layout.mark_column(bid) + 1)


def exact_total(layout: Layout, steps: Steps, bid: int) -> str:
    """The total of a ranked bid, before rounding."""
    column = layout.mark_column(bid) + 1
    combination = layout.rules.combination
    if combination == "weighted_sum" and layout.rules.panel.order == "criterion_first":
        tops = column_cells([layout.row[c.key] for c in layout.evaluation.criteria], column)
        return call("SUM", [layout.matrix(cell) for cell in tops])
    q = steps.here("quality", bid) if "quality" in steps else ""
    p = steps.here("price", bid) if "price" in steps else ""
    if combination == "weighted_sum":
        return f"{q}+{_sum_of_kind(layout, 'type_computed', column)}"
    added = _sum_of_kind(layout, "type_marked", WEIGHT)
    return {
        "quality_per_price": f"{q}/{p}",
        "price_per_quality": f"{p}/{q}",
        "value_deduction": f"{p}-{q}",
        "reduced_price": f"{p}/(1+{q}/(1-{added}))",
        "least_cost": p,
        "fixed_budget": q,
    }[combination]
