"""A forgotten password, and a changed one."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from rfp.accounts import services
from rfp.accounts.models import PasswordReset, User
from rfp.accounts.passwords import digest
from rfp.accounts.services.entering import MOST_MAILS
from rfp.db import db
from rfp.errors import InvalidError
from tests import factories
from tests.accounts.conftest import is_signed_in, sign_in

Post = Callable[..., TestResponse]
Link = Callable[[], str]
NEW = "eleven quiet lanterns"


def ask(app: Flask, post: Post, email: str) -> TestResponse:
    return post(app.test_client(), "/password/forgotten", {"email": email})


def test_the_link_of_the_mail_sets_a_new_password(
    app: Flask, client: FlaskClient, olga: User, post: Post, link: Link
) -> None:
    ask(app, post, "Olga@Example.org")

    answer = post(client, link(), {"password": NEW}, page=link())

    signed_in = is_signed_in(client)
    old = sign_in(app.test_client(), olga.email).status_code
    new = sign_in(app.test_client(), olga.email, NEW).status_code
    assert (answer.status_code, signed_in, old, new) == (302, True, 422, 302)


def test_nobody_learns_from_the_page_who_has_an_account(app: Flask, olga: User, post: Post, outbox: list[Any]) -> None:
    pages = []
    for email in (olga.email, "nobody@example.org"):
        answer = ask(app, post, email)
        lines = [line for line in answer.text.replace(email, "X").splitlines() if "csrf" not in line]
        pages.append((answer.status_code, lines))

    assert pages[0] == pages[1]
    assert pages[0][0] == 200
    assert [mail["To"] for mail in outbox] == [olga.email]


def test_too_many_mails_are_refused_alike_for_known_and_unknown(app: Flask, olga: User, post: Post) -> None:
    known = [ask(app, post, olga.email).status_code for _ in range(MOST_MAILS + 1)]
    unknown = [ask(app, post, "nobody@example.org").status_code for _ in range(MOST_MAILS + 1)]

    assert known == unknown == [200] * MOST_MAILS + [429]


def test_asking_for_links_does_not_hold_back_signing_in(app: Flask, olga: User, post: Post) -> None:
    for _ in range(MOST_MAILS + 1):
        post(
            app.test_client(),
            "/password/forgotten",
            {"email": olga.email},
            environ_overrides={"REMOTE_ADDR": "192.0.2.1"},
        )

    assert sign_in(app.test_client(), olga.email, origin="192.0.2.1").status_code == 302


def test_a_link_is_used_once(app: Flask, client: FlaskClient, olga: User, post: Post, link: Link) -> None:
    ask(app, post, olga.email)
    post(client, link(), {"password": NEW}, page=link())

    again = app.test_client().get(link())

    assert (again.status_code, again.location) == (302, "/password/forgotten")


def test_an_earlier_link_dies_with_the_one_that_was_used(
    app: Flask, client: FlaskClient, olga: User, post: Post, link: Link
) -> None:
    ask(app, post, olga.email)
    first = link()
    ask(app, post, olga.email)
    before = client.get(first).status_code

    post(client, link(), {"password": NEW}, page=link())

    assert (before, app.test_client().get(first).status_code) == (200, 302)


def test_a_link_works_for_an_hour(app: Flask, olga: User, post: Post, link: Link) -> None:
    start = datetime(2027, 3, 1, 9, tzinfo=UTC)
    with time_machine.travel(start, tick=False):
        ask(app, post, olga.email)

    with time_machine.travel(start + timedelta(minutes=59, seconds=59), tick=False):
        in_time = app.test_client().get(link()).status_code
    with time_machine.travel(start + timedelta(hours=1), tick=False):
        too_late = app.test_client().get(link()).status_code

    assert (in_time, too_late) == (200, 302)


def test_the_link_used_twice_at_once_sets_one_password(app: Flask, olga: User) -> None:
    now = datetime.now(UTC)
    with factories.built(app):
        found = services.request_reset(email=olga.email, now=now)
        assert found
        token = found[1]

    def use(password: str) -> str:
        with app.app_context():
            try:
                services.reset_password(token=token, password=password, now=now)
            except InvalidError:
                return "refused"
            db.session.commit()
            return password

    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(use, [f"{NEW} {number}" for number in range(4)]))

    assert results.count("refused") == 3
    winner = next(password for password in results if password != "refused")
    assert sign_in(app.test_client(), olga.email, winner).status_code == 302


def test_the_table_holds_no_link_that_works(app: Flask, olga: User, post: Post, link: Link) -> None:
    ask(app, post, olga.email)

    with app.app_context():
        kept = db.session.scalars(select(PasswordReset.token_hash)).one()
    token = link().rpartition("/")[2]
    assert kept == digest(token)
    assert app.test_client().get(f"/password/reset/{kept}").status_code == 302


def test_a_reset_signs_out_everywhere(app: Flask, client: FlaskClient, olga: User, post: Post, link: Link) -> None:
    elsewhere = app.test_client()
    sign_in(elsewhere, olga.email)
    before = is_signed_in(elsewhere)
    ask(app, post, olga.email)

    post(client, link(), {"password": NEW}, page=link())

    assert (before, is_signed_in(elsewhere), is_signed_in(client)) == (True, False, True)


def test_a_refused_new_password_leaves_the_link_usable(
    app: Flask, client: FlaskClient, olga: User, post: Post, link: Link
) -> None:
    ask(app, post, olga.email)

    refused = post(client, link(), {"password": "short"}, page=link())
    taken = post(client, link(), {"password": NEW}, page=link())

    assert (refused.status_code, taken.status_code) == (422, 302)


def test_changing_the_password_asks_for_the_present_one_and_signs_other_browsers_out(
    app: Flask, client: FlaskClient, olga: User, post: Post, link: Link
) -> None:
    elsewhere = app.test_client()
    sign_in(client, olga.email)
    sign_in(elsewhere, olga.email)
    ask(app, post, olga.email)
    form = {"current_password": factories.PASSWORD, "password": NEW}

    wrong = post(client, "/account/password", {**form, "current_password": "wrong wrong wrong"}, page="/account")
    still = is_signed_in(elsewhere)
    right = post(client, "/account/password", form, page="/account")

    assert (wrong.status_code, 'id="current_password-error-1"' in wrong.text, still) == (422, True, True)
    assert (right.status_code, is_signed_in(client), is_signed_in(elsewhere)) == (302, True, False)
    assert app.test_client().get(link()).status_code == 302  # a link asked for before is dead too


@pytest.mark.parametrize("url", ["/account/password", "/sign-in"])
def test_no_password_comes_back_in_a_page(client: FlaskClient, olga: User, post: Post, url: str) -> None:
    if url != "/sign-in":
        sign_in(client, olga.email)
    secret = "a wrong one, typed here"

    answer = post(client, url, {"email": olga.email, "password": secret, "current_password": secret})
    expired = client.post(
        url, data={"password": secret, "current_password": secret}, headers={"Origin": "http://localhost"}
    )

    assert (answer.status_code, expired.status_code) == (422, 400)
    assert (secret in answer.text, secret in expired.text) == (False, False)
