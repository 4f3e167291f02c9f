"""What a file is, by its content. Nothing is unpacked: of an archive only the list of names is read."""

import struct
import zipfile
from typing import BinaryIO

import puremagic

HEAD = 8192
MAX_DIRECTORY = 1024 * 1024
END_OF_DIRECTORY = b"PK\x05\x06"
END_OF_DIRECTORY_64 = b"PK\x06\x07"
OFFICE = "application/vnd.openxmlformats-officedocument."
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": f"{OFFICE}wordprocessingml.document",
    "xlsx": f"{OFFICE}spreadsheetml.sheet",
    "pptx": f"{OFFICE}presentationml.presentation",
    "odt": f"{OPEN_DOCUMENT}text",
    "ods": f"{OPEN_DOCUMENT}spreadsheet",
    "odp": f"{OPEN_DOCUMENT}presentation",
    "png": "image/png",
    "jpg": "image/jpeg",
    "zip": "application/zip",
    "csv": "text/csv",
    "txt": "text/plain",
}
SAME = {"jpeg": "jpg", "jpe": "jpg"}
DEFAULT_FORMATS = ("pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "png", "jpg", "zip")
PLAIN_TEXT = frozenset({"csv", "txt"})


class MacroError(ValueError):
    """An office document that carries macros."""


def same_kind(extension: str) -> str:
    """The one name of a format that has several: ``jpeg`` is ``jpg``."""
    return SAME.get(extension, extension)


def kind_of(stream: BinaryIO, extension: str) -> str:
    """The format of the content: a key of ``MEDIA_TYPES``, or blank where it is none of them.

    ``extension`` decides only between formats that look alike (csv and txt). Raises MacroError.
    Leaves the stream at its start.
    """
    try:
        stream.seek(0)
        head = stream.read(HEAD)
        return _judge(stream, head, same_kind(extension))
    finally:
        stream.seek(0)


def _judge(stream: BinaryIO, head: bytes, extension: str) -> str:
    guesses = _guesses(head)
    if head.startswith(b"%PDF-"):
        return "pdf"
    if ".png" in guesses and head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if ".jpg" in guesses and head.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if head.startswith((b"PK\x03\x04", END_OF_DIRECTORY)):
        return _judge_archive(stream)
    if extension in PLAIN_TEXT and not guesses - {".txt", ".csv"} and _is_text(head):
        return extension
    return ""


def _guesses(head: bytes) -> set[str]:
    try:
        return {match.extension for match in puremagic.magic_string(head)}
    except (puremagic.PureError, ValueError):
        return set()


def _is_text(head: bytes) -> bool:
    if not head or b"\0" in head:
        return False
    try:
        head[: len(head) - 4 if len(head) == HEAD else None].decode("utf-8")
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data"
    return True


def _judge_archive(stream: BinaryIO) -> str:
    if not _directory_is_sane(stream):
        return ""
    try:
        with zipfile.ZipFile(stream) as archive:
            names = set(archive.namelist())
            declared = _declared(archive) if "mimetype" in names else ""
    except (
        zipfile.BadZipFile,
        ValueError,
        OSError,
        NotImplementedError,
        RuntimeError,
        UnicodeError,
        EOFError,
    ):
        return ""
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise MacroError
    if declared.startswith(OPEN_DOCUMENT):
        return next((kind for kind, media_type in MEDIA_TYPES.items() if media_type == declared), "")
    if "[Content_Types].xml" in names:
        parts = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
        return next((kind for part, kind in parts.items() if part in names), "zip")
    return "zip"


def _declared(archive: zipfile.ZipFile) -> str:
    """The type an OpenDocument file declares: a stored member of at most a hundred bytes."""
    with archive.open("mimetype") as member:
        return member.read(100).decode("ascii", "replace").strip()


def _directory_is_sane(stream: BinaryIO) -> bool:
    """Whether the list of names is whole and small enough to read: no more than ``MAX_DIRECTORY`` bytes."""
    size = stream.seek(0, 2)
    start = max(0, size - 65557 - 20)
    stream.seek(start)
    tail = stream.read()
    at = tail.rfind(END_OF_DIRECTORY)
    if at < 0 or len(tail) < at + 22 or tail[max(0, at - 20) : at].startswith(END_OF_DIRECTORY_64):
        return False
    directory_size: int = struct.unpack_from("<I", tail, at + 12)[0]
    return directory_size <= MAX_DIRECTORY
