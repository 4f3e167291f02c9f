"""What an address names, loaded once a request into ``flask.g``. None where there is no such thing."""

from flask import g
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from rfp.accounts.models import Organisation, User
from rfp.briefs.models import Brief
from rfp.db import db
from rfp.evaluation.models import Bid, PanelMember
from rfp.responses.models import Response


def brief(public_id: str) -> Brief | None:
    """The brief, with its organisation, kept as ``g.brief``."""
    if "brief" not in g or g.brief.public_id != public_id:
        found = db.session.scalar(
            select(Brief).where(Brief.public_id == public_id).options(joinedload(Brief.organisation))
        )
        if found is None:
            return None
        g.brief = found
    return g.brief


def response(public_id: str) -> Response | None:
    """The response, with its brief and agency, kept as ``g.response``."""
    if "response" not in g:
        found = db.session.scalar(
            select(Response)
            .where(Response.public_id == public_id)
            .options(joinedload(Response.brief).joinedload(Brief.organisation), joinedload(Response.organisation))
        )
        if found is None:
            return None
        g.response = found
    return g.response


def bid(of: Brief | None, public_id: str) -> Bid | None:
    """The bid of that brief, with its submission, kept as ``g.bid``."""
    if of is None:
        return None
    if "bid" not in g:
        found = db.session.scalar(
            select(Bid).where(Bid.brief_id == of.id, Bid.public_id == public_id).options(joinedload(Bid.submission))
        )
        if found is None:
            return None
        g.bid = found
    return g.bid


def panel_member(of: Brief, user: User) -> PanelMember | None:
    """The user's place on the brief's panel, kept as ``g.panel_member``; None where they have none."""
    if "panel_member" not in g:
        g.panel_member = db.session.scalar(
            select(PanelMember).where(PanelMember.brief_id == of.id, PanelMember.user_id == user.id)
        )
    return g.panel_member


def organisation(public_id: str) -> Organisation | None:
    """The organisation or agency, kept as ``g.organisation``."""
    if "organisation" not in g:
        found = db.session.scalar(select(Organisation).where(Organisation.public_id == public_id))
        if found is None:
            return None
        g.organisation = found
    return g.organisation
