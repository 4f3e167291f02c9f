"""A person at a browser. Every page they come to is held to the same rules, in ``settle``."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Dialog, Locator, Page, Response

AXE = (Path(__file__).parent.parent / "data" / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN_AXE = """
tags => axe.run(document, {runOnly: tags, resultTypes: ["violations"]}).then(found => found.violations.map(
  rule => `${rule.id}: ${rule.help}\\n` + rule.nodes.slice(0, 3).map(n => `    ${n.html.slice(0, 200)}`).join("\\n")))
"""
PHONE = {"width": 390, "height": 844}
# Whatever reaches beyond the window's right edge, outside what scrolls by itself.
OVERFLOWING = """
() => document.documentElement.scrollWidth <= window.innerWidth ? [] : [...document.body.querySelectorAll("*")]
  .filter(e => e.getBoundingClientRect().right > window.innerWidth + 1 && !e.closest(".table-wrap, .table-responsive, .chart-wrap"))
  .map(e => e.outerHTML.slice(0, 120)).slice(0, 5).concat(`${document.documentElement.scrollWidth} px wide`)
"""


class Visitor:
    """One browser window, in one language. Dialogs are accepted, and what they asked is kept in ``asked``."""

    def __init__(self, page: Page, language: str) -> None:
        self.page = page
        self.language = language
        self.asked: list[str] = []
        self.errors: list[str] = []
        self.status = 0
        page.on("dialog", self._accept)
        page.on("response", self._note_status)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", self._note_console)

    def _accept(self, dialog: Dialog) -> None:
        self.asked.append(dialog.type if dialog.type == "beforeunload" else dialog.message)
        dialog.accept()

    def _note_status(self, response: Response) -> None:
        if response.request.is_navigation_request():
            self.status = response.status

    def _note_console(self, message: Any) -> None:
        # Chromium logs every answer above 399, which a refused form is; those are checked by ``settle``.
        if message.type == "error" and "the server responded with a status of" not in message.text:
            self.errors.append(message.text)

    def open(self, path: str, status: int = 200) -> None:
        """Go to an address."""
        self.page.goto(path)
        self.settle(status)

    def press(self, target: Locator | str, status: int = 200) -> None:
        """Press what leads to another page, and settle there."""
        locator = self.page.locator(target) if isinstance(target, str) else target
        with self.page.expect_navigation():
            locator.click()
        self.settle(status)

    def follow(self, path: str) -> None:
        """Press the first link to an address."""
        self.press(self.page.locator(f'main a[href="{path}"], header a[href="{path}"]').first)

    def settle(self, status: int = 200) -> None:
        """The page that came: as expected, in the visitor's language, without error, accessible, fit for a phone."""
        where = f"{self.page.url} ({self.status})"
        assert self.status == status, where
        assert self.page.locator("html").get_attribute("lang") == self.language, where
        faults = [*self.errors, *axe_violations(self.page), *overflowing_on_a_phone(self.page)]
        assert faults == [], "\n".join([where, *faults])

    @property
    def path(self) -> str:
        """Where the visitor is, without the server's address."""
        return "/" + self.page.url.split("/", 3)[3].partition("#")[0]

    def has(self, selector: str) -> bool:
        """Whether the page has such an element that can be seen."""
        return self.page.locator(selector).first.is_visible()

    def download(self, path: str) -> bytes:
        """What the link to ``path`` on this page sends."""
        with self.page.expect_download() as sent:
            self.page.locator(f'main a[href="{path}"]').first.click()
        return Path(sent.value.path()).read_bytes()


def axe_violations(page: Page) -> list[str]:
    """What axe-core finds wrong with the page, a rule each."""
    if not page.evaluate("typeof axe === 'object'"):
        page.add_script_tag(content=AXE)
    found: list[str] = page.evaluate(RUN_AXE, RULES)
    return found


def overflowing_on_a_phone(page: Page) -> list[str]:
    """What makes the page scroll sideways in a window 390 pixels wide."""
    before = page.viewport_size
    page.set_viewport_size(PHONE)
    found: list[str] = page.evaluate(OVERFLOWING)
    if before:
        page.set_viewport_size(before)
    return found
