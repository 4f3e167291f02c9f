"""Extensions, made here and bound to the application in ``create_app``."""

from flask_babel import Babel
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_wtf import CSRFProtect

from rfp.db import db

babel = Babel()
csrf = CSRFProtect()
login = LoginManager()
migrate = Migrate(render_as_batch=True, compare_type=True)

__all__ = ["babel", "csrf", "db", "login", "migrate"]
