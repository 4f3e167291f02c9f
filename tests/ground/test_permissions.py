"""Who may call what: every endpoint is declared, and a foreign thing answers as a missing one does."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from rfp.accounts.models import User
from rfp.db import db
from rfp.permissions import ANYONE, PERMISSIONS
from tests.browsing import csrf_token
from tests.ground.addresses import FORMS, OTHERWISE, address, methods, rules, things
from tests.ground.world import MISSING, World

Browser = Callable[[str], FlaskClient]
ROLES = (
    "owner",
    "buyer",
    "evaluator",
    "evaluator not named",
    "procurement",
    "auditor",
    "agency owner",
    "agency member",
    "nobody",
)
BUYING = ("owner", "buyer", "procurement", "auditor", "evaluator", "evaluator not named")


def call(client: FlaskClient, method: str, url: str, token: str, form: dict[str, str]) -> TestResponse:
    """GET, or POST as a browser would."""
    if method == "GET":
        return client.get(url)
    return client.post(url, data={"csrf_token": token, **form}, headers={"Referer": "http://localhost/"})


def told(response: TestResponse, *ids: str) -> tuple[int, str]:
    """Status and page, without what differs between any two pages: tokens, and the id that was asked for."""
    body = re.sub(r'(csrf[-_]token"[^>]*(?:content|value)=")[^"]+', r"\1", response.text)
    for public_id in ids:
        body = body.replace(public_id, "ID")
    return response.status_code, body


def test_every_endpoint_declares_its_permission_and_every_permission_has_its_endpoint(app: Flask) -> None:
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}

    assert endpoints == set(PERMISSIONS)


def test_an_endpoint_without_permission_answers_404_to_everybody(app: Flask) -> None:
    app.add_url_rule("/forgotten-one", "forgotten_one", lambda: "secret")

    answer = app.test_client().get("/forgotten-one")

    assert answer.status_code == 404


def test_with_things_of_their_own_somebody_gets_through_to_every_endpoint(
    world_app: Flask, world: World, browser: Browser
) -> None:
    clients = [browser(role) for role in ("owner", "evaluator", "agency owner")]
    tokens = [csrf_token(client, "/account") for client in clients]
    in_order = sorted(rules(world_app), key=lambda rule: rule.endpoint == "accounts.remove_member")
    for rule in (rule for rule in in_order if any(things(rule))):
        url, form = address(world_app, rule, world.own), FORMS.get(rule.endpoint, {"user": world.own["evaluator_id"]})
        for method in methods(rule):
            found = [call(c, method, url, t, form).status_code for c, t in zip(clients, tokens, strict=True)]

            assert any(status != 404 for status in found), (method, rule.rule)


@pytest.mark.parametrize("role", ROLES)
def test_a_foreign_thing_answers_as_a_missing_one(world_app: Flask, world: World, browser: Browser, role: str) -> None:
    client = browser(role)
    token = csrf_token(client, "/account")
    for rule in rules(world_app):
        for part in things(rule):
            name = OTHERWISE.get(rule.endpoint, {}).get(part, part)
            theirs = world.foreign[name]
            if rule.endpoint in ("portal.show", "responses.start"):  # what is published is everybody's
                theirs = world.foreign_draft
            for method in methods(rule):
                form = FORMS.get(rule.endpoint, {})
                answers = []
                for public_id in (theirs, MISSING):
                    url = address(world_app, rule, {**world.own, name: public_id})
                    answers.append(told(call(client, method, url, token, form), public_id))

                assert answers[0][0] == 404, (method, rule.rule, part)
                assert answers[0] == answers[1], (method, rule.rule, part)


def test_a_visitor_is_sent_to_sign_in_whatever_the_address_names(
    world_app: Flask, world: World, browser: Browser
) -> None:
    visitor = browser("visitor")
    token = csrf_token(visitor, "/sign-in")
    for rule in rules(world_app):
        if PERMISSIONS[rule.endpoint] is ANYONE:
            continue
        for parts in (world.own, dict.fromkeys(world.own, MISSING)):
            for method in methods(rule):
                answer = call(visitor, method, address(world_app, rule, parts), token, {})

                assert answer.status_code == 302, (method, rule.rule)
                assert answer.location.partition("?")[0] == "/sign-in", (method, rule.rule)


# What each role of an organisation meets on the way of its own consultation in evaluation.
PAGES = {
    "/briefs": {"evaluator": 200, "evaluator not named": 200},
    "/briefs/{brief_id}": {"evaluator": 404, "evaluator not named": 404},
    "/briefs/{draft_id}/details": {"owner": 200, "buyer": 200, "else": 404},
    "/briefs/{brief_id}/grid": {"evaluator": 404, "evaluator not named": 404},
    "/briefs/{brief_id}/panel": {"evaluator": 404, "evaluator not named": 404},
    "/briefs/{brief_id}/bids": {"evaluator not named": 404},
    "/briefs/{brief_id}/bids/{bid_id}": {"evaluator not named": 404},
    "/briefs/{brief_id}/marking": {"evaluator": 200, "else": 404},
    "/briefs/{brief_id}/ranking": {"evaluator": 404, "evaluator not named": 404},
    "/briefs/{brief_id}/ranking.json": {"evaluator": 404, "evaluator not named": 404},
    "/briefs/{brief_id}/evaluation.json": {"evaluator": 404, "evaluator not named": 404},
    "/briefs/{brief_id}/record": {"evaluator": 404, "evaluator not named": 404},
    "/briefs/new": {"owner": 200, "buyer": 200, "else": 404},
}


@pytest.mark.parametrize("role", BUYING)
def test_each_role_of_an_organisation_reaches_its_own_pages_and_no_others(
    world: World, browser: Browser, role: str
) -> None:
    client = browser(role)

    found = {page: client.get(page.format(**world.own, draft_id=world.briefs["draft"])).status_code for page in PAGES}

    assert found == {page: expected.get(role, expected.get("else", 200)) for page, expected in PAGES.items()}


@pytest.mark.parametrize("role", ["agency owner", "agency member", "nobody"])
def test_nobody_outside_an_organisation_reaches_any_of_its_pages(world: World, browser: Browser, role: str) -> None:
    client = browser(role)

    found = {page: client.get(page.format(**world.own, draft_id=world.briefs["draft"])).status_code for page in PAGES}

    assert found == dict.fromkeys(PAGES, 404)


def test_nobody_reads_a_bid_before_the_opening(world: World, browser: Browser) -> None:
    closed = world.briefs["closed"]
    pages = [f"/briefs/{closed}/{page}" for page in ("bids", "ranking", "ranking.json", "evaluation.json", "marking")]

    for role in BUYING:
        client = browser(role)

        assert {page: client.get(page).status_code for page in pages} == dict.fromkeys(pages, 404), role


def test_a_colleague_of_the_agency_sees_its_response_and_a_rival_does_not(world: World, browser: Browser) -> None:
    page = f"/responses/{world.own['response_id']}"

    found = {role: browser(role).get(page).status_code for role in ("agency owner", "agency member", "owner")}

    assert found == {"agency owner": 200, "agency member": 200, "owner": 404}
    assert browser("agency owner").get(f"/responses/{world.foreign['response_id']}").status_code == 404


def test_naming_a_stranger_to_the_panel_answers_as_naming_nobody(
    world: World, browser: Browser, post: Callable[..., TestResponse]
) -> None:
    client, url = browser("buyer"), f"/briefs/{world.own['brief_id']}/panel/name"

    stranger = post(client, url, {"user": world.foreign["user_id"]}, page="/account")
    missing = post(client, url, {"user": MISSING}, page="/account")
    impossible = post(client, url, {"user": "a\x00b"}, page="/account")

    assert told(stranger) == told(missing) == told(impossible)
    assert stranger.status_code == 404


def test_a_removed_member_is_out_at_the_next_request(
    world_app: Flask, world: World, browser: Browser, post: Callable[..., TestResponse]
) -> None:
    with world_app.app_context():
        buyer = db.session.get_one(User, world.people["buyer"])
        organisation, buyer_id = buyer.memberships[0].organisation.public_id, buyer.public_id
    page = f"/briefs/{world.own['brief_id']}"
    removed, owner = browser("buyer"), browser("owner")
    before = removed.get(page).status_code

    post(owner, f"/organisations/{organisation}/members/{buyer_id}/remove", page="/account")

    assert (before, removed.get(page).status_code) == (200, 404)


def test_an_evaluator_who_left_the_organisation_no_longer_reads_nor_marks(
    world_app: Flask, world: World, browser: Browser, post: Callable[..., TestResponse]
) -> None:
    with world_app.app_context():
        evaluator = db.session.get_one(User, world.people["evaluator"])
        organisation, evaluator_id = evaluator.memberships[0].organisation.public_id, evaluator.public_id
    pages = [f"/briefs/{world.own['brief_id']}/{page}" for page in ("bids", "marking", "hand-in")]
    client = browser("evaluator")
    before = [client.get(page).status_code for page in pages]

    post(browser("owner"), f"/organisations/{organisation}/members/{evaluator_id}/remove", page="/account")

    assert before == [200, 200, 200]
    assert [client.get(page).status_code for page in pages] == [404, 404, 404]


def test_a_lesser_role_bites_at_the_next_request(
    world_app: Flask, world: World, browser: Browser, post: Callable[..., TestResponse]
) -> None:
    with world_app.app_context():
        buyer = db.session.get_one(User, world.people["buyer"])
        organisation, buyer_id = buyer.memberships[0].organisation.public_id, buyer.public_id
    page = f"/briefs/{world.briefs['draft']}/details"
    client = browser("buyer")
    before = client.get(page).status_code

    url = f"/organisations/{organisation}/members/{buyer_id}/role"
    post(browser("owner"), url, {"role": "auditor"}, page="/account")

    assert (before, client.get(page).status_code) == (200, 404)
