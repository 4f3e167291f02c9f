"""Two versions of the same fields, side by side, as plain text."""

from typing import Any

from rfp.briefs.fields.cells import show


def as_text(definition: dict[str, Any], value: Any) -> str:
    """A value as plain text: a table has a line for each row."""
    if definition["type"] == "table":
        return "\n".join(" | ".join(show(c, row.get(c["key"])) for c in definition["columns"]) for row in value or [])
    return show(definition, value)


def compare(definitions: list[dict[str, Any]], theirs: dict[str, Any], yours: dict[str, Any]) -> list[dict[str, str]]:
    """The fields where two versions differ."""
    differing = [d for d in definitions if theirs.get(d["key"]) != yours.get(d["key"])]
    return [
        {"label": d["label"], "theirs": as_text(d, theirs.get(d["key"])), "yours": as_text(d, yours.get(d["key"]))}
        for d in differing
    ]
