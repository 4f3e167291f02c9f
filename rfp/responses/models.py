"""An agency's response: what it is drafting, and what it has submitted."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from rfp.accounts.models import Organisation, User
from rfp.briefs.models import Brief, Question, Requirement
from rfp.db import Base, Instant, new_public_id
from rfp.documents.kinds import MEDIA_TYPES, same_kind
from rfp.documents.models import StoredFile
from rfp.documents.names import extension
from rfp.vocabulary import ResponseStatus


class Response(Base):
    """One agency's answer to one brief. The draft may change after a submission; the submission does not."""

    __tablename__ = "responses"
    __table_args__ = (UniqueConstraint("brief_id", "organisation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    brief_id: Mapped[int] = mapped_column(ForeignKey("briefs.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(Instant)
    changed_at: Mapped[datetime] = mapped_column(Instant)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
    version: Mapped[int] = mapped_column()

    brief: Mapped[Brief] = relationship()
    organisation: Mapped[Organisation] = relationship()
    created_by: Mapped[User] = relationship()
    answers: Mapped[list["Answer"]] = relationship(back_populates="response")
    ticks: Mapped[list["RequirementTick"]] = relationship(back_populates="response")
    files: Mapped[list["ResponseFile"]] = relationship(back_populates="response", order_by="ResponseFile.id")
    submissions: Mapped[list["Submission"]] = relationship(back_populates="response", order_by="Submission.number")

    __mapper_args__ = {"version_id_col": version}

    @property
    def submission(self) -> "Submission | None":
        """The one that stands: the latest, unless the response was withdrawn since."""
        if self.withdrawn_at is not None or not self.submissions:
            return None
        return self.submissions[-1]

    def status(self, now: datetime) -> ResponseStatus:
        """As its agency sees it at ``now``."""
        if self.withdrawn_at is not None:
            return ResponseStatus.WITHDRAWN
        if self.submission is not None:
            return ResponseStatus.SUBMITTED
        return ResponseStatus.NOT_SUBMITTED if self.brief.is_past_deadline(now) else ResponseStatus.DRAFT


class Answer(Base):
    """The draft answer to one question; ``value`` as ``briefs/fields`` describes. No row: not answered."""

    __tablename__ = "answers"
    __table_args__ = (UniqueConstraint("response_id", "question_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    response_id: Mapped[int] = mapped_column(ForeignKey("responses.id"), index=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"))
    value: Mapped[Any] = mapped_column(JSON)
    saved_at: Mapped[datetime] = mapped_column(Instant)
    saved_by_name: Mapped[str] = mapped_column(String(200), default="")
    version: Mapped[int] = mapped_column()

    response: Mapped[Response] = relationship(back_populates="answers")
    question: Mapped[Question] = relationship()

    __mapper_args__ = {"version_id_col": version}


class RequirementTick(Base):
    """What the agency declares of one mandatory requirement."""

    __tablename__ = "requirement_ticks"
    __table_args__ = (UniqueConstraint("response_id", "requirement_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    response_id: Mapped[int] = mapped_column(ForeignKey("responses.id"), index=True)
    requirement_id: Mapped[int] = mapped_column(ForeignKey("requirements.id"))
    met: Mapped[bool]

    response: Mapped[Response] = relationship(back_populates="ticks")
    requirement: Mapped[Requirement] = relationship()


class ResponseFile(Base):
    """A file in the draft. ``slot`` is ``document:KEY`` or ``question:KEY``; one file a slot."""

    __tablename__ = "response_files"
    __table_args__ = (UniqueConstraint("response_id", "slot"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    response_id: Mapped[int] = mapped_column(ForeignKey("responses.id"), index=True)
    slot: Mapped[str] = mapped_column(String(100))
    name: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(ForeignKey("stored_files.sha256"))
    uploaded_at: Mapped[datetime] = mapped_column(Instant)
    uploaded_by_name: Mapped[str] = mapped_column(String(200), default="")

    response: Mapped[Response] = relationship(back_populates="files")
    stored: Mapped[StoredFile] = relationship()

    @property
    def media_type(self) -> str:
        """As this name says. The same bytes may be kept for another agency as another kind: text as CSV."""
        return MEDIA_TYPES.get(same_kind(extension(self.name)), self.stored.media_type)


class Submission(Base):
    """What was received, whole, at one instant; never changed. ``number`` counts from 1 within a response.

    ``content`` is {answers: {question key: value}, price: text or null, requirements: {key: bool},
    files: [{id, slot, name, size, sha256, media_type}]}; ``sha256`` is that of its canonical JSON (sorted
    keys, UTF-8, no spaces), the figure printed on the receipt.
    """

    __tablename__ = "submissions"
    __table_args__ = (UniqueConstraint("response_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    response_id: Mapped[int] = mapped_column(ForeignKey("responses.id"), index=True)
    number: Mapped[int]
    received_at: Mapped[datetime] = mapped_column(Instant)
    submitted_by_name: Mapped[str] = mapped_column(String(200))
    brief_version: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    sha256: Mapped[str] = mapped_column(String(64))

    response: Mapped[Response] = relationship(back_populates="submissions")
