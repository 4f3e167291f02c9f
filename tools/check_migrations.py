"""Check that the migrations say what the models say: up, compared, down and up again, on a new SQLite file."""

import sys
import tempfile
from pathlib import Path

import flask_migrate

sys.path.insert(0, str(Path(__file__).parent.parent))

from rfp import create_app


def main() -> None:
    """Exit with an error where a migration is missing or does not go down."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/check.sqlite"
        app = create_app({"SQLALCHEMY_DATABASE_URI": url, "SECRET_KEY": "check", "DATA_FOLDER": Path(folder)})
        with app.app_context():
            flask_migrate.upgrade()
            flask_migrate.check()
            flask_migrate.downgrade(revision="base")
            flask_migrate.upgrade()
    print("migrations: up to date, down and up again")


if __name__ == "__main__":
    main()
