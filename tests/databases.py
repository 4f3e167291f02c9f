"""Fresh databases for tests, migrated once and copied: SQLite files, or PostgreSQL from a template."""

import contextlib
import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import flask_migrate
import sqlalchemy

from rfp import create_app
from rfp.db import db


def server_url() -> str:
    """The PostgreSQL server the tests may make databases on."""
    return os.environ.get("TEST_POSTGRESQL_URL", "postgresql+psycopg://grille:grille@127.0.0.1:54329/postgres")


class Databases:
    """Makes a database for each test, empty but for its tables."""

    def __init__(self, *, postgresql: bool, folder: Path) -> None:
        self.folder = folder
        self.postgresql = postgresql
        self.template = f"grille_template_{uuid.uuid4().hex[:8]}"
        if postgresql:
            self.engine = sqlalchemy.create_engine(
                server_url(), isolation_level="AUTOCOMMIT", poolclass=sqlalchemy.NullPool
            )
            self._run(f'create database "{self.template}"')
        self._migrate(self._url(self.template))

    def _run(self, statement: str) -> None:
        with self.engine.connect() as connection:
            connection.exec_driver_sql(statement)

    def _url(self, name: str) -> str:
        if self.postgresql:
            return self.engine.url.set(database=name).render_as_string(hide_password=False)
        return f"sqlite:///{self.folder / name}.sqlite"

    def _migrate(self, url: str) -> None:
        app = create_app(
            {
                "TESTING": True,
                "SQLALCHEMY_DATABASE_URI": url,
                "SECRET_KEY": "test",
                "DATA_FOLDER": self.folder,
            }
        )
        with app.app_context():
            flask_migrate.upgrade()
            db.session.remove()
            db.engine.dispose()

    @contextlib.contextmanager
    def fresh(self, template: str = "") -> Iterator[str]:
        """The address of a new database, dropped afterwards; a copy of the one at ``template`` where given."""
        name = f"grille_{uuid.uuid4().hex[:12]}"
        source = template.rpartition("/")[2].removesuffix(".sqlite") or self.template
        if self.postgresql:
            self._run(f'create database "{name}" template "{source}"')
        else:
            shutil.copy(self.folder / f"{source}.sqlite", self.folder / f"{name}.sqlite")
        try:
            yield self._url(name)
        finally:
            self._drop(name)

    def _drop(self, name: str) -> None:
        if self.postgresql:
            self._run(f'drop database if exists "{name}" with (force)')
        else:
            (self.folder / f"{name}.sqlite").unlink(missing_ok=True)

    def close(self) -> None:
        """Drop the template."""
        self._drop(self.template)
        if self.postgresql:
            self.engine.dispose()
