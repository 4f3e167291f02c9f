"""The database as it is set up: exact values, aware instants, writers that wait for each other."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import column, event, insert, literal, select, table, text
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm.exc import StaleDataError

from rfp.accounts.models import Membership, Organisation, User
from rfp.briefs.models import Brief
from rfp.db import SAFE_WAL, ExactDecimal, Instant, db, new_public_id, reading
from rfp.vocabulary import OrganisationKind, Role
from tests import factories

WRITERS, EACH = 8, 10


@pytest.fixture
def sqlite(context: Flask, request: pytest.FixtureRequest) -> bool:
    """Whether this run is on SQLite."""
    return db.engine.dialect.name == "sqlite"


def test_every_sqlite_connection_is_set_up_to_lose_nothing(context: Flask, sqlite: bool) -> None:
    names = ("foreign_keys", "synchronous", "journal_mode", "busy_timeout")
    wal_is_safe = sqlite3.sqlite_version_info >= SAFE_WAL

    found = [{n: db.session.execute(text(f"PRAGMA {n}")).scalar() for n in names} for _ in range(2)] if sqlite else []

    expected = dict(zip(names, (1, 2, "wal" if wal_is_safe else "delete", 15000), strict=True))
    assert found == ([expected, expected] if sqlite else [])


def test_what_refers_to_nothing_is_refused(context: Flask) -> None:
    db.session.add(Membership(user_id=999, organisation_id=999, role=Role.OWNER, created_at=datetime.now(UTC)))

    with pytest.raises(IntegrityError):
        db.session.flush()


def test_a_writer_locks_first_and_a_reader_does_not(context: Flask, sqlite: bool) -> None:
    begun: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *given: begun.append(given[2]))

    db.session.execute(text("select 1"))
    db.session.rollback()
    with reading():
        db.session.execute(text("select 1"))
        db.session.rollback()

    expected = ["BEGIN IMMEDIATE", "select 1", "BEGIN", "select 1"] if sqlite else ["select 1", "select 1"]
    assert begun == expected


def test_read_modify_writes_at_once_lose_nothing(app: Flask) -> None:
    with app.app_context():
        organisation = Organisation(kind=OrganisationKind.BUYER, name="0", created_at=datetime.now(UTC))
        db.session.add(organisation)
        db.session.commit()

    def count(_writer: int) -> None:
        for _ in range(EACH):
            with app.app_context():
                found = db.session.scalars(select(Organisation).with_for_update()).one()
                found.name = str(int(found.name) + 1)
                db.session.commit()

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(count, range(WRITERS)))

    with app.app_context():
        assert db.session.scalar(select(Organisation.name)) == str(WRITERS * EACH)


def test_a_version_stops_the_second_of_two_writers(app: Flask) -> None:
    with factories.built(app):
        factories.a_draft(factories.a_buyer())
    with app.app_context():
        first = db.session.scalars(select(Brief)).one()
        db.session.commit()
        with app.app_context():
            db.session.scalars(select(Brief)).one().title = "Theirs"
            db.session.commit()

        first.title = "Mine"
        with pytest.raises(StaleDataError):
            db.session.flush()


def round_trip(kind: Any, value: Any) -> Any:
    """The value as it comes back from a column of that type."""
    name = f"kept_{new_public_id()}"
    kept = table(name, column("value", kind))
    db.session.execute(text(f"create temporary table {name} (value {kind.impl.compile(db.engine.dialect)})"))
    db.session.execute(insert(kept).values(value=value))
    return db.session.scalar(select(kept))


@pytest.mark.parametrize(
    "number",
    [
        "0",
        "-0.00",
        "0.1",
        "1.10",
        "33.333333333333333333",
        "123456789012345678901234567890.12345678",
        "-99999999999999999999.99999999",
        "1E+3",
        "0.00000001",
    ],
)
def test_a_decimal_comes_back_to_the_last_digit(context: Flask, number: str) -> None:
    found = round_trip(ExactDecimal(), Decimal(number))

    assert found == Decimal(number)
    assert format(found, "f") == format(Decimal(number), "f")


@pytest.mark.parametrize("kind", [ExactDecimal(), Instant()])
def test_nothing_comes_back_as_nothing(context: Flask, kind: Any) -> None:
    assert round_trip(kind, None) is None


@pytest.mark.parametrize(
    "instant",
    [
        datetime(2027, 3, 1, 9, 0, 0, 1, tzinfo=UTC),
        datetime(2027, 10, 31, 2, 30, tzinfo=timezone(timedelta(hours=2))),
        datetime(2027, 10, 31, 2, 30, tzinfo=timezone(timedelta(hours=1))),
        datetime(1999, 12, 31, 23, 59, 59, 999999, tzinfo=timezone(timedelta(hours=-12))),
    ],
)
def test_an_instant_comes_back_in_utc_to_the_microsecond(context: Flask, instant: datetime) -> None:
    found = round_trip(Instant(), instant)

    assert (found, found.tzinfo) == (instant, UTC)


def test_an_instant_without_zone_is_refused(context: Flask) -> None:
    with pytest.raises(StatementError, match="an instant needs a time zone"):
        db.session.execute(select(literal(datetime(2027, 3, 1, 9), Instant())))  # noqa: DTZ001 - the point of the test


def test_enums_are_kept_by_value_and_unknown_values_refused(context: Flask) -> None:
    db.session.add(Organisation(kind=OrganisationKind.AGENCY, name="A", created_at=datetime.now(UTC)))
    db.session.flush()

    assert db.session.execute(text("select kind from organisations")).scalar() == "agency"
    with pytest.raises(StatementError):
        db.session.execute(insert(Organisation).values(kind="bank", name="B", created_at=datetime.now(UTC)))


def test_public_ids_are_long_plain_and_never_the_same() -> None:
    made = {new_public_id() for _ in range(2000)}

    assert len(made) == 2000
    assert {len(public_id) for public_id in made} == {16}
    assert set("".join(made)) <= set("23456789abcdefghjkmnpqrstuvwxyz")


def test_addresses_of_accounts_are_unique_whatever_their_capitals(context: Flask) -> None:
    factories.a_buyer(email="Olga@Example.org")

    assert db.session.scalars(select(User.email)).all() == ["olga@example.org"]
    with pytest.raises(Exception, match="already has an account"):
        factories.a_buyer(email="OLGA@example.ORG")
