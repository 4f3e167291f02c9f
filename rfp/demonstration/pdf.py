"""Small PDF files of plain text, so that a demonstration has documents to open. No dependency, same bytes each time."""

import textwrap

WIDTH, HEIGHT, MARGIN = 595, 842, 64
LEADING = 17
CHARACTERS = 84
LINES = 38


def document(title: str, subtitle: str, paragraphs: list[str]) -> bytes:
    """A4 pages: a title, a line below it, then the paragraphs. Characters outside Windows-1252 become question marks."""
    lines = [line for text in paragraphs for line in [*(textwrap.wrap(_plain(text), CHARACTERS) or [""]), ""]]
    sheets = [lines[start : start + LINES] for start in range(0, max(len(lines), 1), LINES)]
    streams = [_sheet(title if first == 0 else "", subtitle, sheet) for first, sheet in enumerate(sheets)]
    return _assemble(streams)


def _plain(text: str) -> str:
    return text.replace("\u202f", "\u00a0")


def _escaped(text: str) -> bytes:
    raw = _plain(text).encode("cp1252", "replace")
    return raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _sheet(title: str, subtitle: str, lines: list[str]) -> bytes:
    top = HEIGHT - MARGIN
    parts = [b"BT"]
    if title:
        parts.append(b"/F2 20 Tf 1 0 0 1 %d %d Tm (%s) Tj" % (MARGIN, top, _escaped(title)))
    parts.append(b"/F1 11 Tf 1 0 0 1 %d %d Tm (%s) Tj" % (MARGIN, top - 24, _escaped(subtitle)))
    parts.append(b"%d TL 1 0 0 1 %d %d Tm" % (LEADING, MARGIN, top - 60))
    parts += [b"(%s) Tj T*" % _escaped(line) for line in lines]
    return b"\n".join([*parts, b"ET"])


def _assemble(streams: list[bytes]) -> bytes:
    """The objects: 1 catalogue, 2 pages, 3 and 4 fonts, then a page and its content for each stream."""
    kids = b" ".join(b"%d 0 R" % (5 + 2 * index) for index in range(len(streams)))
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(streams)),
        font % b"Helvetica",
        font % b"Helvetica-Bold",
    ]
    for index, stream in enumerate(streams):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>" % (WIDTH, HEIGHT, 6 + 2 * index)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    return _written(objects)


def _written(objects: list[bytes]) -> bytes:
    made = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    made += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(made)
