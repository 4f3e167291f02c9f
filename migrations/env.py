"""How Alembic reaches the database of the application, and compares it with the models."""

from alembic import context
from flask import current_app

from rfp.db import Base

extension = current_app.extensions["migrate"]
engine = extension.db.engine
options = {"target_metadata": Base.metadata, **extension.configure_args}

if context.is_offline_mode():
    context.configure(url=engine.url.render_as_string(hide_password=False), literal_binds=True, **options)
    with context.begin_transaction():
        context.run_migrations()
else:
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            # Batch operations rebuild tables: what refers to them must not be judged half-way.
            connection.connection.driver_connection.execute("PRAGMA foreign_keys = OFF")
        # One transaction for all, on SQLite too: rfp/db.py begins it itself.
        with connection.begin():
            context.configure(connection=connection, transactional_ddl=True, **options)
            context.run_migrations()
