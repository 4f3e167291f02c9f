"""Forms with files, read to the byte.

Werkzeug's parser (3.1.9; https://github.com/pallets/werkzeug/issues/3285) reads a body in pieces of 64 KiB, and
where a piece ends inside the line that closes a part, it adds a carriage return to that part's content: about
one file in 65,536 would not be the file that was sent. Here no piece ends inside such a line.
"""

from typing import IO, Any, cast

from flask import Request
from werkzeug.formparser import FormDataParser


class WholeLines:
    """A stream whose pieces never end inside what may be the line of a boundary: such a tail waits for the next."""

    def __init__(self, stream: IO[bytes], boundary: bytes) -> None:
        self.stream = stream
        self.line = b"--" + boundary
        self.longest = len(boundary) + 64  # line break, dashes, boundary, dashes, white space, line break
        self.kept = b""

    def read(self, size: int) -> bytes:
        """About ``size`` bytes; none at the end."""
        while True:
            more = self.stream.read(size)
            piece, self.kept = self.kept + more, b""
            at = self._last_lines(piece)
            if not more or at > 0:
                break
            self.kept = piece
        if more:
            piece, self.kept = piece[:at], piece[at:]
        return piece

    def _last_lines(self, piece: bytes) -> int:
        """Where the first line break within reach of the end is, or of the boundary that it closes."""
        tail = max(0, len(piece) - self.longest)
        found = [at for at in (piece.find(b"\r", tail), piece.find(b"\n", tail)) if at >= 0]
        at = min(found, default=len(piece))
        line = piece.rfind(self.line, 0, at)
        if line > 0 and not piece[line + len(self.line) : at].strip(b"- \t"):
            at = line - 1
        return at - 1 if piece[at - 1 : at + 1] == b"\r\n" else at


class ExactFormDataParser(FormDataParser):
    """Werkzeug's, given whole lines."""

    def _parse_multipart(self, stream: Any, mimetype: str, content_length: int | None, options: dict[str, str]) -> Any:
        boundary = options.get("boundary", "").encode("ascii")
        whole = cast(IO[bytes], WholeLines(stream, boundary))
        return super()._parse_multipart(whole, mimetype, content_length, options)


class ExactRequest(Request):
    """A request whose files are, to the byte, those that were sent."""

    form_data_parser_class = ExactFormDataParser
