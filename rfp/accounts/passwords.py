"""Passwords and tokens."""

import hashlib
import secrets
from functools import cache

from flask import current_app
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

COMMON = frozenset(
    [
        "123456789012",
        "1234567890123",
        "password1234",
        "passwordpassword",
        "motdepasse123",
        "motdepasse1234",
        "azertyuiop12",
        "azertyuiopqs",
        "qwertyuiop12",
        "qwertyuiopas",
        "iloveyou1234",
        "administrator",
        "administrateur",
        "aaaaaaaaaaaa",
        "111111111111",
        "000000000000",
    ]
)
MINIMUM, MAXIMUM = 12, 128


@cache
def _hasher(cheap: bool) -> PasswordHash:
    return PasswordHash((Argon2Hasher(time_cost=1, memory_cost=64, parallelism=1) if cheap else Argon2Hasher(),))


def _current() -> PasswordHash:
    return _hasher(current_app.config.get("PASSWORD_COST") == "low")


def hash_password(password: str) -> str:
    """Argon2id."""
    return _current().hash(password)


def matches(password: str, password_hash: str | None) -> bool:
    """Whether the password is right; takes as long where there is no account to compare with."""
    if password_hash is None:
        _current().hash(password)
        return False
    return _current().verify(password, password_hash)


def new_token() -> str:
    """A secret for a link or a cookie."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """What is kept of a token: its SHA-256 in hexadecimal."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
