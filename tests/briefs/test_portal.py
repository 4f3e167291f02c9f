"""The public list."""

from datetime import UTC, datetime, timedelta

from flask import Flask
from flask.testing import FlaskClient

from rfp.briefs.models import Brief
from rfp.briefs.portal import PER_PAGE
from rfp.db import db
from tests import factories


def test_the_list_goes_on_over_pages_the_nearest_deadline_first(app: Flask, client: FlaskClient) -> None:
    with factories.built(app):
        buyer, now = factories.a_buyer(), datetime.now(UTC)
        for number in range(PER_PAGE + 1):
            brief: Brief = factories.a_draft(buyer, title=f"Brief no. {number:02}")
            brief.published_at, brief.deadline_at = now, now + timedelta(days=1 + number)
        db.session.flush()

    first, second = client.get("/open").text, client.get("/open?page=2").text

    assert [f"no. {number:02}" in first for number in (0, PER_PAGE - 1, PER_PAGE)] == [True, True, False]
    assert [f"no. {number:02}" in second for number in (0, PER_PAGE)] == [False, True]
    assert 'href="/open?page=2"' in first
