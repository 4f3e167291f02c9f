"""The type of a file is judged by its content."""

import io
import struct

import pytest

from rfp.documents.kinds import MacroError, kind_of
from tests.documents import samples


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (samples.pdf(), "pdf"),
        (samples.PNG, "png"),
        (samples.JPG, "jpg"),
        (samples.docx(), "docx"),
        (samples.xlsx(), "xlsx"),
        (samples.ods(), "ods"),
        (samples.archive("a.txt"), "zip"),
        (b"MZ\x90\x00" + b"\0" * 60, ""),
        (b"<html><script>alert(1)</script>", ""),
        (b"GIF89a" + b"\0" * 20, ""),
        (b"PK\x03\x04 and no more", ""),
        (b" %PDF-1.4", ""),
        (b"", ""),
    ],
)
def test_content_decides(content: bytes, kind: str) -> None:
    assert kind_of(io.BytesIO(content), "pdf") == kind


def test_a_text_is_what_its_extension_says_unless_it_is_something_else() -> None:
    assert kind_of(io.BytesIO("a;b\né;d\n".encode()), "csv") == "csv"
    assert kind_of(io.BytesIO(b"a\0b"), "csv") == ""
    assert kind_of(io.BytesIO(samples.pdf()), "txt") == "pdf"


def test_macros_are_refused_whatever_the_extension() -> None:
    with pytest.raises(MacroError):
        kind_of(io.BytesIO(samples.docx("word/vbaProject.bin")), "docx")


def test_a_directory_too_large_to_read_is_refused_unread() -> None:
    content = bytearray(samples.archive("a.txt"))
    struct.pack_into("<I", content, content.rfind(b"PK\x05\x06") + 12, 500_000_000)

    kind = kind_of(io.BytesIO(bytes(content)), "zip")

    assert kind == ""
