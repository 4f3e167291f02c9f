"""Taking in a person's file: judged, kept, and its row written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from rfp.db import db
from rfp.documents.kinds import DEFAULT_FORMATS, MEDIA_TYPES, MacroError, kind_of, same_kind
from rfp.documents.models import StoredFile
from rfp.documents.names import clean_name, extension
from rfp.documents.storage import store
from rfp.errors import GrilleError, InvalidError

MEBIBYTE = 1024 * 1024


class TooLargeError(GrilleError):
    """A file over the size asked."""

    status = 413


@dataclass(frozen=True)
class TakenFile:
    """A file as taken in: its clean name, and its row (flushed)."""

    name: str
    stored: StoredFile


def take_in(*, filename: str, stream: BinaryIO, formats: Sequence[str], max_mb: int, now: datetime) -> TakenFile:
    """Keep a person's file. The bytes are on the disk before the row is written; flushes.

    Raises InvalidError (nothing chosen, empty, a format not asked for, content that is not what the name
    says, macros) and TooLargeError; nothing is kept then.
    """
    if not filename.strip():
        raise InvalidError(_("Choose a file first."))
    name = clean_name(filename)
    kind = _judge(name, stream, formats or DEFAULT_FORMATS, max_mb)
    sha256, size = store(stream)
    return TakenFile(name=name, stored=_row(sha256, size, MEDIA_TYPES[kind], now))


def _judge(name: str, stream: BinaryIO, formats: Sequence[str], max_mb: int) -> str:
    """The format found, or an error that says what to do."""
    allowed = [same_kind(f.lower()) for f in formats]
    said = same_kind(extension(name))
    listed = ", ".join(f.upper() for f in allowed)
    if said not in allowed:
        raise InvalidError(
            _("“%(name)s” cannot be taken here. Formats accepted: %(formats)s.", name=name, formats=listed)
        )
    size = stream.seek(0, 2)
    stream.seek(0)
    if size == 0:
        raise InvalidError(_("“%(name)s” is empty. Check the file and choose it again.", name=name))
    if size > max_mb * MEBIBYTE:
        raise TooLargeError(_("“%(name)s” is larger than the %(limit)s MB allowed here.", name=name, limit=max_mb))
    try:
        found = kind_of(stream, said)
    except MacroError as error:
        raise InvalidError(
            _("“%(name)s” carries macros. Save it without them and choose it again.", name=name)
        ) from error
    if found != said:
        raise InvalidError(
            _(
                "“%(name)s” is not what its name says: its content is not %(format)s. Export it again.",
                name=name,
                format=said.upper(),
            )
        )
    return found


def _row(sha256: str, size: int, media_type: str, now: datetime) -> StoredFile:
    row = db.session.get(StoredFile, sha256)
    if row is not None:
        return row
    row = StoredFile(sha256=sha256, size=size, media_type=media_type, created_at=now)
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:  # the same bytes, kept by another request in between
        return db.session.get_one(StoredFile, sha256)
    return row
