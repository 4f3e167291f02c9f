"""Whatever is sent, to whatever address, as whoever: never an error of ours, never a trace on a page.

Under test the application raises what it did not foresee, so that a failure here shows where.
"""

import random
from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from rfp.audit import queries
from tests.browsing import csrf_token
from tests.ground.addresses import address, methods, rules
from tests.ground.hostile import PARTS, QUERIES, changed, forms_of, value
from tests.ground.world import World

Browser = Callable[[str], FlaskClient]
ROLES = ("owner", "evaluator", "agency owner", "nobody", "visitor")
# These would only end the session the test is using.
LEFT_ALONE = ("accounts.sign_out", "accounts.revoke_session", "accounts.remove_member")
EACH_FORM = 4


def judge(answer: TestResponse, what: object) -> None:
    """No error of ours; nothing of the machinery on the page; no header that a value has made."""
    assert answer.status_code < 500 or answer.status_code == 503, what
    assert "Traceback" not in (answer.text if answer.mimetype.startswith("text/") else ""), what
    assert "x=1" not in answer.headers.get("Set-Cookie", ""), what
    assert not answer.headers.get("Location", "").startswith(("//", "http")), what


@pytest.mark.parametrize("role", ROLES)
def test_hostile_forms(world_app: Flask, world: World, browser: Browser, role: str) -> None:
    source, client = random.Random(f"forms {role}"), browser(role)  # noqa: S311 - the same each time
    pages = [
        address(world_app, rule, world.own)
        for rule in rules(world_app)
        if "GET" in methods(rule) and rule.endpoint != "static"
    ]
    pages += [f"/briefs/{world.briefs['draft']}/{page}" for page in ("details", "grid", "timetable", "publish")]
    sent = 0
    for page in pages:
        shown = client.get(page)
        forms = forms_of(shown.text) if shown.mimetype == "text/html" else []
        for action, fields, has_file in forms:
            if any(action.endswith(end) for end in ("/sign-out", "/revoke", "/remove")):
                continue
            for _ in range(EACH_FORM if action != "/language" else 1):
                data = changed(source, fields, has_file)
                kind = {"content_type": "multipart/form-data"} if has_file else {}
                answer = client.post(action or page, data=data, headers={"Referer": "http://localhost/"}, **kind)
                sent += 1

                judge(answer, (role, action or page, data))

    assert sent > {"visitor": 20, "nobody": 20}.get(role, 60)
    with world_app.app_context():
        assert queries.faults() == []


@pytest.mark.parametrize("role", ROLES)
def test_hostile_addresses_and_queries(world_app: Flask, world: World, browser: Browser, role: str) -> None:
    source, client = random.Random(f"addresses {role}"), browser(role)  # noqa: S311 - the same each time
    token = csrf_token(client, "/sign-in")
    for rule in rules(world_app):
        for method in methods(rule) if rule.endpoint not in LEFT_ALONE else []:
            right = address(world_app, rule, world.own)
            asked = [f"{right}?{urlencode({source.choice(QUERIES): value(source)[:3000]})}" for _ in range(2)]
            for part in rule.arguments:
                if right.count(world.own.get(part, "\0")) == 1:
                    asked.append(right.replace(world.own[part], source.choice(PARTS)))
            for url in asked:
                answer = client.open(url, method=method, data={"csrf_token": token} if method == "POST" else None)

                judge(answer, (role, method, url))


NO_PAGES = ("-1", "0", "999999", "9999999999", "x", "", "1&page=2", "%D9%A1")


@pytest.mark.parametrize("number", NO_PAGES)
def test_a_page_number_that_is_none_shows_a_page(world: World, browser: Browser, number: str) -> None:
    client = browser("owner")

    answers = [client.get(f"{page}?page={number}") for page in ("/briefs", f"/briefs/{world.own['brief_id']}/record")]

    assert [answer.status_code for answer in answers] == [200, 200]


@pytest.mark.parametrize("cookie", ["", "x", "a.b.c", "eyJ4Ijp7fX0.aaaa.bbbb", "\x7f" * 50, "." * 4000])
def test_a_cookie_that_we_did_not_make_is_nobodys(world_app: Flask, cookie: str) -> None:
    client = world_app.test_client()
    client.set_cookie("grille", cookie)

    answers = [client.get(url).status_code for url in ("/", "/account")]

    assert answers == [200, 302]


def test_a_session_that_holds_other_things_than_ours_is_nobodys(world_app: Flask) -> None:
    for content in ("x", 3, ["a"], {"a": 1}, True, "\ud800"):
        client = world_app.test_client()
        with client.session_transaction() as session:
            session["_user_id"] = content

        assert [client.get(url).status_code for url in ("/", "/account")] == [200, 302], content
