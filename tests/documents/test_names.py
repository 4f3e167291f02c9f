"""A file's name is never a path."""

import pytest

from rfp.documents.names import clean_name, extension


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("report.pdf", "report.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\offer.pdf", "offer.pdf"),
        ("/etc/shadow\x00.pdf", "shadow.pdf"),
        ("..", "file"),
        ("", "file"),
        ("   ", "file"),
        (".htaccess", "htaccess"),
        ("offer\u202efdp.exe", "offerfdp.exe"),
        ('a"b\r\nSet-Cookie: x.pdf', "a-bSet-Cookie- x.pdf"),
        ("Pre\u0301sentation  2027.pdf", "Présentation 2027.pdf"),
    ],
)
def test_names_are_cleaned(given: str, kept: str) -> None:
    assert clean_name(given) == kept


def test_a_long_name_keeps_its_extension() -> None:
    name = clean_name("x" * 1000 + ".pdf")

    assert len(name) == 150
    assert extension(name) == "pdf"
