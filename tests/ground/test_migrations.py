"""Migrations say what the models say, and go down and up again on data."""

from pathlib import Path

import flask_migrate
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import inspect, select, text

from rfp.accounts.models import User
from rfp.audit import queries
from rfp.briefs.models import Brief
from rfp.db import Base, db
from tests import factories


def revisions() -> list[str]:
    """Every revision, the first first."""
    return [script.revision for script in ScriptDirectory("migrations").walk_revisions()][::-1]


def test_the_migrations_make_what_the_models_say(context: Flask) -> None:
    flask_migrate.check()  # exits with an error where a difference is found

    assert set(inspect(db.engine).get_table_names()) == {*Base.metadata.tables, "alembic_version"}


def test_there_is_one_line_of_migrations() -> None:
    heads = ScriptDirectory("migrations").get_heads()

    assert heads == [revisions()[-1]]


def test_down_to_nothing_and_up_again_on_data(app: Flask) -> None:
    with factories.built(app):
        buyer, agency = factories.a_buyer(), factories.an_agency()
        evaluator = factories.a_colleague(buyer, factories.Role.EVALUATOR)
        factories.a_ranking(buyer, agencies=[agency], evaluators=[evaluator])

    with app.app_context():
        flask_migrate.downgrade(revision="base")
        db.session.remove()
        left = set(inspect(db.engine).get_table_names())
        flask_migrate.upgrade()
        flask_migrate.check()

        assert left == {"alembic_version"}
        assert db.session.scalars(select(User)).all() == []
    with factories.built(app):
        factories.a_published_brief(factories.a_buyer())


def test_each_step_down_and_up_keeps_what_it_does_not_concern(app: Flask) -> None:
    with factories.built(app):
        factories.a_published_brief(factories.a_buyer(), title="Kept")

    with app.app_context():
        for revision in revisions()[:0:-1]:
            flask_migrate.downgrade(revision="-1")
            flask_migrate.upgrade(revision=revision)
            flask_migrate.downgrade(revision="-1")
        flask_migrate.upgrade()
        flask_migrate.check()
        db.session.remove()

        assert db.session.scalars(select(Brief.title)).all() == ["Kept"]
        assert db.session.execute(text("select version_num from alembic_version")).scalar() == revisions()[-1]
        assert queries.faults() == []


def test_every_migration_can_go_down() -> None:
    scripts = [Path(script.path).read_text("utf-8") for script in ScriptDirectory("migrations").walk_revisions()]

    assert [text for text in scripts if "def downgrade" not in text] == []
