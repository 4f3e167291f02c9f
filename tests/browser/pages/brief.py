"""Writing a brief, as its buyer."""

from playwright.sync_api import Locator

from tests.browser.pages.filling import fill_blanks
from tests.browser.visitor import Visitor
from tests.factories import TEMPLATE


class BriefPages:
    """The pages of one brief; ``start`` makes it."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor, self.page = visitor, visitor.page
        self.path = ""

    def start(self, title: str, language: str) -> None:
        """A new brief from the flagship template."""
        self.visitor.follow("/briefs/new")
        self.page.check(f'[name="template"][value="{TEMPLATE}"]')
        self.page.fill('[name="title"]', title)
        self.page.check(f'[name="language"][value="{language}"]')
        self.visitor.press("main form button[type=submit]")
        self.path = self.visitor.path

    def open(self, page: str = "", status: int = 200) -> None:
        """One page of the brief: ``details``, ``grid``…"""
        self.visitor.open(f"{self.path}/{page}".rstrip("/"), status)

    def save(self, status: int = 200) -> None:
        """The first button of the page's form."""
        self.visitor.press(self.page.locator("main .form-bar button").first, status)

    def error_beside(self, name: str) -> str:
        """The message beside a field that was refused; it is tied to the field for those who cannot see it."""
        field = self.page.locator(f'main [name="{name}"]')
        assert field.get_attribute("aria-invalid") == "true", name
        described = (field.get_attribute("aria-describedby") or "").split()
        return self.page.locator(f"#{described[-1]}").inner_text()

    def tasks(self) -> list[str]:
        """The addresses of the task list."""
        self.open()
        links = self.page.locator("main .tasks a").all()
        return [link.get_attribute("href") or "" for link in links]

    def fill_section(self) -> None:
        """Everything asked in the section at hand, then on to the next."""
        fill_blanks(self.page.locator("form[data-guard]"))
        self.save()

    def weight(self, key: str) -> Locator:
        """The points of a criterion."""
        return self.page.locator(f'[name="w-{key}"]')

    def minimum(self, key: str) -> Locator:
        """The minimum of a criterion."""
        return self.page.locator(f'[name="m-{key}"]')
