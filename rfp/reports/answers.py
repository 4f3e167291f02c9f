"""What the bids answered, question by question, for the comparison workbook."""

from collections.abc import Sequence

from flask_babel import gettext as _

from rfp.briefs.fields.comparing import as_text
from rfp.briefs.models import Brief, Question
from rfp.evaluation.models import Bid
from scoring.workbook import Answer


def answers_to(brief: Brief, bids: Sequence[Bid]) -> tuple[Answer, ...]:
    """The written questions in the order of the form, then the documents asked for; of a file, its name.

    The brief is loaded with its grid and each bid with its submission: nothing more is asked of the database.
    """
    order = {section.key: position for position, section in enumerate(brief.sections)}
    titles = {section.key: section.title for section in brief.sections}
    codes = {criterion.id: criterion.key for criterion in brief.criteria}
    written = [q for q in brief.questions if q.stage == "written"]
    written.sort(key=lambda q: (order.get(q.section_key, len(order)), q.position))
    questions = [
        Answer(
            question=q.text,
            section=titles.get(q.section_key, ""),
            criterion=codes.get(q.criterion_id or 0, ""),
            given={bid.public_id: _answer(q, bid) for bid in bids},
        )
        for q in written
    ]
    documents = [
        Answer(
            question=d.title,
            section=_("Documents"),
            criterion=codes.get(d.criterion_id or 0, ""),
            given={bid.public_id: _names(bid, f"document:{d.key}") for bid in bids},
        )
        for d in brief.document_requests
        if d.due == "submission"
    ]
    return (*questions, *documents)


def _answer(question: Question, bid: Bid) -> str:
    """The answer as it was submitted, and below it the names of the files that belong to it."""
    text = as_text(question.definition, bid.submission.content["answers"].get(question.key))
    return "\n".join(part for part in (text, _names(bid, f"question:{question.key}")) if part)


def _names(bid: Bid, slot: str) -> str:
    return "\n".join(file["name"] for file in bid.submission.content["files"] if file["slot"] == slot)
