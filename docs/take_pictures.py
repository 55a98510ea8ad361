"""Takes the README's pictures of the worked example, as `make demo` serves it. Look at each before using it.

python docs/take_pictures.py [address of the demo]
"""

import shutil
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from icv.config import INSTANCE
from icv.rules.access import Role
from icv.services import accounts
from icv.store.accounts import LinkPurpose, accounts_listed
from icv.store.engine import open_engine, writing

PICTURES = Path(__file__).parent / "pictures"
DATABASE = f"sqlite:///{INSTANCE / 'demo' / 'icv.db'}"
DESKTOP = {"viewport": {"width": 1280, "height": 860}}
PHONE = {"viewport": {"width": 390, "height": 720}, "device_scale_factor": 1.5, "is_mobile": True}
LARGEST_BYTES = 150_000


@dataclass(frozen=True)
class Picture:
    """`path` is where the page is, `follow` the link to click there, `top` what to scroll to: selectors.

    `height` is how much of the window is shown, in pixels; all of it unless given.
    """

    name: str
    role: Role
    path: str
    follow: str = ""
    is_phone: bool = False
    top: str = "body"
    height: int = 0


PUBLISHED = "table:has(caption:text('Published')) a"
REPORT = "a:text('start the report')"
PAPER = "a:text('December 2023')"
WORKED_EXAMPLE = "/panel/?from=2023-12&to=2024-01"
SHOWN = (
    Picture("today-desktop", Role.COORDINATOR, "/today/"),
    Picture("today-phone", Role.COORDINATOR, "/today/", is_phone=True),
    Picture("rota-desktop", Role.COORDINATOR, "/rota/", PUBLISHED),
    Picture("rota-phone", Role.COORDINATOR, "/rota/", PUBLISHED, is_phone=True, top=".icv-rota"),
    Picture("duties-phone", Role.VOLUNTEER, "/duties/", is_phone=True, top=".icv-next"),
    Picture("report-desktop", Role.VOLUNTEER, "/duties/", REPORT),
    Picture("report-phone", Role.VOLUNTEER, "/duties/", REPORT, is_phone=True),
    Picture("figures-desktop", Role.PANEL, WORKED_EXAMPLE, height=670),
    Picture("figures-phone", Role.PANEL, WORKED_EXAMPLE, is_phone=True, height=690),
    Picture("spread-desktop", Role.PANEL, WORKED_EXAMPLE, top="#spread"),
    Picture("paper-desktop", Role.PANEL, "/panel/papers/", PAPER),
)


def link_for(role: Role) -> str:
    """The path of a fresh one-time link for the example's account of that role, its first."""
    at = datetime.now(UTC)
    with writing(open_engine(DATABASE)) as session:
        account = min(
            (line for line in accounts_listed(session) if role in line.roles), key=lambda line: line.id
        )
        token = accounts.make_link(session, account.id, LinkPurpose.SIGN_IN, by=None, at=at)
        session.commit()
    return f"/link/{token}"


def signed_in(browser: Browser, address: str, role: Role, *, on_phone: bool) -> Page:
    page = browser.new_context(base_url=address, **(PHONE if on_phone else DESKTOP)).new_page()
    page.goto(link_for(role))
    page.locator("main form button").click()
    page.wait_for_load_state()
    return page


def take(page: Page, picture: Picture) -> None:
    page.goto(picture.path)
    if picture.follow:
        page.locator(picture.follow).first.click()
        page.wait_for_load_state()
    page.locator(picture.top).evaluate("thing => thing.scrollIntoView()")
    file = PICTURES / f"{picture.name}.png"
    size = page.viewport_size or DESKTOP["viewport"]
    shown = {"x": 0, "y": 0, "width": size["width"], "height": picture.height or size["height"]}
    page.screenshot(path=file, clip=shown)  # type: ignore[arg-type]
    weight = file.stat().st_size
    sys.stdout.write(f"{file.name}: {weight // 1000} kB, {page.title()}\n")
    if weight > LARGEST_BYTES:
        sys.exit(f"{file.name} is too large for the README: show less of the page.")


def main(address: str) -> None:
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for role, on_phone in sorted({(picture.role, picture.is_phone) for picture in SHOWN}):
            page = signed_in(browser, address, role, on_phone=on_phone)
            for picture in SHOWN:
                if (picture.role, picture.is_phone) == (role, on_phone):
                    take(page, picture)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:5000")
