"""Answering a brief, as an agency."""

from tests.browser.pages.filling import fill_blanks
from tests.browser.visitor import Visitor

Upload = tuple[str, bytes]


class ResponsePages:
    """The pages of one response; ``start`` makes it."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor, self.page = visitor, visitor.page
        self.path = ""

    def start(self, brief_path: str) -> None:
        """From the brief's public page."""
        self.visitor.open(brief_path)
        self.visitor.press(f'form[action="{brief_path}/respond"] button')
        self.path = self.visitor.path

    def open(self, page: str = "", status: int = 200) -> None:
        """One page of the response: ``documents``, ``check``…"""
        self.visitor.open(f"{self.path}/{page}".rstrip("/"), status)

    def sections(self) -> list[str]:
        """The addresses of the sections to answer."""
        self.open()
        links = self.page.locator('main .tasks a[href*="/sections/"]').all()
        return [link.get_attribute("href") or "" for link in links]

    def save(self, status: int = 200) -> None:
        """The first button of the page's form."""
        self.visitor.press(self.page.locator("main .form-bar button").first, status)

    def answer_section(self) -> None:
        """Everything asked in the section at hand, then on to the next."""
        fill_blanks(self.page.locator("form[data-guard]"))
        self.save()

    def write_and_wait(self, name: str, text: str) -> str:
        """Type an answer and leave the field; what the page says once it has saved it by itself."""
        self.page.fill(f'[name="{name}"]', text)
        with self.page.expect_response(lambda answer: "hx-request" in answer.request.headers):
            self.page.keyboard.press("Tab")
        said = self.page.locator("#save-state.htmx-settling, #save-state")
        self.page.wait_for_function("() => !document.querySelector('.htmx-request, .htmx-settling, .htmx-swapping')")
        return said.inner_text()

    def put(self, slot: str, file: Upload, status: int = 200) -> None:
        """Upload a file to its place."""
        form = self.page.locator(f'form[action="{self.path}/documents/{slot}"]')
        name, content = file
        form.locator("[type=file]").set_input_files(
            {"name": name, "mimeType": "application/octet-stream", "buffer": content}
        )
        self.visitor.press(form.locator("button[type=submit]"), status)

    def slots(self) -> list[str]:
        """The places for files, in order."""
        forms = self.page.locator('main form[enctype="multipart/form-data"]').all()
        return [(form.get_attribute("action") or "").rpartition("/")[2] for form in forms]

    def missing(self) -> int:
        """How much the check page says is missing."""
        return self.page.locator("main .callout-warning li").count()

    def submit(self, status: int = 200) -> None:
        """From the check page, declared."""
        self.page.check('[name="declared"]')
        self.visitor.press(f'form[action="{self.path}/submit"] button', status)
