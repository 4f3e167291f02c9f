"""Opening, checking, marking and ranking a consultation."""

from rfp.accounts.models import User
from tests.browser.visitor import Visitor


class EvaluationPages:
    """The pages of one consultation, from its opening on."""

    def __init__(self, visitor: Visitor, path: str) -> None:
        self.visitor, self.page, self.path = visitor, visitor.page, path

    def open(self, page: str, status: int = 200) -> None:
        """One page of the consultation: ``opening``, ``bids``, ``marking``…"""
        self.visitor.open(f"{self.path}/{page}", status)

    def press(self, action: str, status: int = 200) -> None:
        """The button of the form that posts to ``action``, or to the page itself."""
        form = f'main form[action="{self.path}/{action}"]' if action else "main form[method=post]"
        self.visitor.press(self.page.locator(f"{form} button[type=submit]").first, status)

    def name(self, evaluator: User) -> None:
        """Put a colleague on the panel."""
        self.page.select_option("#user", evaluator.public_id)
        self.visitor.press("main form:has(#user) button")

    def post_unasked(self, action: str) -> int:
        """Post what no button on the page posts; the status of the answer."""
        token = self.page.locator('meta[name="csrf-token"]').get_attribute("content") or ""
        answer = self.page.request.post(
            f"{self.path}/{action}", form={"csrf_token": token}, headers={"Referer": self.page.url}
        )
        return answer.status

    def bid_links(self) -> list[str]:
        """The addresses of the responses, in the order of the page."""
        self.open("bids")
        links = self.page.locator("main tbody th a").all()
        return [link.get_attribute("href") or "" for link in links]

    def find_all_met(self, bid: str) -> None:
        """Every mandatory requirement of a response was found met."""
        self.visitor.open(bid)
        for met in self.page.locator('[name^="gate-"][value="yes"]').all():
            met.check()
        self.visitor.press(self.page.locator(f'form[action="{bid}/gates"] button').first)

    def exclude(self, bid: str, reason: str, status: int = 200) -> None:
        """Exclude a response."""
        self.page.fill('[name="reason"]', reason)
        self.visitor.press(f'form[action="{bid}/exclusion"] button', status)

    def criteria(self) -> list[str]:
        """The addresses of the criteria to mark."""
        self.open("marking")
        links = self.page.locator("main tbody th a").all()
        return [link.get_attribute("href") or "" for link in links]

    def give_marks(self, comment: str) -> None:
        """On the criterion at hand: the best mark to the first bid, the next to the second…, each commented."""
        for position, section in enumerate(self.page.locator("section.marking").all()):
            section.locator("[type=radio]").nth(-1 - position).check()
            section.locator('[name^="comment-"]').fill(comment)

    def save(self, status: int = 200) -> None:
        """The first button of the page's form."""
        self.visitor.press(self.page.locator("main .form-bar button").first, status)

    def mark_everything(self, comment: str) -> None:
        """Criterion after criterion."""
        criteria = self.criteria()
        self.visitor.open(criteria[0])
        for path in criteria:
            assert self.visitor.path == path
            self.give_marks(comment)
            self.save()
        assert self.visitor.path == f"{self.path}/marking"
