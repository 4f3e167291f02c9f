"""Legal data for tests: everything is built through the services, as people would build it.

Each factory works in the session at hand and flushes; ``built(app)`` commits, so that pages see it. ``now``
defaults to the present instant; consultations that are past their deadline were published in the past.
"""

import contextlib
import io
import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from rfp.accounts import services as accounts
from rfp.accounts.models import Organisation, User
from rfp.briefs import services as briefs
from rfp.briefs.models import Brief
from rfp.briefs.pricing import lacks_reference
from rfp.db import db
from rfp.evaluation import queries as evaluation_queries
from rfp.evaluation import services as evaluation
from rfp.evaluation.models import PanelMember
from rfp.responses import services as responses
from rfp.responses.models import Response, Submission
from rfp.responses.slots import slots_of
from rfp.vocabulary import OrganisationKind, Role
from tests.documents.samples import pdf, xlsx

PASSWORD = "seven green umbrellas"
TEMPLATE = "social-media-strategy"
DAY = timedelta(days=1)
_numbers = itertools.count(1)


@contextlib.contextmanager
def built(app: Flask) -> Iterator[None]:
    """Build inside, and commit at the end. What was loaded stays readable afterwards."""
    with app.app_context():
        yield
        db.session.commit()


def _person(
    kind: OrganisationKind, organisation: str, name: str, email: str, language: str, now: datetime | None
) -> User:
    return accounts.create_account(
        email=email or f"person{next(_numbers)}@example.org",
        name=name,
        password=PASSWORD,
        language=language,
        organisation_name=organisation,
        kind=kind,
        now=now or datetime.now(UTC),
    )


def a_buyer(
    organisation: str = "Exampleville",
    *,
    name: str = "Olga Owner",
    email: str = "",
    language: str = "en",
    now: datetime | None = None,
) -> User:
    """The owner of a new buying organisation; see ``organisation_of``."""
    return _person(OrganisationKind.BUYER, organisation, name, email, language, now)


def an_agency(
    organisation: str = "Sample Studio",
    *,
    name: str = "Paula Provider",
    email: str = "",
    language: str = "en",
    now: datetime | None = None,
) -> User:
    """The owner of a new agency; see ``organisation_of``."""
    return _person(OrganisationKind.AGENCY, organisation, name, email, language, now)


def organisation_of(user: User) -> Organisation:
    """The first organisation the person belongs to."""
    return user.memberships[0].organisation


def a_colleague(
    owner: User, role: Role, *, name: str = "", email: str = "", language: str = "en", now: datetime | None = None
) -> User:
    """A new member of the owner's organisation, who came by an invitation."""
    now = now or datetime.now(UTC)
    number = next(_numbers)
    _invitation, token = accounts.invite_colleague(
        actor=owner,
        organisation=organisation_of(owner),
        email=email or f"person{number}@example.org",
        role=role,
        now=now,
    )
    name = name or f"{str(role).capitalize()} {number}"
    return accounts.join_by_invitation(token=token, name=name, password=PASSWORD, language=language, now=now)


def a_value(definition: dict[str, Any]) -> Any:
    """Something acceptable for a field or question, as it is kept (rfp/briefs/fields)."""
    kind = definition["type"]
    if kind == "table":
        rows = max(1, int(definition.get("min_rows") or 0))
        return [{column["key"]: a_value(column) for column in definition["columns"]} for _ in range(rows)]
    if kind == "choice":
        options = definition.get("options") or [{"value": "other"}]
        return [options[0]["value"]] if definition.get("multiple") else options[0]["value"]
    simple = {"yesno": True, "number": "12", "money": "1500.00", "date": "2027-06-01", "url": "https://example.org/"}
    return simple.get(kind, "Stated in a few words.")


def a_draft(
    buyer: User,
    *,
    title: str = "Social media strategy",
    language: str = "en",
    template: str = TEMPLATE,
    now: datetime | None = None,
) -> Brief:
    """A brief just started from a template, the flagship unless told."""
    return briefs.create_brief(
        actor=buyer,
        organisation=organisation_of(buyer),
        template_key=template,
        language=language,
        title=title,
        now=now or datetime.now(UTC),
    )


def a_ready_draft(
    buyer: User,
    *,
    title: str = "Social media strategy",
    language: str = "en",
    template: str = TEMPLATE,
    deadline: datetime | None = None,
    now: datetime | None = None,
) -> Brief:
    """A draft with nothing missing: it can be published. The deadline is ten days after ``now``."""
    now = now or datetime.now(UTC)
    brief = a_draft(buyer, title=title, language=language, template=template, now=now)
    details = {**briefs.details_of(brief), "reference": "REF-1", "summary": "In short.", "estimate": Decimal("40000")}
    seen = briefs.fingerprint(briefs.details_of(brief))
    briefs.save_details(actor=buyer, brief=brief, values=details, seen=seen, now=now)
    for section in brief.sections:
        asked = [d for d in section.fields if d.get("required")]
        if section.kind == "brief" and asked:
            values = {**section.values, **{d["key"]: a_value(d) for d in asked}}
            seen = briefs.fingerprint(section.values)
            briefs.save_section(actor=buyer, section=section, values=values, seen=seen, now=now)
    _set_ceilings(buyer, brief, now)
    current = briefs.timetable_of(brief)
    dates: dict[str, datetime | None] = dict.fromkeys(current) | {"deadline": deadline or now + 10 * DAY}
    briefs.save_timetable(actor=buyer, brief=brief, dates=dates, seen=briefs.fingerprint(current), now=now)
    return brief


def _set_ceilings(buyer: User, brief: Brief, now: datetime) -> None:
    """Announce a ceiling where the price method of the template computes with one."""
    grid = briefs.grid_of(brief)
    seen = briefs.grid_fingerprint(grid)
    for key, line in grid.items():
        if line.formula and lacks_reference(line.formula):
            grid[key] = replace(line, formula={**line.formula, "reference": "60000"})
    briefs.save_grid(actor=buyer, brief=brief, grid=grid, seen=seen, now=now)


def a_published_brief(
    buyer: User,
    *,
    title: str = "Social media strategy",
    language: str = "en",
    template: str = TEMPLATE,
    deadline: datetime | None = None,
    now: datetime | None = None,
) -> Brief:
    """A brief open for responses until ten days after ``now``."""
    now = now or datetime.now(UTC)
    brief = a_ready_draft(buyer, title=title, language=language, template=template, deadline=deadline, now=now)
    briefs.publish(actor=buyer, brief=brief, now=now)
    return brief


def a_response(agency: User, brief: Brief, *, now: datetime | None = None) -> Response:
    """A response just begun."""
    return responses.start_response(
        actor=agency, agency=organisation_of(agency), brief=brief, now=now or datetime.now(UTC)
    )


def a_complete_response(
    agency: User, brief: Brief, *, price: str = "30000.00", now: datetime | None = None
) -> Response:
    """A draft response with nothing missing: it can be submitted."""
    now = now or datetime.now(UTC)
    response = a_response(agency, brief, now=now)
    written = [q for q in brief.questions if q.stage == "written" and q.definition["type"] != "file"]
    for key in dict.fromkeys(q.section_key for q in written):
        asked = [q for q in written if q.section_key == key]
        values = {q.key: price if q.is_price else a_value(q.definition) for q in asked}
        seen = briefs.fingerprint(responses.section_answers(response, key))
        responses.save_answers(actor=agency, response=response, section_key=key, values=values, seen=seen, now=now)
    met = {requirement.key: True for requirement in brief.requirements}
    responses.tick_requirements(actor=agency, response=response, met=met, now=now)
    for slot in (s for s in slots_of(brief) if s.required):
        kind, content = ("pdf", pdf(slot.name)) if "pdf" in slot.formats else ("xlsx", xlsx())
        stream, name = io.BytesIO(content), f"Document.{kind}"
        responses.add_file(actor=agency, response=response, slot_name=slot.name, name=name, stream=stream, now=now)
    return response


def a_submission(agency: User, brief: Brief, *, price: str = "30000.00", now: datetime | None = None) -> Submission:
    """A response submitted, whole."""
    now = now or datetime.now(UTC)
    response = a_complete_response(agency, brief, price=price, now=now)
    return responses.submit(actor=agency, response=response, now=now)


def a_closed_brief(buyer: User, *, agencies: list[User], title: str = "Social media strategy") -> Brief:
    """A brief whose deadline was yesterday, with a submission of each agency, the first the cheapest."""
    start = datetime.now(UTC) - 20 * DAY
    brief = a_published_brief(buyer, title=title, deadline=datetime.now(UTC) - DAY, now=start)
    for position, agency in enumerate(agencies):
        a_submission(agency, brief, price=f"{30000 + 1000 * position}.00", now=start + (position + 1) * DAY / 10)
    return brief


def an_evaluation(
    buyer: User, *, agencies: list[User], evaluators: list[User], title: str = "Social media strategy"
) -> Brief:
    """An opened consultation with its panel, nothing marked yet."""
    brief = a_closed_brief(buyer, agencies=agencies, title=title)
    now = datetime.now(UTC)
    for evaluator in evaluators:
        evaluation.name_evaluator(actor=buyer, brief=brief, user_id=evaluator.public_id, now=now)
    evaluation.open_responses(actor=buyer, brief=brief, now=now)
    return brief


def place_of(brief: Brief, evaluator: User) -> PanelMember:
    """The evaluator's place on the panel."""
    return next(member for member in evaluation_queries.panel_of(brief) if member.user_id == evaluator.id)


def all_marks(evaluator: User, brief: Brief) -> None:
    """Every mark the evaluator has to give, commented: the first bid gets the scale's best, the others the next."""
    member = place_of(brief, evaluator)
    for position, bid in enumerate(evaluation_queries.admitted_bids(brief)):
        for criterion in (c for c in brief.leaves if c.is_marked):
            evaluation.save_mark(
                actor=evaluator,
                member=member,
                bid=bid,
                criterion=criterion,
                value=Decimal(criterion.scale.points[-1 if position == 0 else -2]["value"]),
                comment="For a reason.",
                seen=0,
                now=datetime.now(UTC),
            )


def a_ranking(
    buyer: User, *, agencies: list[User], evaluators: list[User], title: str = "Social media strategy"
) -> Brief:
    """A consultation ranked: requirements met, every evaluator has marked all and handed in. The first agency wins."""
    brief = an_evaluation(buyer, agencies=agencies, evaluators=evaluators, title=title)
    met: dict[str, bool | None] = {requirement.key: True for requirement in brief.requirements}
    for bid in evaluation_queries.bids_of(brief):
        evaluation.check_gates(actor=buyer, bid=bid, met=met, now=datetime.now(UTC))
    for evaluator in evaluators:
        all_marks(evaluator, brief)
        member = place_of(brief, evaluator)
        evaluation.hand_in(actor=evaluator, brief=brief, member=member, now=datetime.now(UTC))
    return brief


def signed_in(app: Flask, user: User) -> FlaskClient:
    """A browser in which the person has signed in. Commits."""
    with built(app):
        token = accounts.start_session(user=user, browser="Test browser", now=datetime.now(UTC))
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = token, True
    return client
