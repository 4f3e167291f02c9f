"""Settings, all from the environment, each with a default that runs on one machine. See README, Settings."""

import os
import secrets
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

MEBIBYTE = 1024 * 1024


def database_url(folder: Path) -> str:
    """``DATABASE_URL``, with the driver named, or a SQLite file in ``folder``."""
    url = os.environ.get("DATABASE_URL", "")
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url[len(prefix) :]
    return url or f"sqlite:///{folder / 'grille.sqlite'}"


def secret_key(folder: Path) -> str:
    """``SECRET_KEY``, or one made once and kept in ``folder``, readable by its owner alone."""
    if key := os.environ.get("SECRET_KEY"):
        return key
    path = folder / "secret_key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
            file.write(secrets.token_hex(32))
    return path.read_text()


def settings() -> dict[str, Any]:
    """The application's configuration."""
    folder = Path(os.environ.get("GRILLE_DATA", "instance")).resolve()
    base_url = os.environ.get("BASE_URL", "http://127.0.0.1:8000").rstrip("/")
    secure = base_url.startswith("https://")
    hosts = [h for h in os.environ.get("TRUSTED_HOSTS", "").split(",") if h]
    return {
        "DATA_FOLDER": folder,
        "SQLALCHEMY_DATABASE_URI": database_url(folder),
        "SECRET_KEY": secret_key(folder),
        "BASE_URL": base_url,
        "SECURE": secure,
        "TRUSTED_HOSTS": hosts or ["127.0.0.1", "localhost", urlsplit(base_url).hostname or "localhost"],
        # How many proxies in front of us add to X-Forwarded-For and X-Forwarded-Proto: what they say is believed.
        "PROXIES": int(os.environ.get("PROXIES", "0")),
        "SESSION_COOKIE_NAME": "__Host-grille" if secure else "grille",
        "SESSION_COOKIE_SECURE": secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "MAX_CONTENT_LENGTH": int(os.environ.get("MAX_UPLOAD_MB", "25")) * MEBIBYTE,
        "MAX_FORM_MEMORY_SIZE": 2 * MEBIBYTE,
        "MAX_FORM_PARTS": 5000,
        "WTF_CSRF_TIME_LIMIT": 8 * 3600,
        "CLOCK": lambda: datetime.now(UTC),  # the instant of a request; a test moves it
        "BABEL_DEFAULT_LOCALE": "en",
        "BABEL_DEFAULT_TIMEZONE": os.environ.get("TIME_ZONE", "Europe/Paris"),
        "BABEL_TRANSLATION_DIRECTORIES": str(Path(__file__).parent.parent / "translations"),
        "SMTP_URL": os.environ.get("SMTP_URL", ""),
        "MAIL_FROM": os.environ.get("MAIL_FROM", "Grille <no-reply@localhost>"),
    }
