"""Requests that no page of ours sends, or sends too late: refused, explained, and without effect."""

import io
import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.test import TestResponse

from rfp.accounts.models import User, UserSession
from rfp.db import Base, db
from rfp.web import RECORDED
from tests import factories
from tests.browsing import csrf_token
from tests.ground.addresses import FORMS, address, methods, rules
from tests.ground.world import World

Browser = Callable[[str], FlaskClient]
Post = Callable[..., TestResponse]
ROLES = ("owner", "evaluator", "agency owner", "visitor")
OURS = {"Origin": "http://localhost"}


def everything(app: Flask) -> dict[str, list[Any]]:
    """All rows of all tables, to see that nothing changed."""
    with app.app_context():
        tables = Base.metadata.sorted_tables
        found = {t.name: [tuple(map(str, row)) for row in db.session.execute(select(t))] for t in tables}
        db.session.rollback()
    return {name: sorted(rows) for name, rows in found.items()}


@pytest.mark.parametrize("role", ROLES)
def test_no_form_without_the_token_of_its_session_changes_anything(
    world_app: Flask, world: World, browser: Browser, role: str
) -> None:
    client = browser(role)
    foreign = csrf_token(browser("visitor"), "/sign-in")
    client.get("/open")
    before = everything(world_app)
    posted = [rule for rule in rules(world_app) if "POST" in methods(rule)]

    for rule in posted:
        url, form = address(world_app, rule, world.own), FORMS.get(rule.endpoint, {})
        statuses = [
            client.post(url, data={**form, **token}, headers=headers).status_code
            for token in ({}, {"csrf_token": ""}, {"csrf_token": "x"}, {"csrf_token": foreign})
            for headers in (OURS, {"Origin": "https://elsewhere.example"})
        ]

        assert statuses == [400] * 8, rule.rule
    assert len(posted) > 30
    assert everything(world_app) == before


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_reading_changes_nothing_but_the_record_of_a_download(
    world_app: Flask, world: World, browser: Browser, role: str, method: str
) -> None:
    client = browser(role)
    before = everything(world_app)
    for rule in rules(world_app):
        if rule.endpoint not in RECORDED:
            answer = client.open(address(world_app, rule, world.own), method=method)

            assert answer.status_code < 500, rule.rule
            assert method != "HEAD" or answer.data == b"", rule.rule
    assert everything(world_app) == before


def test_a_body_of_json_is_refused_as_such(world_app: Flask, world: World, browser: Browser) -> None:
    client = browser("owner")
    before = everything(world_app)
    for rule in (rule for rule in rules(world_app) if "POST" in methods(rule)):
        url = address(world_app, rule, world.own)
        answers = [
            client.post(url, json={"title": "x"}),
            client.post(url, data=b"\xff{", content_type="application/json"),
            client.post(url, data=b"[]", content_type="application/vnd.x+json; charset=utf-8"),
        ]

        assert [a.status_code for a in answers] == [415, 415, 415], rule.rule
        assert "<h1>" in answers[0].text
    assert everything(world_app) == before


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"a=b", "text/plain"),
        (b"a=b", ""),
        (b"\x00\xff", "application/octet-stream"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"--x\r\nbroken", "multipart/form-data"),
        (b"%zz=%ff&&&=;", "application/x-www-form-urlencoded"),
        (b"csrf_token=%00", "application/x-www-form-urlencoded; charset=utf-16"),
    ],
)
def test_bodies_that_are_no_forms_are_refused(client: FlaskClient, body: bytes, content_type: str) -> None:
    answer = client.post("/sign-in", data=body, content_type=content_type)

    assert answer.status_code == 400


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])
def test_other_methods_are_refused_with_a_page(client: FlaskClient, method: str) -> None:
    answer = client.open("/sign-in", method=method)

    assert (answer.status_code, "<h1>" in answer.text) == (405, True)


def test_more_than_the_limit_is_refused_with_a_page(app: Flask, client: FlaskClient) -> None:
    app.config["MAX_CONTENT_LENGTH"] = 100_000
    token = csrf_token(client, "/sign-in")

    as_file = client.post("/sign-in", data={"csrf_token": token, "file": (io.BytesIO(b"x" * 100_001), "a.pdf")})
    as_text = client.post("/sign-in", data={"csrf_token": token, "email": "x" * 100_001})

    for answer in (as_file, as_text):
        assert (answer.status_code, "<h1>This is too large</h1>" in answer.text) == (413, True)
        assert answer.headers["Cache-Control"] == "no-store"


def test_a_text_or_a_number_of_fields_beyond_reason_is_refused(app: Flask, client: FlaskClient) -> None:
    token = csrf_token(client, "/sign-in")
    long = "x" * (app.config["MAX_FORM_MEMORY_SIZE"] + 1)
    many = {f"f{number}": "" for number in range(app.config["MAX_FORM_PARTS"] + 1)}

    answers = [
        client.post("/sign-in", data={"csrf_token": token, "email": long}),
        client.post("/sign-in", data={"csrf_token": token, "email": long}, content_type="multipart/form-data"),
        client.post("/sign-in", data={"csrf_token": token, **many}, content_type="multipart/form-data"),
    ]

    assert [a.status_code for a in answers] == [413, 413, 413]


@pytest.fixture
def draft(app: Flask) -> tuple[FlaskClient, str]:
    """A buyer's browser, and the page of the details of a draft."""
    with factories.built(app):
        user = factories.a_buyer()
        public_id = factories.a_draft(user, title="Before").public_id
    return factories.signed_in(app, user), f"/briefs/{public_id}/details"


def hidden_fields(page: str) -> dict[str, str]:
    """The form that an expired page offers again."""
    form = page.partition('<form method="post" action="/briefs')[2].partition("</form>")[0]
    pairs = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)" />', form)
    return {unescape(name): unescape(value) for name, value in pairs}


def test_an_expired_form_is_offered_again_with_its_content(app: Flask, draft: tuple[FlaskClient, str]) -> None:
    client, url = draft
    seen = re.search(r'name="seen"[^>]*value="([^"]+)"', client.get(url).text)
    assert seen
    typed = {
        "title": 'A <b>title</b> & "more"',
        "summary": "Line one\nLine two",
        "zone": "Europe/Paris",
        "currency": "EUR",
        "seen": seen[1],
    }

    expired = client.post(url, data={"csrf_token": "expired", **typed}, headers=OURS)
    offered = hidden_fields(expired.text)
    again = client.post(url, data=offered, headers=OURS)

    assert expired.status_code == 400
    assert {name: offered[name].replace("\r", "") for name in typed} == typed
    assert "<b>title</b>" not in expired.text
    assert again.status_code == 302
    with app.app_context():
        brief = db.session.scalars(select(factories.Brief)).one()
        assert (brief.title, brief.summary) == (typed["title"], "Line one\nLine two")


def test_what_somebody_signed_out_typed_is_kept_until_they_sign_in(app: Flask, draft: tuple[FlaskClient, str]) -> None:
    client, url = draft
    page = client.get(url).text
    token, seen = (re.search(rf'name="{name}"[^>]*value="([^"]+)"', page) for name in ("csrf_token", "seen"))
    assert token
    assert seen
    typed = {"title": "After", "summary": "", "zone": "Europe/Paris", "currency": "EUR", "seen": seen[1]}
    with app.app_context():
        db.session.execute(delete(UserSession))
        db.session.commit()

    refused = client.post(url, data={"csrf_token": token[1], **typed}, headers=OURS)
    offered = hidden_fields(refused.text)
    with app.app_context():
        titles = db.session.scalars(select(factories.Brief.title)).all()

    assert refused.status_code == 400
    assert {name: offered[name] for name in typed} == typed
    assert 'href="/sign-in" target="_blank"' in refused.text
    assert titles == ["Before"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Referer": "https://elsewhere.example/?http://localhost/"},
        {"Origin": "http://localhost.elsewhere.example"},
        {},
    ],
)
def test_a_form_that_another_site_sent_is_not_offered_again(
    draft: tuple[FlaskClient, str], headers: dict[str, str]
) -> None:
    client, url = draft

    answer = client.post(url, data={"title": "Planted by another"}, headers=headers)

    assert (answer.status_code, "Planted by another" in answer.text) == (400, False)


def test_without_a_session_nothing_is_offered_again(app: Flask) -> None:
    answer = app.test_client().post("/sign-in", data={"email": "planted@example.org"}, headers=OURS)

    assert (answer.status_code, "planted@example.org" in answer.text) == (400, False)


@pytest.mark.parametrize(
    ("error", "status"), [(OperationalError("commit", {}, Exception("disk full")), 503), (StaleDataError("x"), 409)]
)
def test_what_could_not_be_committed_is_not_answered_as_done(
    app: Flask, post: Post, outbox: list[Any], monkeypatch: pytest.MonkeyPatch, error: Exception, status: int
) -> None:
    with factories.built(app):
        user = factories.a_buyer(email="olga@example.org")
    client = app.test_client()
    token = csrf_token(client, "/sign-in")

    def refuse() -> None:
        raise error

    with monkeypatch.context() as patched:
        patched.setattr(db.session, "commit", refuse)
        answer = client.post("/password/forgotten", data={"csrf_token": token, "email": user.email})

    assert (answer.status_code, "<h1>" in answer.text, outbox) == (status, True, [])
    assert answer.headers["Cache-Control"] == "no-store"
    assert "olga@example.org" not in answer.text


def test_an_error_nobody_foresaw_gets_a_page_without_its_trace(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    from rfp import web

    app.register_error_handler(Exception, web._handle_unexpected)
    app.config["PROPAGATE_EXCEPTIONS"] = False

    def fail(_now: object) -> None:
        raise RuntimeError("a secret detail")

    monkeypatch.setattr("rfp.briefs.queries.open_briefs", fail)

    answer = app.test_client().get("/open")

    assert (answer.status_code, "Something went wrong on our side" in answer.text) == (500, True)
    assert ("a secret detail" in answer.text, "Traceback" in answer.text) == (False, False)


def test_an_error_page_does_not_keep_what_a_request_changed(
    app: Flask, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rfp.errors import IllegalMoveError

    with factories.built(app):
        user = factories.a_buyer()
    client = factories.signed_in(app, user)

    def change_then_refuse(*, actor: User, **_given: object) -> None:
        actor.name = "Changed"
        db.session.flush()
        raise IllegalMoveError("Not now.", origin="a", target="b")

    monkeypatch.setattr("rfp.accounts.services.change_profile", change_then_refuse)
    answer = post(client, "/account", {"name": "x", "language": "en"}, page="/account")

    assert (answer.status_code, "Not now." in answer.text) == (409, True)
    with app.app_context():
        assert db.session.get_one(User, user.id).name == "Olga Owner"
