"""Formulas worked out exactly, as a sheet would with numbers that have no noise."""

from fractions import Fraction
from typing import Any

import pytest

from scoring.intake.formulas.calculation import CIRCLE, Calculation
from scoring.intake.formulas.reading import Unreadable, read
from scoring.intake.formulas.tree import written
from scoring.intake.places import Place
from tests.scoring.intake.books import book, text

CELLS = {
    "A1": 0.1,
    "A2": 0.2,
    "A3": "4",
    "A4": None,
    "A5": True,
    "A6": "words",
    "A7": 0,
    "B1": 3,
    "B2": 2,
    "B3": 1,
    "B4": 2,
}


def result(formula: str, cells: dict[str, Any] | None = None) -> str:
    """What a formula in D9 gives."""
    given = book({**(cells or CELLS), "D9": formula})
    return text(Calculation(given).value(Place("Sheet", 9, 4)))


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("=A1+A2", "0.3"),
        ("=1/3*3", "1"),
        ("=-2^2", "4"),
        ("=2^-1", "0.5"),
        ("=10%+50%", "0.6"),
        ("=A3-1", "3"),
        ("=A4+1", "1"),
        ("=A4", "0"),
        ("=A6+1", "#VALUE!"),
        ("=B1/A7", "#DIV/0!"),
        ("=SUM(A1:A7)", "0.3"),
        ("=SUM(A1:A3,A3-1,TRUE)", "4.3"),
        ("=PRODUCT(B1,A4)", "3"),
        ("=PRODUCT(B1,A3)", "3"),
        ("=PRODUCT(A4,A6)", "0"),
        ("=AVERAGE(A1:A7)", "0.1"),
        ("=AVERAGE(A4:A4)", "#DIV/0!"),
        ("=COUNT(A1:A7)", "3"),
        ("=COUNTA(A1:A7)", "6"),
        ("=COUNTBLANK(A1:A7)", "1"),
        ("=MIN(B1:B4)", "1"),
        ("=MAX(A4:A4)", "0"),
        ("=MEDIAN(B1:B4)", "2"),
        ("=SUMPRODUCT(A1:A2,B1:B2)", "0.7"),
        ("=SUMPRODUCT(A1:A2*B1:B2)", "0.7"),
        ("=SUMPRODUCT(A1:A3,B1:B2)", "#VALUE!"),
        ("=SUMPRODUCT((B1:B4=2)*1)", "2"),
        ("=INDEX(A1:B4,2,2)", "2"),
        ("=INDEX(B:B,3,1)", "1"),
        ("=INDEX(B1:B4,9)", "#REF!"),
        ("=SUM(INDEX(A1:B2,0,2))", "5"),
        ("=RANK(B2,B1:B4)", "2"),
        ("=RANK(B2,B1:B4,1)", "2"),
        ("=RANK(B1,B1:B4,1)", "4"),
        ("=RANK.EQ(B3,$B$1:$B$4,0)", "4"),
        ("=_xlfn.RANK.AVG(B2,B1:B4)", "2.5"),
        ("=RANK(9,B1:B4)", "#N/A"),
        ("=LARGE(B1:B4,2)", "2"),
        ("=SMALL(B1:B4,1)", "1"),
        ("=ROUND(2.675,2)", "2.68"),
        ("=ROUND(-2.5,0)", "-3"),
        ("=ROUND(1234,-2)", "1200"),
        ("=ROUNDUP(1.01,1)", "1.1"),
        ("=ROUNDDOWN(-1.09,1)", "-1"),
        ("=INT(-1.5)", "-2"),
        ("=ABS(-1.5)", "1.5"),
        ('=IF(A4="","none",A4)', "none"),
        ("=IF(B1>B2,B1-B2,B1/A7)", "1"),
        ("=IFERROR(B1/A7,0)", "0"),
        ("=AND(B1>2,B2>2)", "False"),
        ("=OR(B1>2,B2>2)", "True"),
        ("=NOT(B1>2)", "False"),
        ("=1+(B1>B2)+(B3>B2)", "2"),
        ('="a"&B1', "a3"),
        ('="A"="a"', "True"),
        ('="a">5', "True"),
        ("=#REF!+1", "#REF!"),
        ("=Nowhere!A1", "#REF!"),
    ],
)
def test_a_formula_is_worked_out(formula: str, expected: str) -> None:
    assert result(formula) == expected


@pytest.mark.parametrize(
    ("formula", "reason"),
    [
        ("=VLOOKUP(1,A1:B4,2)", "VLOOKUP"),
        ("=2^0.5", "^"),
        ("=Table1[Total]", "[Total]"),
        ("=SUM(A1:A2)+NOW()", "NOW"),
        ("=rate*2", "rate"),
        ("={1,2}", "{1,2}"),
    ],
)
def test_what_is_beyond_is_told_and_never_guessed(formula: str, reason: str) -> None:
    given = Calculation(book({**CELLS, "D9": formula})).everything()

    assert given.unchecked[Place("Sheet", 9, 4)] == reason


def test_a_chain_of_thousands_needs_no_recursion() -> None:
    chain = {"A1": 1, **{f"A{row}": f"=A{row - 1}+0.1" for row in range(2, 6001)}}

    total = Calculation(book(chain)).value(Place("Sheet", 6000, 1))

    assert total == 1 + 5999 * Fraction(1, 10)


def test_a_circle_is_told() -> None:
    given = Calculation(book({"A1": "=B1+1", "B1": "=A1*2", "C1": "=SUM(A1:C1)"})).everything()

    assert set(given.unchecked.values()) == {CIRCLE}


def test_deep_brackets_are_beyond() -> None:
    with pytest.raises(Unreadable):
        read("=" + "(" * 5000 + "1" + ")" * 5000)


def test_only_what_reads_a_changed_cell_is_worked_out_again() -> None:
    base = Calculation(book({"A1": 1, "A2": "=A1+1", "A3": "=A2*2", "B1": "=5"})).everything()

    anew = Calculation(base.book, {Place("Sheet", 1, 1): Fraction(10)}, base=base)

    assert (anew.value(Place("Sheet", 3, 1)), {p.a1 for p in anew.affected}) == (22, {"A1", "A2", "A3"})


@pytest.mark.parametrize(
    "formula", ["=SUM($B$2:C3)*10%", "=-('My sheet'!A1+2)/3", '=IF(A1="",0,INDEX(B:K,2,1))', "=1:3"]
)
def test_a_formula_is_written_as_it_was_read(formula: str) -> None:
    assert "=" + written(read(formula)) == formula.replace("(2)", "2")
