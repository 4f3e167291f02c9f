"""Stored files, by content."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from rfp.db import Base, Instant


class StoredFile(Base):
    """Bytes kept once, under their SHA-256 (hexadecimal). Names belong to whoever refers to them."""

    __tablename__ = "stored_files"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int]
    media_type: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime] = mapped_column(Instant)
