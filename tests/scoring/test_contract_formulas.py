"""docs/evaluation-file.md, Formulas: each row of the table, its edges and its refusals."""

from typing import Any

import pytest

from tests.scoring.documents import (
    Document,
    computed,
    document,
    faults_in,
    marked,
    paths_of_faults,
    points_of,
    priced,
)


@pytest.mark.parametrize(
    ("leaf", "prices", "expected"),
    [
        (computed("p", 60, "lowest_ratio"), {"A": 50, "B": 75, "C": 100}, {"A": "60", "B": "40", "C": "30"}),
        (computed("p", 60, "lowest_ratio", better="high"), {"A": 50, "B": 100}, {"A": "30", "B": "60"}),
        (computed("p", 60, "lowest_ratio", better="high"), {"A": 0, "B": 100}, {"A": "0", "B": "60"}),
        (computed("p", 60, "lowest_ratio", better="high"), {"A": -50, "B": 100}, {"A": "0", "B": "60"}),
        (
            computed("p", 60, "lowest_ratio", better="high", clamp=False),
            {"A": -50, "B": 100},
            {"A": "-30", "B": "60"},
        ),
        (computed("p", 60, "linear_range"), {"A": 50, "B": 75, "C": 100}, {"A": "60", "B": "30", "C": "0"}),
        (computed("p", 60, "linear_range"), {"A": 50, "B": 50}, {"A": "60", "B": "60"}),
        (computed("p", 60, "linear_range"), {"A": 0, "B": -10}, {"A": "0", "B": "60"}),
        (
            computed("p", 60, "linear_range", better="high"),
            {"A": 50, "B": 60, "C": 100},
            {"A": "0", "B": "12", "C": "60"},
        ),
        (computed("p", 60, "linear_range", better="high"), {"A": 50}, {"A": "60"}),
        (computed("p", 60, "linear_from_lowest"), {"A": 50, "B": 75, "C": 100}, {"A": "60", "B": "30", "C": "0"}),
        (
            computed("p", 60, "linear_from_lowest", k="0.5"),
            {"A": 50, "B": 60, "C": 99},
            {"A": "60", "B": "36", "C": "0"},
        ),
        (computed("p", 60, "linear_from_lowest", clamp=False), {"A": 50, "B": 125}, {"A": "60", "B": "-30"}),
        (
            computed("p", 60, "linear_to_reference", reference=100),
            {"A": 50, "B": 75, "C": 101},
            {"A": "60", "B": "30", "C": "0"},
        ),
        (computed("p", 60, "linear_to_reference", reference=50), {"A": 50, "B": 51}, {"A": "60", "B": "0"}),
        (
            computed("p", 60, "linear_to_reference", reference=40, clamp=False),
            {"A": 50, "B": 51},
            {"A": "60", "B": "0"},
        ),
        (
            computed("p", 60, "linear_to_reference", reference=100, clamp=False),
            {"A": 50, "B": 125},
            {"A": "60", "B": "-30"},
        ),
        (
            computed("p", 60, "discount_power", reference=100, exponent=2),
            {"A": 50, "B": 100, "C": 110, "D": 0},
            {"A": "45", "B": "0", "C": "0", "D": "60"},
        ),
        (
            computed("p", 1, "discount_power", reference=10, exponent=20, clamp=False),
            {"A": 5, "B": 20},
            {"A": "0.99999904632568359375", "B": "-1048575"},
        ),
        (
            computed("p", 40, "reference_ratio", reference=100),
            {"A": 50, "B": 100, "C": 200},
            {"A": "40", "B": "40", "C": "20"},
        ),
        (computed("p", 40, "reference_ratio", reference=100, clamp=False), {"A": 50}, {"A": "80"}),
        (
            computed("p", 70, "reference_distance", reference=100, target="0.9", slope=500),
            {"A": 90, "B": 91, "C": 88, "D": 50},
            {"A": "70", "B": "65", "C": "60", "D": "0"},
        ),
        (
            computed("p", 70, "reference_distance", reference=3, target=0, slope=10, places=2),
            {"A": 2},
            {"A": "63.3"},
        ),
        (
            computed("p", 70, "reference_distance", reference=200, target=0, slope=1, places=2),
            {"A": 5, "B": 15},
            {"A": "69.97", "B": "69.92"},
        ),
        (
            computed("p", 70, "reference_distance", reference=1, target=-1, slope=10, clamp=False),
            {"A": 9},
            {"A": "-30"},
        ),
        (
            computed("p", 60, "average_ratio"),
            {"A": 50, "B": 100, "C": 150},
            {"A": "60", "B": "60", "C": "40"},
        ),
        (computed("p", 60, "average_ratio", clamp=False), {"A": 50, "B": 150}, {"A": "120", "B": "40"}),
        (
            computed("p", 20, "n_formula"),
            {"A": 100, "B": 150, "C": 200, "D": 301},
            {"A": "20", "B": "16.6666666667", "C": "13.3333333333", "D": "6.6"},
        ),
        (computed("p", 20, "n_formula"), {"A": 100}, {"A": "20"}),
        (computed("p", 20, "n_formula"), {"A": 100, "B": 201}, {"A": "20", "B": "0"}),
        (computed("p", 20, "n_formula", clamp=False), {"A": 100, "B": 201}, {"A": "20", "B": "-0.2"}),
        (
            computed("p", 20, "share", max=20, better="high"),
            {"A": 12, "B": 24, "C": -1},
            {"A": "12", "B": "20", "C": "0"},
        ),
        (computed("p", 20, "share", max=20, better="high", clamp=False), {"A": 24, "B": -1}, {"A": "24", "B": "-1"}),
    ],
)
def test_formula(leaf: Document, prices: dict[str, Any], expected: dict[str, str]) -> None:
    found = points_of(document([leaf], priced(**prices)), "p")

    assert found == expected


BANDS = [{"up_to": 100, "fraction": 1}, {"up_to": "150.5", "fraction": "0.6"}, {"fraction": "0.1"}]


@pytest.mark.parametrize("better", ["low", "high"])
def test_a_band_holds_its_own_bound(better: str) -> None:
    leaf = computed("p", 10, "bands", bands=BANDS, better=better)

    found = points_of(document([leaf], priced(A=100, B="100.01", C="150.5", D=151, E=-5)), "p")

    assert found == {"A": "10", "B": "6", "C": "6", "D": "1", "E": "10"}


def test_bands_are_held_within_0_and_1_unless_told() -> None:
    bands = [{"up_to": 100, "fraction": "1.2"}, {"fraction": "-0.5"}]

    held = points_of(document([computed("p", 10, "bands", bands=bands)], priced(A=1, B=200)), "p")
    free = points_of(document([computed("p", 10, "bands", bands=bands, clamp=False)], priced(A=1, B=200)), "p")

    assert held == {"A": "10", "B": "0"}
    assert free == {"A": "12", "B": "-5"}


PARAMETERS: dict[str, dict[str, Any]] = {
    "lowest_ratio": {},
    "linear_range": {},
    "linear_from_lowest": {"k": 1},
    "linear_to_reference": {"reference": 1},
    "discount_power": {"reference": 1, "exponent": 2},
    "reference_ratio": {"reference": 1},
    "reference_distance": {"reference": 1, "target": 1, "slope": 1, "places": 2},
    "average_ratio": {},
    "n_formula": {},
    "bands": {"bands": [{"fraction": 1}]},
    "share": {"max": 1},
}
ALL = {name: value for row in PARAMETERS.values() for name, value in row.items()}
OPTIONAL = {"k", "places"}


def leaf_of(name: str, **parameters: Any) -> Document:
    better = "high" if name == "share" else "low"
    return computed("p", 10, name, better=better, **parameters)


@pytest.mark.parametrize("name", PARAMETERS)
def test_the_parameters_of_another_row_are_unknown_keys(name: str) -> None:
    others = {k: v for k, v in ALL.items() if k not in PARAMETERS[name]}

    faults = faults_in(document([leaf_of(name, **PARAMETERS[name], **others)], priced(A=1)))

    assert sorted(f.path for f in faults) == sorted(f"$.criteria[0].formula.{k}" for k in others)
    assert [f.problem for f in faults] == [f'unknown key "{f.path.rpartition(".")[2]}"' for f in faults]


@pytest.mark.parametrize(
    ("name", "needed"), [(n, p) for n, row in PARAMETERS.items() for p in row if p not in OPTIONAL]
)
def test_a_parameter_that_is_needed(name: str, needed: str) -> None:
    given = {k: v for k, v in PARAMETERS[name].items() if k != needed}

    faults = faults_in(document([leaf_of(name, **given)], priced(A=1)))

    assert [(f.path, f.problem) for f in faults] == [("$.criteria[0].formula", f'"{needed}" is missing')]


@pytest.mark.parametrize(("name", "left_out"), [("linear_from_lowest", "k"), ("reference_distance", "places")])
def test_a_parameter_that_may_be_left_out(name: str, left_out: str) -> None:
    given = {k: v for k, v in PARAMETERS[name].items() if k != left_out}

    assert faults_in(document([leaf_of(name, **given)], priced(A=1))) == []


@pytest.mark.parametrize("name", PARAMETERS)
def test_which_formulas_take_which_better(name: str) -> None:
    low = faults_in(document([computed("p", 10, name, better="low", **PARAMETERS[name])], priced(A=1)))
    left_out = faults_in(document([computed("p", 10, name, **PARAMETERS[name])], priced(A=1)))
    high = faults_in(document([computed("p", 10, name, better="high", **PARAMETERS[name])], priced(A=1)))

    assert bool(low) is (name == "share")
    assert low == left_out
    assert bool(high) is (name not in ("lowest_ratio", "linear_range", "bands", "share"))
    assert all(name in f.problem for f in low + high)


@pytest.mark.parametrize(
    ("name", "parameter", "value"),
    [
        *[("linear_from_lowest", "k", v) for v in (0, "-1", "0.0", None, True, "one", [])],
        *[("reference_ratio", "reference", v) for v in (0, -1, None, {})],
        *[("linear_to_reference", "reference", v) for v in (0, -1)],
        *[("discount_power", "reference", v) for v in (0, -1)],
        *[("discount_power", "exponent", v) for v in (0, 21, "1.5", -1, None, "1e2")],
        *[("reference_distance", "slope", v) for v in (0, -1)],
        *[("reference_distance", "reference", v) for v in (0, -1)],
        *[("reference_distance", "target", v) for v in (None, "x")],
        *[("reference_distance", "places", v) for v in (-1, 16, "0.5", None)],
        *[("share", "max", v) for v in (0, -1)],
        *[("bands", "bands", v) for v in ([], {}, None, "x")],
    ],
)
def test_a_parameter_out_of_bounds(name: str, parameter: str, value: Any) -> None:
    given = {**PARAMETERS[name], parameter: value}

    assert paths_of_faults(document([leaf_of(name, **given)], priced(A=1))) == [f"$.criteria[0].formula.{parameter}"]


@pytest.mark.parametrize("exponent", [1, 20, "2", "2.0", "1e1"])
def test_whole_exponents(exponent: Any) -> None:
    leaf = computed("p", 10, "discount_power", reference=100, exponent=exponent)

    assert faults_in(document([leaf], priced(A=1))) == []


@pytest.mark.parametrize(
    ("bands", "path"),
    [
        ([{"up_to": 2, "fraction": 1}, {"up_to": 2, "fraction": 1}, {"fraction": 0}], "[1].up_to"),
        ([{"up_to": 3, "fraction": 1}, {"up_to": 2, "fraction": 1}, {"fraction": 0}], "[1].up_to"),
        ([{"fraction": 1}, {"fraction": 0}], "[0]"),
        ([{"up_to": 2, "fraction": 1}], "[0].up_to"),
        ([{"up_to": 2, "fraction": 1}, {"up_to": None, "fraction": 0}], "[1].up_to"),
        ([{"up_to": 2}, {"fraction": 0}], "[0]"),
        ([{"up_to": 2, "fraction": "much"}, {"fraction": 0}], "[0].fraction"),
        ([{"up_to": 2, "fraction": 1, "from": 0}, {"fraction": 0}], "[0].from"),
        ([5, {"fraction": 0}], "[0]"),
    ],
)
def test_bands_that_are_refused(bands: list[Any], path: str) -> None:
    found = paths_of_faults(document([computed("p", 10, "bands", bands=bands)], priced(A=1)))

    assert found[0] == f"$.criteria[0].formula.bands{path}"


DIVIDING = ("lowest_ratio", "linear_from_lowest", "reference_ratio", "average_ratio", "n_formula")


@pytest.mark.parametrize("name", DIVIDING)
@pytest.mark.parametrize("price", [0, -5])
def test_a_value_that_cannot_be_divided_by_names_each_bid(name: str, price: int) -> None:
    leaf = leaf_of(name, **{k: v for k, v in PARAMETERS[name].items() if k != "k"})

    faults = faults_in(document([leaf], priced(A=100, B=price, C=price)))

    assert [f.path for f in faults] == ["$.bids[1].values.price", "$.bids[2].values.price"]
    assert ['"B"' in faults[0].problem, '"C"' in faults[1].problem] == [True, True]
    assert all(f"above 0 in {name}" in f.expected for f in faults)


@pytest.mark.parametrize("prices", [{"A": 0, "B": -1}, {"A": -2, "B": 0}])
def test_with_high_only_the_highest_is_divided_by(prices: dict[str, int]) -> None:
    leaf = computed("p", 10, "lowest_ratio", better="high")

    faults = faults_in(document([leaf], priced(**prices)))

    assert [f.problem for f in faults] == [f'the bid "{max(prices, key=lambda k: prices[k])}" has price 0']
    assert [f.expected for f in faults] == ["a highest value above 0"]


def test_a_value_below_0_in_discount_power() -> None:
    leaf = computed("p", 10, "discount_power", reference=100, exponent=1)

    assert [str(f) for f in faults_in(document([leaf], priced(A=0, B=-1)))] == [
        '$.bids[1].values.price: the bid "B" has price -1; expected a value of 0 or more in discount_power'
    ]


@pytest.mark.parametrize("name", [n for n in PARAMETERS if n not in (*DIVIDING, "discount_power")])
def test_other_formulas_take_0_and_below(name: str) -> None:
    assert faults_in(document([leaf_of(name, **PARAMETERS[name])], priced(A=0, B=-1))) == []


@pytest.mark.parametrize("name", PARAMETERS)
@pytest.mark.parametrize("values", [{}, {"price": None}, {"other": 1}])
def test_a_missing_value_names_the_bid(name: str, values: Document) -> None:
    given = document([leaf_of(name, **PARAMETERS[name])], [*priced(A=1), {"key": "B", "values": values}])

    faults = faults_in(given)

    assert [(f.path, f.problem) for f in faults] == [("$.bids[1].values.price", 'the bid "B" has no price')]


def test_a_formula_of_weight_0_is_not_run() -> None:
    leaves = [marked("q"), *(leaf_of(name, **row) | {"key": name, "weight": 0} for name, row in PARAMETERS.items())]
    bids = [{"key": "A", "values": {"price": 0}}, {"key": "B"}]

    found = points_of(document(leaves, bids, marks={"A": {"q": 1}, "B": {"q": 2}}), "reference_distance")

    assert found == {"B": "0", "A": "0"}


@pytest.mark.parametrize(
    ("formula", "path"),
    [
        ({}, "$.criteria[0].formula"),
        ({"clamp": True}, "$.criteria[0].formula"),
        ("lowest_ratio", "$.criteria[0].formula"),
        (None, "$.criteria[0].formula"),
        ({"name": "cheapest"}, "$.criteria[0].formula.name"),
        ({"name": None}, "$.criteria[0].formula.name"),
        ({"name": "lowest_ratio", "clamp": "false"}, "$.criteria[0].formula.clamp"),
        ({"name": "lowest_ratio", "clamp": None}, "$.criteria[0].formula.clamp"),
        ({"name": "lowest_ratio", "clamp": 0}, "$.criteria[0].formula.clamp"),
        ({"name": "lowest_ratio", "better": "low"}, "$.criteria[0].formula.better"),
    ],
)
def test_formulas_that_are_refused(formula: Any, path: str) -> None:
    leaf = {"key": "p", "weight": 10, "value": "price", "formula": formula}

    assert paths_of_faults(document([leaf], priced(A=1))) == [path]
