"""Files are kept whole, once, under their hash."""

import errno
import hashlib
import io
import os
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from rfp.documents import storage
from rfp.errors import NotFoundError


def _kept(folder: Path) -> list[Path]:
    return [p for p in folder.rglob("*") if p.is_file()]


def test_bytes_come_back_under_their_hash(context: Flask) -> None:
    content = b"made up" * 100_000

    sha256, size = storage.store(io.BytesIO(content))

    assert (sha256, size) == (hashlib.sha256(content).hexdigest(), len(content))
    assert storage.existing_path(sha256).read_bytes() == content
    assert storage.path_of(sha256) == storage.folder() / sha256[:2] / sha256[2:]


def test_the_same_bytes_are_kept_once(context: Flask) -> None:
    storage.store(io.BytesIO(b"twice"))
    storage.store(io.BytesIO(b"twice"))

    assert len(_kept(storage.folder())) == 1


def test_the_file_is_synced_then_named_then_its_folder_synced(context: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    storage.store(io.BytesIO(b"makes the folders"))
    calls: list[str] = []
    real_sync, real_replace = os.fsync, Path.replace

    def sync(descriptor: int) -> None:
        calls.append("folder" if Path(f"/proc/self/fd/{descriptor}").resolve().is_dir() else "file")
        real_sync(descriptor)

    def replace(self: Path, target: Any) -> Path:
        calls.append("rename")
        return real_replace(self, target)

    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(Path, "replace", replace)
    sha256, _size = storage.store(io.BytesIO(b"in order"))

    assert storage.existing_path(sha256)
    assert calls[0] == "file"
    assert calls[-2:] == ["rename", "folder"]


def test_a_full_disk_is_a_clean_refusal(context: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    storage.store(io.BytesIO(b"before"))
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(storage.StorageFullError):
        storage.store(io.BytesIO(b"too much"))

    assert len(_kept(storage.folder())) == 1


def test_a_missing_file_answers_as_one_that_never_was(context: Flask) -> None:
    with pytest.raises(NotFoundError):
        storage.existing_path("0" * 64)
