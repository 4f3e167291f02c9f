"""The published workbooks: every fault their README names is found in its cell, and what is right gives no error."""

from collections import Counter
from functools import cache

import pytest

from scoring.intake.audit import Report, audit
from tests.scoring.intake.books import effects, one, shipped, text, values

SETS = ["Szenario 1", "Szenario 2", "Szenario 3", "Szenario 4", "Szenario 5", "Szenario 0 - Referenz"]
SLIPPED = [f"{column}{row}" for row in (7, 12, 18) for column in "DFH"]


@cache
def report(name: str, *, with_map: bool = True) -> Report:
    book, mapped = shipped(name)
    return audit(book, mapped if with_map else None)


def cells(found: Report, code: str, sheet: str, level: str = "") -> dict[str, tuple[str, str]]:
    """Cell → what it shows and what is right, for one code on one sheet."""
    own = [f for f in found.findings if f.code == code and f.place.sheet == sheet and level in ("", f.level)]
    return {f.place.a1: values(f) for f in own}


def grave(found: Report) -> list[tuple[str, str]]:
    return [(f.code, str(f.place)) for f in found.findings if f.level in ("error", "warning")]


@pytest.mark.parametrize("with_map", [True, False])
@pytest.mark.parametrize("name", ["hci-scenarios", "hci-usability-raters"])
def test_what_is_right_gives_neither_error_nor_warning(name: str, with_map: bool) -> None:
    found = report(name, with_map=with_map)

    assert (grave(found), found.clean, found.unchecked) == ([], True, 0)


def test_an_empty_form_has_nothing_to_find() -> None:
    found = report("marche-score-template", with_map=False)

    assert (found.findings, found.formulas) == ((), 0)


def test_the_average_that_leaves_out_the_reference_set_is_noted() -> None:
    found = one(report("hci-scenarios"), "average_leaves_out")

    assert (str(found.place), found.level, found.facts["cell"]) == ("Szenarien!M2", "info", "L7")


@pytest.mark.parametrize("code", ["blank_through_link", "product_over_blank"])
def test_what_would_happen_to_a_blank_mark_is_noted_on_each_sheet(code: str) -> None:
    found = [f for f in report("hci-scenarios").findings if f.code == code]

    assert {f.place.sheet: (f.level, f.facts["count"]) for f in found} == dict.fromkeys(
        ["Vorlage", *SETS], ("info", 30)
    )


def test_marks_kept_as_text_are_counted() -> None:
    found = [f for f in report("hci-usability-raters", with_map=False).findings if f.code == "numbers_as_text"]

    assert sum(f.facts["count"] for f in found) == 368
    assert sum(f.facts["of"] for f in found) == 540


def test_the_mean_over_a_mostly_blank_range_is_noted() -> None:
    found = [f for f in report("hci-usability-raters").findings if f.code == "range_long"]

    assert {f.place.sheet: (f.place.a1, text(f.shown)) for f in found} == {
        "SUS VMware": ("Y46", "76.3888888889"),
        "SUS Nutanix": ("Y46", "65.4166666667"),
        "SUS Proxmox": ("Y46", "71.9444444444"),
    }


@pytest.mark.parametrize("with_map", [True, False])
@pytest.mark.parametrize("sheet", [*SETS, "Vorlage"])
def test_every_slipped_formula_is_found_also_where_its_value_is_right_by_luck(sheet: str, with_map: bool) -> None:
    found = cells(report("hci-subcriteria", with_map=with_map), "pattern_break", sheet)

    assert set(found) == set(SLIPPED)


@pytest.mark.parametrize("with_map", [True, False])
def test_the_wrong_values_of_slipped_formulas_are_told(with_map: bool) -> None:
    found = report("hci-subcriteria", with_map=with_map)

    wrong = {sheet: cells(found, "pattern_break", sheet, "error") for sheet in SETS}

    assert wrong == {
        "Szenario 1": {"F7": ("10", "15"), "H7": ("10", "15")},
        "Szenario 2": {"F12": ("45", "30")},
        "Szenario 3": {"D18": ("15", "5"), "F18": ("5", "15"), "H18": ("10", "5")},
        "Szenario 4": {},
        "Szenario 5": {"F12": ("45", "30")},
        "Szenario 0 - Referenz": {
            "F7": ("6.6666666", "9.9999999"),
            "H7": ("6.6666666", "9.9999999"),
            "F12": ("30", "20"),
            "D18": ("9.9999999", "3.3333333"),
            "F18": ("3.3333333", "9.9999999"),
            "H18": ("6.6666666", "3.3333333"),
        },
    }


def test_the_formula_that_belongs_there_is_told() -> None:
    found = [
        f
        for f in report("hci-subcriteria").findings
        if str(f.place) == "'Szenario 1'!F12" and f.code == "pattern_break"
    ]

    assert [(f.facts["formula"], f.facts["expected"]) for f in found] == [("=PRODUCT(B12,E16)", "=PRODUCT(B12,E12)")]


def test_pasted_results_are_found_with_the_right_value() -> None:
    found = report("hci-subcriteria")

    pasted = {sheet: cells(found, "typed_result", sheet) for sheet in SETS}

    assert pasted == {
        sheet: dict(zip(("D22", "F22", "H22"), zip(("77.5", "67.5", "35"), right, strict=True), strict=True))
        for sheet, right in {
            "Szenario 1": ("50", "51", "77.25"),
            "Szenario 2": ("70", "55", "46.25"),
            "Szenario 3": ("60", "60", "42.5"),
            "Szenario 4": ("77.5", "72.5", "52.5"),
            "Szenario 5": ("82.5", "59.5", "37"),
            "Szenario 0 - Referenz": ("74.99999945", "61.66666615", "44.9999996"),
        }.items()
    }


def test_pasted_results_are_found_without_a_map_too() -> None:
    found = report("hci-subcriteria", with_map=False)

    pasted = {sheet: list(cells(found, "typed_result", sheet, "error")) for sheet in [*SETS, "Vorlage"]}

    assert pasted == {sheet: ["D22", "F22", "H22"] for sheet in [*SETS, "Vorlage"]}


def test_wrong_totals_are_told() -> None:
    found = report("hci-subcriteria")

    wrong = {sheet: cells(found, "total_differs", sheet) for sheet in SETS}

    assert wrong == {
        "Szenario 1": {"F21": ("197", "202"), "H21": ("249.5", "254.5")},
        "Szenario 2": {"F21": ("225", "210")},
        "Szenario 3": {"D21": ("230", "220"), "F21": ("210", "220"), "H21": ("190", "185")},
        "Szenario 4": {},
        "Szenario 5": {"F21": ("234", "219")},
        # Two of the wrong cells in H cancel; only the check of each formula finds them.
        "Szenario 0 - Referenz": {"D21": ("256.6666655", "249.9999989"), "F21": ("223.3333324", "223.3333323")},
    }


def test_wrong_ranks_are_told_with_their_cause() -> None:
    found = [f for f in report("hci-subcriteria").findings if f.code == "rank_differs"]

    assert {str(f.place): (*values(f), f.facts["causes"]) for f in found} == {
        "'Szenario 1'!D23": ("2", "3", ["F7", "H7"]),
        "'Szenario 1'!F23": ("3", "2", ["F7", "H7"]),
        "'Szenario 3'!F23": ("2", "1", ["D18", "F18", "H18"]),
    }


def test_what_a_slip_does_to_totals_and_ranks_is_told() -> None:
    (found,) = [f for f in report("hci-subcriteria").findings if str(f.place) == "'Szenario 1'!F7"]

    assert effects(found, "total") == {"Nutanix": ("197", "202")}
    assert effects(found, "rank") == {"VMware/Broadcom": ("2", "3"), "Nutanix": ("3", "2")}


@pytest.mark.parametrize("with_map", [True, False])
def test_with_the_slips_put_right_totals_and_ranks_are_those_of_the_weights_and_marks(with_map: bool) -> None:
    found = report("hci-subcriteria", with_map=with_map).mended

    changed = {(e.place.sheet, e.place.a1): text(e.right) for e in found if e.kind in ("total", "rank")}

    assert changed == {
        ("Szenario 1", "F21"): "202",
        ("Szenario 1", "H21"): "254.5",
        ("Szenario 1", "D23"): "3",
        ("Szenario 1", "F23"): "2",
        ("Szenario 2", "F21"): "210",
        ("Szenario 3", "D21"): "220",
        ("Szenario 3", "F21"): "220",
        ("Szenario 3", "H21"): "185",
        ("Szenario 3", "F23"): "1",
        ("Szenario 5", "F21"): "219",
        ("Szenario 0 - Referenz", "D21"): "249.9999989",
        ("Szenario 0 - Referenz", "F21"): "223.3333323",
    }


def test_nothing_else_is_an_error_or_a_warning() -> None:
    found = grave(report("hci-subcriteria"))

    assert Counter(code for code, _ in found) == {
        "pattern_break": 9 * 7,
        "typed_result": 3 * 7,
        "total_differs": 9,
        "rank_differs": 3,
        "typed_fraction": 1,
        "weights_sum": 1,
    }


@pytest.mark.parametrize("with_map", [True, False])
def test_a_fraction_typed_as_a_decimal_is_told(with_map: bool) -> None:
    found = one(report("hci-subcriteria", with_map=with_map), "typed_fraction")

    assert (str(found.place), text(found.shown), found.facts["fraction"]) == ("Szenarien!E8", "3.3333333", "10/3")
    assert [place.a1 for place in found.about] == [f"{column}8" for column in "EFGHIJLMNOPQ"]


@pytest.mark.parametrize("with_map", [True, False])
def test_weights_that_hardly_miss_their_sum_are_a_warning(with_map: bool) -> None:
    found = one(report("hci-subcriteria", with_map=with_map), "weights_sum")

    assert (str(found.place), found.level, *values(found)) == ("Szenarien!T8", "warning", "99.9999996", "100")


@pytest.mark.parametrize("with_map", [True, False])
def test_weights_that_miss_100_are_found(with_map: bool) -> None:
    found = report("hci-spread-weights", with_map=with_map)

    missed = cells(found, "weights_sum", "Szenarien", "error")

    assert missed == {"L2": ("100.01", "100"), "L5": ("99.98", "100"), "L6": ("99.99", "100")}
    assert [code for code, _ in grave(found)] == ["weights_sum"] * 3


def test_what_the_missed_sum_does_to_the_published_figures_is_told() -> None:
    found = [f for f in report("hci-spread-weights").findings if f.code == "weights_sum"]

    figures = {
        f.place.a1: {name: (old, new[:9]) for name, (old, new) in effects(f, "normalised").items()} for f in found
    }

    assert figures == {
        "L2": {
            "VMware/Broadcom": ("36.175", "36.166383"),
            "Nutanix": ("58.045", "58.034196"),  # 58.034197 in the README, rounded
            "Proxmox mit Ceph": ("87.955", "87.941205"),  # 87.941206
        },
        "L5": {
            "VMware/Broadcom": ("65.32", "65.343068"),  # 65.343069
            "Nutanix": ("74.69", "74.714942"),  # 74.714943
            "Proxmox mit Ceph": ("35.205", "35.222044"),
        },
        "L6": {
            "VMware/Broadcom": ("82.09", "82.103210"),
            "Nutanix": ("67.315", "67.326732"),  # 67.326733
            "Proxmox mit Ceph": ("31.24", "31.248124"),  # 31.248125
        },
    }
    assert [effects(f, "rank") for f in found] == [{}, {}, {}]
