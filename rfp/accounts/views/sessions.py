"""How a browser stays signed in: a random token in its cookie, a row of ours it must match."""

from flask import Flask, g, request, session
from flask_login import current_user, login_user, logout_user

from rfp.accounts import queries, services
from rfp.accounts.models import User
from rfp.extensions import login
from rfp.forms import clean_text


@login.user_loader
def load_user(token: str) -> User | None:
    """The user of a living session: one query, and one for the memberships."""
    found = queries.session_by_token(token, g.now) if isinstance(token, str) else None
    if found is None:
        return None
    g.user_session = found
    found.user.session_token = token
    return found.user


def enter(user: User) -> None:
    """Sign in: a new session; the one this browser had is ended, its cookie dropped but for the language."""
    if current_user.is_authenticated and (standing := g.get("user_session")):
        services.end_session(actor=standing.user, token=standing.user.session_token, now=g.now)
    language = session.get("language")
    session.clear()
    if language:
        session["language"] = language
    user.session_token = services.start_session(user=user, browser=clean_text(request.user_agent.string), now=g.now)
    login_user(user)


def leave(user: User) -> None:
    """Sign out: the cookie's token is dead, wherever it may have been copied."""
    services.end_session(actor=user, token=user.session_token, now=g.now)
    logout_user()
    session.clear()


def init_app(app: Flask) -> None:
    """Tell pages whether this is a demonstration."""
    app.context_processor(lambda: {"is_demonstration": bool(queries.demonstration_accounts())})
