"""What a provider may try against its rivals and the buyer, each once found to work."""

import io
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import Workbook
from sqlalchemy import select
from werkzeug.test import TestResponse

from rfp.accounts import services as accounts
from rfp.accounts.models import Invitation, Organisation
from rfp.briefs.fields.cells import read_cell, show, show_typed
from rfp.db import db
from rfp.documents.services import take_in
from rfp.errors import InvalidError
from rfp.forms import clean_text, one_line
from rfp.i18n import money
from rfp.markup import prose
from rfp.offline import reader
from rfp.responses.models import ResponseFile
from rfp.vocabulary import Role
from tests import factories
from tests.browsing import csrf_token

Post = Callable[..., TestResponse]


@pytest.fixture
def agency_page(app: Flask) -> tuple[FlaskClient, str]:
    """An agency owner's browser, and the address of a response just begun."""
    with factories.built(app):
        agency = factories.an_agency(email="owner@example.org")
        response = factories.a_response(agency, factories.a_published_brief(factories.a_buyer()))
    return factories.signed_in(app, agency), f"/responses/{response.public_id}"


@pytest.mark.parametrize("name", ["Origin", "Referer"])
def test_a_sender_that_is_no_address_is_another_site(client: FlaskClient, name: str) -> None:
    client.get("/sign-in")

    answer = client.post("/sign-in", data={"email": "x"}, headers={name: "http://[/"})

    assert (answer.status_code, "<h1>" in answer.text) == (400, True)


def test_a_cookie_of_a_kind_we_never_give_is_not_read(client: FlaskClient) -> None:
    client.set_cookie("remember_token", "1|é")

    answer = client.get("/sign-in")

    assert answer.status_code == 200


def test_a_table_cannot_ask_for_more_cells_than_it_has_characters() -> None:
    table = "a|" * 200 + "\n" + "-|" * 200 + "\n" + ".\n" * 328 + "\n"
    ordinary = "| Task | Days |\n| --- | --- |\n| Plan | 3 |\n"

    begun = time.process_time()
    html = prose((table * 20)[:30_000])
    taken = time.process_time() - begun

    assert ("<table>" in html, len(html) < 100_000, taken < 2) == (False, True, True)
    assert prose(ordinary).count("<td>") == 2


def test_one_text_shown_by_every_cell_is_too_much() -> None:
    book = Workbook()
    for _ in range(200):
        book.active.append(["A" * 30_000] * 10)
    kept = io.BytesIO()
    book.save(kept)
    assert len(kept.getvalue()) < 100_000

    with pytest.raises(reader.UnreadableError, match="too_large"):
        reader.read(kept.getvalue())


def test_no_more_than_a_few_workbooks_are_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = io.BytesIO()
    Workbook().save(kept)
    places = threading.BoundedSemaphore(1)
    monkeypatch.setattr(reader, "_places", places)
    monkeypatch.setattr(reader, "MOST_WAITING", 0.01)

    with places, pytest.raises(reader.UnreadableError, match="busy"):
        reader.read(kept.getvalue())

    assert reader.read(kept.getvalue()) == {"Sheet": []}


def send(client: FlaskClient, address: str, content: bytes) -> TestResponse:
    data = {"csrf_token": csrf_token(client, "/account"), "file": (io.BytesIO(content), "r.xlsx")}
    return client.post(f"{address}/upload", data=data, headers={"Referer": "http://localhost/"})


def test_nobody_waits_for_a_workbook_that_is_being_read(
    app: Flask, agency_page: tuple[FlaskClient, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    client, address = agency_page
    content = client.get(f"{address}/workbook.xlsx").data
    rivals: list[str] = []

    def write_meanwhile(_content: bytes) -> reader.Rows:
        with app.app_context():
            factories.an_agency("Rival Works")
            db.session.commit()
            rivals.append("wrote")
        raise reader.UnreadableError("too_slow")

    monkeypatch.setattr("rfp.offline.services.read", write_meanwhile)
    answer = send(client, address, content)

    assert (answer.status_code, rivals) == (422, ["wrote"])


def test_invitations_are_counted_as_mail(app: Flask, agency_page: tuple[FlaskClient, str], post: Post) -> None:
    client, _address = agency_page
    with app.app_context():
        agency = db.session.scalars(select(Organisation).where(Organisation.name == "Sample Studio")).one()
    page = f"/organisations/{agency.public_id}/members"

    statuses = [
        post(client, f"{page}/invite", {"email": "rival@example.org", "role": "member"}, page=page).status_code
        for _ in range(6)
    ]

    assert statuses == [302] * 5 + [429]
    assert len(app.extensions["mail_outbox"]) == 5


@pytest.mark.parametrize("move", ["removed", "member"])
def test_an_owner_no_longer_leaves_no_invitation_behind(context: Flask, move: str) -> None:
    founder, now = factories.an_agency(), datetime.now(UTC)
    agency = factories.organisation_of(founder)
    second = factories.a_colleague(founder, Role.OWNER)
    given = {"organisation": agency, "role": Role.OWNER, "now": now}
    theirs, token = accounts.invite_colleague(actor=second, email="back@example.org", **given)
    kept, _token = accounts.invite_colleague(actor=founder, email="new@example.org", **given)

    told = {"actor": founder, "organisation": agency, "user_id": second.public_id, "now": now + timedelta(minutes=1)}
    if move == "removed":
        accounts.remove_member(**told)
    else:
        accounts.change_role(**told, role=Role.MEMBER)

    revoked = {i.email: i.revoked_at is not None for i in db.session.scalars(select(Invitation))}
    assert (revoked[theirs.email], revoked[kept.email]) == (True, False)
    with pytest.raises(InvalidError):
        accounts.join_by_invitation(token=token, name="Back", password="x" * 12, language="en", now=now)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("Studio\r\n\r\nAccept here: x", "Studio Accept here: x"), ("\u202eoidutS\u202c", "oidutS"), ("\u200b\u2060", "")],
)
def test_a_name_stands_on_one_line_can_be_seen_and_turns_nothing_around(typed: str, kept: str) -> None:
    assert one_line(clean_text(typed)) == kept


def test_a_name_nobody_can_see_is_none(client: FlaskClient, post: Post) -> None:
    given = {"kind": "agency", "organisation": "\u200b", "name": "Mallory", "email": "mallory@example.org"}

    answer = post(client, "/sign-up", given)

    assert answer.status_code == 422


def test_the_kind_of_a_file_does_not_tell_that_a_rival_sent_the_same(context: Flask) -> None:
    now = datetime.now(UTC)

    rival, own = (
        take_in(filename=name, stream=io.BytesIO(b"a;b\n1;2\n"), formats=["txt", "csv"], max_mb=1, now=now)
        for name in ("prices.txt", "prices.csv")
    )

    assert rival.stored is own.stored
    assert ResponseFile(name=own.name, stored=own.stored).media_type == "text/csv"


@pytest.mark.parametrize("typed", ["99999999999999", "999999999999999.999999999999999", "-999999999999999.5"])
def test_the_longest_number_a_cell_takes_can_be_shown(context: Flask, typed: str) -> None:
    column = {"key": "days", "type": "number"}

    kept = read_cell(column, typed)

    assert kept == typed
    assert [show(column, kept), show_typed(column, kept)] == [f"{Decimal(typed):,f}"] * 2
    assert money(Decimal("999999999999999.99")).endswith("999,999,999,999,999.99")
