"""What can be done with accounts, one verb each."""

from rfp.accounts.services.entering import (
    ThrottledError,
    check_credentials,
    count_mail,
    create_account,
    end_session,
    request_reset,
    reset_password,
    revoke_other_sessions,
    revoke_session,
    start_session,
)
from rfp.accounts.services.membership import (
    accept_invitation,
    change_role,
    invite_colleague,
    join_by_invitation,
    remove_member,
    withdraw_invitation,
)
from rfp.accounts.services.profile import change_password, change_profile

__all__ = [
    "ThrottledError",
    "accept_invitation",
    "change_password",
    "change_profile",
    "change_role",
    "check_credentials",
    "count_mail",
    "create_account",
    "end_session",
    "invite_colleague",
    "join_by_invitation",
    "remove_member",
    "request_reset",
    "reset_password",
    "revoke_other_sessions",
    "revoke_session",
    "start_session",
    "withdraw_invitation",
]
