"""What is kept of reports."""

from datetime import datetime

from rfp.accounts.models import User
from rfp.audit.services import record
from rfp.briefs.models import Brief


def note_download(*, actor: User, brief: Brief, what: str, now: datetime) -> None:
    """Record who took a report away, and when."""
    record(kind="report.downloaded", actor=actor, now=now, subject=brief.public_id, data={"report": what})
