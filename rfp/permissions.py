"""Who may call what: every endpoint once, on this page.

A permission is an OR of ANDs of named predicates. ``ANYONE`` needs no account. For all others a visitor
is sent to sign in, and whoever does not meet any alternative gets the same 404 as for a thing that does
not exist. Predicates load what the address names, once, into ``flask.g`` (``g.brief``, ``g.response``,
``g.bid``, ``g.organisation``, ``g.panel_member``); views read it there.
"""

from collections.abc import Callable
from typing import Any

from flask import Flask, abort, g, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as HttpResponse

from rfp import loading
from rfp.vocabulary import READERS, WRITERS, OrganisationKind, Role
from rfp.web import offer_again, typed_fields

Predicate = Callable[[dict[str, Any]], bool]
ANYONE: list[tuple[Predicate, ...]] = []


def signed_in(_args: dict[str, Any]) -> bool:
    return bool(current_user.is_authenticated)


def _belongs_to_a(kind: OrganisationKind) -> bool:
    return any(m.organisation.kind == kind for m in current_user.memberships)


def agency_member(_args: dict[str, Any]) -> bool:
    return _belongs_to_a(OrganisationKind.AGENCY)


def buyer_member(_args: dict[str, Any]) -> bool:
    return _belongs_to_a(OrganisationKind.BUYER)


def can_create_briefs(_args: dict[str, Any]) -> bool:
    return any(m.organisation.kind == OrganisationKind.BUYER and m.role in WRITERS for m in current_user.memberships)


def _has_role(organisation_id: int, roles: tuple[Role, ...]) -> bool:
    return not current_user.roles_in(organisation_id).isdisjoint(roles)


def brief_writer(args: dict[str, Any]) -> bool:
    brief = loading.brief(args["brief_id"])
    return brief is not None and _has_role(brief.organisation_id, WRITERS)


def brief_reader(args: dict[str, Any]) -> bool:
    brief = loading.brief(args["brief_id"])
    return brief is not None and _has_role(brief.organisation_id, READERS)


def brief_published(args: dict[str, Any]) -> bool:
    brief = loading.brief(args["brief_id"])
    return brief is not None and brief.published_at is not None


def brief_opened(args: dict[str, Any]) -> bool:
    brief = loading.brief(args["brief_id"])
    return brief is not None and brief.opened_at is not None


def on_the_panel(args: dict[str, Any]) -> bool:
    """On the panel, and still a member of the organisation."""
    brief = loading.brief(args["brief_id"])
    if brief is None or not current_user.roles_in(brief.organisation_id):
        return False
    return loading.panel_member(brief, current_user) is not None


def handed_in(args: dict[str, Any]) -> bool:
    """On the panel, and with their own marks handed in."""
    return on_the_panel(args) and g.panel_member.handed_in_at is not None


def nothing_to_hand_in(args: dict[str, Any]) -> bool:
    """Not on the panel, or done: nobody sees others' marks before handing in their own."""
    return not on_the_panel(args) or g.panel_member.handed_in_at is not None


def bid_exists(args: dict[str, Any]) -> bool:
    return loading.bid(loading.brief(args["brief_id"]), args["bid_id"]) is not None


def own_response(args: dict[str, Any]) -> bool:
    response = loading.response(args["response_id"])
    return response is not None and bool(current_user.roles_in(response.organisation_id))


def organisation_member(args: dict[str, Any]) -> bool:
    organisation = loading.organisation(args["organisation_id"])
    return organisation is not None and bool(current_user.roles_in(organisation.id))


def organisation_owner(args: dict[str, Any]) -> bool:
    return organisation_member(args) and _has_role(g.organisation.id, (Role.OWNER,))


SIGNED_IN: list[tuple[Predicate, ...]] = [(signed_in,)]
WRITES: list[tuple[Predicate, ...]] = [(brief_writer,)]
READS: list[tuple[Predicate, ...]] = [(brief_reader,)]
ANSWERS: list[tuple[Predicate, ...]] = [(own_response,)]
READS_BIDS: list[tuple[Predicate, ...]] = [(brief_reader, brief_opened), (on_the_panel, brief_opened)]
READS_THIS_BID: list[tuple[Predicate, ...]] = [
    (brief_reader, brief_opened, bid_exists),
    (on_the_panel, brief_opened, bid_exists),
]
DECIDES_ON_BIDS: list[tuple[Predicate, ...]] = [(brief_writer, brief_opened, bid_exists)]
MARKS: list[tuple[Predicate, ...]] = [(on_the_panel, brief_opened)]
SEES_RANKING: list[tuple[Predicate, ...]] = [
    (brief_reader, brief_opened, nothing_to_hand_in),
    (handed_in, brief_opened),
]

PERMISSIONS: dict[str, list[tuple[Predicate, ...]]] = {
    "static": ANYONE,
    "home.index": ANYONE,
    "home.health": ANYONE,
    "preferences.language": ANYONE,
    "accounts.sign_up": ANYONE,
    "accounts.confirm": ANYONE,
    "accounts.sign_in": ANYONE,
    "accounts.forgotten": ANYONE,
    "accounts.reset": ANYONE,
    "accounts.invitation": ANYONE,
    "accounts.sign_out": SIGNED_IN,
    "accounts.profile": SIGNED_IN,
    "accounts.password": SIGNED_IN,
    "accounts.sessions": SIGNED_IN,
    "accounts.revoke_session": SIGNED_IN,
    "accounts.members": [(organisation_member,)],
    "accounts.invite": [(organisation_owner,)],
    "accounts.revoke_invitation": [(organisation_owner,)],
    "accounts.change_role": [(organisation_owner,)],
    "accounts.remove_member": [(organisation_owner,)],
    "portal.index": ANYONE,
    "portal.show": ANYONE,
    "briefs.index": [(buyer_member,)],
    "briefs.create": [(can_create_briefs,)],
    "briefs.show": READS,
    "briefs.details": WRITES,
    "briefs.section": WRITES,
    "briefs.questions": READS,
    "briefs.grid": READS,
    "briefs.save_grid": WRITES,
    "briefs.timetable": WRITES,
    "briefs.preview": READS,
    "briefs.publish": WRITES,
    "responses.index": [(agency_member,)],
    "responses.start": [(agency_member, brief_published)],
    "responses.show": ANSWERS,
    "responses.section": ANSWERS,
    "responses.requirements": ANSWERS,
    "responses.documents": ANSWERS,
    "responses.upload": ANSWERS,
    "responses.remove_file": ANSWERS,
    "responses.download": ANSWERS,
    "responses.response_workbook": ANSWERS,
    "responses.upload_response": ANSWERS,
    "responses.review_response": ANSWERS,
    "responses.take_response": ANSWERS,
    "responses.check": ANSWERS,
    "responses.submit": ANSWERS,
    "responses.withdraw": ANSWERS,
    "responses.receipt": ANSWERS,
    "responses.receipt_json": ANSWERS,
    "evaluation.index": [(buyer_member,)],
    "evaluation.panel": READS,
    "evaluation.name_evaluator": WRITES,
    "evaluation.remove_evaluator": WRITES,
    "evaluation.opening": READS,
    "evaluation.open_responses": WRITES,
    "evaluation.bids": READS_BIDS,
    "evaluation.bid": READS_THIS_BID,
    "evaluation.bid_file": READS_THIS_BID,
    "evaluation.check_gates": DECIDES_ON_BIDS,
    "evaluation.exclude": DECIDES_ON_BIDS,
    "evaluation.readmit": DECIDES_ON_BIDS,
    "evaluation.marking": MARKS,
    "evaluation.mark": MARKS,
    "evaluation.hand_in": MARKS,
    "evaluation.marking_workbook": MARKS,
    "evaluation.upload_marking": MARKS,
    "evaluation.review_marking": MARKS,
    "evaluation.take_marking": MARKS,
    "evaluation.ranking": SEES_RANKING,
    "evaluation.firmness": SEES_RANKING,
    "evaluation.ranking_json": SEES_RANKING,
    "evaluation.evaluation_file": SEES_RANKING,
    "reports.workbook": SEES_RANKING,
    "audit.record": READS,
}


def _allowed(permission: list[tuple[Predicate, ...]], args: dict[str, Any]) -> bool:
    return any(all(predicate(args) for predicate in alternative) for alternative in permission)


def enforce() -> HttpResponse | tuple[str, int] | None:
    """Before each request: let through, send to sign in, or answer 404. What somebody signed out typed is kept."""
    if request.endpoint is None:
        return None
    permission = PERMISSIONS.get(request.endpoint)
    if permission is None:
        abort(404)
    if permission is ANYONE:
        return None
    if not current_user.is_authenticated:
        if request.method == "POST" and any(text for _name, text in typed_fields()):
            return offer_again()
        target = request.full_path.rstrip("?") if request.method == "GET" else None
        return redirect(url_for("accounts.sign_in", next=target))
    if not _allowed(permission, request.view_args or {}):
        abort(404)
    return None


def init_app(app: Flask) -> None:
    """Guard every endpoint of ``app``."""
    app.before_request(enforce)
