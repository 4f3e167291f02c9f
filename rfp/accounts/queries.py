"""Reading accounts."""

import json
from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from rfp.accounts.models import Invitation, Membership, Organisation, PasswordReset, User, UserSession
from rfp.accounts.passwords import digest
from rfp.db import db


def session_by_token(token: str, now: datetime) -> UserSession | None:
    """The living session of a cookie, with its user, their memberships and organisations."""
    return db.session.scalar(
        select(UserSession)
        .where(
            UserSession.token_hash == digest(token),
            UserSession.revoked_at.is_(None),
            UserSession.expires_at > now,
        )
        .options(joinedload(UserSession.user).selectinload(User.memberships).joinedload(Membership.organisation))
    )


def user_by_email(email: str) -> User | None:
    """By address, whatever its capitals."""
    return db.session.scalar(select(User).where(User.email == email.strip().lower()))


def sessions_of(user: User, now: datetime) -> list[UserSession]:
    """The living sessions of a person, newest first."""
    query = select(UserSession).where(
        UserSession.user_id == user.id, UserSession.revoked_at.is_(None), UserSession.expires_at > now
    )
    return list(db.session.scalars(query.order_by(UserSession.created_at.desc())))


def members_of(organisation: Organisation) -> list[Membership]:
    """The members, with the people, in order of joining."""
    query = select(Membership).where(Membership.organisation_id == organisation.id).options(joinedload(Membership.user))
    return list(db.session.scalars(query.order_by(Membership.id)))


def member(organisation: Organisation, user_public_id: str) -> Membership | None:
    """One member."""
    return db.session.scalar(
        select(Membership)
        .join(User)
        .where(Membership.organisation_id == organisation.id, User.public_id == user_public_id)
        .options(joinedload(Membership.user))
    )


def open_invitations(organisation: Organisation, now: datetime) -> list[Invitation]:
    """Those neither used, withdrawn nor expired."""
    query = select(Invitation).where(
        Invitation.organisation_id == organisation.id,
        Invitation.accepted_at.is_(None),
        Invitation.revoked_at.is_(None),
        Invitation.expires_at > now,
    )
    return list(db.session.scalars(query.order_by(Invitation.id)))


def invitation_by_token(token: str, now: datetime, *, lock: bool = False) -> Invitation | None:
    """An invitation that can still be used; ``lock`` keeps it from being used by another until the transaction ends."""
    query = (
        select(Invitation)
        .where(
            Invitation.token_hash == digest(token),
            Invitation.accepted_at.is_(None),
            Invitation.revoked_at.is_(None),
            Invitation.expires_at > now,
        )
        .options(joinedload(Invitation.organisation), joinedload(Invitation.invited_by))
    )
    return db.session.scalar(query.with_for_update(of=Invitation) if lock else query)


def reset_by_token(token: str, now: datetime, *, lock: bool = False) -> PasswordReset | None:
    """A reset that can still be used; ``lock`` keeps it from being used by another until the transaction ends."""
    query = (
        select(PasswordReset)
        .where(
            PasswordReset.token_hash == digest(token),
            PasswordReset.used_at.is_(None),
            PasswordReset.expires_at > now,
        )
        .options(joinedload(PasswordReset.user).selectinload(User.memberships))
    )
    return db.session.scalar(query.with_for_update(of=PasswordReset) if lock else query)


def demonstration_accounts() -> list[dict[str, Any]]:
    """The accounts a demonstration made (email, name, role, organisation); empty elsewhere."""
    path = current_app.config["DATA_FOLDER"] / "demonstration.json"
    if not path.exists():
        return []
    accounts: list[dict[str, Any]] = json.loads(path.read_text())
    return accounts
