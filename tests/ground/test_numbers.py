"""Numbers, money and local times as people type and read them, in both languages."""

from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from flask_babel import force_locale
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from wtforms import Form

from rfp import create_app
from rfp.forms import ExactDecimalField, LocalInstantField, clean_text, count_words
from rfp.i18n import day, instant, money, number
from rfp.numbers import parse_decimal

NARROW, FIXED, THIN = "\u202f", "\u00a0", "\u2009"


@pytest.mark.parametrize(
    ("typed", "language", "expected"),
    [
        ("1 234,50", "fr", "1234.50"),
        ("1 234,50", "en", "1234.50"),
        ("1,234.50", "en", "1234.50"),
        ("1,234.50", "fr", "1234.50"),
        ("1.234,50", "fr", "1234.50"),
        (f"1{NARROW}234,50", "fr", "1234.50"),
        (f"1{FIXED}234{FIXED}567,5", "fr", "1234567.5"),
        (f"1{THIN}234", "en", "1234"),
        ("1'234.50", "en", "1234.50"),
        ("1’234,50", "fr", "1234.50"),
        ("1,234", "en", "1234"),
        ("1,234", "fr", "1.234"),
        ("1.234", "en", "1.234"),
        ("1.234", "fr", "1.234"),
        ("1,234,567", "en", "1234567"),
        ("1.234.567", "fr", "1234567"),
        ("1,234,567.89", "en", "1234567.89"),
        ("0,5", "en", "0.5"),
        ("12,5", "en", "12.5"),
        ("-3", "en", "-3"),
        ("−3,5", "fr", "-3.5"),
        ("+7", "fr", "7"),
        (" 42 ", "fr", "42"),
        ("007", "fr", "7"),
        ("0.000000000000001", "en", "0.000000000000001"),
        ("999999999999999", "en", "999999999999999"),
    ],
)
def test_a_number_is_read_as_it_was_meant(typed: str, language: str, expected: str) -> None:
    assert parse_decimal(typed, language) == Decimal(expected)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "x",
        "1e5",
        "NaN",
        "Infinity",
        "1,23,456.7",
        "1.23.456",
        "1,234.567,8",
        "--1",
        "1-",
        ",",
        ".",
        "1..2",
        "12 €",
        "0x10",
        "1_000",
        "9999999999999999",
        "0.1234567890123456",
        "½",
        "1/2",
        "1234,567,890",
        "1,2.3,4",
    ],
)
def test_what_is_no_number_is_none(typed: str, language: str) -> None:
    assert parse_decimal(typed, language) is None


@pytest.fixture(scope="module")
def formats() -> Flask:
    """An application that only formats: it opens no database."""
    return create_app({"TESTING": True, "SECRET_KEY": "test", "SQLALCHEMY_DATABASE_URI": "sqlite://"})


@settings(deadline=None)
@given(st.decimals(min_value=-(10**12), max_value=10**12, places=4, allow_nan=False))
def test_what_a_page_shows_is_read_back_as_the_same_number(formats: Flask, value: Decimal) -> None:
    for language in ("fr", "en"):
        with formats.test_request_context(), force_locale(language):
            shown = number(value, 4)

        assert parse_decimal(shown, language) == value


@pytest.mark.parametrize(
    ("value", "places", "french", "english"),
    [
        (Decimal("1234.5"), None, f"1{NARROW}234,5", "1,234.5"),
        (Decimal("1234.5"), 2, f"1{NARROW}234,50", "1,234.50"),
        (Decimal("0.125"), 2, "0,13", "0.13"),
        (Decimal("-0.125"), 2, "-0,13", "-0.13"),
        (Fraction(1, 3), 2, "0,33", "0.33"),
        (Fraction(2, 3), 0, "1", "1"),
        (Fraction(5, 1000), 2, "0,01", "0.01"),
        ("12345678901234.99", 2, f"12{NARROW}345{NARROW}678{NARROW}901{NARROW}234,99", "12,345,678,901,234.99"),
        (None, 2, "", ""),
        ("", None, "", ""),
    ],
)
def test_a_number_is_shown_in_the_readers_way(
    app: Flask, value: object, places: int | None, french: str, english: str
) -> None:
    with app.test_request_context():
        with force_locale("fr"):
            in_french = number(value, places)
        with force_locale("en"):
            in_english = number(value, places)

    assert (in_french, in_english) == (french, english)


@pytest.mark.parametrize(
    ("value", "currency", "french", "english"),
    [
        (Decimal("48000"), "EUR", f"48{NARROW}000,00{FIXED}€", "€48,000.00"),
        (Decimal("0.1"), "EUR", f"0,10{FIXED}€", "€0.10"),
        (Decimal("1234.5"), "CHF", f"1{NARROW}234,50{FIXED}CHF", f"CHF{FIXED}1,234.50"),
        (Decimal("1000"), "XOF", f"1{NARROW}000{FIXED}F{NARROW}CFA", f"F{NARROW}CFA{FIXED}1,000"),
    ],
)
def test_money_is_shown_in_the_readers_way(
    app: Flask, value: Decimal, currency: str, french: str, english: str
) -> None:
    with app.test_request_context():
        with force_locale("fr"):
            in_french = money(value, currency)
        with force_locale("en"):
            in_english = money(value, currency)

    assert (in_french, in_english) == (french, english)


@pytest.mark.parametrize(
    ("moment", "zone", "french", "english"),
    [
        (
            datetime(2026, 5, 4, 10, tzinfo=UTC),
            "Europe/Paris",
            f"4 mai 2026 à 12{FIXED}h{FIXED}00 (UTC+02:00, Europe/Paris)",
            "4 May 2026 at 12:00 (CEST, Europe/Paris)",
        ),
        (
            datetime(2026, 12, 1, 23, 5, tzinfo=UTC),
            "Europe/Paris",
            f"2 décembre 2026 à 0{FIXED}h{FIXED}05 (UTC+01:00, Europe/Paris)",
            "2 December 2026 at 00:05 (CET, Europe/Paris)",
        ),
    ],
)
def test_an_instant_is_shown_with_its_zone(app: Flask, moment: datetime, zone: str, french: str, english: str) -> None:
    with app.test_request_context():
        with force_locale("fr"):
            in_french = instant(moment, zone)
        with force_locale("en"):
            in_english = instant(moment, zone)

    assert (in_french, in_english) == (french, english)


def test_the_two_readings_of_a_repeated_hour_are_told_apart(app: Flask) -> None:
    first, second = datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)

    with app.test_request_context(), force_locale("en"):
        shown = [instant(first), instant(second)]

    assert shown == ["25 October 2026 at 02:30 (CEST, Europe/Paris)", "25 October 2026 at 02:30 (CET, Europe/Paris)"]


def test_the_date_of_an_instant_is_that_of_the_zone(app: Flask) -> None:
    moment = datetime(2026, 5, 4, 23, tzinfo=UTC)

    with app.test_request_context(), force_locale("en"):
        shown = [day(moment, "Europe/Paris"), day(moment, "UTC"), day("2026-05-04"), day("soon"), day(None)]

    assert shown == ["5 May 2026", "4 May 2026", "4 May 2026", "soon", ""]


class Numbers(Form):
    price = ExactDecimalField("Price", minimum=Decimal(0), places=2)


@pytest.mark.parametrize(
    ("typed", "expected", "errors"),
    [
        ("1 234,50", Decimal("1234.50"), 0),
        ("", None, 0),
        ("-1", Decimal(-1), 1),
        ("1,234.567", None, 1),
        ("dear", None, 1),
    ],
)
def test_a_number_field_keeps_what_was_typed(app: Flask, typed: str, expected: Decimal | None, errors: int) -> None:
    with app.test_request_context():
        form = Numbers(MultiDict({"price": typed}))
        form.validate()

        assert len(form.price.errors) == errors
        assert form.price._value() == typed
        assert errors or form.price.data == expected


PARIS, DAKAR = ZoneInfo("Europe/Paris"), ZoneInfo("Africa/Dakar")


def local(typed: str, zone: ZoneInfo = PARIS) -> tuple[datetime | None, list[str], str]:
    """(instant, errors, what the input shows again) of a typed local time."""
    fields = {"at": LocalInstantField("At", zone=zone)}
    form = type("Times", (Form,), fields)(MultiDict({"at": typed}))
    form.validate()
    return form.at.data, list(form.at.errors), form.at._value()


@pytest.mark.parametrize(
    ("typed", "zone", "expected"),
    [
        ("2027-03-01T12:00", PARIS, datetime(2027, 3, 1, 11, tzinfo=UTC)),
        ("2027-07-01T12:00", PARIS, datetime(2027, 7, 1, 10, tzinfo=UTC)),
        ("2027-07-01T12:00", DAKAR, datetime(2027, 7, 1, 12, tzinfo=UTC)),
        ("2027-03-28T01:59", PARIS, datetime(2027, 3, 28, 0, 59, tzinfo=UTC)),
        ("2027-03-28T03:00", PARIS, datetime(2027, 3, 28, 1, tzinfo=UTC)),
        ("2027-03-28T02:30", DAKAR, datetime(2027, 3, 28, 2, 30, tzinfo=UTC)),
        ("2027-10-31T02:30", PARIS, datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),  # shown twice: the first is taken
        ("2027-10-31T03:00", PARIS, datetime(2027, 10, 31, 2, tzinfo=UTC)),
        ("2027-03-01T12:00:59", PARIS, datetime(2027, 3, 1, 11, 0, 59, tzinfo=UTC)),
    ],
)
def test_a_local_time_is_an_instant(app: Flask, typed: str, zone: ZoneInfo, expected: datetime) -> None:
    with app.test_request_context():
        assert local(typed, zone) == (expected, [], typed)


def test_a_time_that_the_clocks_skip_is_refused_by_name(app: Flask) -> None:
    with app.test_request_context():
        found = [local(typed) for typed in ("2027-03-28T02:00", "2027-03-28T02:30", "2027-03-28T02:59:59")]

    message = "This time does not exist in Europe/Paris: the clocks skip it that night."
    assert [errors for _at, errors, _shown in found] == [[message]] * 3
    assert [shown for _at, _errors, shown in found] == ["2027-03-28T02:00", "2027-03-28T02:30", "2027-03-28T02:59:59"]


@pytest.mark.parametrize(
    "typed",
    [
        "tomorrow",
        "2027-02-30T10:00",
        "2027-03-01",
        "2027-03-01T12:00+05:00",
        "2027-03-01T12:00Z",
        "20270301T120000",
        "0001-01-01T00:00",
        "9999-12-31T23:59",
        "1999-12-31T23:59",
        "2027-03-01T24:01",
        "٢٠٢٧-03-01T12:00",
        "2027-03-01T12:00\ud800",
    ],
)
def test_what_is_no_local_time_is_refused_and_kept(app: Flask, typed: str) -> None:
    with app.test_request_context():
        at, errors, shown = local(typed)

    assert (at, len(errors), shown) == (None, 1, typed)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\x00\x07b", "ab"),
        ("a\ud800b", "ab"),
        ("a\ufffeb", "ab"),
        ("  a\tb  ", "a\tb"),
        ("l’été 🦄", "l’été 🦄"),
    ],
)
def test_texts_lose_what_no_person_types_and_nothing_else(text: str, cleaned: str) -> None:
    assert clean_text(text) == cleaned


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("one", 1), ("l’agence", 1), ("aujourd'hui même", 2), ("mid-2027, 1.5 %", 2), ("a\nb\t c — d", 4)],
)
def test_words_are_counted_as_a_person_counts_them(text: str, count: int) -> None:
    assert count_words(text) == count
