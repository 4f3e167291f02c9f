"""Bytes kept on the local disk under their SHA-256: ``DATA_FOLDER/files/ab/cdef…``."""

import errno
import hashlib
import logging
import os
import tempfile
from pathlib import Path
from typing import BinaryIO

from flask import current_app
from flask_babel import gettext as _

from rfp.errors import GrilleError, NotFoundError

log = logging.getLogger(__name__)
CHUNK = 256 * 1024


class StorageFullError(GrilleError):
    """The disk takes no more. Nothing was kept."""

    status = 503


def folder() -> Path:
    """Where the files are."""
    return Path(current_app.config["DATA_FOLDER"]) / "files"


def path_of(sha256: str) -> Path:
    """Where the bytes of that hash are, or would be."""
    return folder() / sha256[:2] / sha256[2:]


def store(stream: BinaryIO) -> tuple[str, int]:
    """Keep the stream's bytes; their SHA-256 and size. On return they are on the disk, under their name.

    Written apart, synced, renamed, the folder synced: a crash leaves the whole file or none.
    """
    incoming = folder() / "incoming"
    try:
        _make_folder(incoming)
        descriptor, name = tempfile.mkstemp(dir=incoming)
        temporary = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as file:
                sha256, size = _copy(stream, file)
                file.flush()
                os.fsync(file.fileno())
            _put(temporary, path_of(sha256))
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        log.exception("no room for a file")
        raise StorageFullError(_("There is no room left to keep this file. Nothing was changed.")) from error
    return sha256, size


def _copy(stream: BinaryIO, file: BinaryIO) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while chunk := stream.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
        file.write(chunk)
    return digest.hexdigest(), size


def _put(temporary: Path, final: Path) -> None:
    if not final.exists():
        _make_folder(final.parent)
        temporary.replace(final)
    _sync_folder(final.parent)


def _make_folder(path: Path) -> None:
    """The folder and those above it, each name synced into the one that holds it."""
    if path.is_dir():
        return
    _make_folder(path.parent)
    path.mkdir(mode=0o700, exist_ok=True)
    _sync_folder(path.parent)


def _sync_folder(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def existing_path(sha256: str) -> Path:
    """Where the bytes are. Raises NotFoundError, and logs it, if they are gone."""
    path = path_of(sha256)
    if not path.is_file():
        log.error("stored file %s is missing", sha256)
        raise NotFoundError
    return path
