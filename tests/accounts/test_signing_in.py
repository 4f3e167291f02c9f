"""Signing in and out, sessions, and what too many failures do, to whom."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from rfp.accounts import passwords, services
from rfp.accounts.models import SignInAttempt, User, UserSession
from rfp.accounts.services.entering import MOST_FAILURES, MOST_FAILURES_OF_ORIGIN, WINDOW
from rfp.db import db
from tests import factories
from tests.accounts.conftest import is_signed_in, sign_in

Post = Callable[..., TestResponse]
WRONG = "not the password at all"


def cookie(client: FlaskClient) -> str:
    found = client.get_cookie("grille")
    assert found is not None
    return found.value


def token_of(client: FlaskClient) -> str:
    with client.session_transaction() as session:
        return str(session.get("_user_id", ""))


def test_the_right_password_signs_in_whatever_the_capitals_of_the_address(client: FlaskClient, olga: User) -> None:
    answer = sign_in(client, " OLGA@Example.org ")

    assert (answer.status_code, answer.location, is_signed_in(client)) == (302, "/", True)


def test_a_wrong_password_and_an_unknown_address_get_the_same_page(app: Flask, olga: User) -> None:
    pages = []
    for email in (olga.email, "nobody@example.org"):
        answer = sign_in(app.test_client(), email, WRONG)
        lines = [line for line in answer.text.replace(email, "X").splitlines() if "csrf" not in line]
        pages.append((answer.status_code, lines))

    assert pages[0] == pages[1]
    assert pages[0][0] == 422


def test_an_unknown_address_costs_one_hash_as_a_known_one_costs_one_comparison(
    app: Flask, olga: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []
    hasher = type(
        "Hasher", (), {"hash": lambda _, p: calls.append("hash"), "verify": lambda _, p, h: calls.append("verify")}
    )
    monkeypatch.setattr(passwords, "_current", hasher)

    sign_in(app.test_client(), olga.email, WRONG)
    sign_in(app.test_client(), "nobody@example.org", WRONG)

    assert calls == ["verify", "hash"]


def test_passwords_are_kept_as_argon2id_and_at_full_cost_outside_tests(app: Flask, olga: User) -> None:
    with app.app_context():
        cheap = db.session.get_one(User, olga.id).password_hash
        app.config["PASSWORD_COST"] = ""
        full = passwords.hash_password(factories.PASSWORD)

    assert cheap.startswith("$argon2id$")
    assert full.startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_the_token_changes_at_each_sign_in_and_the_one_before_is_dead(
    app: Flask, client: FlaskClient, olga: User
) -> None:
    sign_in(client, olga.email)
    first, copy = token_of(client), app.test_client()
    copy.set_cookie("grille", cookie(client))

    sign_in_again = sign_in(client, olga.email)

    assert sign_in_again.status_code == 302
    assert first not in ("", token_of(client))
    assert (is_signed_in(client), is_signed_in(copy)) == (True, False)


def test_a_session_begun_before_signing_in_does_not_become_the_signed_in_one(
    app: Flask, client: FlaskClient, olga: User
) -> None:
    client.get("/sign-in")
    planted, victim = cookie(client), app.test_client()
    victim.set_cookie("grille", planted)

    sign_in(victim, olga.email)

    assert (is_signed_in(victim), is_signed_in(client)) == (True, False)


def test_the_cookie_holds_no_token_that_the_database_does(app: Flask, client: FlaskClient, olga: User) -> None:
    sign_in(client, olga.email)

    with app.app_context():
        kept = db.session.scalars(select(UserSession.token_hash)).all()
    assert kept == [passwords.digest(token_of(client))]


def test_signing_out_kills_the_token_in_a_copied_cookie(
    app: Flask, client: FlaskClient, olga: User, post: Post
) -> None:
    sign_in(client, olga.email)
    copy = app.test_client()
    copy.set_cookie("grille", cookie(client))
    before = is_signed_in(copy)

    post(client, "/sign-out", page="/account")

    assert (before, is_signed_in(client), is_signed_in(copy)) == (True, False, False)


def test_one_browser_signs_another_out(app: Flask, client: FlaskClient, olga: User, post: Post) -> None:
    other = app.test_client()
    sign_in(client, olga.email)
    sign_in(other, olga.email)
    with app.app_context():
        theirs = db.session.scalars(
            select(UserSession.public_id).where(UserSession.token_hash == passwords.digest(token_of(other)))
        ).one()

    post(client, f"/account/sessions/{theirs}/revoke", page="/account")

    assert (is_signed_in(client), is_signed_in(other)) == (True, False)
    assert theirs not in client.get("/account/sessions").text


def test_nobody_signs_a_stranger_out(app: Flask, client: FlaskClient, olga: User, paula: User, post: Post) -> None:
    other = app.test_client()
    sign_in(client, olga.email)
    sign_in(other, paula.email)
    with app.app_context():
        theirs = db.session.scalars(
            select(UserSession.public_id).where(UserSession.token_hash == passwords.digest(token_of(other)))
        ).one()

    answer = post(client, f"/account/sessions/{theirs}/revoke", page="/account")

    assert (answer.status_code, is_signed_in(other)) == (404, True)


def test_a_session_ends_after_a_fortnight(client: FlaskClient, olga: User) -> None:
    start = datetime(2027, 3, 1, 9, tzinfo=UTC)
    with time_machine.travel(start, tick=False):
        sign_in(client, olga.email)

    with time_machine.travel(start + timedelta(days=14, seconds=-1), tick=False):
        before = is_signed_in(client)
    with time_machine.travel(start + timedelta(days=14), tick=False):
        after = is_signed_in(client)

    assert (before, after) == (True, False)


@pytest.mark.parametrize(
    ("target", "location"),
    [
        ("/account", "/account"),
        ("/briefs?page=2", "/briefs?page=2"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("\\\\evil.example", "/"),
        ("/%09/evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("evil.example", "/"),
        ("///evil.example", "/"),
        ("/%0d%0aSet-Cookie:x=1", "/"),
    ],
)
def test_after_signing_in_one_is_led_to_a_page_of_this_site_only(
    client: FlaskClient, olga: User, target: str, location: str
) -> None:
    answer = sign_in(client, olga.email, target=target.replace("?", "%3F").replace("\\", "%5C"))

    assert (answer.status_code, answer.location) == (302, location)


def test_a_visitor_is_led_to_the_page_they_asked_for(client: FlaskClient, olga: User) -> None:
    asked = client.get("/account/sessions?from=mail")
    token_page = asked.location

    answer = sign_in(client, olga.email, target=token_page.partition("next=")[2])

    assert answer.location == "/account/sessions?from=mail"


def test_too_many_failures_hold_back_the_address_from_that_origin_alone(app: Flask, olga: User, paula: User) -> None:
    failed = [sign_in(app.test_client(), olga.email, WRONG).status_code for _ in range(MOST_FAILURES)]

    held_back = sign_in(app.test_client(), olga.email)
    another_person = sign_in(app.test_client(), paula.email)
    another_origin = sign_in(app.test_client(), olga.email, origin="192.0.2.2")

    assert failed == [422] * MOST_FAILURES
    assert [a.status_code for a in (held_back, another_person, another_origin)] == [429, 302, 302]


def test_too_many_failures_with_many_addresses_hold_back_the_origin_alone(app: Flask, olga: User) -> None:
    now = datetime.now(UTC)
    with factories.built(app):
        for number in range(MOST_FAILURES_OF_ORIGIN):
            services.check_credentials(email=f"p{number}@example.org", password=WRONG, origin="192.0.2.1", now=now)

    here = sign_in(app.test_client(), olga.email)
    elsewhere = sign_in(app.test_client(), olga.email, origin="192.0.2.2")

    assert (here.status_code, elsewhere.status_code) == (429, 302)


def test_a_held_back_address_may_try_again_after_the_window_and_old_failures_are_forgotten(
    app: Flask, olga: User
) -> None:
    start = datetime(2027, 3, 1, 9, tzinfo=UTC)
    with time_machine.travel(start, tick=False):
        for _ in range(MOST_FAILURES):
            sign_in(app.test_client(), olga.email, WRONG)
        during = sign_in(app.test_client(), olga.email).status_code

    with time_machine.travel(start + WINDOW, tick=False):
        wrong = sign_in(app.test_client(), olga.email, WRONG).status_code
        after = sign_in(app.test_client(), olga.email).status_code

    with app.app_context():
        assert (during, wrong, after) == (429, 422, 302)
        assert db.session.scalar(select(func.count()).select_from(SignInAttempt)) == 1


def test_failures_at_once_are_all_counted_and_no_more_than_allowed_are_tried(app: Flask, olga: User) -> None:
    now = datetime.now(UTC)

    def guess(_number: int) -> str:
        with app.app_context():
            try:
                services.check_credentials(email=olga.email, password=WRONG, origin="192.0.2.1", now=now)
            except services.ThrottledError:
                db.session.rollback()
                return "held back"
            db.session.commit()
            return "tried"

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(guess, range(3 * MOST_FAILURES)))

    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(SignInAttempt)) == MOST_FAILURES
    assert sorted(found) == ["held back"] * 2 * MOST_FAILURES + ["tried"] * MOST_FAILURES


def test_failures_are_counted_by_the_page_although_it_refuses(app: Flask, olga: User) -> None:
    sign_in(app.test_client(), olga.email, WRONG)

    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(SignInAttempt)) == 1


def test_a_hostile_browser_name_is_kept_as_text(app: Flask, olga: User, post: Post) -> None:
    client = app.test_client()

    answer = post(
        client,
        "/sign-in",
        {"email": olga.email, "password": factories.PASSWORD},
        headers={"User-Agent": "<script>alert(1)</script>\x00" + "x" * 5000},
    )

    page = client.get("/account/sessions").text
    assert answer.status_code == 302
    assert ("<script>alert" in page, "&lt;script&gt;alert(1)" in page) == (False, True)
