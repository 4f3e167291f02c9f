"""Files kept by content, in a folder. What is stored has reached the disk before anything refers to it."""

import hashlib
import os
import tempfile
from pathlib import Path
from typing import BinaryIO

from flask import current_app

CHUNK = 1024 * 1024


def _folder() -> Path:
    return Path(current_app.config["DATA_FOLDER"]) / "files"


def path_of(sha256: str) -> Path:
    """Where the bytes with this SHA-256 (hexadecimal) are."""
    return _folder() / sha256[:2] / sha256


def store(stream: BinaryIO) -> tuple[str, int]:
    """Keep all of ``stream``; its SHA-256 in hexadecimal and its size in bytes.

    Written apart, synced, renamed, and the folder synced: a crash leaves the whole file or none.
    """
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    descriptor, temporary = tempfile.mkstemp(dir=folder, prefix="incoming-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            while chunk := stream.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        _settle(Path(temporary), path_of(digest.hexdigest()))
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return digest.hexdigest(), size


def _settle(temporary: Path, final: Path) -> None:
    final.parent.mkdir(exist_ok=True)
    temporary.replace(final)
    for folder in (final.parent, final.parent.parent):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
