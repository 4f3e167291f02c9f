"""What is refused before anything reads it: bombs, macros, links to files, passwords, damage."""

import io
import zipfile

import pytest

from scoring.intake.cells import read_bytes
from scoring.intake.faults import WorkbookError
from scoring.intake.opening import MOST_UNPACKED
from tests.scoring.intake.books import packed

PLAIN = packed({"Sheet": {"A1": "Criterion", "B1": 5}})


def changed(added: dict[str, bytes | str], left_out: str = "") -> bytes:
    """The plain workbook with parts added or replaced."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            if part.filename not in added and part.filename != left_out:
                new.writestr(part, old.read(part))
        for name, content in added.items():
            new.writestr(name, content)
    return stream.getvalue()


def reason(data: bytes) -> str:
    with pytest.raises(WorkbookError) as refused:
        read_bytes(data)
    return refused.value.told[0].code


def test_a_plain_workbook_is_read() -> None:
    found = read_bytes(PLAIN)

    assert list(found.sheets) == ["Sheet"]


@pytest.mark.parametrize(
    ("added", "code"),
    [
        ({"xl/vbaProject.bin": b"code"}, "macros"),
        ({"xl/macrosheets/sheet1.xml": "<a/>"}, "macros"),
        ({"xl/externalLinks/externalLink1.xml": "<a/>"}, "external_links"),
        ({"xl/workbook.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}, "entities"),
        ({"xl/workbook.xml": "<!DOCTYPE a><a/>".encode("utf-16")}, "broken"),
        ({"xl/workbook.xml": "<workbook"}, "broken"),
        ({"xl/worksheets/sheet1.xml": "<worksheet><sheetData><row>"}, "broken"),
    ],
)
def test_a_part_that_does_not_belong_is_refused(added: dict[str, bytes | str], code: str) -> None:
    data = changed(added)

    assert reason(data) == code


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "broken"),
        (b"Criterion;Weight\nPrice;40\n", "broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "encrypted_or_old"),
        (PLAIN[: len(PLAIN) // 2], "broken"),
        (changed({}, left_out="xl/workbook.xml"), "not_xlsx"),
    ],
)
def test_what_is_no_workbook_is_refused(data: bytes, code: str) -> None:
    assert reason(data) == code


def test_an_entity_across_two_pieces_is_met() -> None:
    data = changed({"xl/theme/theme1.xml": " " * (64 * 1024 - 4) + "<!DOCTYPE a><a/>"})

    assert reason(data) == "entities"


def test_a_bomb_is_refused_by_the_size_it_declares() -> None:
    stream = io.BytesIO(PLAIN)
    with (
        zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as package,
        package.open("xl/media/image1.png", "w", force_zip64=True) as part,
    ):
        for _ in range(MOST_UNPACKED // 1_000_000 + 1):
            part.write(bytes(1_000_000))

    assert reason(stream.getvalue()) == "too_big_unpacked"


def test_a_bomb_is_refused_by_how_much_it_grows() -> None:
    data = changed({"xl/media/image1.png": bytes(60_000_000)})

    assert reason(data) == "too_big_unpacked"


def test_a_size_that_lies_is_met_while_unpacking() -> None:
    data = bytearray(changed({"xl/media/image1.png": bytes(1_000_000)}))
    size = (1_000_000).to_bytes(4, "little")
    while (at := data.find(size)) >= 0:
        data[at : at + 4] = (10).to_bytes(4, "little")

    assert reason(bytes(data)) == "broken"


def test_a_part_under_a_password_is_refused() -> None:
    data = bytearray(PLAIN)
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1

    assert reason(bytes(data)) == "encrypted_or_old"
