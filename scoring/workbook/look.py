"""The workbook's look: one palette, a few cell styles."""

from typing import Any

INK, PAPER, LINE = "#1B2A3D", "#FFFFFF", "#C9D3DF"
NAVY, MIST, SAND, INPUT_INK, QUIET = "#1F3A5F", "#E9EFF6", "#FFF3CC", "#0B4F9E", "#6B7785"
SERIES = ("#1F4E79", "#2E9C8F", "#E0A030", "#B5525C", "#6F5A9C", "#7A8B3C", "#4F9BD0", "#8C6D4F")
LOW, MIDDLE, HIGH = "#F6D9C8", "#FBF7EA", "#B9DDC9"

BASE: dict[str, Any] = {"font_name": "Calibri", "font_size": 10, "font_color": INK, "valign": "vcenter"}
LINED = {"bottom": 1, "bottom_color": LINE}
STYLES: dict[str, dict[str, Any]] = {
    "plain": {},
    "title": {"font_size": 17, "bold": True, "font_color": NAVY},
    "subtitle": {"font_color": QUIET, "font_size": 10},
    "lead": {"font_size": 12, "bold": True, "font_color": NAVY},
    "section": {"bold": True, "font_size": 12, "font_color": NAVY, "bottom": 2, "bottom_color": NAVY},
    "label": {"font_color": QUIET},
    "note": {"text_wrap": True, "valign": "top"},
    "quiet": {"font_color": QUIET, "text_wrap": True, "valign": "top", "italic": True},
    "head": {"bold": True, "font_color": PAPER, "bg_color": NAVY, "text_wrap": True, "align": "center",
             "left": 1, "left_color": PAPER, "right": 1, "right_color": PAPER},
    "head_left": {"bold": True, "font_color": PAPER, "bg_color": NAVY, "text_wrap": True},
    "cell": LINED,
    "wrapped": {**LINED, "text_wrap": True},
    "centre": {**LINED, "align": "center"},
    "centre_wrapped": {**LINED, "align": "center", "text_wrap": True},
    "strong": {**LINED, "bold": True},
    "faint": {**LINED, "font_color": QUIET},
    "group": {**LINED, "bold": True, "bg_color": MIST},
    "group_centre": {**LINED, "bold": True, "bg_color": MIST, "align": "center"},
    "input": {**LINED, "bg_color": SAND, "font_color": INPUT_INK, "bold": True, "locked": False},
    "total": {"bold": True, "top": 2, "top_color": NAVY, "bottom": 1, "bottom_color": LINE, "bg_color": MIST},
    "figure": {**LINED, "bold": True, "align": "center", "bg_color": MIST},
    "rank": {"bold": True, "align": "center", "font_color": NAVY, **LINED},
    "good": {**LINED, "align": "center", "font_color": "#1E6B4A", "bold": True},
    "bad": {**LINED, "align": "center", "font_color": "#A32835", "bold": True},
}  # fmt: skip


def properties(style: str, **more: Any) -> dict[str, Any]:
    """XlsxWriter's properties of a style."""
    return {**BASE, **STYLES[style], **more}


def number_format(places: int | None, most: int = 2) -> str:
    """Separators follow the reader's own settings; an undeclared number shows two decimals."""
    shown = most if places is None else places
    return f"#,##0.{'0' * shown}" if shown else "#,##0"


def money_format(currency: str, language: str) -> str:
    """The currency after the amount in French, before it in English."""
    sign = {"EUR": "€", "GBP": "£", "USD": "$"}.get(currency, currency)
    mark = "".join(c for c in sign if c.isalpha() or c in "€£$")[:5]
    if not mark:
        return "#,##0.00"
    if language == "fr":
        return f'#,##0.00"\u00a0{mark}"'
    return f'"{mark}"#,##0.00' if len(mark) == 1 else f'"{mark}\u00a0"#,##0.00'


INSTANT = {"en": "d mmm yyyy hh:mm", "fr": "dd/mm/yyyy hh:mm"}
