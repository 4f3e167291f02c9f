"""Pages of briefs."""

import pytest
from flask import Flask

from tests import factories


@pytest.mark.parametrize("page", ["details", "sections/objectives", "timetable", "publish"])
def test_a_published_brief_offers_nothing_to_edit(app: Flask, page: str) -> None:
    with factories.built(app):
        buyer = factories.a_buyer()
        address = f"/briefs/{factories.a_published_brief(buyer).public_id}"
    client = factories.signed_in(app, buyer)

    answer = client.get(f"{address}/{page}", follow_redirects=True)

    assert answer.request.path == address
    assert "frozen for everyone alike" in answer.text
