"""People with an account, and what a browser does with the mails."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from rfp.accounts.models import User
from tests import factories
from tests.browsing import post_form


@pytest.fixture
def olga(app: Flask) -> User:
    """The owner of a buying organisation."""
    with factories.built(app):
        return factories.a_buyer("Exampleville", email="olga@example.org")


@pytest.fixture
def paula(app: Flask) -> User:
    """The owner of an agency."""
    with factories.built(app):
        return factories.an_agency("Sample Studio", email="paula@example.org")


@pytest.fixture
def link(outbox: list[Any]) -> Callable[[], str]:
    """The path of the link in the last mail."""

    def find() -> str:
        found = re.search(r"http://127\.0\.0\.1:8000(\S+)", outbox[-1].get_content())
        assert found, outbox[-1].get_content()
        return found[1]

    return find


def sign_in(
    client: FlaskClient, email: str, password: str = factories.PASSWORD, *, target: str = "", origin: str = "192.0.2.1"
) -> TestResponse:
    """Fill in and send the page of signing in, from a network address."""
    url = "/sign-in" + (f"?next={target}" if target else "")
    form = {"email": email, "password": password}
    return post_form(client, url, form, environ_overrides={"REMOTE_ADDR": origin})


def is_signed_in(client: FlaskClient) -> bool:
    """Whether the browser reaches a page of its account."""
    return client.get("/account").status_code == 200
