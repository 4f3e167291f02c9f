"""What a page was shown, so that saving can tell who changed what since.

A token is ``VERSION-DIGEST``: the version of the answer shown, and the first sixteen hexadecimal digits of
its value's SHA-256. A text that comes back as it was shown was not touched, and overwrites nothing.
"""

from typing import Any

from rfp.briefs.fields import is_blank
from rfp.responses.content import digest
from rfp.responses.models import Answer


def fingerprint(value: Any) -> str:
    """A short digest of a value; the same for every way of giving nothing."""
    return digest(None if is_blank(value) else value)[:16]


def token(answer: Answer | None) -> str:
    """The token of an answer as it stands; ``None`` stands for not answered yet."""
    if answer is None:
        return f"0-{fingerprint(None)}"
    return f"{answer.version}-{fingerprint(answer.value)}"


def untouched(shown: str, value: Any) -> bool:
    """Whether ``value`` is what the page was shown."""
    return shown.partition("-")[2] == fingerprint(value)
