"""The receipt of a submission: what was received, from whom, when, and the hashes to prove it."""

from typing import Any

from flask_babel import gettext as _

from rfp.audit.services import instant_text
from rfp.i18n import instant, number
from rfp.responses.models import Submission
from rfp.responses.slots import slots_of

ALGORITHM = "SHA-256 of the content as JSON: keys sorted, UTF-8, no spaces"


def receipt_of(submission: Submission) -> dict[str, Any]:
    """The receipt as plain JSON. ``sha256`` can be recomputed from ``content`` as ``hash`` says."""
    response, content = submission.response, submission.content
    brief = response.brief
    titles = {slot.key: slot.title for slot in slots_of(brief)}
    return {
        "receipt": submission.public_id,
        "number": submission.number,
        "received_at": instant_text(submission.received_at),
        "received_at_local": submission.received_at.astimezone(brief.time_zone).isoformat(),
        "zone": brief.zone,
        "deadline_at": instant_text(brief.deadline_at) if brief.deadline_at else None,
        "agency": {"id": response.organisation.public_id, "name": response.organisation.name},
        "buyer": {"id": brief.organisation.public_id, "name": brief.organisation.name},
        "brief": {
            "id": brief.public_id,
            "title": brief.title,
            "reference": brief.reference,
            "version": submission.brief_version,
        },
        "response": response.public_id,
        "submitted_by": submission.submitted_by_name,
        "items": {
            "answers": len(content["answers"]),
            "requirements": len(content["requirements"]),
            "price": content["price"] is not None,
            "files": [{**file, "title": titles.get(file["slot"], file["slot"])} for file in content["files"]],
        },
        "hash": ALGORITHM,
        "sha256": submission.sha256,
        "content": content,
    }


def receipt_mail(submission: Submission) -> tuple[str, str]:
    """Subject and text. It carries hashes, never answers, the price or the names of files."""
    receipt = receipt_of(submission)
    brief = submission.response.brief
    subject = _("Received: your response to “%(title)s”", title=brief.title)
    lines = [
        _("Your response was received in full. Keep this receipt."),
        "",
        _("Brief: %(title)s", title=brief.title),
        _(
            "Reference: %(reference)s, version %(version)s",
            reference=brief.reference or brief.public_id,
            version=submission.brief_version,
        ),
        _("Buyer: %(name)s", name=receipt["buyer"]["name"]),
        _("Agency: %(name)s", name=receipt["agency"]["name"]),
        _("Submitted by: %(name)s", name=submission.submitted_by_name),
        _("Received: %(at)s", at=instant(submission.received_at, brief.zone)),
        _("In UTC: %(at)s", at=receipt["received_at"]),
        _("Submission number: %(number)s", number=submission.number),
        "",
        _("Answers: %(count)s", count=receipt["items"]["answers"]),
        *[
            _(
                "File: %(title)s, %(size)s bytes, SHA-256 %(sha256)s",
                title=f["title"],
                size=number(f["size"]),
                sha256=f["sha256"],
            )
            for f in receipt["items"]["files"]
        ],
        "",
        _("SHA-256 of the whole: %(sha256)s", sha256=submission.sha256),
        "",
        _(
            "You may replace or withdraw it until %(deadline)s.",
            deadline=instant(brief.deadline_at, brief.zone),
        ),
    ]
    return subject, "\n".join(lines) + "\n"
