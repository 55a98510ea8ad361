import os
import pytest
from icv.rules.access import Role
from tests.browser.conftest import PHONE
from tests.browser.test_every_page import reachable
pytestmark = pytest.mark.browser
@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.VOLUNTEER, Role.POLICE])
def test_heights(role, example_service, sign_in):
    page = sign_in(example_service, role, {"width": 1280, "height": 900})
    with open(f"/tmp/lo_heights_{os.environ['WHEN']}_{role}.txt", "w") as out:
        for path, _ in reachable(page, example_service):
            page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
            h = page.evaluate("[...document.querySelectorAll('.icv-main table')].filter(t => t.offsetParent).map(t => [Math.round(t.getBoundingClientRect().height), (t.caption||{}).innerText||''])")
            print(path, h, file=out, flush=True)
from tests.browser import test_long_words as t
from tests.browser.test_long_words import long_worded
t.LONG = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch" + "Llanfairpwllgwyngyllgogerychwyrn"
JS = """[...document.querySelectorAll('.icv-main table')].filter(t => t.offsetParent).map(t => {
  const p = t.parentElement; return [t.className, p.className, (t.caption||{}).innerText, Math.round(t.getBoundingClientRect().width - p.clientWidth)] }).filter(x => x[3] > 1)"""
@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.PANEL, Role.VOLUNTEER])
def test_probe(role, long_worded, sign_in):
    page = sign_in(long_worded, role, {"width": 1280, "height": 900})
    with open(f"/tmp/lo_probe_{role}.txt", "w") as out:
        for path, _ in reachable(page, long_worded):
            w = page.evaluate("document.documentElement.scrollWidth")
            page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
            found = page.evaluate(JS)
            if w > 1280 or found:
                print(path, w, found, file=out, flush=True)
