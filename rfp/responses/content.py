"""The whole of a response as plain data, and its one SHA-256."""

import hashlib
import json
from typing import Any

from rfp.briefs.fields.cells import show
from rfp.briefs.models import Brief, Question
from rfp.responses.models import Response


def canonical_json(data: Any) -> bytes:
    """Sorted keys, UTF-8, no spaces: the same data always gives the same bytes."""
    return json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def digest(data: Any) -> str:
    """SHA-256 of the canonical JSON, hexadecimal."""
    return hashlib.sha256(canonical_json(data)).hexdigest()


def written_questions(brief: Brief) -> list[Question]:
    """The questions answered in writing, in order; the others are asked at the meeting."""
    return [q for q in brief.questions if q.stage == "written"]


def answers_of(response: Response) -> dict[str, Any]:
    """The answers in the draft, by question key."""
    return {a.question.key: a.value for a in response.answers}


def ticks_of(response: Response) -> dict[str, bool]:
    """What the draft declares of each requirement, by its key."""
    return {t.requirement.key: t.met for t in response.ticks}


def price_of(response: Response) -> str | None:
    """The price the grid computes with, as decimal text; None where none is given or asked."""
    return next((a.value for a in response.answers if a.question.is_price), None)


def as_text(definition: dict[str, Any], value: Any) -> str:
    """An answer as plain text for a reader; a table as one line a row."""
    if definition["type"] != "table":
        return show(definition, value)
    columns = definition["columns"]
    return "\n".join(" | ".join(show(c, row.get(c["key"])) for c in columns) for row in value or [])


def content_of(response: Response) -> dict[str, Any]:
    """What would be submitted now: the shape ``Submission.content`` documents."""
    return {
        "answers": answers_of(response),
        "price": price_of(response),
        "requirements": ticks_of(response),
        "files": [
            {
                "id": f.public_id,
                "slot": f.slot,
                "name": f.name,
                "size": f.stored.size,
                "sha256": f.sha256,
                "media_type": f.stored.media_type,
            }
            for f in sorted(response.files, key=lambda f: f.slot)
        ],
    }


def differs_from_submission(response: Response) -> bool:
    """Whether the draft is no longer what stands as submitted."""
    return response.submission is not None and response.submission.sha256 != digest(content_of(response))
