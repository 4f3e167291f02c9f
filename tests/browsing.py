"""What a browser does for a person: read a page's token, post its form."""

import re
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

TOKEN = re.compile(
    r'name="csrf_token"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="csrf_token"|name="csrf-token" content="([^"]+)"'
)


def csrf_token(client: FlaskClient, page: str) -> str:
    """The token found on ``page``; fails where there is none."""
    match = TOKEN.search(client.get(page, follow_redirects=True).text)
    assert match, f"no CSRF token on {page}"
    return next(group for group in match.groups() if group)


def post_form(
    client: FlaskClient,
    url: str,
    data: dict[str, Any] | None = None,
    *,
    page: str = "/sign-in",
    **options: Any,
) -> TestResponse:
    """Post ``data`` with the token of ``page``. Any page's token serves a whole session."""
    token = csrf_token(client, page)
    headers = {"Referer": f"http://localhost{page}", **options.pop("headers", {})}
    return client.post(url, data={"csrf_token": token, **(data or {})}, headers=headers, **options)
