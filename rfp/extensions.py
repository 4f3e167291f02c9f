"""Extensions, made here and bound to the application in ``create_app``."""

from flask_babel import Babel
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_wtf import CSRFProtect

from rfp.db import db


class SessionLogin(LoginManager):
    """Flask-Login without its cookie that outlives the browser: none is given out, so none is read."""

    def _load_user_from_remember_cookie(self, _cookie: str) -> None:
        return None


babel = Babel()
csrf = CSRFProtect()
login = SessionLogin()
migrate = Migrate(render_as_batch=True, compare_type=True)

__all__ = ["babel", "csrf", "db", "login", "migrate"]
