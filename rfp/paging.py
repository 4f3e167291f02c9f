"""Lists that go on over pages."""

from flask import request


def page_number() -> int:
    """The page asked for, 1 where it is none."""
    text = request.args.get("page", "")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 7 else 1
