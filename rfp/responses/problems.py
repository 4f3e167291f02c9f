"""What stands between a draft and its submission, each with the place to mend it."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from flask_babel import gettext as _

from rfp.briefs import fields
from rfp.briefs.models import Question
from rfp.responses.content import answers_of, ticks_of, written_questions
from rfp.responses.models import Response
from rfp.responses.slots import slots_of


@dataclass(frozen=True)
class Problem:
    """``page`` is an endpoint, ``key`` the section where it has one, ``anchor`` the place on the page.

    One that does not block is a warning: the response can be submitted as it is.
    """

    label: str
    message: str
    page: str
    anchor: str
    key: str = ""
    blocks: bool = True


def problems_of(response: Response) -> list[Problem]:
    """Everything missing or wrong in the draft, in the order of its pages."""
    return [*_in_answers(response), *_in_requirements(response), *_in_documents(response)]


def blocking(problems: Iterable[Problem]) -> list[Problem]:
    """Those that must be mended before submitting."""
    return [p for p in problems if p.blocks]


def _in_answers(response: Response) -> Iterable[Problem]:
    answers = answers_of(response)
    for question in written_questions(response.brief):
        value = answers.get(question.key)
        found = fields.problems([{**question.definition, "key": question.key}], {question.key: value})
        message = found[0].message if found else _wrong_price(question, value)
        if message:
            yield Problem(question.text, message, "section", question.key, key=question.section_key)


def _wrong_price(question: Question, value: str | None) -> str:
    if not question.is_price:
        return ""
    if fields.is_blank(value):
        return _("Missing")
    return _("The price must be more than zero") if Decimal(str(value)) <= 0 else ""


def _in_requirements(response: Response) -> Iterable[Problem]:
    ticks = ticks_of(response)
    for requirement in response.brief.requirements:
        anchor = f"requirement-{requirement.key}"
        if requirement.key not in ticks:
            yield Problem(requirement.text, _("Say whether you meet it"), "requirements", anchor)
        elif not ticks[requirement.key]:
            message = _("You declare that you do not meet it: the buyer may exclude your response")
            yield Problem(requirement.text, message, "requirements", anchor, blocks=False)


def _in_documents(response: Response) -> Iterable[Problem]:
    for slot in slots_of(response.brief, response):
        if slot.is_missing:
            yield Problem(slot.title, _("File missing"), "documents", f"slot-{slot.address}")
