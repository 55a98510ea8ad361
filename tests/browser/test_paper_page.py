"""The paper as a page that stands alone, in a real browser: axe finds nothing, and nothing sticks out."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from icv.papers.panel import Form, made
from tests.papers.examples import ANNUAL, STRANGE

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("name", ["annual", "strange"])
def test_it_is_for_everybody_on_every_screen(chromium: Browser, tmp_path: Path, name: str) -> None:
    file = tmp_path / "paper.html"
    file.write_bytes(made({"annual": ANNUAL, "strange": STRANGE}[name], Form.HTML))
    for width in (320, 1280):
        page = chromium.new_context(viewport={"width": width, "height": 800}).new_page()
        page.goto(file.as_uri())
        found = Axe().run(page).response["violations"]
        assert [f"{fault['id']}: {node['html']}" for fault in found for node in fault["nodes"]] == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        page.context.close()
