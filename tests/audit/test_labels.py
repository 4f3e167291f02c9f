"""Details of an event in the words of its reader."""

from typing import Any

import pytest
from flask import Flask

from rfp.audit.labels import detail_text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (["deadline", "start"], "Response deadline, start"),
        ("2027-05-04T10:00:00+00:00", "4 May 2027 at 12:00 (CEST, Europe/Paris)"),
        ("2027-05-04", "2027-05-04"),
        (True, "Yes"),
        ([{"bid": "k3", "name": "Alpha"}, {"bid": "m9", "name": "Beta"}], "Alpha, Beta"),
        ({"understanding": "10", "price": "20"}, "Understanding = 10, price = 20"),
        ({"rounding": {"mode": "half_up"}}, '{"rounding": {"mode": "half_up"}}'),
        (75, "75"),
    ],
)
def test_a_detail_is_told_as_a_reader_takes_it_in(context: Flask, value: Any, text: str) -> None:
    names = {"deadline": "Response deadline", "understanding": "Understanding"}

    assert detail_text(value, names, "Europe/Paris") == text
