"""What is typed of a report stays: through a kill, a lost line, an ended sign-in and other people."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from icv.store.engine import open_engine
from icv.store.everything import METADATA
from tests.browser.conftest import Service, served
from tests.browser.phones import Pair, kept, kill, new_pair, own_phone, signed_in

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def field(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    file = tmp_path_factory.mktemp("field") / "icv.db"
    engine = open_engine(f"sqlite:///{file}")
    METADATA.create_all(engine)
    engine.dispose()
    yield from served(file)


@pytest.fixture
def pair(field: Service) -> Pair:
    return new_pair(field)


def test_what_is_typed_is_kept_within_300_ms_and_survives_a_kill(
    chromium: Browser, pair: Pair, tmp_path: Path
) -> None:
    with own_phone(chromium, tmp_path) as (context, process):
        page = signed_in(context, pair.link())
        page.goto(f"{pair.url}/remarks")
        context.set_offline(True)
        page.get_by_label("What was good?").press_sequentially("Blankets were warm")
        page.wait_for_timeout(300)
        assert kept(page)[0]["fields"]["positives"] == "Blankets were warm"
        expect(page.get_by_text("Kept on this phone at")).to_be_visible()
        kill(process)
    with own_phone(chromium, tmp_path) as (context, _):
        page = signed_in(context, pair.link())
        expect(page.get_by_text("On this phone, not sent yet")).to_be_visible()
        page.goto(f"{pair.url}/remarks")
        expect(page.get_by_label("What was good?")).to_have_value("Blankets were warm")
