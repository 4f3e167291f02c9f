"""People's text, made safe for a cell."""

import re

CELL_LIMIT = 32767
HEADER_LIMIT = 200
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
REPLACEMENT = "\ufffd"


def safe(value: str, limit: int = CELL_LIMIT) -> str:
    """Text without control characters, within the limit, and never taken for markup.

    A spreadsheet counts a cell's characters in UTF-16 units. XlsxWriter passes on a text that begins
    with ``<r>`` and ends with ``</r>`` as raw XML; a space in front keeps it text.
    """
    clean = CONTROL.sub(REPLACEMENT, value.replace("\r\n", "\n").replace("\r", "\n"))
    if len(clean) > limit // 2:
        clean = _cut(clean, limit)
    return f" {clean[: limit - 1]}" if clean.startswith("<r>") and clean.endswith("</r>") else clean


def _cut(value: str, limit: int) -> str:
    """Within the limit in UTF-16 units, the cut shown."""
    units = value.encode("utf-16-le")
    if len(units) // 2 <= limit:
        return value
    mark = f" […] ({len(units) // 2:_})".replace("_", "\u202f")
    return units[: 2 * (limit - len(mark))].decode("utf-16-le", "ignore") + mark


def header(value: str) -> str:
    """Text for a page header or footer, where & begins a code and 255 characters is the limit."""
    short = safe(value, HEADER_LIMIT).replace("\n", " ")
    return short.replace("&", "&&")[:HEADER_LIMIT] if "&" in short else short
