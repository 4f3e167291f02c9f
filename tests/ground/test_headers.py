"""What every answer carries, and what no page holds."""

import re
from collections.abc import Iterator
from pathlib import Path

import html5lib
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from rfp import create_app
from tests.databases import Databases
from tests.ground.addresses import address, methods, rules
from tests.ground.conftest import browser_of, copy_of_world
from tests.ground.world import World

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}
ROLES = ("owner", "evaluator", "agency owner", "visitor")
TEMPLATES = sorted(Path("templates").rglob("*.html"))


def walk(app: Flask, world: World) -> Iterator[tuple[str, TestResponse]]:
    """What each role gets from each address; and the errors, which no view makes."""
    clients = {role: browser_of(app, world, role) for role in ROLES}
    for role, client in clients.items():
        for rule in rules(app):
            yield f"{role} {rule.rule}", client.open(address(app, rule, world.own), method=methods(rule)[0])
    for stage in world.briefs.values():
        for page in ("", "/publish", "/timetable", "/timetable?propose=1", "/panel", "/opening", "/ranking", "/record"):
            yield f"owner /briefs/{stage}{page}", clients["owner"].get(f"/briefs/{stage}{page}")
        yield f"visitor /open/{stage}", clients["visitor"].get(f"/open/{stage}")
    client = clients["visitor"]
    for url in ("/nowhere", "/static/nowhere", "/open/%00"):
        yield url, client.get(url)
    yield "PUT /sign-in", client.put("/sign-in")
    yield "POST /open", client.post("/open")
    yield "another host", client.get("/", headers={"Host": "elsewhere.example"})


@pytest.fixture(scope="module")
def answers(
    databases: Databases, built_world: tuple[str, World], tmp_path_factory: pytest.TempPathFactory
) -> list[tuple[str, TestResponse]]:
    """Every answer of a walk, made once."""
    with copy_of_world(databases, built_world, tmp_path_factory.mktemp("walk")) as app:
        return list(walk(app, built_world[1]))


def test_every_answer_carries_the_headers(answers: list[tuple[str, TestResponse]]) -> None:
    for name, answer in answers:
        headers = answer.headers
        sandboxed = headers["Content-Security-Policy"] == "sandbox; default-src 'none'"  # a file somebody gave

        assert sandboxed or set(headers["Content-Security-Policy"].split("; ")) == POLICY, name
        assert headers["X-Content-Type-Options"] == "nosniff", name
        assert headers["X-Frame-Options"] == "DENY", name
        assert headers["Referrer-Policy"] == "same-origin", name
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin", name
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin", name
        assert "Strict-Transport-Security" not in headers, name
        assert ("/static/" in name) or headers["Cache-Control"] == "no-store", name


def test_static_files_may_be_kept(client: FlaskClient) -> None:
    answer = client.get("/static/css/theme.css")

    assert (answer.status_code, "no-store" in answer.headers.get("Cache-Control", "")) == (200, False)


def inline_parts(page: str) -> list[str]:
    """Everything in a page that a strict policy would refuse, or that leads elsewhere unasked."""
    found = []
    for element in html5lib.parse(page, namespaceHTMLElements=False).iter():
        tag, attributes = str(element.tag), {str(k).lower(): v for k, v in element.attrib.items()}
        if tag.endswith("style") or (tag == "script" and ("src" not in attributes or (element.text or "").strip())):
            found.append(f"<{tag}>")
        found += [f"{tag} {name}" for name in attributes if name == "style" or name.startswith(("on", "hx-on"))]
        for name in ("src", "href", "action", "formaction", "poster", "data"):
            value = attributes.get(name, "").strip().lower()
            asset = name == "src" or (tag == "link")
            if value.startswith(("javascript:", "vbscript:")) or (asset and re.match(r"([a-z]+:)?//", value)):
                found.append(f"{tag} {name}={value}")
    return found


def test_the_search_for_inline_parts_finds_each_kind() -> None:
    page = (
        '<style>p{}</style><script>x</script><script src="/a">y</script><p style="x" onclick="y">'
        '<a href=" JavaScript:x">a</a><img src="//elsewhere/x"><svg><style>x</style></svg><b hx-on:click="x">'
    )

    assert len(inline_parts(page)) == 9


def test_no_rendered_page_has_an_inline_script_style_or_event(answers: list[tuple[str, TestResponse]]) -> None:
    seen = 0
    for name, answer in answers:
        if answer.mimetype == "text/html":
            seen += 1

            assert inline_parts(answer.text) == [], name
    assert seen > 100


@pytest.mark.parametrize("path", TEMPLATES, ids=str)
def test_no_template_has_an_inline_script_style_or_event(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert re.findall(r"<style|<script(?![^>]*\ssrc=)|\sstyle=|\son[a-z]+=|javascript:|\|safe(?!\s*if)", text) == []


def test_every_page_is_html_that_a_strict_parser_takes(answers: list[tuple[str, TestResponse]]) -> None:
    for name, answer in answers:
        if answer.mimetype == "text/html":
            parser = html5lib.HTMLParser(strict=False)
            parser.parse(answer.text)

            faults = [fault for _at, fault, _more in parser.errors]
            assert faults == [], name


@pytest.fixture
def secure_app(databases: Databases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """The application as it is served behind one proxy that speaks TLS."""
    monkeypatch.setenv("BASE_URL", "https://rfp.example.org/")
    monkeypatch.setenv("PROXIES", "1")
    with databases.fresh() as url:
        yield create_app(
            {"TESTING": True, "SQLALCHEMY_DATABASE_URI": url, "DATA_FOLDER": tmp_path, "PASSWORD_COST": "low"}
        )


def test_under_tls_the_cookie_is_secure_and_bound_to_the_host(secure_app: Flask) -> None:
    answer = secure_app.test_client().get("/sign-in", base_url="https://rfp.example.org")

    cookie = answer.headers["Set-Cookie"]
    parts = set(cookie.split("; ")[1:])
    assert cookie.startswith("__Host-grille=")
    assert parts == {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"}
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_without_tls_the_cookie_is_still_closed_to_scripts_and_other_sites(client: FlaskClient) -> None:
    cookie = client.get("/sign-in").headers["Set-Cookie"]

    assert cookie.startswith("grille=")
    assert set(cookie.split("; ")[1:]) == {"HttpOnly", "Path=/", "SameSite=Lax"}


def test_what_the_declared_proxy_says_of_the_origin_is_believed(secure_app: Flask) -> None:
    seen: list[str | None] = []
    secure_app.before_request(lambda: seen.append(_remote()))
    headers = {"X-Forwarded-For": "203.0.113.9, 198.51.100.7", "X-Forwarded-Proto": "https", "Host": "rfp.example.org"}

    secure_app.test_client().get("/sign-in", headers=headers)

    assert seen == ["198.51.100.7 True"]


def test_what_a_client_says_of_its_origin_is_not(app: Flask) -> None:
    seen: list[str | None] = []
    app.before_request(lambda: seen.append(_remote()))

    app.test_client().get("/sign-in", headers={"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https"})

    assert seen == ["127.0.0.1 False"]


def _remote() -> str:
    from flask import request

    return f"{request.remote_addr} {request.is_secure}"


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("127.0.0.1:8000", 200),
        ("elsewhere.example", 400),
        ("localhost.elsewhere.example", 400),
        ("localhost:80@elsewhere.example", 400),
        ("", 400),
    ],
)
def test_only_the_hosts_allowed_are_answered(client: FlaskClient, host: str, status: int) -> None:
    found = [client.get(url, headers={"Host": host}).status_code for url in ("/sign-in", "/static/favicon.svg")]

    assert found[0] == status
    assert found[1] == status


def test_further_hosts_come_from_the_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TRUSTED_HOSTS", "rfp.example.org,.example.net")
    monkeypatch.setenv("GRILLE_DATA", str(tmp_path))
    client = create_app({"TESTING": True}).test_client()

    found = {
        host: client.get("/static/favicon.svg", headers={"Host": host}).status_code
        for host in ("rfp.example.org", "a.example.net", "localhost")
    }

    assert found == {"rfp.example.org": 200, "a.example.net": 200, "localhost": 400}
