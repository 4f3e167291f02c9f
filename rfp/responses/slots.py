"""The places a response has for files: one for each document asked, one for each question of type file."""

from dataclasses import dataclass

from rfp.briefs.models import Brief, DocumentRequest, Question
from rfp.documents.kinds import DEFAULT_FORMATS
from rfp.responses.models import Response, ResponseFile

MAX_MB = 20
SUBMISSION = "submission"


@dataclass(frozen=True)
class Slot:
    """``key`` is what is kept (``document:KEY``), ``address`` how an address says it (``document-KEY``)."""

    key: str
    title: str
    description: str
    required: bool
    due: str
    formats: tuple[str, ...]
    max_mb: int
    file: ResponseFile | None = None

    @property
    def address(self) -> str:
        """The key as it stands in an address."""
        return self.key.replace(":", "-", 1)

    @property
    def is_due(self) -> bool:
        """Whether the file is for the submission; others are asked of the agency chosen."""
        return self.due == SUBMISSION

    @property
    def is_missing(self) -> bool:
        """Whether the response cannot be submitted without it."""
        return self.required and self.is_due and self.file is None


def slots_of(brief: Brief, response: Response | None = None) -> list[Slot]:
    """Every slot of the brief, in order, with the response's file in each where there is one."""
    files = {f.slot: f for f in response.files} if response else {}
    documents = [_of_document(d, files.get(f"document:{d.key}")) for d in brief.document_requests]
    questions = [_of_question(q, files.get(f"question:{q.key}")) for q in file_questions(brief)]
    return documents + questions


def file_questions(brief: Brief) -> list[Question]:
    """The written questions answered by a file."""
    return [q for q in brief.questions if q.definition["type"] == "file" and q.stage == "written"]


def _of_document(document: DocumentRequest, file: ResponseFile | None) -> Slot:
    return Slot(
        key=f"document:{document.key}",
        title=document.title,
        description=document.description,
        required=document.required,
        due=document.due,
        formats=tuple(document.formats) or DEFAULT_FORMATS,
        max_mb=document.max_mb,
        file=file,
    )


def _of_question(question: Question, file: ResponseFile | None) -> Slot:
    return Slot(
        key=f"question:{question.key}",
        title=question.text,
        description=str(question.definition.get("help") or ""),
        required=bool(question.definition.get("required")),
        due=SUBMISSION,
        formats=tuple(question.definition.get("formats") or DEFAULT_FORMATS),
        max_mb=int(question.definition.get("max_mb") or MAX_MB),
        file=file,
    )


def find_slot(brief: Brief, address: str, response: Response | None = None) -> Slot | None:
    """The slot an address names, or None."""
    return next((slot for slot in slots_of(brief, response) if slot.address == address), None)
