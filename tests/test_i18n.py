"""Dates, instants and punctuation as each language writes them."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask

from rfp.i18n import colon, day, instant

NOON = datetime(2026, 12, 1, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "zone", "expected"),
    [
        ("fr", "Europe/Paris", "1er décembre 2026 à 12\u00a0h\u00a000 (UTC+01:00, Europe/Paris)"),
        ("fr", "UTC", "1er décembre 2026 à 11\u00a0h\u00a000 (UTC)"),
        ("en", "Europe/Paris", "1 December 2026 at 12:00 (CET, Europe/Paris)"),
        ("en", "Africa/Casablanca", "1 December 2026 at 12:00 (GMT+01:00, Africa/Casablanca)"),
    ],
)
def test_an_instant_names_its_zone(app: Flask, language: str, zone: str, expected: str) -> None:
    with app.test_request_context(headers={"Accept-Language": language}):
        shown = instant(NOON, zone)

    assert shown == expected


@pytest.mark.parametrize(("when", "expected"), [(date(2026, 5, 1), "1er mai 2026"), (date(2026, 5, 11), "11 mai 2026")])
def test_only_the_first_of_a_month_is_ordinal_in_french(app: Flask, when: date, expected: str) -> None:
    with app.test_request_context(headers={"Accept-Language": "fr"}):
        shown = day(when)

    assert shown == expected


@pytest.mark.parametrize(("language", "expected"), [("fr", "\u00a0:"), ("en", ":")])
def test_french_sets_a_colon_apart(app: Flask, language: str, expected: str) -> None:
    with app.test_request_context(headers={"Accept-Language": language}):
        shown = colon()

    assert shown == expected
