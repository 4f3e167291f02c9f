"""A buyer reads the ranking, takes the workbook and the evaluation file away, and looks at the record."""

import io
import itertools
import json
import subprocess
import sys
import warnings
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from rfp.briefs.models import Brief
from rfp.numbers import parse_decimal
from rfp.vocabulary import Role
from tests.browser.conftest import Reader
from tests.browser.pages.entrance import Entrance
from tests.browser.pages.evaluation import EvaluationPages
from tests.browser.site import Site
from tests.browser.visitor import Visitor
from tests.factories import a_buyer, a_colleague, a_ranking, an_agency, built

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parent.parent.parent
AGENCIES = ["Alpha Agency", "Beta Studio", "Gamma House"]
Totals = dict[str, Decimal | None]


@pytest.fixture
def brief(site: Site, reader: Reader) -> Brief:
    """Ranked: three agencies, two evaluators."""
    with built(site.app):
        buyer = a_buyer(email="olga@example.org", language=reader.language)
        evaluators = [a_colleague(buyer, Role.EVALUATOR) for _number in range(2)]
        return a_ranking(buyer, agencies=[an_agency(name) for name in AGENCIES], evaluators=evaluators)


@pytest.fixture
def pages(site: Site, reader: Reader, window: Callable[..., Visitor], brief: Brief) -> EvaluationPages:
    """The buyer's, signed in."""
    visitor = window(reader)
    Entrance(visitor, site).sign_in("olga@example.org")
    return EvaluationPages(visitor, f"/briefs/{brief.public_id}")


def totals_on_the_page(pages: EvaluationPages, language: str) -> Totals:
    """By agency, in the order of the ranking."""
    rows = pages.page.locator(".ranking tbody tr").all()
    return {
        row.locator("th a").inner_text(): parse_decimal(row.locator("td").nth(1).inner_text(), language) for row in rows
    }


def totals_in_the_workbook(content: bytes) -> Totals:
    """What the summary's cells hold before anybody recalculates, by agency, rounded as the page declares."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".* extension is not supported")
        summary = openpyxl.load_workbook(io.BytesIO(content), data_only=True).worksheets[0]
    rows = iter(summary.iter_rows(values_only=True))
    place = next(row.index("Total") for row in rows if "Total" in row)
    bids = itertools.takewhile(lambda row: row[1] in AGENCIES, rows)
    return {str(row[1]): round(Decimal(str(row[place])), 2) for row in bids}


def test_rank_and_download(reader: Reader, pages: EvaluationPages, tmp_path: Path) -> None:
    pages.visitor.open(pages.path)
    pages.visitor.follow(f"{pages.path}/ranking")
    shown = totals_on_the_page(pages, reader.language)
    ranks = [cell.inner_text() for cell in pages.page.locator(".ranking td:first-child").all()]

    workbook = pages.visitor.download(f"{pages.path}/workbook.xlsx")
    evaluation = pages.visitor.download(f"{pages.path}/evaluation.json")
    ranking = json.loads(pages.visitor.download(f"{pages.path}/ranking.json"))

    assert ranks == ["1", "2", "3"]
    assert list(shown) == AGENCIES
    assert totals_in_the_workbook(workbook) == shown
    (tmp_path / "evaluation.json").write_bytes(evaluation)
    command = [sys.executable, "-m", "scoring", "rank", str(tmp_path / "evaluation.json"), "--json", "--lang", "en"]
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    assert json.loads(printed) == ranking


def test_the_record_is_narrowed_down(pages: EvaluationPages) -> None:
    pages.open("ranking")
    pages.visitor.download(f"{pages.path}/workbook.xlsx")
    pages.open("record")
    page = pages.page
    kinds = page.locator("td:nth-child(3)")
    everything = kinds.count()
    word = page.locator('#kind option[value="marks.handed_in"]').inner_text()

    page.select_option("#kind", "marks.handed_in")
    pages.visitor.press("main form button[type=submit]")
    handed_in = kinds.all_inner_texts()
    page.select_option("#kind", "report.downloaded")
    pages.visitor.press("main form button[type=submit]")
    downloaded = page.locator("td:nth-child(4)").all_inner_texts()

    assert everything > 10
    assert handed_in == [word] * 2
    assert downloaded == ["Olga Owner"]
