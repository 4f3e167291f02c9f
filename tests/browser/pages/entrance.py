"""Coming in: sign up by the mailed link, sign in, sign out."""

from tests.browser.site import Site
from tests.browser.visitor import Visitor
from tests.factories import PASSWORD


class Entrance:
    """The pages of ``/sign-up`` and ``/sign-in``."""

    def __init__(self, visitor: Visitor, site: Site) -> None:
        self.visitor, self.page, self.site = visitor, visitor.page, site

    def fill_sign_up(self, *, kind: str, organisation: str, name: str, email: str) -> None:
        """What is asked before the link is sent."""
        self.page.check(f'[name="kind"][value="{kind}"]')
        self.page.fill('[name="organisation"]', organisation)
        self.page.fill('[name="name"]', name)
        self.page.fill('[name="email"]', email)

    def send(self, status: int = 200) -> None:
        """Send the form of this page."""
        self.visitor.press("main form.panel-box button[type=submit]", status)

    def open_mailed_link(self, email: str) -> None:
        """Open the link that was mailed."""
        self.visitor.open(self.site.link_mailed_to(email))

    def choose_password(self, password: str = PASSWORD, status: int = 200) -> None:
        """The last step of signing up."""
        self.page.fill('[name="password"]', password)
        self.send(status)

    def sign_in(self, email: str, *, path: str = "/") -> None:
        """Sign in, and go where the work is."""
        self.visitor.open("/sign-in")
        self.page.fill('[name="email"]', email)
        self.page.fill('[name="password"]', PASSWORD)
        self.send()
        if self.visitor.path != path:
            self.visitor.open(path)
