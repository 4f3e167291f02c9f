"""Small files that are what they say, made on the spot."""

import io
import zipfile

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
JPG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9"


def pdf(text: str = "Made up") -> bytes:
    """A one-page PDF."""
    return f"%PDF-1.4\n1 0 obj << >> endobj\n% {text}\ntrailer << /Root 1 0 R >>\n%%EOF\n".encode()


def archive(*names: str, **contents: str) -> bytes:
    """A ZIP file of these members; ``mimetype`` as the keyword stands first, as OpenDocument wants."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as file:
        for name, content in contents.items():
            file.writestr(name, content)
        for name in names:
            file.writestr(name, "<x/>")
    return kept.getvalue()


def docx(*more: str) -> bytes:
    return archive("[Content_Types].xml", "word/document.xml", *more)


def xlsx() -> bytes:
    return archive("[Content_Types].xml", "xl/workbook.xml")


def ods() -> bytes:
    return archive("content.xml", mimetype="application/vnd.oasis.opendocument.spreadsheet")
