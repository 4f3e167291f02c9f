"""Take the pictures of docs/screenshots/: the demonstration, served from a temporary folder, in Debian's chromium.

Each page is taken light on a desktop and dark on a phone; those the README shows, also the other way round.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.browser.conftest import ARGUMENTS
from tests.browser.site import Site
from tests.needs import NEEDS

ROOT = Path(__file__).parent.parent
OUT = ROOT / "docs" / "screenshots"
DEVICES = {"desktop": {"width": 1280, "height": 800}, "phone": {"width": 390, "height": 844}}
LOOKS = [("light", "desktop"), ("dark", "phone")]
MORE_LOOKS = [("dark", "desktop"), ("light", "phone")]
# The consultations, and the language each is loaded and shown in.
STAGES = {"ranked": "en", "evaluation": "fr", "open": "fr", "draft": "en"}
BUYER, EVALUATOR = "buyer.buyer", "buyer.evaluator-3"
DRAFTING, SUBMITTED = "zebrule.owner", "palombine.owner"


@dataclass(frozen=True)
class Shot:
    """One page: its file's name, address, reader (None: a visitor), language, text for who cannot see it."""

    name: str
    path: str
    who: str | None
    language: str
    alt: str
    every_look: bool = False

    @property
    def looks(self) -> list[tuple[str, str]]:
        """Colours and device of each picture."""
        return LOOKS + MORE_LOOKS if self.every_look else LOOKS


def shots(at: dict[str, str]) -> list[Shot]:
    """What is taken, in the order of a consultation; ``at`` gives the address of each thing."""
    draft, ranked, evaluated = at["draft"], at["ranked"], at["evaluation"]
    return [
        Shot("home", "/", None, "fr", "The front page: what Grille is, with an example of a grid", True),
        Shot("sign-in", "/sign-in", None, "en", "Signing in, with the accounts of the demonstration"),
        Shot("briefs", "/briefs", BUYER, "en", "A buyer’s consultations, each with its stage and its deadline"),
        Shot("brief-draft", draft, BUYER, "en", "The list of what is left to do before a brief is published", True),
        Shot("section", f"{draft}/sections/audiences", BUYER, "en", "A section of the brief, its guidance beside it"),
        Shot("grid", f"{draft}/grid", BUYER, "en", "The grid of criteria: points, minimums, scales"),
        Shot("public-brief", at["public"], None, "fr", "A published brief, as every agency reads it"),
        Shot("responses", "/responses", DRAFTING, "fr", "An agency’s responses"),
        Shot("response", at["drafting"], DRAFTING, "fr", "What an agency has answered, and what is left", True),
        Shot(
            "answers", f"{at['drafting']}/sections/r-strategy", DRAFTING, "fr", "Answering the questions of a section"
        ),
        Shot("check", f"{at['drafting']}/check", DRAFTING, "fr", "What is still missing before submitting"),
        Shot(
            "receipt", f"{at['submitted']}/receipts/1", SUBMITTED, "fr", "The receipt of a response, with its SHA-256"
        ),
        Shot("opening", f"{evaluated}/opening", BUYER, "fr", "The responses as they were opened"),
        Shot("bids", f"{evaluated}/bids", BUYER, "fr", "The responses with their mandatory requirements"),
        Shot("my-marks", f"{evaluated}/marking", EVALUATOR, "fr", "An evaluator’s own marks, criterion by bid"),
        Shot("marking", f"{evaluated}/marking/strategy.content", EVALUATOR, "fr", "An answer beside its scale", True),
        Shot("ranking", f"{ranked}/ranking", BUYER, "en", "The ranking: points by criterion, totals and gaps", True),
        Shot("record", f"{ranked}/record", BUYER, "en", "The record: what was done, by whom and when"),
    ]


@contextmanager
def demonstration() -> Iterator[tuple[Site, dict[str, str], dict[str, str]]]:
    """The demonstration served: the site, addresses by thing, and e-mail addresses by person."""
    with tempfile.TemporaryDirectory(prefix="grille-screenshots-") as folder:
        os.environ["GRILLE_DATA"] = folder
        os.environ.pop("DATABASE_URL", None)
        command = [sys.executable, "-m", "flask", "--app", "app"]
        subprocess.run([*command, "db", "upgrade"], cwd=ROOT, check=True, capture_output=True)
        for stage, language in STAGES.items():
            load = [*command, "demo", "--stage", stage, "--language", language]
            subprocess.run(load, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        from rfp import create_app

        site = Site(create_app())
        try:
            with site.app.test_request_context():
                yield site, addresses(site), people()
        finally:
            site.close()


def people() -> dict[str, str]:
    """E-mail addresses by organisation and member, and the ``password`` of all."""
    from rfp.demonstration.texts import read

    content = read("people")
    groups = {"buyer": content["buyer"], **content["agencies"]}
    found = {f"{key}.{m}": who["email"] for key, group in groups.items() for m, who in group["members"].items()}
    return {**found, "password": str(content["password"])}


def addresses(site: Site) -> dict[str, str]:
    """Where each consultation and response is."""
    from rfp.briefs.models import Brief
    from rfp.db import db
    from rfp.responses.models import Response

    found = {str(b.stage(site.now)): b for b in db.session.query(Brief)}
    at = {stage: f"/briefs/{brief.public_id}" for stage, brief in found.items()}
    at["public"] = f"/open/{found['open'].public_id}"
    for response in db.session.query(Response).filter_by(brief_id=found["open"].id):
        key = "submitted" if "Palombine" in response.organisation.name else "drafting"
        if key == "submitted" or not response.submissions:
            at[key] = f"/responses/{response.public_id}"
    db.session.rollback()
    return at


def enter(browser: Browser, site: Site, email: str, password: str, language: str) -> Any:
    """The cookies of a person signed in, whose pages are in ``language``."""
    context = browser.new_context(base_url=site.address, locale=language)
    page = context.new_page()
    page.goto("/sign-in")
    page.fill('[name="email"]', email)
    page.fill('[name="password"]', password)
    page.click("main form.panel-box button[type=submit]")
    page.wait_for_url(lambda url: "/sign-in" not in url)
    if page.locator("html").get_attribute("lang") != language:
        page.click(f'.foot button[value="{language}"]')
        page.wait_for_selector(f'html[lang="{language}"]')
    state = context.storage_state()
    context.close()
    return state


def take(browser: Browser, site: Site, shot: Shot, state: Any) -> None:
    """The pictures of one page."""
    for colours, device in shot.looks:
        context = browser.new_context(
            base_url=site.address,
            locale=shot.language,
            color_scheme=colours,
            viewport=DEVICES[device],
            storage_state=state,
            reduced_motion="reduce",
        )
        page = context.new_page()
        answer = page.goto(shot.path)
        if answer is None or answer.status != 200:
            raise SystemExit(f"{shot.name}: {shot.path} answered {answer and answer.status}")
        page.evaluate("document.fonts.ready")
        page.screenshot(path=OUT / f"{shot.name}-{colours}-{device}.png")
        context.close()


def index(taken: list[Shot]) -> str:
    """The page that shows them all."""
    parts = ["# Screenshots", "", "Made from the demonstration by `make screenshots`; all in them is made up.", ""]
    for shot in taken:
        parts += [f"## {shot.alt}", ""]
        for colours, device in shot.looks:
            parts.append(f"![{shot.alt}, {colours}, {device}]({shot.name}-{colours}-{device}.png)")
        parts.append("")
    return "\n".join(parts)


def main() -> None:
    """Take every picture again; those of pages that are no more are removed."""
    OUT.mkdir(parents=True, exist_ok=True)
    for old in OUT.glob("*.png"):
        old.unlink()
    with demonstration() as (site, at, emails), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=NEEDS["chromium"].find(), args=ARGUMENTS)
        states: dict[tuple[str | None, str], Any] = {}
        taken = shots(at)
        for shot in taken:
            key = (shot.who, shot.language)
            if shot.who and key not in states:
                states[key] = enter(browser, site, emails[shot.who], emails["password"], shot.language)
            take(browser, site, shot, states.get(key))
            print(shot.name)
        browser.close()
    (OUT / "README.md").write_text(index(taken), encoding="utf-8")
    size = sum(picture.stat().st_size for picture in OUT.glob("*.png"))
    print(f"{len(list(OUT.glob('*.png')))} pictures, {size / 1e6:.1f} MB, in {OUT}")


if __name__ == "__main__":
    main()
