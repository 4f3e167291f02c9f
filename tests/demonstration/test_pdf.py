"""The small PDF files are well formed and say what they should."""

import re

from rfp.demonstration import pdf


def test_the_cross_reference_table_points_at_every_object() -> None:
    made = pdf.document("Clairvoile", "Profils", ["Une page."])

    start = int(made.rpartition(b"startxref\n")[2].split()[0])
    places = [int(place) for place in re.findall(rb"^(\d{10}) 00000 n ", made[start:], re.MULTILINE)]

    assert [made[place:].split(b"\n")[0] for place in places] == [b"%d 0 obj" % n for n in range(1, 7)]


def test_a_long_text_goes_on_over_several_pages() -> None:
    made = pdf.document("Clairvoile", "L’été (1/2) \\", [f"Ligne {n} : œuvre à 4 €" for n in range(40)])

    streams = [text.decode("cp1252") for text in re.findall(rb"stream\n(.*?)\nendstream", made, re.DOTALL)]

    assert b"/Count 3 " in made
    assert [stream.count("œuvre à 4 €") for stream in streams] == [19, 19, 2]
    assert [stream.count("(Clairvoile)") for stream in streams] == [1, 0, 0]
    assert all("(L’été \\(1/2\\) \\\\)" in stream for stream in streams)


def test_the_same_text_gives_the_same_bytes() -> None:
    first = pdf.document("Clairvoile", "Profils", ["Une page."])
    second = pdf.document("Clairvoile", "Profils", ["Une page."])

    assert first == second
    assert first.startswith(b"%PDF-1.4")
