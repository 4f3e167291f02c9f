"""Fixtures of the browser's journeys: the site served, one chromium a worker, a window for each person."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browser.site import Site
from tests.browser.visitor import Visitor
from tests.needs import need

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
LOCALES = {"fr": "fr-FR", "en": "en-GB"}
TIMEOUT = 20_000


@dataclass(frozen=True)
class Reader:
    """The language and the colours a journey is made in."""

    language: str
    colours: str


READERS = [Reader("fr", "light"), Reader("en", "dark")]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's chromium, started once a worker."""
    path = need("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(params=READERS, ids=lambda reader: reader.language)
def reader(request: pytest.FixtureRequest) -> Reader:
    """French by day, English by night: every page is seen in both languages and both sets of colours."""
    given: Reader = request.param
    return given


@pytest.fixture
def site(app: Flask) -> Iterator[Site]:
    """The application of this test, served."""
    served = Site(app)
    yield served
    served.close()


@pytest.fixture
def window(chromium: Browser, site: Site) -> Iterator[Callable[..., Visitor]]:
    """``window(reader)`` is a fresh browser profile with one page, for one person."""
    contexts: list[BrowserContext] = []

    def open_window(reader: Reader, *, bypass_csp: bool = True) -> Visitor:
        context = chromium.new_context(
            base_url=site.address,
            locale=LOCALES[reader.language],
            color_scheme=reader.colours,
            reduced_motion="reduce",
            bypass_csp=bypass_csp,
            viewport={"width": 1280, "height": 900},
        )
        context.set_default_timeout(TIMEOUT)
        contexts.append(context)
        return Visitor(context.new_page(), reader.language)

    yield open_window
    for context in contexts:
        context.close()
