"""The words of the trade, once: the values kept in the database and what a reader sees for each."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LANGUAGES = {"fr": "Français", "en": "English"}


class OrganisationKind(StrEnum):
    BUYER = "buyer"
    AGENCY = "agency"


class Role(StrEnum):
    """What a member may do. Agencies use owner and member only."""

    OWNER = "owner"
    BUYER = "buyer"
    EVALUATOR = "evaluator"
    PROCUREMENT = "procurement"
    AUDITOR = "auditor"
    MEMBER = "member"


ROLES = {
    OrganisationKind.BUYER: (Role.OWNER, Role.BUYER, Role.EVALUATOR, Role.PROCUREMENT, Role.AUDITOR),
    OrganisationKind.AGENCY: (Role.OWNER, Role.MEMBER),
}


# Who of a buying organisation may change a consultation, and who may read all of it.
WRITERS = (Role.OWNER, Role.BUYER)
READERS = (Role.OWNER, Role.BUYER, Role.PROCUREMENT, Role.AUDITOR)


class BriefStage(StrEnum):
    """Where a consultation stands. Derived from stored instants and the clock, never stored."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    EVALUATION = "evaluation"
    RANKED = "ranked"


class ResponseStatus(StrEnum):
    """A response as its agency sees it. Derived: see ``Response.status``."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"
    NOT_SUBMITTED = "not_submitted"


class WorkbookKind(StrEnum):
    """What a workbook given out is for."""

    MARKING = "marking"
    ANSWERING = "answering"


class BidStatus(StrEnum):
    """An opened response, as the evaluation treats it."""

    ADMITTED = "admitted"
    EXCLUDED = "excluded"


LABELS: dict[StrEnum, LazyString] = {
    OrganisationKind.BUYER: _l("Organisation"),
    OrganisationKind.AGENCY: _l("Agency"),
    Role.OWNER: _l("Owner"),
    Role.BUYER: _l("Buyer"),
    Role.EVALUATOR: _l("Evaluator"),
    Role.PROCUREMENT: _l("Procurement"),
    Role.AUDITOR: _l("Auditor"),
    Role.MEMBER: _l("Member"),
    BriefStage.DRAFT: _l("Draft"),
    BriefStage.OPEN: _l("Open for responses"),
    BriefStage.CLOSED: _l("Closed, to be opened"),
    BriefStage.EVALUATION: _l("In evaluation"),
    BriefStage.RANKED: _l("Bids ranked"),
    ResponseStatus.DRAFT: _l("Draft"),
    ResponseStatus.SUBMITTED: _l("Submitted"),
    ResponseStatus.WITHDRAWN: _l("Withdrawn"),
    ResponseStatus.NOT_SUBMITTED: _l("Not submitted"),
    BidStatus.ADMITTED: _l("Admitted"),
    BidStatus.EXCLUDED: _l("Excluded"),
}

ROLE_HELP: dict[Role, LazyString] = {
    Role.OWNER: _l("Everything, and the members of the organisation."),
    Role.BUYER: _l("Writes briefs, publishes them, opens responses, excludes with a reason."),
    Role.EVALUATOR: _l("Marks the responses of the consultations they are named to."),
    Role.PROCUREMENT: _l("Reads responses and rankings, downloads the workbook."),
    Role.AUDITOR: _l("Reads everything after the fact, and the record."),
    Role.MEMBER: _l("Answers briefs for the agency."),
}


def label(value: StrEnum) -> str:
    """The reader's word for a value of the vocabulary."""
    return str(LABELS[value])


def stage_label(name: str) -> str:
    """The reader's word for a stage, by its name."""
    return label(BriefStage(name))
