"""Every page of strangers, and refusals: axe finds nothing, nothing sticks out."""

from pathlib import Path

import pytest

from icv.rules.access import Role
from tests.browser.conftest import DESKTOP, PHONE, Service, Visit
from tests.browser.walking import look_over

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("role", list(Role))
def test_each_role_has_its_walk(role: Role) -> None:
    walk = Path(__file__).with_name(f"test_every_page_of_{role.value}.py")
    assert f"Role.{role.name}" in walk.read_text()


@pytest.mark.parametrize(
    "path",
    [
        "/sign-in",
        "/forgotten-password",
        "/link/unknown",
        "/reference/unknown",
        "/address/unknown",
        "/apply/",
        "/apply/find",
        "/privacy",
        "/accessibility",
        "/statistics/",
        "/statistics/accessibility",
    ],
)
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_pages_for_strangers_hold_no_barrier(
    path: str, size: dict[str, int], example_service: Service, sign_in: Visit
) -> None:
    page = sign_in(example_service, Role.PANEL, size)
    page.context.clear_cookies()
    page.goto(example_service.url + path)
    look_over(page, path)


@pytest.mark.parametrize("path", ["/nowhere", "/people/", "/police/999999"])
def test_refusals_hold_no_barrier(path: str, example_service: Service, sign_in: Visit) -> None:
    page = sign_in(example_service, Role.POLICE, PHONE)
    page.goto(example_service.url + path)
    look_over(page, path)
