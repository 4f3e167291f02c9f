"""What a person changes of their own account."""

from datetime import datetime

from flask_babel import gettext as _

from rfp.accounts.models import User
from rfp.accounts.passwords import hash_password, matches
from rfp.accounts.services.entering import revoke_other_sessions, use_up_resets
from rfp.audit.services import record
from rfp.db import db
from rfp.errors import InvalidError


def change_profile(*, actor: User, name: str, language: str, now: datetime) -> None:
    """Name and language."""
    actor.name, actor.language = name, language
    db.session.flush()
    record(kind="account.profile_changed", actor=actor, now=now)


def change_password(*, actor: User, current: str, new: str, now: datetime) -> None:
    """A new password, knowing the present one; other browsers are signed out. Raises InvalidError."""
    if not matches(current, actor.password_hash):
        raise InvalidError(
            _("This is not your present password."), {"current_password": _("This is not your present password.")}
        )
    actor.password_hash = hash_password(new)
    use_up_resets(user=actor, now=now)
    revoke_other_sessions(actor=actor, token=actor.session_token, now=now)
    record(kind="account.password_changed", actor=actor, now=now)
