"""The agencies' side: drafts written section by section, documents, and what was submitted."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from flask_babel import force_locale

from rfp.accounts.models import User
from rfp.briefs.fields.cells import show
from rfp.briefs.models import Question
from rfp.briefs.services import fingerprint
from rfp.briefs.templates import library
from rfp.demonstration import pdf
from rfp.demonstration.consultation import Consultation
from rfp.demonstration.dates import Stage
from rfp.demonstration.texts import commitments, read, value_of
from rfp.demonstration.writing import TEMPLATE
from rfp.responses import services
from rfp.responses.models import Response
from rfp.responses.slots import slots_of


@dataclass(frozen=True)
class Plan:
    """When an agency writes: from ``first`` to ``last``, in working days after publication. ``until`` stops it short."""

    first: int
    last: int
    hour: int
    submits: bool = True


WRITING = {
    "clairvoile": Plan(3, 13, 16),
    "palombine": Plan(2, 14, 11),
    "zebrule": Plan(6, 14, 17),
    "posteclair": Plan(1, 3, 10),
    "orbemonde": Plan(5, 14, 14),
    "likelia": Plan(4, 9, 15),
}
WRITING_WHILE_OPEN = {
    "posteclair": Plan(1, 2, 11),
    "palombine": Plan(1, 3, 16),
    "zebrule": Plan(2, 3, 15, submits=False),
}
SECTIONS_OF_A_DRAFT = 3


def plans(stage: Stage) -> dict[str, Plan]:
    """Who answers a consultation that goes as far as ``stage``."""
    return {} if stage == Stage.DRAFT else WRITING_WHILE_OPEN if stage == Stage.OPEN else WRITING


@dataclass
class Draft:
    """One agency at work."""

    consultation: Consultation
    agency: str
    response: Response
    author: User
    texts: dict[str, Any]

    def answer(self, question: Question) -> Any:
        """What the agency answers."""
        given = self.texts["answers"].get(question.key)
        if question.key == "kpi-commitments":
            kpis = library()[TEMPLATE]["kpis"]["items"]
            return commitments(given, question.definition, kpis, self.consultation.language)
        initial = question.definition.get("initial")
        return value_of(question.definition, given, initial, self.consultation.calendar.start)

    def save(self, section: str, now: datetime) -> None:
        """Write one section."""
        asked = [q for q in self.consultation.brief.questions if q.section_key == section and _is_written(q)]
        services.save_answers(
            actor=self.author,
            response=self.response,
            section_key=section,
            values={q.key: self.answer(q) for q in asked},
            seen=fingerprint(services.section_answers(self.response, section)),
            now=now,
        )

    def declare(self, now: datetime) -> None:
        """Tick the mandatory requirements."""
        refused = read("people")["agencies"][self.agency].get("refuses", [])
        met = {r.key: r.key not in refused for r in self.consultation.brief.requirements}
        services.tick_requirements(actor=self.author, response=self.response, met=met, now=now)

    def attach(self, now: datetime) -> None:
        """Add the documents, made from what the agency answered."""
        name = self.consultation.people.agencies[self.agency].name
        for slot in slots_of(self.consultation.brief):
            key = slot.name.partition(":")[2]
            paragraphs = self._paragraphs(key)
            if paragraphs:
                title = self.consultation.content["files"][key]
                content = pdf.document(name, title, paragraphs)
                services.add_file(
                    actor=self.author,
                    response=self.response,
                    slot_name=slot.name,
                    name=f"{name} - {title}.pdf",
                    stream=BytesIO(content),
                    now=now,
                )

    def _paragraphs(self, key: str) -> list[str]:
        """What a document says: what the agency wrote for it, after what its answer to a question has."""
        written = list(self.texts["documents"].get(key, []))
        source = {"profiles": "named-team", "financial-offer": "price-breakdown"}.get(key)
        if source is None:
            return written
        question = next(q for q in self.consultation.brief.questions if q.key == source)
        columns = question.definition["columns"]
        rows = self.answer(question)
        with force_locale(self.consultation.language):
            shown = [[(c["label"], show(c, row.get(c["key"]))) for c in columns] for row in rows]
        colon = {"fr": "\N{NO-BREAK SPACE}: ", "en": ": "}[self.consultation.language]
        told = [[f"{label}{colon}{value}" for label, value in cells if value] for _first, *cells in shown]
        return [" · ".join([cells[0][1], *rest]) for cells, rest in zip(shown, told, strict=True)] + written


def answer_brief(consultation: Consultation, agency: str, plan: Plan) -> Iterator[datetime]:
    """From the first visit to the receipt, or to a draft that waits."""
    author = consultation.people.users[f"{agency}.{'member' if plan.submits else 'owner'}"]
    calendar, minute = consultation.calendar, consultation.rng.randrange(50)
    yield (now := calendar.working(plan.first, 9, minute))
    response = services.start_response(
        actor=author, agency=consultation.people.agencies[agency], brief=consultation.brief, now=now
    )
    texts = read(f"{agency}_{consultation.language}")
    draft = Draft(consultation, agency, response, author, texts)
    sections = [s.key for s in consultation.brief.sections if s.kind == "response"]
    for index, section in enumerate(sections if plan.submits else sections[:SECTIONS_OF_A_DRAFT]):
        day = plan.first + index * (plan.last - plan.first) // len(sections)
        yield (now := calendar.working(day, 9 + index, consultation.rng.randrange(50)))
        draft.save(section, now)
    if not plan.submits:
        return
    yield (now := calendar.working(plan.last, plan.hour - 1, minute))
    draft.declare(now)
    draft.attach(now)
    yield (now := calendar.working(plan.last, plan.hour, minute))
    owner = consultation.people.users[f"{agency}.owner"]
    services.submit(actor=owner, response=response, now=now)


def _is_written(question: Question) -> bool:
    return question.stage == "written" and question.definition["type"] != "file"
