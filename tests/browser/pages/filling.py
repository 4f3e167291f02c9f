"""Filling a form from its own controls, whatever it asks."""

from typing import Any

from playwright.sync_api import Locator

CONTROLS = """
form => [...form.elements].filter(e => e.name && e.type !== "hidden" && e.type !== "submit" && !e.disabled).map(e => ({
  name: e.name, tag: e.tagName, type: e.type, mode: e.inputMode, value: e.value, checked: e.checked === true,
  rows: e.closest("tr") ? e.closest("tr").rowIndex : 0}))
"""
DATE, NUMBER, WORDS = "2027-06-01", "12", "Stated in a few words."


def fill_blanks(form: Locator) -> int:
    """Give everything not answered yet something acceptable: text, number, date, or the first option. How many."""
    controls: list[dict[str, Any]] = form.evaluate(CONTROLS)
    answered = {c["name"] for c in controls if c["checked"]}
    filled = 0
    for control in controls:
        name, kind = control["name"], control["type"]
        target = form.locator(f'[name="{name}"]').first
        if kind in ("radio", "checkbox"):
            if name not in answered:
                target.check()
                answered.add(name)
                filled += 1
        elif not control["value"]:
            if control["tag"] == "SELECT":
                target.select_option(index=1)
            else:
                target.fill(DATE if kind == "date" else NUMBER if control["mode"] == "decimal" else WORDS)
            filled += 1
    return filled
