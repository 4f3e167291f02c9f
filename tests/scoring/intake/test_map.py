"""Maps: what they may say, and every fault with its place."""

import pytest

from scoring.intake.faults import MapError
from tests.scoring.intake.books import a_map

GOOD = """
format: workbook-map/1
sheets: Sheet
criteria: {names: A2:A4, weights: B2:B4}
scale: {min: 0, max: 5}
options: {count: 2, step: 2 columns, name: C1, marks: C2:C4}
"""


def faults(text: str) -> list[str]:
    with pytest.raises(MapError) as refused:
        a_map(text)
    return [str(fault) for fault in refused.value.faults]


def test_a_small_map_is_read() -> None:
    found = a_map(GOOD)

    assert (found.options.repeat.count, found.options.repeat.columns, found.each_sheet) == (2, 2, "weight_set")


@pytest.mark.parametrize(
    ("old", "new", "start"),
    [
        ("workbook-map/1", "workbook-map/2", "$.format: "),
        ("sheets: Sheet", "sheet: Sheet", "$.sheet: "),
        ("A2:A4", "A4:A2", "$.criteria.names: "),
        ("A2:A4", "A2:A99999999", "$.criteria.names: "),
        ("B2:B4", "B2:XFE4", "$.criteria.weights: "),
        ("2 columns", "2 sheets", "$.options.step: "),
        ("count: 2", "count: 0", "$.options.count: "),
        ("name: C1", "name: C1:C2", "$.options.name: "),
        (", name: C1", "", "$.options: "),
        ("max: 5", "max: 0", "$.scale.max: "),
        ("{min: 0, max: 5}", "points", "$.scale: "),
        ("marks: C2:C4", "marks: C2:C4, mark: 1", "$.options.mark: "),
        ("format:", "format: workbook-map/1\nformat:", "$.format: "),
        ("sheets: Sheet", "sheets: Sheet\neach_sheet: criterion", "$.each_sheet: "),
        ("sheets: Sheet", "sheets: Sheet\nevaluators: {step: 1 row, name: A2, marks: B2}", "$.evaluators: "),
        ("weights: B2:B4", "weights: B2:B4, better: upwards", "$.criteria.better: "),
        ("weights: B2:B4", "weights: [1, 2, -3]", "$.criteria.weights[2]: "),
    ],
)
def test_a_fault_is_told_with_its_place(old: str, new: str, start: str) -> None:
    found = faults(GOOD.replace(old, new))

    assert [fault for fault in found if fault.startswith(start)] != []


@pytest.mark.parametrize(
    "text", ["", "[]", "a: [", "a: &x [1]\nb: *x", "a: !!python/object:os.system {}", "\x00", "[" * 200, "b: \xff"]
)
def test_what_is_no_map_is_refused(text: str) -> None:
    assert len(faults(text)) >= 1


def test_every_fault_is_told_at_once() -> None:
    found = faults(GOOD.replace("A2:A4", "here").replace("2 columns", "far").replace("max: 5", "max: five"))

    assert len(found) == 3
