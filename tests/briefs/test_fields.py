"""Fields described by data: what is typed, what is kept, what is wrong, by name."""

from typing import Any

import pytest
from flask import Flask
from flask_babel import force_locale

from rfp.briefs.fields import problems
from rfp.briefs.fields.cells import read_cell, show, show_typed
from rfp.briefs.fields.forms import fill, values_of

TABLE = {
    "key": "prices",
    "label": "Prices",
    "type": "table",
    "required": True,
    "columns": [
        {"key": "item", "label": "Item", "type": "text"},
        {"key": "amount", "label": "Amount", "type": "money"},
    ],
    "min_rows": 2,
    "max_rows": 3,
}


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("text", "  A\r\nB ", "A\nB"),
        ("text", "", None),
        ("number", "1 234,5", "1234.5"),
        ("money", "1 234,50", "1234.50"),
        ("date", "2027-03-01", "2027-03-01"),
        ("yesno", "false", False),
        ("url", "https://example.org/a?b=1", "https://example.org/a?b=1"),
        ("choice", "a", "a"),
    ],
)
def test_what_is_typed_and_what_is_kept(context: Flask, kind: str, typed: str, kept: Any) -> None:
    definition = {"key": "k", "label": "K", "type": kind, "options": [{"value": "a", "label": "A"}]}

    with force_locale("fr"):
        assert read_cell(definition, typed) == kept


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("number", "twelve"),
        ("number", "1,2,3"),
        ("number", "9" * 40),
        ("money", "1.234"),
        ("date", "31/12/2027"),
        ("date", "2027-02-30"),
        ("date", "9999-01-01"),
        ("yesno", "maybe"),
        ("url", "javascript:alert(1)"),
        ("url", "example.org"),
        ("choice", "b"),
        ("text", "x" * 2001),
    ],
)
def test_what_cannot_be_kept_is_refused(context: Flask, kind: str, typed: str) -> None:
    definition = {"key": "k", "label": "K", "type": kind, "options": [{"value": "a", "label": "A"}]}

    with force_locale("fr"), pytest.raises(ValueError, match=r"\S"):
        read_cell(definition, typed)


def test_numbers_are_shown_as_the_reader_writes_them(context: Flask) -> None:
    definition = {"key": "k", "label": "K", "type": "money"}

    with force_locale("fr"):
        assert show_typed(definition, "1234.50") == "1\u202f234,50"
        assert show(definition, "1234.5") == "1\u202f234,50"
    with force_locale("en"):
        assert show(definition, "1234.5") == "1,234.50"


def _posted(app: Flask, data: dict[str, str]) -> Any:
    with app.test_request_context(method="POST", data=data):
        form = fill([TABLE], {})
        valid = form.validate()
        return form, valid, values_of([TABLE], form)


def test_a_table_drops_blank_rows_and_keeps_the_rest(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False

    _form, valid, values = _posted(
        app, {"prices-present": "1", "prices-0-item": " ", "prices-4-item": "Films", "prices-4-amount": "12,50"}
    )

    assert valid
    assert values == {"prices": [{"item": "Films", "amount": "12.50"}]}


def test_a_cell_that_is_wrong_is_named_and_stays_as_typed(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False

    form, valid, _values = _posted(app, {"prices-present": "1", "prices-0-item": "Films", "prices-0-amount": "a lot"})

    assert not valid
    assert "Row 1, Amount" in form["prices"].errors[0]
    assert form["prices"].rows == [{"item": "Films", "amount": "a lot"}]
    assert list(form["prices"].errors_by_cell) == [(0, "amount")]


def test_too_many_rows_are_refused(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    data = {"prices-present": "1", **{f"prices-{n}-item": "x" for n in range(4)}}

    form, valid, _values = _posted(app, data)

    assert not valid
    assert "3" in form["prices"].errors[0]


@pytest.mark.parametrize(
    ("definition", "value", "message"),
    [
        ({"type": "text", "required": True}, "", "Missing"),
        ({"type": "text", "required": True}, " \n", "Missing"),
        ({"type": "yesno", "required": True}, False, None),
        ({"type": "longtext", "max_words": 3}, "one two three", None),
        ({"type": "longtext", "max_words": 3}, "l’un deux trois quatre", "4 words, the limit is 3"),
        ({**TABLE}, [{"item": "x"}], "At least 2 rows are needed"),
    ],
)
def test_what_stands_in_the_way(context: Flask, definition: dict[str, Any], value: Any, message: str | None) -> None:
    definition = {"key": "k", "label": "K", **definition}

    found = [problem.message for problem in problems([definition], {definition["key"]: value})]

    assert found == ([message] if message else [])
