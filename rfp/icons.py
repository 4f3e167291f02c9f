"""Icons, drawn in the page: a sprite apart would be one more request, and a font one more to load."""

import json
from functools import cache
from pathlib import Path

from flask import Flask
from markupsafe import Markup

SOURCE = Path(__file__).parent.parent / "static" / "vendor" / "bootstrap-icons.json"


@cache
def _paths() -> dict[str, str]:
    paths: dict[str, str] = json.loads(SOURCE.read_text())
    return paths


def icon(name: str) -> Markup:
    """An icon of bootstrap-icons for decoration: text beside it says the same. Raises KeyError."""
    body = Markup(_paths()[name])  # noqa: S704 - our own vendored file  # nosec B704
    return Markup('<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">{}</svg>').format(body)  # nosec B704


def init_app(app: Flask) -> None:
    """Add ``icon(name)`` to the templates."""
    app.jinja_env.globals["icon"] = icon
