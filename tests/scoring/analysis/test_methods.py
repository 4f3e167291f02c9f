"""The cross-check by other methods: published tables (tests/data/mcdm/README.md), and where it does not apply."""

import json
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from scoring import from_document, rank
from scoring.robustness import other_methods
from scoring.robustness.methods import ranks, scores
from tests.scoring.analysis.makers import evaluation

CASES = Path(__file__).parents[2] / "data" / "mcdm"
METHOD_OF = {
    "topsis_tzeng_huang_2011": "topsis",
    "vikor_opricovic_2004": "vikor",
    "vikor_opricovic_2007_w1": "vikor",
    "vikor_opricovic_2007_w3": "vikor",
    "promethee2_zhao_2013": "promethee_2",
}


def case_of(name: str) -> dict[str, Any]:
    case: dict[str, Any] = json.loads((CASES / f"{name}.json").read_text())
    return case


def table_of(case: dict[str, Any]) -> tuple[Any, Any, Any]:
    """(matrix, weights, types)."""
    types = [1 if c["direction"] == "max" else -1 for c in case["criteria"]]
    weights = [c["weight"] or 1 / len(types) for c in case["criteria"]]
    return np.array(case["scores"], dtype=float), np.array(weights), np.array(types)


@pytest.mark.parametrize(("name", "method"), METHOD_OF.items(), ids=METHOD_OF)
def test_published_table(name: str, method: str) -> None:
    case = case_of(name)

    found = scores(method, *table_of(case))

    assert found is not None
    assert list(found) == pytest.approx(case["expected"]["totals"], abs=case["tolerance"])
    assert ranks(method, found) == case["expected"]["ranks"]


def test_codas_and_entropy_of_the_pinned_library() -> None:
    """Badi 2017 and Elsayed 2017: that the library we cross-check with still gives what was published."""
    from pymcdm.methods import CODAS
    from pymcdm.weights import entropy_weights

    codas, entropy = case_of("codas_supplier_badi_2017"), case_of("entropy_elsayed_2017")
    matrix, weights, types = table_of(codas)

    found = CODAS()(matrix, weights, types, validation=False)

    assert list(found) == pytest.approx(codas["expected"]["totals"], abs=codas["tolerance"])
    assert list(entropy_weights(table_of(entropy)[0])) == pytest.approx(
        entropy["expected"]["totals"], abs=entropy["tolerance"]
    )


def test_kracka_2010_and_its_exploding_column() -> None:
    """Each value over its column's sum, costs inverted first: as `share` with M the sum. A1 owes its win to a C4 of 0.01."""
    case = case_of("wsm_kracka_2010")
    rows = [
        [
            Fraction(str(v)) if c["direction"] == "max" else 1 / Fraction(str(v))
            for c, v in zip(case["criteria"], row, strict=True)
        ]
        for row in case["scores"]
    ]
    places = [[round(value, 15) for value in row] for row in rows]
    sums = [sum(column) for column in zip(*places, strict=True)]
    names = case["alternatives"]
    document = {
        "format": "evaluation/1",
        "criteria": [
            {
                "key": c["name"],
                "weight": 1,
                "value": c["name"],
                "better": "high",
                "formula": {"name": "share", "max": _text(total)},
            }
            for c, total in zip(case["criteria"], sums, strict=True)
        ],
        "bids": [
            {"key": name, "values": {c["name"]: _text(v) for c, v in zip(case["criteria"], row, strict=True)}}
            for name, row in zip(names, places, strict=True)
        ],
    }

    result = rank(from_document(document))

    totals = [float(result.bid(name).total or 0) / 7 for name in names]
    assert totals == pytest.approx(case["expected"]["totals"], abs=case["tolerance"])
    assert [result.bid(name).rank for name in names] == case["expected"]["ranks"]
    assert (result.bid("A1").criteria["C4"].points or 0) > Fraction(98, 100)


def _text(value: Fraction) -> str:
    return f"{float(value):.15f}" if value.denominator == 1 else str(_decimal(value))


def _decimal(value: Fraction) -> str:
    return f"{int(value * 10**15) // 10**15}.{int(value * 10**15) % 10**15:015d}"


def test_the_weighted_product_by_hand() -> None:
    """4^½ × 9^½ = 6 against 6^½ × 6^½ = 6, each over √(10 × 15)."""
    found = scores("weighted_product", np.array([[4.0, 9.0], [6.0, 6.0]]), np.array([0.5, 0.5]), np.array([1, 1]))

    assert found is not None
    assert list(found) == pytest.approx([6 / 150**0.5, 6 / 150**0.5])
    assert ranks("weighted_product", found) == [1, 1]


def test_a_winner_by_points_need_not_win_elsewhere() -> None:
    """A is best on q, B on the price that weighs more: points give A, for lowest_ratio hardly punishes a dearer bid."""
    given = evaluation({"A": {"q": 5}, "B": {"q": 3}}, {"q": 40}, prices={"A": 110, "B": 100}, price_weight=60)

    found = other_methods(given)

    by_method = {check.method: ([w.key for w in check.winners], check.agrees) for check in found.methods}
    assert by_method == {
        "topsis": (["A"], True),
        "vikor": (["B"], False),
        "promethee_2": (["B"], False),
        "weighted_product": (["A"], True),
    }
    assert found.sentence("en") == "2 of the 4 other methods that apply also put A first."


def test_a_mark_of_0_keeps_the_weighted_product_out_alone() -> None:
    given = evaluation({"A": {"q": 5}, "B": {"q": 0}}, {"q": 40}, price_weight=60)

    found = other_methods(given)

    assert {check.method: check.reason for check in found.methods} == {
        "topsis": "",
        "vikor": "",
        "promethee_2": "",
        "weighted_product": "not_above_0",
    }


@pytest.mark.parametrize(
    ("marks", "combination", "reason"),
    [
        ({"A": {"q": 5}}, "weighted_sum", "few"),
        ({"A": {"q": 5}, "B": {"q": 5}}, "weighted_sum", "equal"),
        ({"A": {"q": 5}, "B": {"q": 3}}, "quality_per_price", "price_unweighted"),
    ],
)
def test_where_it_does_not_apply_it_says_so(marks: Any, combination: str, reason: str) -> None:
    found = other_methods(evaluation(marks, {"q": 40}, rules={"combination": combination}))

    assert (found.reason, found.methods) == (reason, ())
    assert found.sentence("en") != found.sentence("fr")


def test_without_pymcdm_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pymcdm", None)
    given = evaluation({"A": {"q": 5}, "B": {"q": 3}}, {"q": 40})

    found = other_methods(given)

    assert (found.reason, found.methods) == ("not_installed", ())
    assert found.sentence("en") == "pymcdm is not installed: no other method was tried."
