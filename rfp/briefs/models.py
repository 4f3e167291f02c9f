"""A brief and what hangs on it. Texts are in the brief's own language: the template's were copied at creation."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from rfp.accounts.models import Organisation, User
from rfp.db import Base, ExactDecimal, Instant, new_public_id
from rfp.vocabulary import BriefStage


class Brief(Base):
    """One consultation, from the draft of its brief to its ranking.

    Decisions are instants; ``stage`` derives from them and the clock. ``rules`` is the ``rules`` object of
    an evaluation file (docs/evaluation-file.md). ``estimate`` is the budget announced, in ``currency``.
    """

    __tablename__ = "briefs"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    template_key: Mapped[str] = mapped_column(String(80))
    template_version: Mapped[int]
    language: Mapped[str] = mapped_column(String(2))
    title: Mapped[str] = mapped_column(String(200))
    reference: Mapped[str] = mapped_column(String(60), default="")
    summary: Mapped[str] = mapped_column(Text, default="")
    currency: Mapped[str] = mapped_column(String(3), default="EUR")
    estimate: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    zone: Mapped[str] = mapped_column(String(64), default="Europe/Paris")
    rules: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(Instant)
    published_at: Mapped[datetime | None] = mapped_column(Instant, index=True)
    deadline_at: Mapped[datetime | None] = mapped_column(Instant, index=True)
    opened_at: Mapped[datetime | None] = mapped_column(Instant)
    ranked_at: Mapped[datetime | None] = mapped_column(Instant)
    version: Mapped[int] = mapped_column()

    organisation: Mapped[Organisation] = relationship()
    created_by: Mapped[User] = relationship()
    sections: Mapped[list["BriefSection"]] = relationship(back_populates="brief", order_by="BriefSection.position")
    scales: Mapped[list["Scale"]] = relationship(back_populates="brief", order_by="Scale.id")
    criteria: Mapped[list["Criterion"]] = relationship(back_populates="brief", order_by="Criterion.position")
    questions: Mapped[list["Question"]] = relationship(back_populates="brief", order_by="Question.position")
    requirements: Mapped[list["Requirement"]] = relationship(back_populates="brief", order_by="Requirement.position")
    document_requests: Mapped[list["DocumentRequest"]] = relationship(
        back_populates="brief", order_by="DocumentRequest.position"
    )
    milestones: Mapped[list["Milestone"]] = relationship(back_populates="brief", order_by="Milestone.position")

    __mapper_args__ = {"version_id_col": version}

    def stage(self, now: datetime) -> BriefStage:
        """Where the consultation stands at ``now``. The deadline's own instant is already too late."""
        if self.published_at is None:
            return BriefStage.DRAFT
        if self.ranked_at is not None:
            return BriefStage.RANKED
        if self.opened_at is not None:
            return BriefStage.EVALUATION
        return BriefStage.CLOSED if self.is_past_deadline(now) else BriefStage.OPEN

    def is_past_deadline(self, now: datetime) -> bool:
        """Whether ``now`` is at or after the deadline: a response must be received strictly before it."""
        return self.deadline_at is not None and now >= self.deadline_at

    def is_open(self, now: datetime) -> bool:
        """Whether responses are accepted at ``now``."""
        return self.published_at is not None and not self.is_past_deadline(now)

    @property
    def time_zone(self) -> ZoneInfo:
        """The official zone of the timetable."""
        return ZoneInfo(self.zone)

    @property
    def top_criteria(self) -> list["Criterion"]:
        """The roots of the criteria tree, in order."""
        return [c for c in self.criteria if c.parent_id is None]

    @property
    def leaves(self) -> list["Criterion"]:
        """The criteria without children, in the order of the tree."""
        return [c for root in self.top_criteria for c in root.walk() if not c.children]


class BriefSection(Base):
    """A chapter (no fields), a section the buyer fills (``kind`` brief), or a group of questions (``response``).

    ``fields`` are the definitions, ``values`` what the buyer wrote, by field key (see ``briefs/fields.py``).
    """

    __tablename__ = "brief_sections"
    __table_args__ = (UniqueConstraint("brief_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    brief_id: Mapped[int] = mapped_column(ForeignKey("briefs.id"), index=True)
    key: Mapped[str] = mapped_column(String(80))
    parent_key: Mapped[str] = mapped_column(String(80), default="")
    position: Mapped[int]
    number: Mapped[str] = mapped_column(String(12))
    kind: Mapped[str] = mapped_column(String(12))
    title: Mapped[str] = mapped_column(String(200))
    guidance: Mapped[str] = mapped_column(Text, default="")
    fields: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    values: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    saved_at: Mapped[datetime | None] = mapped_column(Instant)
    saved_by_name: Mapped[str] = mapped_column(String(200), default="")
    version: Mapped[int] = mapped_column()

    brief: Mapped[Brief] = relationship(back_populates="sections")

    __mapper_args__ = {"version_id_col": version}


class Scale(Base):
    """What a mark may be. ``points`` is a rising list of {value, label, descriptor}; value is decimal text."""

    __tablename__ = "scales"
    __table_args__ = (UniqueConstraint("brief_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    brief_id: Mapped[int] = mapped_column(ForeignKey("briefs.id"), index=True)
    key: Mapped[str] = mapped_column(String(80))
    title: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(Text, default="")
    points: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)

    brief: Mapped[Brief] = relationship(back_populates="scales")


class Criterion(Base):
    """A node of the grid. A leaf has a ``scale`` (marked) or a ``formula`` with the ``value`` it reads (computed)."""

    __tablename__ = "criteria"
    __table_args__ = (UniqueConstraint("brief_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    brief_id: Mapped[int] = mapped_column(ForeignKey("briefs.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("criteria.id"), index=True)
    key: Mapped[str] = mapped_column(String(80))
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(Text, default="")
    weight: Mapped[Decimal] = mapped_column(ExactDecimal)
    minimum: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    scale_id: Mapped[int | None] = mapped_column(ForeignKey("scales.id"))
    value: Mapped[str] = mapped_column(String(40), default="")
    formula: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))

    brief: Mapped[Brief] = relationship(back_populates="criteria")
    scale: Mapped[Scale | None] = relationship()
    parent: Mapped["Criterion | None"] = relationship(back_populates="children", remote_side=[id])
    children: Mapped[list["Criterion"]] = relationship(back_populates="parent", order_by="Criterion.position")

    def walk(self) -> list["Criterion"]:
        """This criterion, then all below it, depth first."""
        return [self, *(c for child in self.children for c in child.walk())]

    @property
    def is_marked(self) -> bool:
        """Whether evaluators mark it."""
        return self.scale_id is not None


class Question(Base):
    """What an agency answers. ``stage`` is written or presentation; ``definition`` a field definition."""

    __tablename__ = "questions"
    __table_args__ = (UniqueConstraint("brief_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    brief_id: Mapped[int] = mapped_column(ForeignKey("briefs.id"), index=True)
    criterion_id: Mapped[int | None] = mapped_column(ForeignKey("criteria.id"), index=True)
    section_key: Mapped[str] = mapped_column(String(80))
    key: Mapped[str] = mapped_column(String(80))
    position: Mapped[int]
    stage: Mapped[str] = mapped_column(String(20), default="written")
    definition: Mapped[dict[str, Any]] = mapped_column(JSON)

    brief: Mapped[Brief] = relationship(back_populates="questions")
    criterion: Mapped[Criterion | None] = relationship()

    @property
    def text(self) -> str:
        """The question itself."""
        return str(self.definition["label"])

    @property
    def is_price(self) -> bool:
        """Whether its answer is the price the grid computes with."""
        return self.definition["type"] == "money" and bool(self.criterion and self.criterion.formula)


class Requirement(Base):
    """A mandatory condition, met or not: a gate of the evaluation. ``proof`` says how it is shown."""

    __tablename__ = "requirements"
    __table_args__ = (UniqueConstraint("brief_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    brief_id: Mapped[int] = mapped_column(ForeignKey("briefs.id"), index=True)
    key: Mapped[str] = mapped_column(String(80))
    position: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    proof: Mapped[str] = mapped_column(Text, default="")

    brief: Mapped[Brief] = relationship(back_populates="requirements")


class DocumentRequest(Base):
    """A file an agency is asked for, at submission or (``due`` award) only if chosen."""

    __tablename__ = "document_requests"
    __table_args__ = (UniqueConstraint("brief_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    brief_id: Mapped[int] = mapped_column(ForeignKey("briefs.id"), index=True)
    criterion_id: Mapped[int | None] = mapped_column(ForeignKey("criteria.id"))
    key: Mapped[str] = mapped_column(String(80))
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(Text, default="")
    criterion: Mapped[Criterion | None] = relationship()
    required: Mapped[bool] = mapped_column(default=True)
    due: Mapped[str] = mapped_column(String(20), default="submission")
    formats: Mapped[list[str]] = mapped_column(JSON, default=list)
    max_mb: Mapped[int] = mapped_column(default=20)

    brief: Mapped[Brief] = relationship(back_populates="document_requests")


class Milestone(Base):
    """A dated step of the timetable. Those keyed ``deadline`` and ``questions_close`` bind."""

    __tablename__ = "milestones"
    __table_args__ = (UniqueConstraint("brief_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    brief_id: Mapped[int] = mapped_column(ForeignKey("briefs.id"), index=True)
    key: Mapped[str] = mapped_column(String(80))
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime | None] = mapped_column(Instant)

    brief: Mapped[Brief] = relationship(back_populates="milestones")
