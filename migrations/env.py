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
        context.configure(connection=connection, **options)
        with context.begin_transaction():
            context.run_migrations()
