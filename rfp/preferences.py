"""What a reader may set without an account."""

from urllib.parse import urlsplit

from flask import Blueprint, redirect, request, session, url_for
from werkzeug.wrappers import Response

from rfp.vocabulary import LANGUAGES

blueprint = Blueprint("preferences", __name__)


def local_target(target: str | None) -> str | None:
    """``target`` if it is a path of this site, else None: nobody is led elsewhere by a link to us."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return None
    parts = urlsplit(target)
    return None if parts.scheme or parts.netloc or "\\" in target or any(ord(c) < 32 for c in target) else target


@blueprint.post("/language")
def language() -> Response:
    """Switch the language of the pages, and come back."""
    chosen = request.form.get("language", "")
    if chosen in LANGUAGES:
        session["language"] = chosen
    return redirect(local_target(request.form.get("next")) or url_for("home.index"))
