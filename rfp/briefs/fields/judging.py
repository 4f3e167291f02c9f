"""What is still wrong with values that were saved as a draft."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from rfp.forms import count_words


@dataclass(frozen=True)
class Problem:
    """One thing that stands in the way; ``message`` is in the reader's language."""

    key: str
    label: str
    message: str


def is_blank(value: Any) -> bool:
    """Whether nothing was given. ``False`` (a no) is something."""
    return value is None or value == "" or value == [] or (isinstance(value, str) and not value.strip())


def problems(definitions: list[dict[str, Any]], values: dict[str, Any]) -> list[Problem]:
    """Required values missing, texts over their word limit, tables too short. Files are not judged here."""
    found = []
    for definition in definitions:
        if definition["type"] != "file":
            message = _problem(definition, values.get(definition["key"]))
            if message:
                found.append(Problem(key=definition["key"], label=str(definition["label"]), message=message))
    return found


def _problem(definition: dict[str, Any], value: Any) -> str:
    if is_blank(value):
        return _("Missing") if definition.get("required") else ""
    limit = definition.get("max_words")
    if limit and isinstance(value, str) and count_words(value) > limit:
        return _("%(count)s words, the limit is %(limit)s", count=count_words(value), limit=limit)
    least = definition.get("min_rows") or 0
    if isinstance(value, list) and definition["type"] == "table" and len(value) < least:
        return str(ngettext("At least %(num)s row is needed", "At least %(num)s rows are needed", least))
    return ""
