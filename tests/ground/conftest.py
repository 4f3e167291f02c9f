"""A world built once, copied for each test that asks for it."""

import contextlib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from rfp import create_app
from rfp.accounts.models import User
from rfp.db import db
from tests import factories
from tests.databases import Databases
from tests.ground.world import World, build


def _application(url: str, folder: Path) -> Flask:
    return create_app(
        {
            "TESTING": True,
            "SQLALCHEMY_DATABASE_URI": url,
            "DATA_FOLDER": folder,
            "SECRET_KEY": "test",
            "PASSWORD_COST": "low",
        }
    )


def _close(app: Flask) -> None:
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="package")
def built_world(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, World]]:
    """The address of the world's database, and what is in it."""
    with databases.fresh() as url:
        app = _application(url, tmp_path_factory.mktemp("world"))
        made = build(app)
        _close(app)
        yield url, made


@pytest.fixture
def world(built_world: tuple[str, World]) -> World:
    """What is in the database of ``world_app``."""
    return built_world[1]


@contextlib.contextmanager
def copy_of_world(databases: Databases, built_world: tuple[str, World], folder: Path) -> Iterator[Flask]:
    """The application on a copy of the world."""
    template, made = built_world
    shutil.copytree(made.folder, folder / "data", dirs_exist_ok=True)
    with databases.fresh(template) as url:
        app = _application(url, folder / "data")
        yield app
        _close(app)


def browser_of(app: Flask, world: World, role: str) -> FlaskClient:
    """A browser that somebody has signed in with; that of a "visitor" is nobody's."""
    if role == "visitor":
        return app.test_client()
    with app.app_context():
        user = db.session.get_one(User, world.people[role])
    return factories.signed_in(app, user)


@pytest.fixture
def world_app(databases: Databases, built_world: tuple[str, World], tmp_path: Path) -> Iterator[Flask]:
    """The application on a copy of the world, for this test alone."""
    with copy_of_world(databases, built_world, tmp_path) as app:
        yield app


@pytest.fixture
def browser(world_app: Flask, world: World) -> Callable[[str], FlaskClient]:
    """``browser("owner")``: a browser that person has signed in with; ``browser("visitor")`` is nobody's."""
    return lambda role: browser_of(world_app, world, role)
