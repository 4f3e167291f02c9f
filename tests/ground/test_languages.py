"""French and English: which one a reader gets, and that no string lacks one."""

from collections.abc import Callable
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from rfp.accounts.models import User
from rfp.db import db
from tests import factories
from tests.browsing import post_form
from tools import catalogues

Post = Callable[..., TestResponse]


def language_of(client: FlaskClient, url: str = "/open", accept: str = "") -> str:
    """The language that a page says it is in."""
    page = client.get(url, headers={"Accept-Language": accept}).text
    return page.partition('<html lang="')[2][:2]


def test_both_catalogues_are_complete(capsys: pytest.CaptureFixture[str]) -> None:
    status = catalogues.check()

    assert (status, capsys.readouterr().out.partition(",")[0]) == (0, "catalogues: complete")


@pytest.mark.parametrize(
    ("message", "fault"),
    [
        ({"string": ""}, "not translated"),
        ({"string": "Nom", "flags": ["fuzzy"]}, "fuzzy"),
        ({"string": "Nom %(autre)s", "flags": ["python-format"]}, "unknown named placeholder"),
    ],
)
def test_the_check_of_catalogues_finds_each_fault(message: dict[str, Any], fault: str) -> None:
    catalogue = Catalog(locale="fr")
    catalogue.add("Name %(name)s" if "flags" in message and "python-format" in message["flags"] else "Name", **message)

    found = catalogues.faults_of(catalogue)

    assert len(found) == 1
    assert fault in found[0]


@pytest.mark.parametrize(
    ("accept", "language"),
    [
        ("fr", "fr"),
        ("fr-CA,fr;q=0.9,en;q=0.8", "fr"),
        ("en-GB,en;q=0.9,fr;q=0.8", "en"),
        ("de,fr;q=0.5,en;q=0.4", "fr"),
        ("de-DE,de;q=0.9", "en"),
        ("", "en"),
        ("*", "en"),
        (";;q=x,\xff", "en"),
    ],
)
def test_a_visitor_gets_the_language_of_their_browser(client: FlaskClient, accept: str, language: str) -> None:
    found = language_of(client, accept=accept)

    assert found in ({"fr", "en"} if accept == "*" else {language})


def test_a_visitor_switches_and_comes_back_to_the_same_page(client: FlaskClient) -> None:
    answer = post_form(client, "/language", {"language": "fr", "next": "/open?page=2"})

    assert (answer.status_code, answer.location) == (302, "/open?page=2")
    assert language_of(client, accept="en") == "fr"


@pytest.mark.parametrize(("language", "target"), [("xx", "https://elsewhere.example/"), ("", "//elsewhere.example")])
def test_a_switch_to_no_language_changes_nothing_and_leads_nowhere_else(
    client: FlaskClient, language: str, target: str
) -> None:
    answer = post_form(client, "/language", {"language": language, "next": target})

    assert (answer.location, language_of(client, accept="fr")) == ("/", "fr")


def test_a_person_keeps_their_language_wherever_they_sign_in(app: Flask) -> None:
    with factories.built(app):
        user = factories.a_buyer(language="fr")

    assert language_of(factories.signed_in(app, user), "/account", accept="en") == "fr"


def test_a_switch_goes_before_the_persons_language_until_they_choose_anew(app: Flask, post: Post) -> None:
    with factories.built(app):
        user = factories.a_buyer(language="fr")
    client = factories.signed_in(app, user)

    post_form(client, "/language", {"language": "en"}, page="/account")
    switched = language_of(client, "/account")
    post(client, "/account", {"name": "Olga", "language": "fr"}, page="/account")

    assert (switched, language_of(client, "/account")) == ("en", "fr")
    with app.app_context():
        assert db.session.get_one(User, user.id).language == "fr"


def test_a_switch_outlives_signing_in(app: Flask) -> None:
    with factories.built(app):
        user = factories.a_buyer(language="en")
    client = app.test_client()
    post_form(client, "/language", {"language": "fr"})

    post_form(client, "/sign-in", {"email": user.email, "password": factories.PASSWORD})

    assert language_of(client, "/account") == "fr"


def test_errors_and_mails_are_in_the_readers_language(client: FlaskClient, outbox: list[Any]) -> None:
    post_form(client, "/language", {"language": "fr"})

    missing = client.get("/nowhere").text
    form = {"kind": "agency", "organisation": "A", "name": "N", "email": "n@example.org"}
    post_form(client, "/sign-up", form)

    assert "Page introuvable" in missing
    assert "Bienvenue" in outbox[0].get_content()
