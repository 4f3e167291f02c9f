"""The places a response has for files: the documents a brief asks for, and its questions answered by a file."""

from dataclasses import dataclass

from rfp.briefs.models import Brief
from rfp.documents.kinds import DEFAULT_FORMATS, MEDIA_TYPES, same_kind
from rfp.responses.models import Response, ResponseFile

QUESTION_FORMATS = ["pdf", "docx", "xlsx", "pptx", "ods", "odt", "png", "jpg"]
QUESTION_MAX_MB = 20


@dataclass(frozen=True)
class Slot:
    """One place for one file; ``name`` is ``document:KEY`` or ``question:KEY``."""

    name: str
    title: str
    description: str
    required: bool
    formats: list[str]
    max_mb: int


def _known(formats: list[str]) -> list[str]:
    """Of the formats a brief asks for, those that can be judged by content."""
    return [f for f in formats if same_kind(f) in MEDIA_TYPES] or list(DEFAULT_FORMATS)


def slots_of(brief: Brief) -> list[Slot]:
    """Every slot of a brief, in its order; what is due at the award only has none."""
    documents = [
        Slot(f"document:{d.key}", d.title, d.description, d.required, _known(d.formats), d.max_mb)
        for d in brief.document_requests
        if d.due == "submission"
    ]
    questions = [
        Slot(
            f"question:{q.key}",
            q.text,
            q.definition.get("help", ""),
            bool(q.definition.get("required")),
            QUESTION_FORMATS,
            QUESTION_MAX_MB,
        )
        for q in brief.questions
        if q.stage == "written" and q.definition["type"] == "file"
    ]
    return documents + questions


def file_in(response: Response, slot: Slot) -> ResponseFile | None:
    """The file in a slot."""
    return next((f for f in response.files if f.slot == slot.name), None)
