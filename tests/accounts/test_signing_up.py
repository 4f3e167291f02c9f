"""An account is opened by a link in a mail; nobody learns from the page who has one."""

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from rfp.accounts.forms import ADDRESS
from rfp.accounts.models import Membership, User
from rfp.accounts.services.entering import MOST_MAILS
from rfp.db import db
from rfp.vocabulary import OrganisationKind, Role
from tests import factories
from tests.accounts.conftest import is_signed_in

Post = Callable[..., TestResponse]
Link = Callable[[], str]
FORM = {"kind": "agency", "organisation": "Atelier Nord", "name": "Nora Nord", "email": "Nora@Example.org"}
NEW = {"password": factories.PASSWORD}


def test_the_link_of_the_mail_opens_the_account(app: Flask, client: FlaskClient, post: Post, link: Link) -> None:
    post(client, "/sign-up", FORM)
    answer = post(client, link(), NEW, page=link())

    with app.app_context():
        user = db.session.scalars(select(User)).one()
        membership = db.session.scalars(select(Membership)).one()
        kept = (user.email, user.name, membership.role, membership.organisation.name, membership.organisation.kind)
    assert kept == ("nora@example.org", "Nora Nord", Role.OWNER, "Atelier Nord", OrganisationKind.AGENCY)
    assert (answer.status_code, answer.location, is_signed_in(client)) == (302, "/", True)


def test_before_the_link_is_followed_there_is_no_account(app: Flask, client: FlaskClient, post: Post) -> None:
    post(client, "/sign-up", FORM)

    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(User)) == 0


def test_a_known_address_gets_the_same_page_and_a_mail_without_link_to_a_password(
    app: Flask, olga: User, post: Post, outbox: list[Any]
) -> None:
    unknown = post(app.test_client(), "/sign-up", FORM)
    known = post(app.test_client(), "/sign-up", {**FORM, "email": olga.email})

    pages = [unknown.text.replace("Nora@Example.org", "X"), known.text.replace(olga.email, "X")]
    assert (unknown.status_code, known.status_code) == (200, 200)
    assert _without_token(pages[0]) == _without_token(pages[1])
    assert [mail["To"] for mail in outbox] == ["Nora@Example.org", "olga@example.org"]
    assert "/sign-up/" in outbox[0].get_content()
    assert "/sign-up/" not in outbox[1].get_content()


def _without_token(page: str) -> str:
    return "\n".join(line for line in page.splitlines() if "csrf" not in line)


def test_the_link_works_for_a_day(client: FlaskClient, post: Post, link: Link) -> None:
    with time_machine.travel("2027-03-01T12:00:00+00:00", tick=False):
        post(client, "/sign-up", FORM)
    found = link()

    with time_machine.travel("2027-03-02T11:59:00+00:00", tick=False):
        in_time = client.get(found).status_code
    with time_machine.travel("2027-03-02T12:00:01+00:00", tick=False):
        too_late = client.get(found)

    assert in_time == 200
    assert (too_late.status_code, too_late.location) == (302, "/sign-up")


def test_a_link_that_was_changed_opens_nothing(client: FlaskClient, post: Post, link: Link) -> None:
    post(client, "/sign-up", FORM)
    path = link()

    answers = [
        client.get(path[:-9] + ("A" if path[-9] != "A" else "B") + path[-8:]),
        client.get(path[:-5]),
        client.get("/sign-up/x"),
    ]

    assert [(a.status_code, a.location) for a in answers] == [(302, "/sign-up")] * 3


def test_the_link_makes_one_account_only(app: Flask, client: FlaskClient, post: Post, link: Link) -> None:
    post(client, "/sign-up", FORM)
    post(client, link(), NEW, page=link())
    again = app.test_client()

    answer = post(again, link(), {"password": "another long password"}, page=link())

    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(User)) == 1
    assert (answer.status_code, answer.location, is_signed_in(again)) == (302, "/sign-in", False)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "administrator"),
        ("kind", ""),
        ("organisation", " "),
        ("organisation", "x" * 201),
        ("name", "\u0000"),
        ("name", "n" * 201),
        ("email", "nora"),
        ("email", "nora@example"),
        ("email", "nora@example.org\r\nBcc: all@example.org"),
        ("email", "a@b.org, c@d.org"),
        ("email", "n" * 250 + "@example.org"),
        ("email", "İ" * 200 + "@example.org"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(
    client: FlaskClient, post: Post, outbox: list[Any], field: str, value: str
) -> None:
    answer = post(client, "/sign-up", {**FORM, field: value})

    assert answer.status_code == 422
    assert f'id="{field}-error-1"' in answer.text
    assert ('value="Nora Nord"' in answer.text, 'value="Atelier Nord"' in answer.text) == (
        field != "name",
        field != "organisation",
    )
    assert outbox == []


@pytest.mark.parametrize("email", ["zoé@exämple.org", "o'neill+rfp@mail.example.co.uk", "a_b-c.d@x-y.paris"])
def test_plain_addresses_of_any_language_are_taken(
    client: FlaskClient, post: Post, outbox: list[Any], email: str
) -> None:
    answer = post(client, "/sign-up", {**FORM, "email": email})

    assert answer.status_code == 200
    assert [address.addr_spec for address in outbox[0]["To"].addresses] == [email]


@pytest.mark.parametrize(
    "email",
    [
        "():@(=[tb.com",
        "a@[127.0.0.1].org",
        '"a b"@example.org',
        "a..b@example.org",
        ".a@example.org",
        "a@b..org",
        "a\u202eb@example.org",
        "a@exa mple.org",
        "a:b@example.org",
        "a@b@c.org",
        "=?utf-8?q?a?=@example.org",
    ],
)
def test_addresses_that_mail_programs_read_differently_are_refused(email: str) -> None:
    assert ADDRESS.fullmatch(email) is None


@pytest.mark.parametrize(
    ("password", "status"),
    [
        ("short", 422),
        ("x" * 129, 422),
        ("motdepasse123", 422),
        ("PasswordPassword", 422),
        ("abababababab", 422),
        ("", 422),
        ("trois mots épars", 302),
        ("x1y2" * 32, 302),
    ],
)
def test_a_password_is_long_and_none_of_the_most_common(
    client: FlaskClient, post: Post, link: Link, password: str, status: int
) -> None:
    post(client, "/sign-up", FORM)

    answer = post(client, link(), {"password": password}, page=link())

    assert answer.status_code == status


def test_one_origin_cannot_flood_a_mailbox_and_no_other_is_held_back(
    app: Flask, olga: User, post: Post, outbox: list[Any]
) -> None:
    def ask(email: str, origin: str) -> int:
        return post(
            app.test_client(), "/sign-up", {**FORM, "email": email}, environ_overrides={"REMOTE_ADDR": origin}
        ).status_code

    known = [ask(olga.email, "192.0.2.1") for _ in range(MOST_MAILS + 1)]
    unknown = [ask("nobody@example.org", "192.0.2.1") for _ in range(MOST_MAILS + 1)]
    elsewhere = ask(olga.email, "192.0.2.2")

    assert known == unknown == [200] * MOST_MAILS + [429]
    assert elsewhere == 200
    assert len(outbox) == 2 * MOST_MAILS + 1
