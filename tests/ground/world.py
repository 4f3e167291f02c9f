"""Two organisations, two agencies and a consultation at each stage: whatever an address can name exists twice."""

from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Flask

from rfp.accounts import queries as accounts_queries
from rfp.accounts import services as accounts
from rfp.accounts.models import User
from rfp.briefs.models import Brief
from rfp.db import db
from rfp.evaluation import queries as evaluation_queries
from rfp.offline.models import WorkbookUpload
from rfp.offline.services import issue_workbook
from rfp.vocabulary import Role, WorkbookKind
from tests import factories
from tests.factories import organisation_of

MISSING = "z" * 16


@dataclass(frozen=True)
class World:
    """What was built. ``people`` is role name → row id; ``own`` and ``foreign`` are address parts → values.

    ``own`` are things of the first organisation and agency, ``foreign`` the same of the second ones.
    ``briefs`` is stage → public id, in the first organisation.
    """

    people: dict[str, int]
    briefs: dict[str, str]
    own: dict[str, str]
    foreign: dict[str, str]
    foreign_draft: str
    folder: str


def build(app: Flask) -> World:
    """Build it all in the database of ``app``."""
    with factories.built(app):
        owner, other_owner = factories.a_buyer("Exampleville"), factories.a_buyer("Elsewhere", name="Elsa Elsewhere")
        agency, other_agency = (
            factories.an_agency("Sample Studio"),
            factories.an_agency("Rival Works", name="Remy Rival"),
        )
        people = {
            "owner": owner,
            "buyer": factories.a_colleague(owner, Role.BUYER),
            "evaluator": factories.a_colleague(owner, Role.EVALUATOR),
            "evaluator not named": factories.a_colleague(owner, Role.EVALUATOR),
            "procurement": factories.a_colleague(owner, Role.PROCUREMENT),
            "auditor": factories.a_colleague(owner, Role.AUDITOR),
            "agency owner": agency,
            "agency member": factories.a_colleague(agency, Role.MEMBER),
            "nobody": _former_member(owner),
        }
        stages = _stages(owner, agency, other_agency, people["evaluator"])
        theirs = _stages(other_owner, other_agency, agency, factories.a_colleague(other_owner, Role.EVALUATOR))
        return World(
            people={name: person.id for name, person in people.items()},
            briefs={stage: brief.public_id for stage, brief in stages.items()},
            own=_addresses(owner, agency, people["agency member"], stages),
            foreign=_addresses(other_owner, other_agency, other_agency, theirs),
            foreign_draft=theirs["draft"].public_id,
            folder=str(app.config["DATA_FOLDER"]),
        )


def _former_member(owner: User) -> User:
    person, now = factories.a_colleague(owner, Role.BUYER), datetime.now(UTC)
    organisation = organisation_of(owner)
    accounts.remove_member(actor=owner, organisation=organisation, user_id=person.public_id, now=now)
    return person


def _stages(owner: User, agency: User, rival: User, evaluator: User) -> dict[str, Brief]:
    published = factories.a_published_brief(owner, title="Open")
    factories.a_submission(agency, published)
    return {
        "draft": factories.a_draft(owner, title="Draft"),
        "open": published,
        "closed": factories.a_closed_brief(owner, agencies=[agency], title="Closed"),
        "evaluation": factories.an_evaluation(
            owner, agencies=[agency, rival], evaluators=[evaluator], title="Evaluation"
        ),
        "ranked": factories.a_ranking(owner, agencies=[agency, rival], evaluators=[evaluator], title="Ranked"),
    }


def _addresses(owner: User, agency: User, colleague: User, stages: dict[str, Brief]) -> dict[str, str]:
    """One of each thing an address can name, by the name of that part of the address."""
    now = datetime.now(UTC)
    brief = stages["evaluation"]
    bid = evaluation_queries.bids_of(brief)[0]
    response = factories.a_response(agency, stages["open"])
    invitation, token = accounts.invite_colleague(
        actor=agency, organisation=organisation_of(agency), email="new@example.org", role=Role.MEMBER, now=now
    )
    accounts.start_session(user=agency, browser="A browser left signed in", now=now)
    return {
        "brief_id": brief.public_id,
        "bid_id": bid.public_id,
        "member_id": evaluation_queries.panel_of(brief)[0].public_id,
        "evaluator_id": evaluation_queries.panel_of(brief)[0].user.public_id,
        "criterion_key": next(c.key for c in brief.leaves if c.is_marked),
        "response_id": response.public_id,
        "file_id": response.files[0].public_id,
        "bid_file_id": bid.submission.content["files"][0]["id"],
        "slot": response.files[0].slot,
        "organisation_id": organisation_of(agency).public_id,
        "user_id": colleague.public_id,
        "invitation_id": invitation.public_id,
        "token": token,
        "upload_id": _a_returned_workbook(WorkbookKind.MARKING, evaluation_queries.panel_of(brief)[0].public_id, now),
        "response_upload_id": _a_returned_workbook(WorkbookKind.ANSWERING, response.public_id, now),
        "session_id": accounts_queries.sessions_of(agency, now)[0].public_id,
    }


def _a_returned_workbook(kind: WorkbookKind, owner: str, now: datetime) -> str:
    """The public id of a workbook given out and sent back with nothing in it."""
    issue = issue_workbook(kind=kind, owner=owner, fingerprint="", rows={}, now=now)
    upload = WorkbookUpload(issue=issue, uploaded_at=now, uploaded_by_name="Somebody", cells={"rows": [], "sheets": {}})
    db.session.add(upload)
    db.session.flush()
    return upload.public_id
