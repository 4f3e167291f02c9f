"""Each check on a small table with one fault in it; and the same table without."""

from typing import Any

import pytest

from scoring.intake.audit import Report, audit
from tests.scoring.intake.books import Cells, audited, book, calculated, effects, one, values, where

ROWS = range(2, 7)
GOOD: Cells = {
    "A1": "Criterion", "B1": "Weight", "C1": "Alfa", "E1": "Beta", "G1": "Gamma",
    **{f"A{row}": f"Criterion {row}" for row in ROWS},
    **{f"B{row}": weight for row, weight in zip(ROWS, (10, 20, 30, 25, 15), strict=True)},
    **{f"C{row}": mark for row, mark in zip(ROWS, (3, 4, 5, 2, 1), strict=True)},
    **{f"E{row}": mark for row, mark in zip(ROWS, (4, 3, 2, 5, 4), strict=True)},
    **{f"G{row}": mark for row, mark in zip(ROWS, (1, 1, 3, 2, 5), strict=True)},
    **{f"{to}{row}": f"=$B{row}*{mark}{row}" for row in ROWS for mark, to in ("CD", "EF", "GH")},
    "A7": "Total", "B7": "=SUM(B2:B6)", **{f"{c}7": f"=SUM({c}2:{c}6)" for c in "DFH"},
    "A8": "Rank", **{f"{c}8": f"=1+(D7>{c}7)+(F7>{c}7)+(H7>{c}7)" for c in "DFH"},
}  # fmt: skip
MAP = """
format: workbook-map/1
sheets: Sheet
criteria: {names: A2:A6, weights: B2:B6, weights_add_to: 100}
scale: {min: 0, max: 5, step: 1}
options: {count: 3, step: 2 columns, name: C1, marks: C2:C6, weighted: D2:D6, total: D7, rank: D8}
total_formula: sum
"""


def grave(report: Report) -> set[tuple[str, str, str]]:
    return {(f.level, f.code, f.place.a1) for f in report.findings if f.level in ("error", "warning")}


@pytest.mark.parametrize("mapped", ["", MAP])
def test_a_table_without_fault_is_clean(mapped: str) -> None:
    report = audited(GOOD, mapped)

    assert (grave(report), report.clean) == (set(), True)


@pytest.mark.parametrize("mapped", ["", MAP])
@pytest.mark.parametrize(
    ("change", "code", "cell", "shown", "right"),
    [
        ({"F4": "=$B4*E5"}, "pattern_break", "F4", "150", "60"),
        ({"F4": "=$B4*E4+1"}, "pattern_break", "F4", "61", "60"),
        ({"H6": "=$B6*G5"}, "pattern_break", "H6", "30", "75"),
        ({"F7": "=SUM(F2:F4)"}, "pattern_break", "F7", "160", "345"),
        ({"F4": 99}, "constant_among_formulas", "F4", "99", "60"),
        ({"F7": 300}, "constant_among_formulas", "F7", "300", "345"),
        ({"H7": 300}, "constant_among_formulas", "H7", "300", "245"),
        ({"F3": "60"}, "text_in_range", "F7", "285", "345"),
        ({"B4": 29}, "weights_sum", "B7", "99", "100"),
        ({"E4": None}, "blank_counted_as_zero", "F4", "0", "None"),
        ({f"E{row}": None for row in ROWS}, "unmarked_as_zero", "F7", "0", "None"),
        (
            {f"D{row}": f"=PRODUCT(B{row},C{row})" for row in ROWS} | {"C3": None},
            "product_skips_blank",
            "D3",
            "20",
            "None",
        ),
    ],
)
def test_a_fault_is_an_error_in_its_cell(
    change: dict[str, Any], code: str, cell: str, shown: str, right: str, mapped: str
) -> None:
    report = audited({**GOOD, **change}, mapped)

    found = [f for f in report.findings if (f.code, f.place.a1) == (code, cell)]

    assert [(f.level, *values(f)) for f in found] == [("error", shown, right)]


def test_weights_far_from_100_are_an_error_only_where_the_map_says_so() -> None:
    cells = {**GOOD, "B4": 5}

    assert where(audited(cells), "weights_sum") == []
    assert where(audited(cells, MAP), "weights_sum", "error") == ["B7"]


def test_plain_weights_need_add_up_to_nothing() -> None:
    report = audited(
        {**GOOD, **dict.fromkeys(["B2", "B3", "B4", "B5", "B6"], 3)}, MAP.replace(", weights_add_to: 100", "")
    )

    assert report.clean


def test_the_first_place_that_changes_is_told() -> None:
    found = one(audited({**GOOD, "D4": "=$B4*C6"}), "pattern_break")

    assert effects(found, "rank") == {"Alfa": ("3", "2"), "Gamma": ("2", "3")}


def test_errors_that_cancel_in_the_total_are_found() -> None:
    cells = {**GOOD, "B3": 30, "B4": 20, "D3": "=$B4*C4", "D4": "=$B3*C3"}

    report = audited(cells)

    assert where(report, "pattern_break") == ["D3", "D4"]
    assert report.mended == ()


def test_a_formula_that_differs_but_reads_the_same_cells_is_in_step() -> None:
    report = audited({**GOOD, "D4": "=B4*C4", "F5": "=$B$5*$E$5"})

    assert grave(report) == set()


def test_subtotals_among_products_are_no_break() -> None:
    cells = {f"B{r}": 2 for r in range(2, 10)} | {f"C{r}": 3 for r in range(2, 10)}
    cells |= {f"D{r}": f"=B{r}*C{r}" for r in range(2, 10)} | {"D5": "=SUM(D2:D4)", "D10": "=SUM(D6:D9)"}

    assert grave(audited(cells)) == set()


def test_another_table_below_keeps_its_own_pattern() -> None:
    second = {f"B{r}": 2 for r in range(12, 16)} | {f"C{r}": 3 for r in range(12, 16)}
    second |= {f"D{r}": f"=B{r}*(C{r}-1)" for r in range(12, 16)}

    assert grave(audited({**GOOD, **second})) == set()


def test_a_formula_on_one_of_several_like_sheets_is_found() -> None:
    other = {**GOOD, "H8": "=1+(D7<H7)+(F7<H7)+(H7<H7)"}

    report = audited(GOOD, Ben=GOOD, Cleo=other, Dan=GOOD)

    assert where(report, "sheet_break", "error") == ["Cleo!H8"]


def test_a_number_typed_over_a_formula_on_one_of_several_like_sheets_is_found() -> None:
    report = audited(GOOD, Ben={**GOOD, "H8": 2}, Cleo=GOOD)

    assert where(report, "constant_among_formulas", "error") == ["Ben!H8"]


def test_a_stored_value_its_formula_does_not_give() -> None:
    report = audit(calculated({"A3": ("=A1+A2", 4), "A4": ("=A3*2", 8), "A5": ("=A1/3", 1 / 3)}, {"A1": 1, "A2": 2}))

    assert [(str(f.place), *values(f)) for f in report.findings if f.level == "error"] == [("Sheet!A3", "4", "3")]


def test_a_tie_parted_by_the_last_binary_digit() -> None:
    sums = {"C1": ("=0.1+0.2", 0.30000000000000004), "C2": ("=0.3", 0.3)}
    report = audit(calculated({**sums, "D1": ("=RANK(C1,C$1:C$2)", 1), "D2": ("=RANK(C2,C$1:C$2)", 2)}, {}))

    assert where(report, "float_parts_a_tie", "error") == ["D2"]


def test_a_function_beyond_is_told_and_its_stored_value_used() -> None:
    report = audit(calculated({"A2": ("=STDEV(A1:B1)", 0.5), "A3": ("=A2*2", 1)}, {"A1": 1, "B1": 2}))

    found = one(report, "not_checked")

    assert (found.facts["function"], found.level, report.unchecked, report.clean) == ("STDEV", "info", 1, True)


def test_a_book_that_was_never_calculated_is_told() -> None:
    assert one(audited(GOOD), "never_calculated").facts["count"] == 22


def test_text_that_minimum_and_maximum_pass_by_is_found_also_where_nothing_changes() -> None:
    report = audited({"A1": 1, "A2": "2", "A3": 3, "A4": "=MAX(A1:A3)"})

    assert where(report, "text_in_range", "warning") == ["A4"]


def test_a_range_that_leaves_the_last_number_out() -> None:
    report = audited({"A1": 5, "A2": 6, "A3": 7, "A5": "=SUM(A1:A2)"})

    assert [values(one(report, "range_short"))] == [("11", "18")]


def test_a_range_that_leaves_out_what_another_counts_is_meant() -> None:
    report = audited({"A1": 5, "A2": 6, "A3": 7, "A4": 8, "A6": "=SUM(A1:A2)", "A7": "=SUM(A3:A4)"})

    assert where(report, "range_short") == []


@pytest.mark.parametrize("blanks", [4, 5])
def test_a_range_much_longer_than_its_data(blanks: int) -> None:
    report = audited({"A1": 5, "A2": 6, "B1": f"=AVERAGE(A1:A{2 + blanks})"})

    assert where(report, "range_long", "info") == (["B1"] if blanks == 5 else [])


def test_a_link_to_a_blank_that_an_average_counts() -> None:
    report = audited({"A1": "=Marks!A1", "A2": "=Marks!A2", "A3": "=AVERAGE(A1:A2)"}, Marks={"A1": 4, "B2": "n/a"})

    found = one(report, "link_to_blank")

    assert (found.place.a1, found.level, found.facts["changed"]) == ("A2", "error", "Sheet!A3")


def test_a_zero_beside_blanks_is_a_question() -> None:
    report = audited({"A1": 5, "A2": 0, "A4": 4, "A6": "=AVERAGE(A1:A5)"})

    found = one(report, "zero_or_blank")

    assert (found.level, *values(found), report.clean) == ("question", "3", "4.5", True)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (3.3333333, "10/3"),
        (0.6667, "2/3"),
        (16.6666, "50/3"),
        (0.3333333333333333, None),
        (0.25, None),
        (2.68, None),
        (1.2345, None),
    ],
)
def test_a_fraction_typed_as_a_decimal(typed: float, meant: str | None) -> None:
    report = audited({"A1": typed, "A2": "=A1*3"})

    found = [f.facts["fraction"] for f in report.findings if f.code == "typed_fraction"]

    assert found == ([meant] if meant else [])


TIED = {**GOOD, **{f"E{row}": GOOD[f"C{row}"] for row in ROWS}}


def test_an_exact_tie_without_ranks_is_a_warning() -> None:
    report = audited({cell: value for cell, value in TIED.items() if not cell.endswith("8")})

    found = one(report, "tie_unmarked")

    assert (found.place.a1, found.level, found.facts["names"], found.facts["place"]) == (
        "D7",
        "warning",
        ["Alfa", "Beta"],
        1,
    )


def test_a_tie_whose_ranks_are_shared_is_no_finding() -> None:
    assert grave(audited(TIED, MAP)) == set()


def test_a_tie_whose_ranks_differ_is_an_error() -> None:
    report = audited({**TIED, "F8": "=2+(H7>F7)"})

    assert where(report, "tie_parted", "error") == ["D8"]


def test_totals_that_look_equal_at_one_decimal() -> None:
    cells = {"A1": "x", "B1": 1, "C1": 5.515, "D1": "=$B1*C1", "B2": 0, "C2": 1, "D2": "=$B2*C2", "D3": "=SUM(D1:D2)"}
    cells |= {"E1": 5.51, "F1": "=$B1*E1", "E2": 1, "F2": "=$B2*E2", "F3": "=SUM(F1:F2)"}

    found = one(audited(cells), "looks_equal")

    assert (found.level, found.facts["place"], values(found)[0]) == ("info", 1, "5.515")


def test_a_half_that_is_stored_below_itself() -> None:
    products = {f"C{r}": (f"=A{r}*B{r}", value) for r, value in ((1, 3.2), (2, 3.255), (3, 1), (4, 0.005))}
    totals = {"C5": ("=SUM(C1:C2)", 6.454999999999999), "D5": ("=SUM(D1:D2)", 1.005)}
    others = {"D1": ("=A1*A3", 1), "D2": ("=A1*A4", 0.005)}
    typed = {"A1": 1, "B1": 3.2, "A2": 1, "B2": 3.255, "A3": 1, "B3": 1, "A4": 0.005, "B4": 1}

    found = one(audit(calculated({**products, **others, **totals}, typed)), "half_stored_below")

    assert [str(found.facts[key]) for key in ("places", "by_hand", "stored")] == ["2", "323/50", "129/20"]


def with_ranks(*formulas: str) -> Cells:
    return {**GOOD, **dict(zip(("D8", "F8", "H8"), formulas, strict=True))}


def test_ranks_made_in_different_ways() -> None:
    ranks = [f"=RANK({c}7,$D$7:$H$7)" for c in "DF"] + ["=_xlfn.RANK.AVG(H7,$D$7:$H$7)"]

    assert where(audited(with_ranks(*ranks)), "ranks_mixed", "warning") == ["H8"]


def test_a_rank_whose_range_moved_along() -> None:
    report = audited(with_ranks("=RANK(D7,D7:H7)", "=RANK(F7,F7:J7)", "=RANK(H7,H7:L7)"))

    assert [(f.place.a1, f.level, *values(f)) for f in report.findings if f.code == "rank_range"] == [
        ("H8", "error", "1", "3"),
        ("F8", "warning", "1", "1"),
    ]


@pytest.mark.parametrize(
    ("words", "asked"),
    [("cheap-expensive", True), ("easy – difficult", True), ("bad-good", False)],
)
def test_a_scale_in_words_against_the_sign_is_a_question(words: str, asked: bool) -> None:
    cells = {"A1": "Idea", "B1": "Price", "C1": "Fun", "A9": "Weight", "B9": 2, "C9": 3, "B8": words}
    cells |= {f"{c}{r}": r for c in "BC" for r in (2, 3)} | {f"A{r}": f"Idea {r}" for r in (2, 3)}
    cells |= {f"D{r}": f"=B{r}*$B$9+C{r}*$C$9" for r in (2, 3)}

    report = audited(cells)

    assert (where(report, "direction", "question"), report.clean) == (["B8"] if asked else [], True)


def test_a_sign_that_fits_the_words_is_no_question() -> None:
    cells = {
        "A2": "One",
        "A3": "Two",
        "B1": "Price",
        "B2": 4,
        "B3": 2,
        "C2": 5,
        "C3": 3,
        "B9": 2,
        "C9": 3,
        "B8": "cheap-expensive",
    }

    report = audited({**cells, **{f"D{r}": f"=-B{r}*$B$9+C{r}*$C$9" for r in (2, 3)}})

    assert where(report, "direction") == []


@pytest.mark.parametrize(
    ("change", "code", "cell"),
    [
        ({"C2": 6}, "mark_off_scale", "C2"),
        ({"C2": 2.5}, "mark_off_scale", "C2"),
        ({"C2": "n/a"}, "unreadable_number", "C2"),
        ({"B3": None}, "no_weight", "B3"),
        ({"B7": "=SUM(B2:B5)"}, "weight_not_summed", "B7"),
        ({"D7": "=D2+D3+D4+D5", "D6": "=$B6*C6"}, "mark_not_counted", "C6"),
        ({"D8": "=1+(F7<D7)"}, "rank_differs", "D8"),
    ],
)
def test_a_map_makes_more_findable(change: dict[str, Any], code: str, cell: str) -> None:
    report = audited({**GOOD, **change}, MAP)

    assert cell in where(report, code, "error")


def test_roundings_on_the_way_are_noted_and_no_error() -> None:
    mapped = MAP.replace("total_formula: sum", "total_formula: sum / 7").replace(", weighted: D2:D6", "")
    cells = {**GOOD, **{f"{c}{row}": f"=ROUND($B{row}*{m}{row}/7,1)" for row in ROWS for m, c in ("CD", "EF", "GH")}}

    report = audited(cells, mapped)

    assert (where(report, "rounded_on_the_way", "info"), report.clean) == (["D7", "F7"], True)


def test_an_error_value_in_a_table_is_a_warning_in_an_empty_form_a_note() -> None:
    filled = audited({**GOOD, "D4": "=$B4*C4/(B2-10)"})
    form = audited({"A1": "words", "B2": "=A1*2", "B3": "=B2+1"})

    assert (where(filled, "error_values", "warning"), where(form, "errors_in_form", "info")) == (["D4"], ["B2"])


def test_the_same_book_is_not_changed_by_its_audit() -> None:
    given = book({**GOOD, "F4": 99})

    first, second = audit(given), audit(given)

    assert first == second


def test_two_scales_against_the_sign_are_also_asked_together() -> None:
    """As in a course's list of ideas: with price as a cost the first stays first, with price and size it does not."""
    cells = {
        "A1": "Idea",
        "B1": "Price",
        "C1": "Size",
        "D1": "Fun",
        "B7": "Cheap-Expensive",
        "C7": "Small-Large",
        "D7": "Not-Very",
    }
    cells |= {
        "A2": "Box",
        "B2": 3,
        "C2": 4,
        "D2": 7,
        "A3": "Sensor",
        "B3": 3,
        "C3": 1,
        "D3": 6,
        "B8": 2,
        "C8": 2,
        "D8": 5,
    }
    cells |= {f"E{r}": f"=B{r}*$B$8+C{r}*$C$8+D{r}*$D$8" for r in (2, 3)}

    report = audited(cells)

    alone = [effects(f, "rank") for f in report.findings if f.code == "direction" and f.place.a1 == "B7"]
    together = one(report, "directions_together")
    assert alone == [{}]
    assert effects(together, "total") == {"Box": ("49", "21"), "Sensor": ("38", "22")}
    assert effects(together, "rank") == {"Box": ("1", "2"), "Sensor": ("2", "1")}
