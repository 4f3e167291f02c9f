"""How far a draft has come, page by page."""

from dataclasses import dataclass

from rfp.briefs.fields import is_blank
from rfp.briefs.models import BriefSection, Question
from rfp.responses.content import answers_of, ticks_of, written_questions
from rfp.responses.models import Response
from rfp.responses.slots import Slot, slots_of


@dataclass(frozen=True)
class Part:
    """One page of the response: ``done`` of ``total`` are there; ``needed`` of them still block."""

    page: str
    title: str
    done: int
    total: int
    needed: int
    key: str = ""
    number: str = ""

    @property
    def state(self) -> str:
        """done, partly or todo."""
        if not self.needed:
            return "done"
        return "partly" if self.done else "todo"


@dataclass(frozen=True)
class SectionQuestions:
    """A section of the response, with its written questions and those asked at the meeting."""

    section: BriefSection
    written: list[Question]
    later: list[Question]


def sections_of(response: Response) -> list[SectionQuestions]:
    """The sections that ask something, in order."""
    brief = response.brief
    found = []
    for section in brief.sections:
        asked = [q for q in brief.questions if q.section_key == section.key]
        if asked:
            written = [q for q in asked if q.stage == "written"]
            found.append(SectionQuestions(section, written, [q for q in asked if q.stage != "written"]))
    return found


def answered_keys(response: Response) -> set[str]:
    """The written questions that have an answer or a file."""
    answers = answers_of(response)
    filled = {f.slot.removeprefix("question:") for f in response.files if f.slot.startswith("question:")}
    return {
        q.key
        for q in written_questions(response.brief)
        if not is_blank(answers.get(q.key)) or q.key in filled
    }


def parts_of(response: Response, blocking_by_page: dict[tuple[str, str], int]) -> list[Part]:
    """The pages to work through: a part a section, the requirements, the documents.

    ``blocking_by_page`` counts what still blocks, by (page, section key).
    """
    answered = answered_keys(response)
    parts = [
        Part(
            page="section",
            title=s.section.title,
            number=s.section.number,
            key=s.section.key,
            done=sum(q.key in answered for q in s.written),
            total=len(s.written),
            needed=blocking_by_page.get(("section", s.section.key), 0)
            + sum(q.definition["type"] == "file" and _is_missing(response, q) for q in s.written),
        )
        for s in sections_of(response)
        if s.written
    ]
    requirements = response.brief.requirements
    if requirements:
        done = len(ticks_of(response).keys() & {r.key for r in requirements})
        parts.append(Part("requirements", "", done, len(requirements), len(requirements) - done))
    slots = [s for s in slots_of(response.brief, response) if s.is_due and s.key.startswith("document:")]
    if slots:
        parts.append(Part("documents", "", *_counts(slots)))
    return parts


def _counts(slots: list[Slot]) -> tuple[int, int, int]:
    return sum(s.file is not None for s in slots), len(slots), sum(s.is_missing for s in slots)


def _is_missing(response: Response, question: Question) -> bool:
    slot = next((s for s in slots_of(response.brief, response) if s.key == f"question:{question.key}"), None)
    return slot is not None and slot.is_missing
