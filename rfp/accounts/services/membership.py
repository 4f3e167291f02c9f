"""Members of an organisation, and how a colleague joins."""

from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from rfp.accounts import queries
from rfp.accounts.models import Invitation, Membership, Organisation, User
from rfp.accounts.passwords import digest, hash_password, new_token
from rfp.audit.services import record
from rfp.db import db
from rfp.errors import InvalidError, NotFoundError
from rfp.vocabulary import ROLES, Role

INVITATION_LIFE = timedelta(days=7)


def invite_colleague(
    *, actor: User, organisation: Organisation, email: str, role: Role, now: datetime
) -> tuple[Invitation, str]:
    """An invitation and its token. Raises InvalidError for a role of another kind, or somebody already in."""
    if role not in ROLES[organisation.kind]:
        raise InvalidError(_("Choose one of the roles."), {"role": _("Choose one of the roles.")})
    already = (
        select(Membership.id)
        .join(User)
        .where(Membership.organisation_id == organisation.id, User.email == email.lower())
    )
    if db.session.scalar(already):
        raise InvalidError(_("This person is already a member."), {"email": _("This person is already a member.")})
    token = new_token()
    invitation = Invitation(
        organisation_id=organisation.id,
        email=email.lower(),
        role=role,
        token_hash=digest(token),
        invited_by_id=actor.id,
        created_at=now,
        expires_at=now + INVITATION_LIFE,
    )
    db.session.add(invitation)
    db.session.flush()
    record(kind="member.invited", actor=actor, now=now, object=organisation.public_id, data={"role": str(role)})
    return invitation, token


def withdraw_invitation(*, actor: User, organisation: Organisation, public_id: str, now: datetime) -> None:
    """Make an open invitation unusable. Raises NotFoundError."""
    query = select(Invitation).where(Invitation.organisation_id == organisation.id, Invitation.public_id == public_id)
    invitation = db.session.scalar(query)
    if invitation is None or invitation.accepted_at or invitation.revoked_at:
        raise NotFoundError
    invitation.revoked_at = now
    db.session.flush()
    record(kind="member.invitation_withdrawn", actor=actor, now=now, object=organisation.public_id)


def _join(user: User, invitation: Invitation, now: datetime) -> None:
    member = select(Membership).where(
        Membership.user_id == user.id, Membership.organisation_id == invitation.organisation_id
    )
    if db.session.scalar(member) is None:
        membership = Membership(
            user_id=user.id, organisation_id=invitation.organisation_id, role=invitation.role, created_at=now
        )
        db.session.add(membership)
    invitation.accepted_at = now
    db.session.flush()
    db.session.refresh(user, ["memberships"])
    data = {"role": str(invitation.role)}
    record(kind="member.joined", actor=user, now=now, object=invitation.organisation.public_id, data=data)


def accept_invitation(*, actor: User, token: str, now: datetime) -> Organisation:
    """A signed-in person joins by the link sent to their own address. Raises InvalidError."""
    invitation = queries.invitation_by_token(token, now, lock=True)
    if invitation is None or invitation.email != actor.email:
        raise InvalidError(_("This invitation was used, withdrawn, or meant for another address."))
    _join(actor, invitation, now)
    return invitation.organisation


def join_by_invitation(*, token: str, name: str, password: str, language: str, now: datetime) -> User:
    """A newcomer makes their account and joins at once: the link proves the address. Raises InvalidError."""
    invitation = queries.invitation_by_token(token, now, lock=True)
    if invitation is None or queries.user_by_email(invitation.email):
        raise InvalidError(_("This invitation was used, withdrawn, or has expired. Ask for a new one."))
    user = User(
        email=invitation.email,
        name=name,
        password_hash=hash_password(password),
        language=language,
        created_at=now,
    )
    db.session.add(user)
    try:
        db.session.flush()
    except IntegrityError as error:  # the address got its account in between, by another link
        db.session.rollback()
        raise InvalidError(_("This invitation was used, withdrawn, or has expired. Ask for a new one.")) from error
    _join(user, invitation, now)
    return user


def _lock_members(organisation: Organisation) -> None:
    """Hold the organisation until the transaction ends: two owners cannot remove each other at once."""
    db.session.execute(select(Organisation.id).where(Organisation.id == organisation.id).with_for_update())


def _keep_an_owner(organisation: Organisation, membership: Membership) -> None:
    owners = select(func.count()).where(Membership.organisation_id == organisation.id, Membership.role == Role.OWNER)
    if membership.role == Role.OWNER and (db.session.scalar(owners) or 0) < 2:
        raise InvalidError(_("An organisation keeps at least one owner. Make somebody else an owner first."))


def _withdraw_invitations_by(membership: Membership, now: datetime) -> None:
    """Whoever may invite no longer leaves no link behind by which they could come back."""
    query = update(Invitation).where(
        Invitation.organisation_id == membership.organisation_id,
        Invitation.invited_by_id == membership.user_id,
        Invitation.accepted_at.is_(None),
        Invitation.revoked_at.is_(None),
    )
    db.session.execute(query.values(revoked_at=now))


def change_role(*, actor: User, organisation: Organisation, user_id: str, role: Role, now: datetime) -> None:
    """Give a member another role. Raises NotFoundError, or InvalidError for the last owner."""
    _lock_members(organisation)
    membership = queries.member(organisation, user_id)
    if membership is None:
        raise NotFoundError
    if role not in ROLES[organisation.kind]:
        raise InvalidError(_("Choose one of the roles."))
    if role != Role.OWNER:
        _keep_an_owner(organisation, membership)
        _withdraw_invitations_by(membership, now)
    before, membership.role = membership.role, role
    db.session.flush()
    data = {"member": user_id, "from": str(before), "to": str(role)}
    record(kind="member.role_changed", actor=actor, now=now, object=organisation.public_id, data=data)


def remove_member(*, actor: User, organisation: Organisation, user_id: str, now: datetime) -> None:
    """End a membership; bites at that person's next request. Raises NotFoundError, or InvalidError."""
    _lock_members(organisation)
    membership = queries.member(organisation, user_id)
    if membership is None:
        raise NotFoundError
    _keep_an_owner(organisation, membership)
    _withdraw_invitations_by(membership, now)
    db.session.delete(membership)
    db.session.flush()
    record(kind="member.removed", actor=actor, now=now, object=organisation.public_id, data={"member": user_id})
