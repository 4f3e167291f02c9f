"""Evaluations taken in: the published workbooks rank as their README says, and layouts like those that cannot be shipped."""

from collections import Counter
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from scoring.intake.cells import read_bytes
from scoring.intake.faults import MapError, WorkbookError
from scoring.intake.importing import take_in
from tests.scoring.intake.books import WORKBOOKS, a_map, book, imported, only, packed, ranking, shipped

PRODUCTS = ("vmware-broadcom", "nutanix", "proxmox-mit-ceph")


def ranks_and_totals(name: str) -> dict[str, tuple[tuple[int | None, str | None], ...]]:
    """Sheet → rank and total of VMware, Nutanix, Proxmox. The totals are points: (sum - 100) / 2 where weights add to 100."""
    documents = imported(*shipped(name))
    found = {sheet: ranking(document) for sheet, document in documents.items()}
    return {sheet: tuple(ranks[product] for product in PRODUCTS) for sheet, ranks in found.items()}


def test_six_sets_of_weights_rank_as_published() -> None:
    found = ranks_and_totals("hci-scenarios")

    assert found == {
        "Szenario 1": ((3, "47.5"), (2, "55"), (1, "77.5")),
        "Szenario 2": ((1, "67.5"), (2, "57.5"), (3, "45")),
        "Szenario 3": ((2, "55"), (1, "70"), (3, "40")),
        "Szenario 4": ((2, "65"), (1, "72.5"), (3, "40")),
        "Szenario 5": ((1, "77.5"), (2, "67.5"), (3, "35")),
        "Szenario 0 - Referenz": ((1, "70"), (2, "65"), (3, "40")),
    }


def test_sub_criteria_rank_as_they_should_have() -> None:
    found = ranks_and_totals("hci-subcriteria")

    assert found == {
        "Szenario 1": ((3, "50"), (2, "51"), (1, "77.25")),
        "Szenario 2": ((1, "70"), (2, "55"), (3, "46.25")),
        "Szenario 3": ((1, "60"), (1, "60"), (3, "42.5")),
        "Szenario 4": ((1, "77.5"), (2, "72.5"), (3, "52.5")),
        "Szenario 5": ((1, "82.5"), (2, "59.5"), (3, "37")),
        # Points are (sum - weights) / 2: the reference weights add to 99.9999996, not to 100.
        "Szenario 0 - Referenz": ((1, "74.99999965"), (2, "61.66666635"), (3, "44.9999998")),
    }


def test_two_heading_rows_become_groups() -> None:
    document = imported(*shipped("hci-subcriteria"))["Szenario 1"]

    parts = {c["title"]: [part["title"] for part in c["children"]] for c in document["criteria"] if "children" in c}
    alone = [c["title"] for c in document["criteria"] if "children" not in c]

    assert parts == {
        "Skalierbarkeit": ["Dynamische Skalierung", "Minimale Skalierung", "Maximale Skalierung"],
        "Hochverfügbarkeit": ["Redundanz", "Metro Cluster", "VM Level"],
        "Storage-Features": ["Dateneffizienz", "Datenlokalität", "Verschlüsselung"],
        "Unified Storage": ["Datei", "Block", "Objekt"],
    }
    assert alone == [
        "Kosten",
        "Support",
        "Migrationsaufwand",
        "Multi-Cloud-Fähigkeit",
        "Benutzerfreundlichkeit",
        "Automatisierbarkeit",
    ]


def test_spread_weights_rank_as_published() -> None:
    found = ranks_and_totals("hci-spread-weights")

    ranks = {sheet: tuple(rank for rank, _ in of_three) for sheet, of_three in found.items()}

    assert ranks == {
        "Szenario 1": (3, 2, 1),
        "Szenario 2": (1, 2, 3),
        "Szenario 3": (2, 1, 3),
        "Szenario 4": (2, 1, 3),
        "Szenario 5": (1, 2, 3),
    }


def test_the_empty_form_among_filled_sheets_is_left_out_and_told() -> None:
    taken = take_in(*shipped("hci-scenarios"))

    told = {(note.code, note.where) for note in taken.told}

    assert told == {("empty_form_error", "Vorlage"), ("tied_by_place", "Szenarien!G1")}


def test_marks_kept_as_text_are_read() -> None:
    taken = take_in(*shipped("hci-usability-raters"))

    found = ranking(only(taken.documents))
    texts = {note.where: note.facts["count"] for note in taken.told if note.code == "numbers_as_text"}

    assert found == {"vmware": (1, "76.3888888889"), "proxmox": (2, "71.9444444444"), "nutanix": (3, "65.4166666667")}
    assert texts == {"SUS VMware": 112, "SUS Nutanix": 135, "SUS Proxmox": 121}


def test_eighteen_raters_become_a_panel() -> None:
    document = only(imported(*shipped("hci-usability-raters")))

    marks = Counter(len(by_rater) for by_leaf in document["marks"].values() for by_rater in by_leaf.values())

    assert (len(document["evaluators"]), marks) == (18, {18: 30})


def test_an_empty_form_alone_is_refused() -> None:
    with pytest.raises(WorkbookError) as refused:
        imported(*shipped("marche-score-template"))

    assert [told.code for told in refused.value.told] == ["no_criterion"]


def test_the_form_of_a_public_buyer_is_read_once_filled() -> None:
    """Hidden heading rows, pairs of columns with one of width 0, criteria with parts, points rounded at each stage."""
    form = load_workbook(WORKBOOKS / "marche-score-template.xlsx")
    sheet = form["Punteggi tecnici"]
    columns = {"F": ("Team", "C", 40), "H": ("Method", "S", 25), "J": ("People", "S", 15), "L": ("Time", "C", 30)}
    for column, (title, kind, most) in columns.items():
        sheet[f"{column}2"], sheet[f"{column}3"], sheet[f"{column}4"] = title, kind, most
    for row, (name, *points) in enumerate([("Alfa", 20.5, 12.1234, 30), ("Beta", 25, 10, 12.3456)], 6):
        sheet[f"C{row}"] = name
        for column, value in zip("HJL", points, strict=True):
            sheet[f"{column}{row}"] = value
        sheet[f"F{row}"] = f"=ROUND(H{row}+J{row},3)"
    stream = BytesIO()
    form.save(stream)
    mapped = (WORKBOOKS / "marche-score-template.yaml").read_text().replace("K", "L")

    document = only(imported(read_bytes(stream.getvalue()), mapped))

    assert ranking(document) == {"alfa": (1, "62.623"), "beta": (2, "47.346")}
    assert [len(criterion.get("children", [])) for criterion in document["criteria"]] == [2, 0]


BLOCKS = """
format: workbook-map/1
title: Ideas
sheets: Sheet
criteria:
  names: [E1, H1, I1]
  weights: [E9, H9, I9]
  weight_is: factor
  better: [low, low, high]
scale: {min: 0, max: 5}
options: {count: 2, step: 3 rows, name: B2, marks: [E2:E4, H2:H4, I2], parts: sum, total: M2}
total_formula: sum
"""
IDEAS: dict[str, Any] = {
    "E1": "Soldering", "H1": "Wiring", "I1": "Creative", "E9": 1, "H9": 1, "I9": 5,
    "B2": "Clock", "E2": 3, "H2": 3, "H3": 2, "I2": 4, "M2": "=-SUM(E2:E4)*$E$9-SUM(H2:H4)*$H$9+I2*$I$9",
    "B5": "Sensor", "E5": 5, "H5": 1, "H6": 3, "I5": 3, "M5": "=-SUM(E5:E7)*$E$9-SUM(H5:H7)*$H$9+I5*$I$9",
}  # fmt: skip


def test_options_as_blocks_of_merged_rows_with_criteria_as_columns() -> None:
    given = book(IDEAS, merged=["B2:B4", "B5:B7", "I2:I4", "I5:I7", "M2:M4", "M5:M7"])

    found = ranking(only(imported(given, BLOCKS)))

    # The sheet shows 12 and 6; a point lost on each of two scales of 15 is one not earned: 30 more.
    assert found == {"clock": (1, "42"), "sensor": (2, "36")}


PAIRS = """
format: workbook-map/1
title: Kits
sheets: Sheet
criteria: {names: A3:A5, weights: B3:B5, weights_add_to: 100}
scale: {min: 0, max: 10}
options: {step: 2 columns, name: C1, marks: C3:C5, weighted: D3:D5, total: D6}
total_formula: sum / 100
"""
KITS: dict[str, Any] = {
    "A3": "Price", "A4": "Time", "A5": "Parts", "B3": 20, "B4": 30, "B5": 50, "A6": "Total", "A9": "a stray note",
    "C1": "One", "C3": 6, "C4": 7, "C5": 8, "D3": "=C3*(B3/100)", "D4": "=C4*(B4/100)", "D5": "=C5*(B5/100)",
    "E1": "Two", "E3": 8, "E4": 4, "E5": 9, "F3": "=E3*($B3/100)", "F4": "=E4*($B4/100)", "F5": "=E5*($B5/100)",
    "G1": "Other", "H3": "=G3*($B3/100)", "H4": "=G4*($B4/100)", "H5": "=G5*($B5/100)",
    "D6": "=SUM(D3:D5)", "F6": "=SUM(F3:F5)", "H6": "=SUM(H3:H5)",
}  # fmt: skip


def test_an_option_nobody_marked_stays_unranked() -> None:
    taken = take_in(book(KITS, merged=["C1:D1", "E1:F1", "G1:H1"]), a_map(PAIRS))

    found = ranking(only(taken.documents))

    assert found == {"one": (1, "73"), "two": (1, "73"), "other": (None, None)}
    assert [(note.code, note.where) for note in taken.told] == [("option_unmarked", "Sheet!G1")]


def test_one_sheet_an_evaluator() -> None:
    anna = {
        "A1": "Method",
        "A2": "Team",
        "B1": 60,
        "B2": 40,
        "C9": "Alfa",
        "D9": "Beta",
        "C1": 4,
        "C2": 2,
        "D1": 3,
        "D2": 5,
    }
    ben = {**anna, "C1": "5", "D2": None}
    mapped = """
format: workbook-map/1
title: Panel
sheets: {Anna: Anna Roy, Ben: Ben Roy}
each_sheet: evaluator
criteria: {names: A1:A2, weights: B1:B2}
scale: {min: 0, max: 5}
options: {count: 2, step: 1 column, name: C9, marks: C1:C2}
rules: {panel: {missing: present}, rounding: {total: 2}}
"""

    document = only(imported(read_bytes(packed({"Anna": anna, "Ben": ben})), mapped))

    assert document["marks"]["beta"] == {
        "method": {"anna-roy": 3, "ben-roy": 3},
        "team": {"anna-roy": 5, "ben-roy": None},
    }
    assert ranking(document) == {"beta": (1, "76"), "alfa": (2, "70")}


def test_several_marks_an_option_by_evaluator_and_a_price() -> None:
    cells = {
        "A2": "Method", "B1": "Weight", "B2": "60 %", "C1": "Alfa", "C2": 4, "D2": 5, "C3": 1200.5,
        "E1": "Beta", "E2": 3, "F2": 3, "E3": 1000,
    }  # fmt: skip
    mapped = """
format: workbook-map/1
title: Priced
currency: EUR
sheets: Sheet
criteria: {names: A2, weights: B2}
scale: {min: 0, max: 5}
options: {step: 2 columns, name: C1, marks: {anna: C2, ben: D2}, values: {price: C3}}
computed:
  - {key: price, title: Price, weight: 0.4, value: price, formula: {name: lowest_ratio}}
rules: {rounding: {total: 4}}
"""

    document = only(imported(book(cells), mapped))

    assert document["bids"][0] == {"key": "alfa", "name": "Alfa", "values": {"price": "1200.5"}}
    assert ranking(document) == {"alfa": (1, "0.8732"), "beta": (2, "0.76")}


def test_a_link_to_a_blank_is_a_missing_mark_and_no_zero() -> None:
    marks = {"A1": 4, "A2": None}
    cells = {"A1": "Method", "A2": "Team", "B1": 60, "B2": 40, "C1": "=Marks!A1", "C2": "=Marks!A2"}
    mapped = PAIRS.replace("A3:A5", "A1:A2").replace("B3:B5", "B1:B2").replace("C3:C5", "C1:C2")
    mapped = mapped.replace("step: 2 columns, name: C1", "names: [Alfa]").replace(", weighted: D3:D5, total: D6", "")

    taken = take_in(book(cells, Marks=marks), a_map(mapped))

    assert only(taken.documents)["marks"] == {"alfa": {"method": 4}}
    assert [(note.code, note.where) for note in taken.told] == [("mark_missing", "Sheet!C2")]


def test_what_is_no_number_is_told_with_its_cell_and_stays_missing() -> None:
    cells = {**KITS, "C3": "n/a", "C4": date(2026, 4, 3), "E3": "=1/0", "E4": "8,5"}

    taken = take_in(book(cells), a_map(PAIRS.replace("step: 2 columns", "step: 2 columns, count: 2")))

    assert only(taken.documents)["marks"] == {"one": {"parts": 8}, "two": {"time": "8.5", "parts": 9}}
    assert [(n.code, n.where) for n in taken.told if n.code != "mark_missing"] == [
        ("unreadable_number", "Sheet!C3"),
        ("date_for_number", "Sheet!C4"),
        ("unreadable_number", "Sheet!E3"),
        ("numbers_as_text", "Sheet"),
    ]


@pytest.mark.parametrize(
    ("changes", "mapped", "code", "where"),
    [
        ({"C3": 11}, PAIRS, "mark_off_scale", "Sheet!C3"),
        ({"B4": None}, PAIRS, "no_weight", "Sheet!B4"),
        ({"B4": -1}, PAIRS, "negative_weight", "Sheet!B4"),
        ({}, PAIRS.replace("B3:B5", "B3:B6"), "not_as_many", "Sheet"),
        ({}, PAIRS.replace("sheets: Sheet", "sheets: Other"), "no_such_sheet", ""),
        ({}, PAIRS.replace("B3:B5", "Other!B3:B5"), "no_such_sheet", ""),
        (dict.fromkeys(["C3", "C4", "C5", "E3", "E4", "E5"]), PAIRS, "nothing_filled_in", ""),
    ],
)
def test_what_makes_no_evaluation_is_refused(changes: dict[str, Any], mapped: str, code: str, where: str) -> None:
    with pytest.raises(WorkbookError) as refused:
        imported(book({**KITS, **changes}), mapped)

    assert (refused.value.told[0].code, refused.value.told[0].where) == (code, where)


def test_rules_that_the_format_refuses_are_faults_of_the_map() -> None:
    with pytest.raises(MapError) as refused:
        imported(book(KITS), PAIRS + "rules: {rounding: {total: 99}}")

    assert [fault.path for fault in refused.value.faults] == ["$.rules.rounding.total"]


def test_evaluators_whose_sheets_differ_are_refused() -> None:
    sheet = {"A1": "Method", "B1": 60, "C9": "Alfa", "C1": 4}
    mapped = PAIRS.replace("sheets: Sheet", "sheets: ['*']\neach_sheet: evaluator").replace("A3:A5", "A1")
    mapped = mapped.replace("B3:B5", "B1").replace("C3:C5", "C1").replace("name: C1", "name: C9").replace("D3:D5", "D1")

    with pytest.raises(WorkbookError) as refused:
        imported(read_bytes(packed({"Anna": sheet, "Ben": {**sheet, "B1": 50}})), mapped)

    assert [told.code for told in refused.value.told] == ["weights_differ"]
