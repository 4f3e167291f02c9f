"""Members, their roles, and how a colleague joins."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from rfp.accounts import services
from rfp.accounts.models import Membership, Organisation, User
from rfp.db import db
from rfp.errors import InvalidError
from rfp.vocabulary import Role
from tests import factories
from tests.accounts.conftest import is_signed_in

Post = Callable[..., TestResponse]
Link = Callable[[], str]
JOIN = {"name": "Colin Colleague", "password": factories.PASSWORD}


@pytest.fixture
def house(app: Flask, olga: User) -> str:
    """The address of the pages of Olga's organisation."""
    with app.app_context():
        found = db.session.scalars(select(Organisation).where(Organisation.name == "Exampleville")).one()
    return f"/organisations/{found.public_id}"


@pytest.fixture
def owner(app: Flask, olga: User) -> FlaskClient:
    return factories.signed_in(app, olga)


def invite(
    owner: FlaskClient, post: Post, house: str, email: str = "colin@example.org", role: str = "buyer"
) -> TestResponse:
    return post(owner, f"{house}/members/invite", {"email": email, "role": role}, page="/account")


def roles(app: Flask) -> dict[str, str]:
    with app.app_context():
        rows = db.session.execute(select(User.email, Membership.role).join(Membership)).all()
    return {email: str(role) for email, role in rows}


def test_the_link_makes_a_newcomer_an_account_and_a_member(
    app: Flask, client: FlaskClient, owner: FlaskClient, post: Post, house: str, link: Link, outbox: list[Any]
) -> None:
    invite(owner, post, house, "Colin@Example.org", "evaluator")

    answer = post(client, link(), JOIN, page=link())

    assert outbox[-1]["To"] == "Colin@Example.org"
    assert (answer.status_code, is_signed_in(client)) == (302, True)
    assert roles(app) == {"olga@example.org": "owner", "colin@example.org": "evaluator"}


def test_somebody_with_an_account_signs_in_and_accepts(
    app: Flask, paula: User, owner: FlaskClient, post: Post, house: str, link: Link
) -> None:
    invite(owner, post, house, paula.email)
    visitor, signed_in = app.test_client(), factories.signed_in(app, paula)

    before = visitor.get(link())
    as_visitor = post(visitor, link(), JOIN, page=link())
    accepted = post(signed_in, link(), page="/account")

    assert ("/sign-in?next=/invitations/" in before.text, as_visitor.status_code) == (True, 200)
    assert accepted.status_code == 302
    with app.app_context():
        kept = db.session.scalars(select(Membership.role).where(Membership.user_id == paula.id)).all()
    assert sorted(kept) == [Role.BUYER, Role.OWNER]


def test_an_invitation_is_used_once(
    app: Flask, client: FlaskClient, owner: FlaskClient, post: Post, house: str, link: Link
) -> None:
    invite(owner, post, house)
    post(client, link(), JOIN, page=link())

    again = app.test_client().get(link()).status_code

    assert again == 410


def test_an_invitation_works_for_a_week(
    app: Flask, olga: User, post: Post, house: str, link: Link, outbox: list[Any]
) -> None:
    start = datetime(2027, 3, 1, 9, tzinfo=UTC)
    with time_machine.travel(start, tick=False):
        invite(factories.signed_in(app, olga), post, house)

    with time_machine.travel(start + timedelta(days=7, seconds=-1), tick=False):
        in_time = app.test_client().get(link()).status_code
    with time_machine.travel(start + timedelta(days=7), tick=False):
        too_late = app.test_client().get(link()).status_code

    assert (in_time, too_late) == (200, 410)


def test_an_invitation_meant_for_another_address_is_refused(
    app: Flask, paula: User, owner: FlaskClient, post: Post, house: str, link: Link
) -> None:
    invite(owner, post, house, "colin@example.org")
    other = factories.signed_in(app, paula)

    page = other.get(link())
    answer = post(other, link(), page="/account")

    assert (page.status_code, "another address" in page.text, answer.status_code) == (200, True, 422)
    assert roles(app)["paula@example.org"] == "owner"
    with app.app_context():
        assert db.session.scalar(select(func.count()).where(Membership.user_id == paula.id)) == 1


def test_a_withdrawn_invitation_is_gone(app: Flask, owner: FlaskClient, post: Post, house: str, link: Link) -> None:
    invite(owner, post, house)
    page = owner.get(f"{house}/members").text
    address = page.partition("/invitations/")[2].partition("/revoke")[0]

    withdrawn = post(owner, f"{house}/invitations/{address}/revoke", page="/account")
    twice = post(owner, f"{house}/invitations/{address}/revoke", page="/account")

    assert (withdrawn.status_code, twice.status_code) == (302, 404)
    assert app.test_client().get(link()).status_code == 410
    assert "colin@example.org" not in owner.get(f"{house}/members").text


def test_an_invitation_used_twice_at_once_makes_one_member(app: Flask, olga: User) -> None:
    now = datetime.now(UTC)
    with factories.built(app):
        _invitation, token = services.invite_colleague(
            actor=olga, organisation=factories.organisation_of(olga), email="c@example.org", role=Role.BUYER, now=now
        )

    def join(number: int) -> bool:
        with app.app_context():
            try:
                services.join_by_invitation(token=token, name=f"C{number}", password="x" * 12, language="en", now=now)
            except InvalidError:
                return False
            db.session.commit()
            return True

    with ThreadPoolExecutor(4) as pool:
        joined = list(pool.map(join, range(4)))

    assert sorted(joined) == [False, False, False, True]
    assert roles(app) == {"olga@example.org": "owner", "c@example.org": "buyer"}


def test_two_invitations_of_one_address_at_once_make_one_account(app: Flask, olga: User, paula: User) -> None:
    now = datetime.now(UTC)
    with factories.built(app):
        tokens = [
            services.invite_colleague(
                actor=host, organisation=factories.organisation_of(host), email="c@example.org", role=role, now=now
            )[1]
            for host, role in ((olga, Role.BUYER), (paula, Role.MEMBER))
        ]

    def join(token: str) -> bool:
        with app.app_context():
            try:
                services.join_by_invitation(token=token, name="C", password="x" * 12, language="en", now=now)
            except InvalidError:
                return False
            db.session.commit()
            return True

    with ThreadPoolExecutor(2) as pool:
        joined = list(pool.map(join, tokens))

    assert sorted(joined) == [False, True]


@pytest.mark.parametrize(
    ("email", "role"),
    [("colin", "buyer"), ("colin@example.org", "member"), ("colin@example.org", ""), ("OLGA@example.org", "buyer")],
)
def test_a_wrong_invitation_is_refused_beside_its_field(
    owner: FlaskClient, post: Post, house: str, outbox: list[Any], email: str, role: str
) -> None:
    answer = invite(owner, post, house, email, role)

    assert (answer.status_code, "field-error" in answer.text, outbox) == (422, True, [])


def test_the_last_owner_stays(app: Flask, olga: User, owner: FlaskClient, post: Post, house: str) -> None:
    demoted = post(owner, f"{house}/members/{olga.public_id}/role", {"role": "buyer"}, page="/account")
    removed = post(owner, f"{house}/members/{olga.public_id}/remove", page="/account")

    assert (demoted.status_code, removed.status_code) == (422, 422)
    assert roles(app) == {"olga@example.org": "owner"}


def test_an_owner_may_go_once_there_is_another(
    app: Flask, olga: User, owner: FlaskClient, post: Post, house: str
) -> None:
    with factories.built(app):
        factories.a_colleague(db.session.get_one(User, olga.id), Role.OWNER, email="second@example.org")

    answer = post(owner, f"{house}/members/{olga.public_id}/remove", page="/account")

    assert (answer.status_code, answer.location.partition("?")[0]) == (302, "/")
    assert roles(app) == {"second@example.org": "owner"}
    assert owner.get(f"{house}/members").status_code == 404


def test_two_owners_who_remove_each_other_at_once_leave_one(app: Flask, olga: User) -> None:
    now = datetime.now(UTC)
    with factories.built(app):
        second = factories.a_colleague(db.session.get_one(User, olga.id), Role.OWNER)
        pairs = [(olga.id, second.public_id), (second.id, olga.public_id)]

    def remove(pair: tuple[int, str]) -> bool:
        with app.app_context():
            actor = db.session.get_one(User, pair[0])
            organisation = db.session.scalars(select(Organisation)).one()
            try:
                services.remove_member(actor=actor, organisation=organisation, user_id=pair[1], now=now)
            except InvalidError:
                return False
            db.session.commit()
            return True

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(remove, pairs))

    assert sorted(done) == [False, True]
    assert list(roles(app).values()) == ["owner"]


def test_a_role_of_another_kind_of_organisation_is_refused(
    app: Flask, olga: User, owner: FlaskClient, post: Post, house: str
) -> None:
    with factories.built(app):
        colleague = factories.a_colleague(db.session.get_one(User, olga.id), Role.BUYER, email="c@example.org")

    answers = [
        post(owner, f"{house}/members/{colleague.public_id}/role", {"role": role}, page="/account").status_code
        for role in ("member", "", "superuser", "auditor")
    ]

    assert answers == [422, 422, 422, 302]
    assert roles(app)["c@example.org"] == "auditor"


@pytest.mark.parametrize("role", [Role.BUYER, Role.EVALUATOR, Role.PROCUREMENT, Role.AUDITOR])
def test_only_owners_invite_and_change(app: Flask, olga: User, post: Post, house: str, role: Role) -> None:
    with factories.built(app):
        colleague = factories.a_colleague(db.session.get_one(User, olga.id), role, email="c@example.org")
    client = factories.signed_in(app, colleague)

    seen = client.get(f"{house}/members").text
    answers = [
        invite(client, post, house).status_code,
        post(client, f"{house}/members/{colleague.public_id}/role", {"role": "owner"}, page="/account").status_code,
        post(client, f"{house}/members/{olga.public_id}/remove", page="/account").status_code,
    ]

    assert ("olga@example.org" in seen, "Invite a colleague" in seen) == (True, False)
    assert answers == [404, 404, 404]
    assert roles(app) == {"olga@example.org": "owner", "c@example.org": str(role)}


def test_a_person_of_two_houses_sees_each(app: Flask, olga: User, paula: User) -> None:
    now = datetime.now(UTC)
    with factories.built(app):
        organisation = factories.organisation_of(db.session.get_one(User, olga.id))
        _invitation, token = services.invite_colleague(
            actor=olga, organisation=organisation, email=paula.email, role=Role.BUYER, now=now
        )
        services.accept_invitation(actor=db.session.get_one(User, paula.id), token=token, now=now)
    client = factories.signed_in(app, paula)

    page = client.get("/account").text

    assert ("Members of Exampleville" in page, "Members of Sample Studio" in page) == (True, True)
    assert [client.get(url).status_code for url in ("/briefs", "/responses")] == [200, 200]
