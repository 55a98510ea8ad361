"""Names and texts without a place to break them: no page is wider than the phone."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from icv.rules.access import Role
from icv.store.accounts import Account
from icv.store.engine import open_engine, writing
from icv.store.findings import Finding
from icv.store.people import Person
from icv.store.suites import Suite
from tests.browser.conftest import DESKTOP, PHONE, Service, Visit, served
from tests.browser.walking import reachable

pytestmark = pytest.mark.browser

LONG = ("Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch" * 2)[:90]
ADDRESS = "https://example.org/" + "a-page-of-a-page/" * 20


@pytest.fixture(scope="module")
def long_worded(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    file = tmp_path_factory.mktemp("long") / "icv.db"
    shutil.copy(example, file)
    engine = open_engine(f"sqlite:///{file}")
    with writing(engine) as session:
        session.execute(sa.update(Person).values(name=LONG))
        session.execute(sa.update(Account).values(name=LONG))
        session.execute(sa.update(Suite).where(Suite.name == "Euston Street").values(name=LONG))
        session.execute(sa.update(Finding).values(detail=ADDRESS))
        session.commit()
    engine.dispose()
    yield from served(file)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.VOLUNTEER, Role.POLICE])
def test_no_page_is_wider_than_the_phone(role: Role, long_worded: Service, sign_in: Visit) -> None:
    page = sign_in(long_worded, role, PHONE)
    for path, _ in reachable(page, long_worded):
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= PHONE["width"], f"{path} is {width} px wide"


TABLES = (
    *("/panel/", "/panel/papers/4", "/panel/quality/", "/panel/comparison/", "/statistics/"),
    *("/people/", "/people/pipeline", "/people/clearance", "/people/vetting/", "/people/training/2/book"),
    *("/visits/", "/visits/unsigned", "/findings/", "/rota/cover", "/rota/2", "/rota/2/rebuild"),
)
PUSHED_OUT = """[...document.querySelectorAll(".icv-main table")]
    .filter((table) => table.offsetParent && table.offsetWidth > table.parentElement.clientWidth + 1)
    .map((table) => table.caption?.innerText)"""
"""Tables wider than what they stand in: their last columns stand over others, or out of sight."""


def test_a_long_name_pushes_no_figure_out_of_a_table(long_worded: Service, sign_in: Visit) -> None:
    page = sign_in(long_worded, Role.COORDINATOR, DESKTOP)
    for path in TABLES:
        answer = page.goto(f"{long_worded.url}{path}")
        assert answer is not None
        assert answer.ok, f"{path} answered {answer.status}"
        page.evaluate("document.querySelectorAll('details').forEach((fold) => (fold.open = true))")
        assert page.evaluate(PUSHED_OUT) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= DESKTOP["width"], path


BROKEN = """[...document.querySelectorAll(".icv-main tbody th")].filter((name) => {
    const words = document.createRange();
    words.selectNodeContents(name);
    return /^\\w{1,12}$/.test(name.innerText.trim()) && words.getClientRects().length > 1;
}).map((name) => name.innerText)"""


def test_an_ordinary_word_is_not_broken_for_the_figures_beside_it(
    example_service: Service, sign_in: Visit
) -> None:
    page = sign_in(example_service, Role.COORDINATOR, DESKTOP)
    for path in ("/panel/?from=2025-12&to=2026-11", "/panel/papers/1"):
        page.goto(f"{example_service.url}{path}")
        page.evaluate("document.querySelectorAll('details').forEach((fold) => (fold.open = true))")
        assert page.get_by_role("rowheader", name="Interviewed").count(), path
        assert page.evaluate(BROKEN) == [], path
        assert page.evaluate(PUSHED_OUT) == [], path
