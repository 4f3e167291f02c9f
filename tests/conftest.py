"""Fixtures: an application on a fresh database for each test, and clients that post as a browser does."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from rfp import create_app
from rfp.db import db
from tests.databases import Databases


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--postgresql", action="store_true", help="run on PostgreSQL instead of SQLite")


@pytest.fixture(scope="session")
def databases(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    made = Databases(postgresql=request.config.getoption("--postgresql"), folder=tmp_path_factory.mktemp("databases"))
    yield made
    made.close()


@pytest.fixture
def app(databases: Databases, tmp_path: Path) -> Iterator[Flask]:
    """The application on a database of its own. Push a context (or ask for ``context``) to call services."""
    with databases.fresh() as url:
        application = create_app(
            {
                "TESTING": True,
                "SQLALCHEMY_DATABASE_URI": url,
                "DATA_FOLDER": tmp_path / "data",
                "SECRET_KEY": "test",
                "PASSWORD_COST": "low",
                "SERVER_NAME": None,
            }
        )
        yield application
        with application.app_context():
            db.session.remove()
            db.engine.dispose()


@pytest.fixture
def context(app: Flask) -> Iterator[Flask]:
    """The application with a context pushed: for tests of services and queries, not of pages."""
    with app.app_context():
        yield app
        db.session.rollback()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A visitor's browser. CSRF tokens are read from the page: see ``post``."""
    return app.test_client()


@pytest.fixture
def outbox(app: Flask) -> list[Any]:
    """The mails sent."""
    outbox: list[Any] = app.extensions["mail_outbox"]
    return outbox


@pytest.fixture
def post() -> Callable[..., Any]:
    """``post(client, url, data)`` posts with the CSRF token of ``page`` (default: the address itself)."""
    from tests.browsing import post_form

    return post_form
