"""The database: base class, column types that keep exact values, and how each engine is set up."""

import contextlib
import secrets
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Enum, MetaData, String, event
from sqlalchemy.engine import Connection, Dialect, Engine
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
# WAL can corrupt a database before this release of SQLite; the rollback journal cannot.
SAFE_WAL = (3, 51, 3)
ID_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


class Base(DeclarativeBase):
    """Base of every model."""

    metadata = MetaData(naming_convention=NAMING)


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})


def new_public_id() -> str:
    """Sixteen characters nobody can guess (79 bits), for addresses: row numbers are never shown."""
    return "".join(secrets.choice(ID_ALPHABET) for _ in range(16))


class Instant(TypeDecorator[datetime]):
    """An instant in UTC. Refuses naive datetimes, and always returns aware ones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class ExactDecimal(TypeDecorator[Decimal]):
    """A decimal kept as text: NUMERIC on SQLite goes through binary floats and returns another number."""

    impl = String(48)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        return None if value is None else format(value, "f")

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


def enum_type(enum: type[StrEnum]) -> Enum:
    """A column of the enum’s values (not its names), kept as text on every database; any other is refused."""
    return Enum(
        enum, native_enum=False, length=40, validate_strings=True, values_callable=lambda e: [m.value for m in e]
    )


_reading: ContextVar[bool] = ContextVar("reading", default=False)


@contextlib.contextmanager
def reading() -> Iterator[None]:
    """Transactions begun inside take no write lock. All others take SQLite's at once: see ``_begin``."""
    token = _reading.set(True)
    try:
        yield
    finally:
        _reading.reset(token)


def set_reading(value: bool) -> None:
    """Say whether transactions begun from now on, in this context, only read."""
    _reading.set(value)


@event.listens_for(Engine, "connect")
def _set_up_sqlite(connection: Any, _record: Any) -> None:
    if not type(connection).__module__.startswith(("sqlite3", "pysqlite3")):
        return
    connection.isolation_level = None  # the driver begins nothing by itself: _begin does
    version = tuple(int(part) for part in connection.execute("select sqlite_version()").fetchone()[0].split("."))
    connection.execute("PRAGMA busy_timeout = 15000")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA journal_mode = {'WAL' if version >= SAFE_WAL else 'DELETE'}")


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    """A writer locks first (BEGIN IMMEDIATE): read-modify-writes of two writers cannot cross."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN" if _reading.get() else "BEGIN IMMEDIATE")
