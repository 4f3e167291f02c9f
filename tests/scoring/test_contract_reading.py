"""docs/evaluation-file.md, the file and its numbers: what is read, what is refused, and where."""

import json
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from scoring import EvaluationFileError, from_document, read_text
from tests.scoring.documents import Document, computed, document, faults_in, marked, paths_of_faults, priced, totals_of


def good() -> Document:
    """A file with every key of the format in it."""
    return {
        "format": "evaluation/1",
        "title": "Agency",
        "currency": "EUR",
        "scales": {"five": {"min": 0, "max": 5, "step": 1, "labels": {"0": "None"}}},
        "criteria": [
            {
                "key": "quality",
                "title": "Quality",
                "weight": 60,
                "minimum": 30,
                "children": [
                    {"key": "method", "title": "Method", "weight": 35, "scale": "five", "minimum": 14},
                    {"key": "team", "weight": 25, "scale": {"min": 0, "max": 10, "step": "0.5"}},
                ],
            },
            {"key": "price", "weight": 40, "value": "price", "better": "low", "formula": {"name": "lowest_ratio"}},
        ],
        "gates": [{"key": "insured", "title": "Insurance certificate"}],
        "rules": {
            "combination": "weighted_sum",
            "price": "price",
            "budget": 10,
            "panel": {"order": "criterion_first", "mean": "arithmetic", "drop": 0, "missing": "present"},
            "rounding": {"mode": "half_up", "panel": None, "criterion": None, "group": None, "total": 2},
            "ties": [{"by": "criterion", "key": "quality"}, {"by": "lowest", "value": "price"}, {"by": "firsts"}],
        },
        "evaluators": [{"key": "anna", "name": "Anna", "weight": 1}, {"key": "ben"}],
        "bids": [
            {
                "key": "A",
                "name": "Agency A",
                "values": {"price": "48000.00"},
                "gates": {"insured": True},
                "status": "admitted",
                "reason": "",
                "submitted_at": "2026-05-04T12:00:00+02:00",
            },
            {"key": "B", "values": {"price": 52000}, "gates": {"insured": True}},
        ],
        "marks": {"A": {"method": {"anna": 4, "ben": None}, "team": 7}, "B": {"method": {"anna": 5}, "team": "8.5"}},
    }


def changed(path: list[Any], value: Any) -> Document:
    """The good file with one thing put at a path; ``...`` takes it out."""
    made = good()
    made["bids"][0].pop("reason")
    at: Any = made
    for step in path[:-1]:
        at = at[step]
    if value is ...:
        del at[path[-1]]
    else:
        at[path[-1]] = value
    return made


def test_the_good_file_is_good() -> None:
    assert faults_in(changed(["title"], "Agency")) == []


@pytest.mark.parametrize("key", ["title", "currency", "scales", "gates", "rules", "evaluators", "marks"])
def test_only_format_criteria_and_bids_must_be_there(key: str) -> None:
    given = document([marked("q")], "A")

    assert faults_in(given) == []
    assert key not in given


@pytest.mark.parametrize("key", ["format", "criteria", "bids"])
def test_what_must_be_there(key: str) -> None:
    given = document([marked("q")], "A")
    del given[key]

    assert [(f.path, f.problem) for f in faults_in(given)] == [("$", f'"{key}" is missing')]


EVERYWHERE: list[list[Any]] = [
    [],
    ["scales", "five"],
    ["criteria", 0],
    ["criteria", 0, "children", 0],
    ["criteria", 0, "children", 1, "scale"],
    ["criteria", 1],
    ["criteria", 1, "formula"],
    ["gates", 0],
    ["rules"],
    ["rules", "panel"],
    ["rules", "rounding"],
    ["rules", "ties", 0],
    ["rules", "ties", 1],
    ["rules", "ties", 2],
    ["evaluators", 0],
    ["bids", 0],
]


def path_text(path: list[Any]) -> str:
    return "$" + "".join(f"[{s}]" if isinstance(s, int) else f".{s}" for s in path)


@pytest.mark.parametrize("path", EVERYWHERE, ids=path_text)
@pytest.mark.parametrize("key", ["colour", "Key", "weights"])
def test_unknown_keys_are_refused_by_name(path: list[Any], key: str) -> None:
    faults = faults_in(changed([*path, key], 1))

    assert [(f.path, f.problem) for f in faults] == [(f"{path_text(path)}.{key}", f'unknown key "{key}"')]


@pytest.mark.parametrize(
    "path",
    [
        *EVERYWHERE,
        ["scales"],
        ["scales", "five", "labels"],
        ["bids", 0, "values"],
        ["bids", 0, "gates"],
        ["marks"],
        ["marks", "A"],
        ["marks", "A", "method"],
    ],
    ids=path_text,
)
def test_a_key_given_twice_is_refused(path: list[Any]) -> None:
    at: Any = good()
    for step in path:
        at = at[step]
    key = next(iter(at))
    given = changed([*path, "@again"], "@value")
    text = json.dumps(given).replace('"@again": "@value"', f'"{key}": {json.dumps(at[key])}')

    assert [(f.path, f.problem) for f in faults_in(text)] == [
        (f"{path_text(path)}.{key}" if key != "0" else f"{path_text(path)}['0']", f'the key "{key}" is given twice')
    ]


def test_a_key_given_twice_with_an_escape_is_still_twice() -> None:
    text = '{"format": "evaluation/1", "f\\u006frmat": "evaluation/1", "criteria": [], "bids": []}'

    assert "$.format" in paths_of_faults(text)


@pytest.mark.parametrize(
    ("path", "value", "where"),
    [
        (["marks", "C"], {}, "$.marks.C"),
        (["marks", "A", "design"], 3, "$.marks.A.design"),
        (["marks", "A", "quality"], 3, "$.marks.A.quality"),
        (["marks", "A", "price"], 3, "$.marks.A.price"),
        (["marks", "A", "price"], {"anna": 3}, "$.marks.A.price"),
        (["marks", "A", "method", "carl"], 3, "$.marks.A.method.carl"),
        (["marks", "A", "method", "carl"], None, "$.marks.A.method.carl"),
        (["bids", 0, "gates", "signed"], True, "$.bids[0].gates.signed"),
        (["bids", 0, "gates", "signed"], None, "$.bids[0].gates.signed"),
        (["criteria", 0, "children", 0, "scale"], "ten", "$.criteria[0].children[0].scale"),
        (["rules", "ties", 0, "key"], "design", "$.rules.ties[0].key"),
        (["rules", "ties", 1, "value"], "weeks", "$.bids[0].values.weeks"),
    ],
)
def test_a_key_that_refers_to_nothing(path: list[Any], value: Any, where: str) -> None:
    assert paths_of_faults(changed(path, value))[0] == where


@pytest.mark.parametrize(
    ("path", "where"),
    [
        (["criteria", 1, "key"], "$.criteria[1].key"),
        (["criteria", 0, "children", 1, "key"], "$.criteria[0].children[1].key"),
        (["gates", 0, "key"], "$.gates[0].key"),
        (["evaluators", 1, "key"], "$.evaluators[1].key"),
        (["bids", 1, "key"], "$.bids[1].key"),
    ],
)
@pytest.mark.parametrize("key", ["", 5, None])
def test_keys_are_text_and_not_empty(path: list[Any], where: str, key: Any) -> None:
    assert where in paths_of_faults(changed(path, key))


@pytest.mark.parametrize(
    ("path", "key", "where"),
    [
        (["criteria", 1, "key"], "quality", "$.criteria[1].key"),
        (["criteria", 1, "key"], "method", "$.criteria[1].key"),
        (["criteria", 0, "children", 1, "key"], "quality", "$.criteria[0].children[1].key"),
        (["gates"], [{"key": "insured"}, {"key": "insured"}], "$.gates[1].key"),
        (["evaluators", 1, "key"], "anna", "$.evaluators[1].key"),
        (["bids", 1, "key"], "A", "$.bids[1].key"),
    ],
)
def test_keys_are_unique_each_in_their_kind(path: list[Any], key: Any, where: str) -> None:
    assert where in paths_of_faults(changed(path, key))


def test_one_key_may_name_a_criterion_a_gate_an_evaluator_and_a_bid() -> None:
    given = document([marked("x")], "x", gates=[{"key": "x"}], evaluators=[{"key": "x"}], marks={"x": {"x": {"x": 5}}})

    assert faults_in(given) == []


@pytest.mark.parametrize("where", [["criteria", 1, "weight"], ["bids", 0, "values", "price"], ["marks", "A", "team"]])
@pytest.mark.parametrize(
    "value", [None, True, False, [], [1], "", " 1", "1 ", "1,5", "0x1", "01", "+1", "1.", ".5", "١"]
)
def test_what_is_not_a_number(where: list[Any], value: Any) -> None:
    assert path_text(where) in paths_of_faults(changed(where, value))


@pytest.mark.parametrize(
    "number",
    ["5", "5.0", "0.5e1", "5E0", "50e-1", "5e+0", "0.05e2", "5.000000000000000", "5e000", "0.000000000000005e15"],
)
def test_a_number_and_text_of_the_same_form_are_one(number: str) -> None:
    given = json.dumps(document([marked("q")], "A", marks={"A": {"q": "@"}}))

    assert totals_of(json.loads(given.replace('"@"', f'"{number}"'))) == {"A": "5"}
    assert read_text(given.replace('"@"', number)).marks["A"]["q"] == 5


@pytest.mark.parametrize("number", ["-0", "-0.0", "-0e5"])
def test_minus_0_is_0(number: str) -> None:
    leaf = computed("p", 10, "linear_range")

    assert read_text(json.dumps(document([leaf], priced(A=number)))).bids[0].values == {"price": 0}
    assert faults_in(document([marked("q", weight=number), marked("r")], "A", marks={"A": {"r": number}})) == []


@pytest.mark.parametrize("number", ["999999999999999", "-999999999999999.999999999999999", "1e14", "1e-15"])
def test_15_digits_on_each_side(number: str) -> None:
    leaf = computed("p", 10, "linear_range")
    text = json.dumps(document([leaf], priced(A="@")))

    as_text = read_text(text.replace("@", number))
    as_number = read_text(text.replace('"@"', number))

    assert as_text.bids[0].values == as_number.bids[0].values == {"price": Fraction(Decimal(number))}


@pytest.mark.parametrize(
    "number",
    [
        "1000000000000000",
        "-1000000000000000",
        "1e15",
        "1e400",
        "1e-16",
        "0.1234567890123456",
        "12345678901234.5e2",
        "9" * 5000,
        "0." + "0" * 5000 + "1",
        "1e999999999999",
        "1e-999999999999",
        "0e999999999999",
    ],
)
def test_more_digits_are_refused(number: str) -> None:
    text = json.dumps(document([computed("p", 10, "linear_range")], priced(A="@")))

    assert paths_of_faults(text.replace("@", number)) == ["$.bids[0].values.price"]
    assert paths_of_faults(text.replace('"@"', number)) == ["$.bids[0].values.price"]


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity"])
def test_words_that_are_no_number(word: str) -> None:
    text = json.dumps(document([computed("p", 10, "linear_range")], priced(A="@")))

    assert len(faults_in(text.replace('"@"', word))) == 1
    assert paths_of_faults(text.replace("@", word)) == ["$.bids[0].values.price"]


def test_numbers_do_not_pass_through_binary_floating_point() -> None:
    text = json.dumps(document([computed("p", 10, "linear_range")], priced(A="@"))).replace('"@"', "0.1")

    assert read_text(text).bids[0].values == {"price": Fraction(1, 10)}


@pytest.mark.parametrize(
    "value",
    [0.5, float("nan"), Decimal("NaN"), Decimal("1e40"), 10**5000, 10**15, b"5", 5j],
    ids=lambda value: type(value).__name__,
)
def test_a_document_in_memory_holds_no_float_and_nothing_too_long(value: Any) -> None:
    given = document([computed("p", 10, "linear_range")], priced(A=value))

    with pytest.raises(EvaluationFileError) as caught:
        from_document(given)

    assert [f.path for f in caught.value.faults] == ["$.bids[0].values.price"]


@pytest.mark.parametrize("value", [5, Decimal("5.0"), "5"])
def test_a_document_in_memory_may_hold_whole_numbers_decimals_and_text(value: Any) -> None:
    given = document([computed("p", 10, "linear_range")], priced(A=value))

    assert from_document(given).bids[0].values == {"price": 5}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["format"], "evaluation/2"),
        (["format"], "Evaluation/1"),
        (["format"], None),
        (["format"], 1),
        (["title"], 5),
        (["title"], None),
        (["currency"], ["EUR"]),
        (["scales"], []),
        (["criteria"], []),
        (["criteria"], {}),
        (["criteria"], None),
        (["criteria", 0], "quality"),
        (["criteria", 0, "title"], 5),
        (["criteria", 0, "children"], []),
        (["criteria", 0, "children"], {}),
        (["gates"], {}),
        (["gates", 0], "insured"),
        (["gates", 0, "title"], 5),
        (["rules"], []),
        (["rules"], None),
        (["rules", "combination"], "sum"),
        (["rules", "combination"], None),
        (["rules", "price"], ""),
        (["rules", "price"], 5),
        (["rules", "budget"], None),
        (["rules", "budget"], "much"),
        (["rules", "panel"], None),
        (["rules", "panel", "order"], "evaluators"),
        (["rules", "panel", "mean"], "mode"),
        (["rules", "panel", "missing"], "zero"),
        (["rules", "panel", "drop"], -1),
        (["rules", "panel", "drop"], "0.5"),
        (["rules", "panel", "drop"], None),
        (["rules", "rounding"], 2),
        (["rules", "rounding", "mode"], "up"),
        (["rules", "rounding", "mode"], None),
        *[
            (["rules", "rounding", stage], v)
            for stage in ("panel", "criterion", "group", "total")
            for v in (-1, 16, "1.5", "x", True)
        ],
        (["rules", "ties"], {}),
        (["rules", "ties", 0], "quality"),
        (["rules", "ties", 0, "by"], "lot"),
        (["evaluators"], ["anna"]),
        (["evaluators", 0], "anna"),
        (["evaluators", 0, "name"], 5),
        (["evaluators", 0, "weight"], 0),
        (["evaluators", 0, "weight"], -1),
        (["evaluators", 0, "weight"], None),
        (["bids"], {}),
        (["bids"], None),
        (["bids", 0], "A"),
        (["bids", 0, "name"], 5),
        (["bids", 0, "values"], []),
        (["bids", 0, "values", "price"], True),
        (["bids", 0, "gates"], []),
        (["bids", 0, "gates", "insured"], "yes"),
        (["bids", 0, "gates", "insured"], 1),
        (["bids", 0, "status"], "out"),
        (["bids", 0, "status"], None),
        (["marks"], []),
        (["marks", "A"], 5),
        (["marks", "A", "team"], None),
        (["marks", "A", "team"], []),
        (["marks", "A", "method", "anna"], "good"),
        (["marks", "A", "method", "anna"], {}),
    ],
    ids=str,
)
def test_a_value_outside_the_format(path: list[Any], value: Any) -> None:
    found = paths_of_faults(changed(path, value))

    where = "".join(f"[{s}]" if isinstance(s, int) else f".{s}" for s in path)
    whole = path == ["evaluators"]
    assert found[0] == f"${where}" + ("[0]" if whole else "")


def test_a_number_is_no_name_of_a_scale() -> None:
    given = document([{"key": "q", "weight": 1, "scale": 5}], scales={"5": {"min": 0, "max": 5}})

    assert paths_of_faults(given) == ["$.criteria[0].scale"]
    given["criteria"][0]["scale"] = "5"
    assert faults_in(given) == []


@pytest.mark.parametrize("text", ["5", "null", '"evaluation/1"', "[]", "true"])
def test_a_document_that_is_no_object(text: str) -> None:
    assert paths_of_faults(text)[0] == "$"


def test_every_fault_is_told_at_once() -> None:
    given = changed(["marks", "C"], {})
    given["colour"], given["bids"][1]["status"], given["criteria"][1]["weight"] = 1, "gone", -1

    assert set(paths_of_faults(given)) == {"$.colour", "$.bids[1].status", "$.criteria[1].weight", "$.marks.C"}
