"""Grille, the web application."""

from importlib import import_module
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

import rfp.audit.models
import rfp.offline.models  # noqa: F401 - so that its tables are known before its pages are
from rfp import cli, extensions, i18n, icons, mail, markup, permissions, security, web
from rfp.briefs.fields.cells import show
from rfp.briefs.pricing import in_words as price_in_words
from rfp.config import settings
from rfp.extensions import csrf, login, migrate
from rfp.multipart import ExactRequest
from rfp.vocabulary import label, stage_label

ROOT = Path(__file__).parent.parent
BLUEPRINTS = (
    "home",
    "preferences",
    "accounts.views",
    "briefs.views",
    "briefs.portal",
    "responses.views",
    "evaluation.views",
    "reports.views",
    "audit.views",
)


def create_app(config: dict[str, Any] | None = None) -> Flask:
    """The application; ``config`` overrides what the environment says (see ``rfp/config.py``)."""
    app = Flask("rfp", template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "static"))
    app.request_class = ExactRequest
    app.config.update(settings())
    app.config.update(config or {})
    app.testing = bool(app.config.get("TESTING"))
    app.jinja_env.globals.update(show_value=show, price_in_words=price_in_words, label=label, stage_label=stage_label)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    if app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite:///"):
        Path(app.config["SQLALCHEMY_DATABASE_URI"][len("sqlite:///") :]).parent.mkdir(parents=True, exist_ok=True)
    extensions.db.init_app(app)
    migrate.init_app(app, extensions.db, directory=str(ROOT / "migrations"))
    if app.config["PROXIES"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=app.config["PROXIES"], x_proto=app.config["PROXIES"])  # type: ignore[method-assign]
    i18n.init_app(app)
    icons.init_app(app)
    security.init_app(app)  # before web: what is hooked first after a request is run last, and sees every answer
    web.init_app(app)
    csrf.init_app(app)
    login.init_app(app)
    permissions.init_app(app)
    mail.init_app(app)
    markup.init_app(app)
    cli.init_app(app)
    for module in BLUEPRINTS:
        app.register_blueprint(import_module(f"rfp.{module}").blueprint)
    return app
