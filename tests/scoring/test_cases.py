"""The published cases: each is an evaluation file with what its source printed (tests/data/cases/README.md)."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from scoring.__main__ import main

CASES = sorted(p for p in (Path(__file__).parent.parent / "data" / "cases").glob("*.json") if ".expected" not in p.name)


def expected_of(case: Path) -> dict[str, Any]:
    expected: dict[str, Any] = json.loads(case.with_suffix("").with_suffix(".expected.json").read_text())
    return expected


def agrees(printed: Any, found: str | None, tolerance: Fraction) -> bool:
    if printed is None or found is None:
        return printed == found
    return abs(Fraction(str(printed)) - Fraction(found)) <= tolerance


def differences(expected: dict[str, Any], result: dict[str, Any]) -> list[str]:
    """Every figure of the source that the result does not have."""
    tolerance, found = Fraction(str(expected["tolerance"])), {bid["key"]: bid for bid in result["bids"]}
    wrong = []
    for key, printed in expected["published"].items():
        bid = found[key]
        wrong += [
            f"{key} {w}: {printed[w]} != {bid[w]}" for w in ("rank", "status") if w in printed and printed[w] != bid[w]
        ]
        if "total" in printed and not agrees(printed["total"], bid["total"], tolerance):
            wrong.append(f"{key} total: {printed['total']} != {bid['total']}")
        for criterion, figures in printed.get("criteria", {}).items():
            got = bid["criteria"][criterion]
            wrong += [
                f"{key} {criterion} {w}: {v} != {got[w]}"
                for w, v in figures.items()
                if not agrees(v, got[w], tolerance)
            ]
    return wrong


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_published_case(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    expected = expected_of(case)

    code = main(["rank", str(case), "--json", "--lang", "en"])

    printed = capsys.readouterr()
    if "refused" in expected:
        words = expected["refused"] if isinstance(expected["refused"], list) else [expected["refused"]]
        assert code == 2, expected["source"]
        assert [word for word in words if word not in printed.err] == []
    else:
        assert code == 0, printed.err
        assert differences(expected, json.loads(printed.out)) == [], expected["source"]


def test_cases_are_there() -> None:
    assert len(CASES) == 57


# What the source printed, and what follows from its own rules.
MISTAKEN = {
    "bid_evaluation_readme": {"A": ("66.67", "74"), "B": ("88.33", "100"), "C": ("40.00", "51.92")},
    "digital_marketplace_quotes": {"A": ("0.333", "0.667")},
}


@pytest.mark.parametrize("name", MISTAKEN)
def test_where_the_source_is_mistaken(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    case = next(c for c in CASES if c.stem == name)
    expected = expected_of(case)

    main(["rank", str(case), "--json"])

    totals = {bid["key"]: bid["total"] for bid in json.loads(capsys.readouterr().out)["bids"]}
    tolerance = Fraction(str(expected["tolerance"]))
    for bid, (printed, right) in MISTAKEN[name].items():
        assert printed in expected["published_wrong"][0]
        assert agrees(right, totals[bid], tolerance), expected["source"]
        assert not agrees(printed, totals[bid], tolerance)


def test_every_mistake_of_a_source_is_told() -> None:
    assert {case.stem for case in CASES if "published_wrong" in expected_of(case)} == set(MISTAKEN)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_every_case_cites_its_source(case: Path) -> None:
    expected = expected_of(case)

    assert expected["source"]
    assert expected["kind"] in ("published", "published inputs", "constructed")
    assert ("published" in expected) is not ("refused" in expected)
