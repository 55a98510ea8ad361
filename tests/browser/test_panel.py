"""The panel's page in a browser: pictures as they are really lettered, and the page by keyboard alone."""

import pytest
from playwright.sync_api import Browser, Page, expect

from icv.rules.access import Role
from tests.browser.conftest import DESKTOP, PHONE, Service, Visit
from tests.papers.test_pictures import DRAWN

pytestmark = pytest.mark.browser

MEASURE = """pictures => pictures.flatMap(picture => {
  const {width, height} = picture.viewBox.baseVal
  const placed = [...picture.querySelectorAll("text")].map(text => [text.textContent, text.getBBox()])
  const out = placed.filter(([, box]) =>
    box.x < -1 || box.y < -2 || box.x + box.width > width + 1 || box.y + box.height > height + 2)
  const over = placed.flatMap(([words, one], place) => placed.slice(place + 1).filter(([, other]) =>
    one.x < other.x + other.width && other.x < one.x + one.width &&
    one.y + 4 < other.y + other.height && other.y + 4 < one.y + one.height
  ).map(([others]) => `${words} / ${others}`))
  return [...out.map(([words]) => `out: ${words}`), ...over]
})"""

CUT = "pieces => pieces.filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.innerText)"

IN_FOCUS = """() => {
  const one = document.activeElement
  return (one.labels?.[0] ?? one).textContent.trim()
}"""

CHOSEN = "document.activeElement.selectedOptions[0].text"


def test_words_in_pictures_stay_inside_and_apart(chromium: Browser) -> None:
    page = chromium.new_page(viewport=PHONE)  # type: ignore[arg-type]
    for name, drawn in DRAWN.items():
        page.set_content(f"<!DOCTYPE html><title>{name}</title>{drawn()}")
        assert page.eval_on_selector_all("svg", MEASURE) == [], name
    page.close()


def test_another_period_is_chosen_by_keyboard_alone(example_service: Service, sign_in: Visit) -> None:
    page = sign_in(example_service, Role.PANEL, PHONE)
    reach(page, "Choose another period")
    page.keyboard.press("Enter")
    reach(page, "Two months, a quarter or a year")
    choose(page, "2024–25")
    reach(page, "Show this period")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text("1 April 2024 to 31 March 2025")


def reach(page: Page, name: str) -> None:
    """Presses Tab until what is in focus, or labels it, has these words."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate(IN_FOCUS) == name:
            return
    pytest.fail(f"{name} cannot be reached by keyboard")


def choose(page: Page, words: str) -> None:
    """In the list in focus, by arrows: typed letters would have to come within a second of each other."""
    page.keyboard.press("Home")
    while (chosen := page.evaluate(CHOSEN)) != words:
        page.keyboard.press("ArrowDown")
        if page.evaluate(CHOSEN) == chosen:
            pytest.fail(f"{words} is not in the list")


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_no_piece_of_the_page_is_cut_off(
    size: dict[str, int], example_service: Service, sign_in: Visit
) -> None:
    page = sign_in(example_service, Role.COORDINATOR, size)
    page.goto(f"{example_service.url}/panel/?from=2023-12&to=2024-01")
    cut = page.eval_on_selector_all(".icv-piece", CUT)
    assert cut == []
