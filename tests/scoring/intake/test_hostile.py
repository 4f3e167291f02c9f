"""Whatever stands in the cells, an audit ends with findings and never with a crash."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.scoring.intake.books import audited

PLACES = [f"{column}{row}" for column in "ABCDE" for row in range(1, 8)]
OPERANDS = st.sampled_from(
    ["A1", "$B2", "C$3", "A1:A5", "B1:D1", "A:B", "Other!A1", "2", "0.5", '"x"', "10%", "#REF!", "1:2", ""]
)
FUNCTIONS = st.sampled_from(
    ["SUM", "PRODUCT", "AVERAGE", "INDEX", "RANK", "IF", "ROUND", "SUMPRODUCT", "COUNTBLANK", "LARGE", "FOO"]
)


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    joined = st.tuples(inner, st.sampled_from("+-*/^&=<>"), inner).map("".join)
    called = st.tuples(FUNCTIONS, st.lists(inner, max_size=3)).map(lambda pair: f"{pair[0]}({','.join(pair[1])})")
    return joined | called | inner.map("(-{})".format)


FORMULAS = st.recursive(OPERANDS, _grown, max_leaves=6).map("={}".format)
TYPED = (
    st.none()
    | st.integers(-5, 200)
    | st.sampled_from([0.1, 3.3333333, "4", "n/a", "12,5 %", "cheap-expensive", "Weight", True])
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(PLACES), TYPED | FORMULAS, max_size=30))
def test_any_cells_can_be_audited(cells: dict[str, Any]) -> None:
    report = audited(cells, Other={"A1": 5, "A2": "=Sheet!A1"})

    assert {finding.level for finding in report.findings} <= {"error", "warning", "question", "info"}
