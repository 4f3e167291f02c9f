"""What a file is, by its content."""

import zipfile
from collections.abc import Callable
from typing import BinaryIO

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odt": "application/vnd.oasis.opendocument.text",
}
MAIN_PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}


def _starts(magic: bytes) -> Callable[[BinaryIO], bool]:
    def check(stream: BinaryIO) -> bool:
        return stream.read(len(magic)) == magic

    return check


def _holds(part: str) -> Callable[[BinaryIO], bool]:
    """Whether it is a ZIP whose table of contents names ``part``; nothing is unpacked."""

    def check(stream: BinaryIO) -> bool:
        try:
            with zipfile.ZipFile(stream) as archive:
                return part in archive.namelist()
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            return False

    return check


def _open_document(media_type: str) -> Callable[[BinaryIO], bool]:
    """OpenDocument keeps its media type uncompressed at the start."""

    def check(stream: BinaryIO) -> bool:
        return b"mimetype" + media_type.encode() in stream.read(200)

    return check


CHECKS: dict[str, Callable[[BinaryIO], bool]] = {
    "pdf": _starts(b"%PDF-"),
    "png": _starts(b"\x89PNG\r\n\x1a\n"),
    "jpg": _starts(b"\xff\xd8\xff"),
    "ods": _open_document(MEDIA_TYPES["ods"]),
    "odt": _open_document(MEDIA_TYPES["odt"]),
    **{kind: _holds(part) for kind, part in MAIN_PARTS.items()},
}


def kind_of(stream: BinaryIO, formats: list[str]) -> str | None:
    """Which of ``formats`` the content is; None where it is none of them. Leaves the stream at its start."""
    for kind in formats:
        check = CHECKS.get(kind)
        stream.seek(0)
        if check is not None and check(stream):
            stream.seek(0)
            return kind
    stream.seek(0)
    return None
