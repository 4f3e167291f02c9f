"""The command: what it loads, what it says, and what it leaves alone."""

import json

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from rfp.accounts.forms import strong_password
from rfp.accounts.models import User
from rfp.audit.models import AuditEvent
from rfp.briefs.models import Brief
from rfp.db import db
from rfp.vocabulary import ROLES, OrganisationKind


def test_an_empty_database_gets_one_consultation_at_each_stage_once(app: Flask) -> None:
    first = app.test_cli_runner().invoke(args=["demo", "--if-empty"])
    with app.app_context():
        before = db.session.scalar(select(func.count()).select_from(AuditEvent))
        briefs = [(b.reference[-2:], b.language) for b in db.session.scalars(select(Brief).order_by(Brief.reference))]

    second = app.test_cli_runner().invoke(args=["demo", "--if-empty"])

    with app.app_context():
        after = db.session.scalar(select(func.count()).select_from(AuditEvent))
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert briefs == [("01", "fr"), ("02", "en"), ("03", "fr"), ("04", "en")]
    assert before == after
    assert second.output == "The database has accounts already: no demonstration was loaded.\n"


def test_it_says_where_to_sign_in_and_as_whom(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["demo", "--stage", "draft", "--language", "en"])

    lines = result.output.splitlines()

    assert lines[0] == "The demonstration was loaded; all in it is made up."
    assert lines[2].startswith("Sign in on http://127.0.0.1:8000/sign-in with the password ")
    assert len(lines) == 3 + 8 + 6
    assert lines[3].split()[:2] == ["owner", "helene.vaubrac@vergers-orlaine.example"]


def test_the_accounts_work_and_cover_every_role(app: Flask, client: FlaskClient, post) -> None:  # type: ignore[no-untyped-def]
    app.test_cli_runner().invoke(args=["demo", "--stage", "draft"])
    accounts = json.loads((app.config["DATA_FOLDER"] / "demonstration.json").read_text(encoding="utf-8"))
    buyer = next(account for account in accounts if account["role"] == "buyer")

    answer = post(client, "/sign-in", {"email": buyer["email"], "password": buyer["password"]})

    assert answer.status_code == 302
    assert {a["role"] for a in accounts} == {role for kind in OrganisationKind for role in ROLES[kind]}
    assert len(accounts) == len({a["email"] for a in accounts}) == 20


def test_the_password_is_one_that_a_person_could_choose(app: Flask) -> None:
    app.test_cli_runner().invoke(args=["demo", "--stage", "draft"])
    accounts = json.loads((app.config["DATA_FOLDER"] / "demonstration.json").read_text(encoding="utf-8"))
    field = type("Field", (), {"data": accounts[0]["password"]})()

    strong_password(None, field)  # raises ValidationError for one that is refused

    assert {a["password"] for a in accounts} == {field.data}


def test_without_a_stage_it_asks_for_one(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["demo"])

    with app.app_context():
        users = db.session.scalar(select(func.count()).select_from(User))
    assert result.exit_code == 2
    assert "--if-empty" in result.output
    assert users == 0
