"""Workbooks given out to be filled anywhere, and what came back."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from rfp.db import Base, Instant, enum_type, new_public_id
from rfp.vocabulary import WorkbookKind


class WorkbookIssue(Base):
    """One workbook given out. ``owner`` is the public id of whom it is for: a place on a panel, or a response.

    ``number`` counts from 1 within an owner. ``fingerprint`` is that of what the rows were made from (grid or
    questions); ``rows`` says what each row of the workbook stands for, and which version it showed.
    """

    __tablename__ = "workbook_issues"
    __table_args__ = (UniqueConstraint("kind", "owner", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    kind: Mapped[WorkbookKind] = mapped_column(enum_type(WorkbookKind))
    owner: Mapped[str] = mapped_column(String(16), index=True)
    number: Mapped[int]
    fingerprint: Mapped[str] = mapped_column(String(64))
    rows: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    issued_at: Mapped[datetime] = mapped_column(Instant)


class WorkbookUpload(Base):
    """A filled workbook as read, kept between being shown and being taken. ``cells`` is what was in its rows."""

    __tablename__ = "workbook_uploads"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    issue_id: Mapped[int] = mapped_column(ForeignKey("workbook_issues.id"), index=True)
    uploaded_at: Mapped[datetime] = mapped_column(Instant)
    uploaded_by_name: Mapped[str] = mapped_column(String(200))
    cells: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    taken_at: Mapped[datetime | None] = mapped_column(Instant)

    issue: Mapped[WorkbookIssue] = relationship()
