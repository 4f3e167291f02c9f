"""Signing up, signing in and out, and a forgotten password."""

from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import delete, func, select, text, update
from sqlalchemy.exc import IntegrityError

from rfp.accounts import queries
from rfp.accounts.models import Membership, Organisation, PasswordReset, SignInAttempt, User, UserSession
from rfp.accounts.passwords import digest, hash_password, matches, new_token
from rfp.audit.services import record
from rfp.db import db
from rfp.errors import GrilleError, InvalidError
from rfp.vocabulary import OrganisationKind, Role

SESSION_LIFE = timedelta(days=14)
RESET_LIFE = timedelta(hours=1)
WINDOW = timedelta(minutes=15)
MOST_FAILURES = 8
MOST_FAILURES_OF_ORIGIN = 60
MOST_MAILS = 5
MOST_MAILS_OF_ORIGIN = 30


class ThrottledError(GrilleError):
    """Too many failed sign-ins, or too many mails asked for."""

    status = 429


def create_account(
    *,
    email: str,
    name: str,
    password: str,
    language: str,
    organisation_name: str,
    kind: OrganisationKind,
    now: datetime,
) -> User:
    """A person and their new organisation, whose owner they are. Raises InvalidError if the address has an account."""
    user = User(
        email=email.lower(),
        name=name,
        password_hash=hash_password(password),
        language=language,
        created_at=now,
    )
    organisation = Organisation(kind=kind, name=organisation_name, created_at=now)
    db.session.add_all(
        [
            user,
            organisation,
            Membership(user=user, organisation=organisation, role=Role.OWNER, created_at=now),
        ]
    )
    try:
        db.session.flush()
    except IntegrityError as error:
        db.session.rollback()
        raise InvalidError(_("This address already has an account. Sign in, or choose a new password.")) from error
    record(kind="account.created", actor=user, now=now, object=organisation.public_id, data={"kind": str(kind)})
    return user


def check_credentials(*, email: str, password: str, origin: str, now: datetime) -> User | None:
    """The user, or None where address or password is wrong, in the same time. Raises ThrottledError.

    Failures are counted by address and origin together, and by origin alone, never by address alone:
    nobody can lock another out. The caller must commit them.
    """
    pair, all_of_origin = _attempts(email, origin, now)
    if pair >= MOST_FAILURES or all_of_origin >= MOST_FAILURES_OF_ORIGIN:
        raise ThrottledError(_("Too many attempts from here. Wait fifteen minutes, or choose a new password."))
    user = queries.user_by_email(email)
    if matches(password, user.password_hash if user else None):
        return user
    _count_attempt(email, origin, now)
    return None


def count_mail(*, email: str, origin: str, now: datetime) -> None:
    """Count a mail that somebody asks for, whether or not the address has an account. Raises ThrottledError.

    ``origin`` is the visitor's network address, or the organisation that invites. Nobody's mailbox is flooded
    from one origin; and the answer takes as long to write for any address.
    """
    origin = f"mail {origin}"
    pair, all_of_origin = _attempts(email, origin, now)
    if pair >= MOST_MAILS or all_of_origin >= MOST_MAILS_OF_ORIGIN:
        raise ThrottledError(_("Too many mails were asked for from here. Wait fifteen minutes."))
    _count_attempt(email, origin, now)


def _attempts(email: str, origin: str, now: datetime) -> tuple[int, int]:
    """How many within the window: of the address from this origin, and of this origin in all.

    Until the transaction ends, no other counts for this origin: SQLite's writers wait for each other anyway.
    """
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(text("select pg_advisory_xact_lock(hashtext(:origin))"), {"origin": origin})
    own = (
        select(func.count())
        .select_from(SignInAttempt)
        .where(SignInAttempt.origin == origin, SignInAttempt.at > now - WINDOW)
    )
    pair = own.where(SignInAttempt.email_hash == digest(email.strip().lower()))
    return db.session.scalar(pair) or 0, db.session.scalar(own) or 0


def _count_attempt(email: str, origin: str, now: datetime) -> None:
    """One more, and those too old to count are forgotten."""
    db.session.execute(delete(SignInAttempt).where(SignInAttempt.origin == origin, SignInAttempt.at <= now - WINDOW))
    db.session.add(SignInAttempt(email_hash=digest(email.strip().lower()), origin=origin, at=now))
    db.session.flush()


def start_session(*, user: User, browser: str, now: datetime) -> str:
    """A new session for a browser; returns its token, kept nowhere else."""
    token = new_token()
    db.session.add(
        UserSession(
            user_id=user.id,
            token_hash=digest(token),
            browser=browser[:300],
            created_at=now,
            expires_at=now + SESSION_LIFE,
        )
    )
    record(kind="account.signed_in", actor=user, now=now)
    return token


def end_session(*, actor: User, token: str, now: datetime) -> None:
    """Sign this browser out."""
    db.session.execute(update(UserSession).where(UserSession.token_hash == digest(token)).values(revoked_at=now))
    record(kind="account.signed_out", actor=actor, now=now)


def revoke_session(*, actor: User, public_id: str, now: datetime) -> bool:
    """Sign another browser of the same person out; False where there is none."""
    query = update(UserSession).where(
        UserSession.user_id == actor.id, UserSession.public_id == public_id, UserSession.revoked_at.is_(None)
    )
    if not db.session.execute(query.values(revoked_at=now)).rowcount:  # type: ignore[attr-defined]
        return False
    record(kind="account.session_revoked", actor=actor, now=now)
    return True


def revoke_other_sessions(*, actor: User, token: str, now: datetime) -> None:
    """Sign every other browser of the person out."""
    query = update(UserSession).where(UserSession.user_id == actor.id, UserSession.revoked_at.is_(None))
    db.session.execute(query.where(UserSession.token_hash != digest(token)).values(revoked_at=now))


def request_reset(*, email: str, now: datetime) -> tuple[User, str] | None:
    """A link to choose a new password: (user, token), or None where the address has no account."""
    user = queries.user_by_email(email)
    token = new_token()
    if user is None:
        return None
    db.session.add(
        PasswordReset(user_id=user.id, token_hash=digest(token), created_at=now, expires_at=now + RESET_LIFE)
    )
    db.session.flush()
    record(kind="account.reset_requested", actor=user, now=now)
    return user, token


def reset_password(*, token: str, password: str, now: datetime) -> User:
    """Set a new password by a link, once, and sign every browser out. Raises InvalidError."""
    reset = queries.reset_by_token(token, now, lock=True)
    if reset is None:
        raise InvalidError(_("This link was used, or is older than one hour. Ask for a new one."))
    reset.user.password_hash = hash_password(password)
    use_up_resets(user=reset.user, now=now)
    revoke_other_sessions(actor=reset.user, token="", now=now)  # no browser is spared  # nosec B106
    record(kind="account.password_changed", actor=reset.user, now=now)
    return reset.user


def use_up_resets(*, user: User, now: datetime) -> None:
    """Make every link to a new password unusable that the person still has in their mail."""
    query = update(PasswordReset).where(PasswordReset.user_id == user.id, PasswordReset.used_at.is_(None))
    db.session.execute(query.values(used_at=now))
