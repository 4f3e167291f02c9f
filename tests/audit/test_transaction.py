"""The event is in the transaction of the change: both are kept, or neither; and writers at once keep one chain."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from rfp.accounts import services as accounts
from rfp.accounts.models import User
from rfp.audit import queries, services
from rfp.audit.models import AuditEvent, AuditHead
from rfp.audit.services import record
from rfp.briefs.models import Brief
from rfp.db import db
from tests import factories

NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)
WRITERS, EACH = 6, 8


def kinds() -> list[str]:
    return list(db.session.scalars(select(AuditEvent.kind).order_by(AuditEvent.sequence)))


def test_a_change_and_its_event_are_kept_together(app: Flask, post: Callable[..., TestResponse]) -> None:
    with factories.built(app):
        user = factories.a_buyer()
    client = factories.signed_in(app, user)

    post(client, "/account", {"name": "Olga Renamed", "language": "en"}, page="/account")

    with app.app_context():
        assert db.session.get_one(User, user.id).name == "Olga Renamed"
        assert kinds() == ["account.created", "account.signed_in", "account.profile_changed"]


def test_where_the_event_cannot_be_written_the_change_is_not_made(
    app: Flask, post: Callable[..., TestResponse], monkeypatch: pytest.MonkeyPatch
) -> None:
    with factories.built(app):
        user = factories.a_buyer()
    client = factories.signed_in(app, user)
    monkeypatch.setattr(services, "digest", lambda _link: None)  # the hash may not be null

    with pytest.raises(Exception, match="audit_events"):
        post(client, "/account", {"name": "Olga Renamed", "language": "en"}, page="/account")

    with app.app_context():
        assert db.session.get_one(User, user.id).name == "Olga Owner"
        assert kinds() == ["account.created", "account.signed_in"]


def test_a_request_that_fails_after_the_change_leaves_neither_change_nor_event(
    app: Flask, post: Callable[..., TestResponse], monkeypatch: pytest.MonkeyPatch
) -> None:
    with factories.built(app):
        user = factories.a_buyer()
        public_id = factories.a_ready_draft(user).public_id
    client = factories.signed_in(app, user)
    published: list[bool] = []

    def publish_then_fail(*, brief: Brief, **given: object) -> None:
        record(kind="brief.published", actor=user, now=NOW, subject=brief.public_id)
        brief.published_at = NOW
        db.session.flush()
        published.append(True)
        raise OSError("the disk is gone")

    monkeypatch.setattr("rfp.briefs.services.publish", publish_then_fail)
    with pytest.raises(OSError, match="the disk is gone"):
        post(client, f"/briefs/{public_id}/publish", page="/account")

    with app.app_context():
        assert published == [True]
        assert db.session.scalar(select(Brief.published_at)) is None
        assert "brief.published" not in kinds()
        assert queries.faults() == []


def test_a_refused_change_leaves_no_event(app: Flask, post: Callable[..., TestResponse]) -> None:
    with factories.built(app):
        user = factories.a_buyer()
        public_id = factories.a_draft(user).public_id
    client = factories.signed_in(app, user)

    answer = post(client, f"/briefs/{public_id}/publish", page="/account")

    with app.app_context():
        assert answer.status_code == 422
        assert kinds() == ["account.created", "brief.created", "account.signed_in"]


def test_writers_at_once_keep_one_unbroken_chain_from_its_first_event_on(app: Flask) -> None:
    def write(writer: int) -> None:
        for number in range(EACH):
            with app.app_context():
                record(kind="x.written", actor=None, now=NOW, object=f"{writer}-{number}")
                if number % 4 == 3:
                    db.session.rollback()
                else:
                    db.session.commit()

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write, range(WRITERS)))

    kept = WRITERS * EACH * 3 // 4
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(AuditEvent)) == kept
        assert db.session.scalars(select(AuditHead.sequence)).all() == [kept]
        assert queries.faults() == []


def test_one_session_used_for_long_sees_what_others_added(app: Flask) -> None:
    with app.app_context():
        record(kind="x.first", actor=None, now=NOW)
        head = db.session.scalars(select(AuditHead)).one()
        db.session.commit()
        with app.app_context():
            record(kind="x.second", actor=None, now=NOW)
            db.session.commit()

        record(kind="x.third", actor=None, now=NOW)
        db.session.commit()

        assert head.sequence == 3
        assert queries.faults() == []


def test_people_signing_in_at_once_keep_one_chain(app: Flask) -> None:
    with factories.built(app):
        users = [factories.a_buyer(f"Town {number}") for number in range(4)]

    def sign_in(user: User) -> None:
        for _ in range(4):
            with app.app_context():
                accounts.start_session(user=user, browser="", now=NOW)
                db.session.commit()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(sign_in, users))

    with app.app_context():
        assert len(kinds()) == 4 + 16
        assert queries.faults() == []


def test_the_record_of_a_consultation_is_a_page_that_can_be_narrowed(app: Flask) -> None:
    with factories.built(app):
        owner = factories.a_buyer()
        colleague = factories.a_colleague(owner, factories.Role.BUYER, name="Bertrand Buyer")
        public_id = factories.a_published_brief(owner).public_id
        other = factories.a_draft(colleague).public_id
    client: FlaskClient = factories.signed_in(app, owner)

    whole = client.get(f"/briefs/{public_id}/record").text
    narrowed = client.get(f"/briefs/{public_id}/record?kind=brief.published").text
    another = client.get(f"/briefs/{other}/record").text

    rows = [page.count("<tr>") - 1 for page in (whole, narrowed, another)]
    assert ("Section saved" in whole, "Bertrand Buyer" in whole, "Bertrand Buyer" in another) == (True, False, True)
    assert rows[1:] == [1, 1]
    assert rows[0] > 10
