"""The kit in a real browser: accessible, no sideways scrolling on a phone, with and without script."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
WIDTHS = pytest.mark.parametrize("width", [320, 1280])


def opened(browser: Browser, url: str, width: int = 320, script: bool = True) -> Page:
    page = browser.new_context(
        viewport={"width": width, "height": 800}, java_script_enabled=script
    ).new_page()
    page.goto(url)
    return page


def faults(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{fault['id']}: {node['html']}" for fault in found for node in fault["nodes"]]


def sideways(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


@WIDTHS
def test_axe_finds_nothing(chromium: Browser, demo_url: str, width: int) -> None:
    page = opened(chromium, demo_url, width)
    assert faults(page) == []
    assert sideways(page) <= 0
    with page.expect_navigation():  # all of it: axe would take what is still to come for missing
        page.click("text=Save and go on")
    page.wait_for_selector(".govuk-error-summary")
    assert faults(page) == []
    assert sideways(page) <= 0
    page.context.close()


def test_letters_twice_as_large_keep_to_a_phone(chromium: Browser, demo_url: str) -> None:
    page = opened(chromium, demo_url)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    page.locator("main form").first.evaluate(
        "form => form.insertAdjacentHTML('beforeend', '<select class=govuk-select></select>')"
    )
    assert sideways(page) <= 0
    page.context.close()


def test_what_went_wrong_takes_the_focus(chromium: Browser, demo_url: str) -> None:
    page = opened(chromium, demo_url)
    page.click("text=Save and go on")
    page.wait_for_selector(".govuk-error-summary:focus")
    page.context.close()


def test_the_sum_is_said_while_typing(chromium: Browser, demo_url: str) -> None:
    page = opened(chromium, demo_url)
    page.fill("#in_custody", "5")
    page.fill("#offered", "3")
    assert page.inner_text("[data-icv-sum]") == "3 of 5 accounted for, 2 missing"
    page.fill("#observed", "2")
    assert page.inner_text("[data-icv-sum]") == "5 of 5 accounted for"
    page.context.close()


def test_a_question_that_depends_on_an_answer_waits_for_it_where_scripts_run(
    chromium: Browser, demo_url: str
) -> None:
    page = opened(chromium, demo_url)
    assert not page.is_visible("#reason")
    page.check("text=No access")
    assert page.is_visible("#reason")
    page.context.close()
    plain = opened(chromium, demo_url, script=False)
    assert plain.is_visible("#reason")
    plain.context.close()


def test_a_second_press_sends_nothing(chromium: Browser, demo_url: str) -> None:
    page = opened(chromium, demo_url)
    went = page.evaluate(
        """() => {
            let went = 0;
            addEventListener("submit", (event) => {
                if (!event.defaultPrevented) went += 1;
                event.preventDefault();
            });
            const form = document.querySelector("main form");
            form.requestSubmit();
            form.requestSubmit();
            return went;
        }"""
    )
    assert went == 1
    page.context.close()


def test_a_timeslot_is_chosen_by_keyboard(chromium: Browser, demo_url: str) -> None:
    page = opened(chromium, demo_url, script=False)
    page.focus("#free")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert page.locator("[name=free]:checked").count() == 2
    page.context.close()
