"""Pages of accounts."""

from flask import Blueprint, Flask

blueprint = Blueprint("accounts", __name__)

from rfp.accounts.views import entering, members, profile, sessions  # noqa: E402 - they hang their pages on the blueprint


@blueprint.record_once
def _bind(state: object) -> None:
    app: Flask = state.app  # type: ignore[attr-defined]
    sessions.init_app(app)


__all__ = ["blueprint", "entering", "members", "profile", "sessions"]
