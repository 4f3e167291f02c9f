"""One cell of a table, or one simple field: from what was typed to the value kept."""

from datetime import date
from typing import Any
from urllib.parse import urlsplit

from flask_babel import gettext as _

from rfp.forms import clean_text
from rfp.i18n import day, language, number
from rfp.numbers import parse_decimal

MAX_CELL = 2000


def read_cell(definition: dict[str, Any], typed: str) -> Any:
    """The value of a cell; ``None`` for a blank one. Raises ValueError with a message for the person."""
    text = clean_text(typed)
    if not text:
        return None
    if len(text) > MAX_CELL:
        raise ValueError(_("At most %(limit)s characters.", limit=MAX_CELL))
    return READERS.get(definition["type"], _read_text)(definition, text)


def _read_text(_definition: dict[str, Any], text: str) -> str:
    return text


def _read_number(definition: dict[str, Any], text: str) -> str:
    value = parse_decimal(text, language())
    if value is None:
        raise ValueError(
            _(
                "This is not a number: “%(text)s”. Write it like %(example)s.",
                text=text[:40],
                example=number("1234.5"),
            )
        )
    if definition["type"] == "money" and value != round(value, 2):
        raise ValueError(_("An amount has at most two decimals."))
    return format(value, "f")


def _read_date(_definition: dict[str, Any], text: str) -> str:
    try:
        value = date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(_("This is not a date.")) from error
    if not 1900 <= value.year <= 2200:
        raise ValueError(_("This year is out of range."))
    return value.isoformat()


def _read_yesno(_definition: dict[str, Any], text: str) -> bool:
    if text not in ("true", "false"):
        raise ValueError(_("Choose yes or no."))
    return text == "true"


def _read_choice(definition: dict[str, Any], text: str) -> str:
    options = {option["value"] for option in definition.get("options", [])}
    if text not in options and not definition.get("allow_custom"):
        raise ValueError(_("Choose one of the options."))
    return text


def _read_url(_definition: dict[str, Any], text: str) -> str:
    if urlsplit(text).scheme not in ("http", "https") or " " in text:
        raise ValueError(_("Give a whole address, starting with https://"))
    return text


READERS = {
    "number": _read_number,
    "money": _read_number,
    "date": _read_date,
    "yesno": _read_yesno,
    "choice": _read_choice,
    "url": _read_url,
}


def show_typed(definition: dict[str, Any], value: Any) -> str:
    """A kept value as it stands in its input, in the reader's locale."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if definition["type"] in ("number", "money"):
        return number(value, 2 if definition["type"] == "money" else None)
    return str(value)


def show(definition: dict[str, Any], value: Any) -> str:
    """A kept value as text for a reader."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return ", ".join(show(definition, item) for item in value)
    if definition["type"] in ("number", "money"):
        return number(value, 2 if definition["type"] == "money" else None)
    if definition["type"] == "date":
        return day(value)
    if definition["type"] == "choice":
        return next((str(o["label"]) for o in definition.get("options", []) if o["value"] == value), str(value))
    return str(value)
