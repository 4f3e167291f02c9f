"""Opened responses, the panel and its marks."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from rfp.accounts.models import User
from rfp.briefs.models import Brief, Criterion, Requirement
from rfp.db import Base, ExactDecimal, Instant, enum_type, new_public_id
from rfp.responses.models import Submission
from rfp.vocabulary import BidStatus


class Bid(Base):
    """A response as opened: the submission that stood at the deadline, and what was decided of it."""

    __tablename__ = "bids"
    __table_args__ = (UniqueConstraint("submission_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    brief_id: Mapped[int] = mapped_column(ForeignKey("briefs.id"), index=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id"))
    name: Mapped[str] = mapped_column(String(200))
    position: Mapped[int]
    status: Mapped[BidStatus] = mapped_column(enum_type(BidStatus), default=BidStatus.ADMITTED)
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    decided_by_name: Mapped[str] = mapped_column(String(200), default="")
    version: Mapped[int] = mapped_column()

    brief: Mapped[Brief] = relationship()
    submission: Mapped[Submission] = relationship()
    gates: Mapped[list["GateCheck"]] = relationship(back_populates="bid")

    __mapper_args__ = {"version_id_col": version}


class GateCheck(Base):
    """Whether the buyer found a requirement met. No row: not checked yet."""

    __tablename__ = "gate_checks"
    __table_args__ = (UniqueConstraint("bid_id", "requirement_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    bid_id: Mapped[int] = mapped_column(ForeignKey("bids.id"), index=True)
    requirement_id: Mapped[int] = mapped_column(ForeignKey("requirements.id"))
    met: Mapped[bool]
    checked_at: Mapped[datetime] = mapped_column(Instant)
    checked_by_name: Mapped[str] = mapped_column(String(200))

    bid: Mapped[Bid] = relationship(back_populates="gates")
    requirement: Mapped[Requirement] = relationship()


class PanelMember(Base):
    """An evaluator of one consultation. Once ``handed_in_at`` is set, their marks are locked."""

    __tablename__ = "panel_members"
    __table_args__ = (UniqueConstraint("brief_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    brief_id: Mapped[int] = mapped_column(ForeignKey("briefs.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    named_at: Mapped[datetime] = mapped_column(Instant)
    handed_in_at: Mapped[datetime | None] = mapped_column(Instant)
    version: Mapped[int] = mapped_column()

    brief: Mapped[Brief] = relationship()
    user: Mapped[User] = relationship()

    __mapper_args__ = {"version_id_col": version}


class Mark(Base):
    """One evaluator's mark of one bid on one criterion, on the criterion's scale. No row: not marked, never 0.

    ``comment`` is for the debrief; ``evidence`` names where it stands: an answer, a document and its page.
    """

    __tablename__ = "marks"
    __table_args__ = (UniqueConstraint("bid_id", "criterion_id", "panel_member_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    bid_id: Mapped[int] = mapped_column(ForeignKey("bids.id"), index=True)
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criteria.id"), index=True)
    panel_member_id: Mapped[int] = mapped_column(ForeignKey("panel_members.id"), index=True)
    value: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    comment: Mapped[str] = mapped_column(Text, default="")
    evidence: Mapped[str] = mapped_column(Text, default="", server_default="")
    marked_at: Mapped[datetime] = mapped_column(Instant)
    version: Mapped[int] = mapped_column()

    bid: Mapped[Bid] = relationship()
    criterion: Mapped[Criterion] = relationship()
    panel_member: Mapped[PanelMember] = relationship()

    __mapper_args__ = {"version_id_col": version}
