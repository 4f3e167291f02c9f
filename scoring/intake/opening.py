"""Is this file a plain .xlsx? Looked at before anything reads it: sizes, macros, links to other files, entities."""

import io
import re
import zipfile
from zlib import error as ZlibError  # noqa: N812 - a class in all but its name

from scoring.intake.faults import refused

MOST_PACKED = 30 * 1024 * 1024
MOST_UNPACKED = 200 * 1024 * 1024
MOST_PARTS = 5_000
# Real sheets of numbers shrink 5 to 40 times; the emptiest stored form measured shrank 60 times.
MOST_RATIO = 500
ENCRYPTED_OR_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PIECE = 64 * 1024
XML = (".xml", ".rels", ".vml")
DECLARATION = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)


def check(data: bytes) -> None:
    """Raise WorkbookError unless ``data`` is a plain .xlsx of sensible size."""
    if data.startswith(ENCRYPTED_OR_OLD):
        raise refused("encrypted_or_old")
    if len(data) > MOST_PACKED:
        raise refused("too_big", size=len(data), limit=MOST_PACKED)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _check_parts(package)
            _check_contents(package)
    except (zipfile.BadZipFile, ZlibError, EOFError, NotImplementedError, UnicodeDecodeError, ValueError) as error:
        raise refused("broken") from error


def _check_parts(package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    names = {part.filename for part in parts}
    if any(part.flag_bits & 1 for part in parts):
        raise refused("encrypted_or_old")
    if len(parts) > MOST_PARTS or len(names) < len(parts):
        raise refused("broken")
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MOST_UNPACKED:
        raise refused("too_big_unpacked", size=unpacked, limit=MOST_UNPACKED)
    lowered = {name.lower() for name in names}
    if not {"[content_types].xml", "xl/workbook.xml"} <= lowered:
        raise refused("not_xlsx")
    if any("vbaproject" in name or name.startswith("xl/macrosheets/") for name in lowered):
        raise refused("macros")
    if any(name.startswith("xl/externallinks/") for name in lowered):
        raise refused("external_links")


def _check_contents(package: zipfile.ZipFile) -> None:
    """Unpack each part in pieces: a size that lies about itself, a bomb or an entity is met here, not in the parser."""
    total = 0
    for part in package.infolist():
        size, tail = 0, b""
        with package.open(part) as stream:
            while piece := stream.read(PIECE):
                size += len(piece)
                total += len(piece)
                if total > MOST_UNPACKED or size > max(part.compress_size, PIECE) * MOST_RATIO:
                    raise refused("too_big_unpacked", size=total, limit=MOST_UNPACKED)
                if part.filename.lower().endswith(XML):
                    _check_xml(tail + piece)
                tail = piece[-16:]


def _check_xml(piece: bytes) -> None:
    # UTF-16 holds NULs, and could hide a declaration from the search below.
    if b"\x00" in piece:
        raise refused("broken")
    if DECLARATION.search(piece):
        raise refused("entities")
