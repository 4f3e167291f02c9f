"""One ranking: the page, the JSON, the file and the command line say the same."""

import io
import json
from contextlib import redirect_stdout
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from markupsafe import escape

from rfp.evaluation import queries, services
from rfp.evaluation.matrix import evaluate, evaluation_document
from rfp.vocabulary import Role
from scoring import from_document, read_text
from scoring.__main__ import main
from scoring.robustness import break_even_weights, leave_one_out, margin
from tests import factories


@pytest.fixture
def ranked(app: Flask) -> tuple[FlaskClient, str]:
    """A browser of the buyer, and the address of a ranked consultation of three."""
    with factories.built(app):
        buyer = factories.a_buyer()
        panel = [factories.a_colleague(buyer, Role.EVALUATOR) for _ in range(2)]
        agencies = [factories.an_agency(name) for name in ("One", "Two", "Three")]
        brief = factories.a_ranking(buyer, agencies=agencies, evaluators=panel)
        address = f"/briefs/{brief.public_id}"
    return factories.signed_in(app, buyer), address


def test_the_command_line_prints_what_the_page_offers(ranked: tuple[FlaskClient, str], tmp_path: Path) -> None:
    client, address = ranked
    file = tmp_path / "evaluation.json"
    file.write_bytes(client.get(f"{address}/evaluation.json").data)
    printed = io.StringIO()

    with redirect_stdout(printed):
        code = main(["rank", str(file), "--json", "--lang", "en"])

    assert code == 0
    assert json.loads(printed.getvalue()) == client.get(f"{address}/ranking.json").json


def test_the_page_shows_ranks_totals_and_gaps(ranked: tuple[FlaskClient, str]) -> None:
    client, address = ranked
    result = client.get(f"{address}/ranking.json").json
    assert result is not None

    page = client.get(f"{address}/ranking").text

    assert [bid["rank"] for bid in result["bids"]] == [1, 2, 3]
    for bid in result["bids"]:
        assert f"{Decimal(bid['total']):.2f}" in page
    first, second = (Decimal(bid["total"]) for bid in result["bids"][:2])
    assert f"One is first, {(first - second).normalize()} points ahead of Two." in page


def test_a_missing_mark_is_never_a_zero(context: Flask) -> None:
    buyer = factories.a_buyer()
    panel = [factories.a_colleague(buyer, Role.EVALUATOR) for _ in range(2)]
    brief = factories.an_evaluation(buyer, agencies=[factories.an_agency("One")], evaluators=panel)
    factories.all_marks(panel[0], brief)
    now, member = datetime.now(UTC), factories.place_of(brief, panel[0])
    services.hand_in(actor=panel[0], brief=brief, member=member, now=now)

    _evaluation, result = evaluate(brief, "en")

    bid = result.bids[0]
    assert (bid.status, bid.rank, bid.total) == ("incomplete", None, None)
    assert {reason.code for reason in bid.reasons} == {"gate_missing", "marks_missing"}


def test_a_failed_requirement_excludes_with_its_name(context: Flask) -> None:
    buyer = factories.a_buyer()
    evaluator = factories.a_colleague(buyer, Role.EVALUATOR)
    agencies = [factories.an_agency("One"), factories.an_agency("Two")]
    brief = factories.a_ranking(buyer, agencies=agencies, evaluators=[evaluator])
    requirement, bid = brief.requirements[0], queries.bids_of(brief)[0]
    services.check_gates(actor=buyer, bid=bid, met={requirement.key: False}, now=datetime.now(UTC))

    _evaluation, result = evaluate(brief, "en")

    excluded = result.bid(bid.public_id)
    assert excluded.status == "excluded"
    assert [reason.gate for reason in excluded.reasons] == [requirement.key]
    assert [b.name for b in result.ranked] == ["Two"]


def test_the_document_is_a_valid_evaluation_file_to_the_last_decimal(context: Flask) -> None:
    buyer = factories.a_buyer()
    evaluator = factories.a_colleague(buyer, Role.EVALUATOR)
    brief = factories.a_ranking(buyer, agencies=[factories.an_agency("One")], evaluators=[evaluator])

    evaluation = from_document(evaluation_document(brief))

    assert evaluation.points == 100
    assert evaluation.bids[0].values["price"] == Decimal("30000.00")
    assert [e.name for e in evaluation.evaluators] == [evaluator.name]


def test_what_it_would_take_is_said_as_a_page_and_as_a_part_of_the_ranking(ranked: tuple[FlaskClient, str]) -> None:
    client, address = ranked

    page = client.get(f"{address}/ranking/firmness")
    part = client.get(f"{address}/ranking/firmness", headers={"HX-Request": "true"})

    assert (page.status_code, part.status_code) == (200, 200)
    assert "<html" in page.text
    assert "<html" not in part.text
    evaluation = read_text(client.get(f"{address}/evaluation.json").data)
    sentences = [f(evaluation).sentence("en") for f in (margin, break_even_weights, leave_one_out)]
    assert [s for s in sentences for answer in (page, part) if str(escape(s)) not in answer.text] == []


def test_nobody_is_asked_to_mark_an_excluded_bid(context: Flask) -> None:
    buyer = factories.a_buyer()
    evaluator = factories.a_colleague(buyer, Role.EVALUATOR)
    agencies = [factories.an_agency("One"), factories.an_agency("Two")]
    brief = factories.an_evaluation(buyer, agencies=agencies, evaluators=[evaluator])
    first, second = queries.bids_of(brief)
    reason = "No insurance certificate was sent."
    services.exclude_bid(actor=buyer, bid=first, reason=reason, now=datetime.now(UTC))

    marks = evaluation_document(brief)["marks"]

    assert {tuple(by.items()) for by in marks[first.public_id].values()} == {()}
    assert {tuple(by.items()) for by in marks[second.public_id].values()} == {(("e1", None),)}
