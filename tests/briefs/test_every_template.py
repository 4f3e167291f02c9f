"""Each template carries a consultation from its draft to its ranking, in either language."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from flask import Flask

from rfp.briefs import services as briefs
from rfp.briefs.pricing import in_words
from rfp.briefs.templates import library
from rfp.errors import InvalidError
from rfp.evaluation import queries, services
from rfp.evaluation.matrix import evaluate
from rfp.vocabulary import Role
from tests import factories

SEVEN = [
    "social-media-strategy",
    "consulting",
    "creative-agency",
    "e-reputation",
    "it-managed-services",
    "software-selection",
    "website-redesign",
]


def test_the_library_is_the_seven_with_the_flagship_first() -> None:
    assert list(library()) == SEVEN


@pytest.mark.parametrize("template", SEVEN)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_from_draft_to_ranking(context: Flask, template: str, language: str) -> None:
    buyer = factories.a_buyer()
    start, deadline = datetime.now(UTC) - timedelta(days=20), datetime.now(UTC) - timedelta(days=1)
    brief = factories.a_published_brief(buyer, template=template, language=language, deadline=deadline, now=start)
    for name, price in (("One", "30000.00"), ("Two", "45000.00")):
        factories.a_submission(factories.an_agency(name), brief, price=price, now=start)
    evaluator = factories.a_colleague(buyer, Role.EVALUATOR)
    services.name_evaluator(actor=buyer, brief=brief, user_id=evaluator.public_id, now=start)
    for bid in services.open_responses(actor=buyer, brief=brief, now=datetime.now(UTC)):
        met = {requirement.key: True for requirement in brief.requirements}
        services.check_gates(actor=buyer, bid=bid, met=met, now=datetime.now(UTC))
    factories.all_marks(evaluator, brief)
    member = factories.place_of(brief, evaluator)
    services.hand_in(actor=evaluator, brief=brief, member=member, now=datetime.now(UTC))

    _evaluation, result = evaluate(brief, language)

    assert [(bid.name, bid.rank) for bid in result.bids] == [("One", 1), ("Two", 2)]
    amount = next(leaf for leaf in brief.leaves if leaf.formula)
    fractions = {
        "lowest_ratio": (Decimal(1), Decimal(30000) / Decimal(45000)),
        "linear_to_reference": (Decimal(1), Decimal(60000 - 45000) / Decimal(60000 - 30000)),
    }[amount.formula["name"] if amount.formula else ""]
    points = [result.bids[place].criteria[amount.key].points for place in (0, 1)]
    assert [round(float(p or 0), 6) for p in points] == [round(float(f * amount.weight), 6) for f in fractions]
    assert queries.bids_of(brief)[0].submission.content["price"] == "30000.00"


def test_a_ceiling_must_be_announced_before_publishing(context: Flask) -> None:
    buyer = factories.a_buyer()
    brief = factories.a_ready_draft(buyer, template="creative-agency")
    grid = briefs.grid_of(brief)
    leaf = next(c for c in brief.leaves if c.formula)
    seen = briefs.grid_fingerprint(grid)
    grid[leaf.key] = briefs.GridLine(leaf.weight, None, {"name": "linear_to_reference"})
    briefs.save_grid(actor=buyer, brief=brief, grid=grid, seen=seen, now=datetime.now(UTC))

    with pytest.raises(InvalidError) as caught:
        briefs.publish(actor=buyer, brief=brief, now=datetime.now(UTC))

    assert caught.value.faults == {"grid": "Its ceiling is not set"}


def test_a_table_of_the_brief_is_where_its_question_starts(context: Flask) -> None:
    brief = factories.a_ready_draft(factories.a_buyer(), template="software-selection")
    section = next(s for s in brief.sections if any(f["key"] == "requirement_table" for f in s.fields))
    rows = [{"id": "R1", "text": "Signs in once.", "rank": "must"}, {"id": "R2", "text": "Exports.", "rank": "should"}]
    seen, values = briefs.fingerprint(section.values), {**section.values, "requirement_table": rows}
    briefs.save_section(actor=brief.created_by, section=section, values=values, seen=seen, now=datetime.now(UTC))

    briefs.publish(actor=brief.created_by, brief=brief, now=datetime.now(UTC))

    question = next(q for q in brief.questions if q.definition.get("prefill") == "requirement_table")
    assert question.definition["initial"] == [{"id": "R1"}, {"id": "R2"}]


def test_each_price_method_says_how_it_computes(context: Flask) -> None:
    words = [
        in_words(formula, "EUR")
        for formula in (
            {"name": "lowest_ratio"},
            {"name": "linear_range"},
            {"name": "linear_to_reference", "reference": "60000"},
            {"name": "linear_to_reference"},
        )
    ]

    assert words[0] == "Points × lowest price ÷ price."
    assert words[2] == "Points × (€60,000.00 − price) ÷ (€60,000.00 − lowest price); none at or above €60,000.00."
    assert len(set(words)) == 4
