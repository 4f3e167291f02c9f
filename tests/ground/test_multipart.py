"""A file arrives as it was sent, wherever the pieces of its body end."""

import io
import random

import pytest
from werkzeug.test import EnvironBuilder

from rfp.multipart import ExactRequest

BOUNDARY = "----WebKitFormBoundaryXyz789abcdefgh"
PIECE = 64 * 1024


def body(content: bytes, *, empty: str = "") -> bytes:
    """What a browser sends: a token, a blank field, a file, and a field after it."""
    line = b"--" + BOUNDARY.encode()
    fields = [
        b'Content-Disposition: form-data; name="csrf_token"\r\n\r\ntoken',
        b'Content-Disposition: form-data; name="blank"\r\n\r\n' + empty.encode(),
        b'Content-Disposition: form-data; name="file"; filename="a.pdf"\r\nContent-Type: application/pdf\r\n\r\n'
        + content,
        b'Content-Disposition: form-data; name="after"\r\n\r\nlast',
    ]
    return b"".join(line + b"\r\n" + field + b"\r\n" for field in fields) + line + b"--\r\n"


def received(raw: bytes) -> tuple[dict[str, str], bytes]:
    """The fields and the file that the application reads."""
    environ = EnvironBuilder(
        method="POST",
        input_stream=io.BytesIO(raw),
        content_length=len(raw),
        content_type=f"multipart/form-data; boundary={BOUNDARY}",
    ).get_environ()
    request = ExactRequest(environ)
    return request.form.to_dict(), request.files["file"].read()


@pytest.mark.parametrize("pieces", [0, 1, 2])
@pytest.mark.parametrize("ending", [b"", b"\r", b"\n", b"\r\n", b"\r\n--", b"-" * 40, b"\r\n" * 300])
def test_a_file_of_any_length_arrives_to_the_byte(pieces: int, ending: bytes) -> None:
    noise = random.Random(7).randbytes(3 * PIECE)  # noqa: S311
    around = pieces * PIECE
    for length in range(max(0, around - 700), around + 60):
        content = noise[: max(0, length - len(ending))] + ending

        fields, file = received(body(content))

        assert file == content, length
        assert fields == {"csrf_token": "token", "blank": "", "after": "last"}, length


def test_a_form_of_many_blank_fields_keeps_each() -> None:
    names = [f"f{number}" for number in range(4000)]
    environ = EnvironBuilder(
        method="POST", data=dict.fromkeys(names, ""), content_type="multipart/form-data"
    ).get_environ()
    request = ExactRequest(environ)
    request.max_form_parts = 5000

    assert request.form.to_dict() == dict.fromkeys(names, "")


def test_a_body_of_line_breaks_alone_is_read_to_its_end() -> None:
    content = b"\r\n" * PIECE

    assert received(body(content))[1] == content


@pytest.mark.parametrize("raw", [b"", b"--", b"\r\n" * 50_000, b"--" + BOUNDARY.encode(), body(b"x")[:-30]])
def test_a_body_cut_short_is_no_form(raw: bytes) -> None:
    environ = EnvironBuilder(
        method="POST",
        input_stream=io.BytesIO(raw),
        content_length=len(raw),
        content_type=f"multipart/form-data; boundary={BOUNDARY}",
    ).get_environ()

    assert ExactRequest(environ).form.to_dict() == {}
