"""The worked example, served for real, and people who look at it through Chromium."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from icv.app import create_app
from icv.config import Config
from icv.rules.access import Role
from icv.services import accounts
from icv.store.accounts import Account, AccountRole, LinkPurpose
from icv.store.engine import open_engine, writing
from icv.web.db import db
from tests.serving import serving

PHONE = {"width": 320, "height": 640}
DESKTOP = {"width": 1280, "height": 900}

PATIENCE_MS = 30_000
"""Of what is done on a page and of what is expected of it: busy machines are slow."""
expect.set_options(timeout=PATIENCE_MS)


@dataclass(frozen=True)
class Service:
    """The running service. `link` makes a fresh one-time link for the account of a role."""

    url: str
    app: Flask
    database_url: str

    def link(self, role: Role) -> str:
        """Of the first account of the role: the example's first volunteer has something of everything."""
        engine = open_engine(self.database_url)
        with writing(engine) as session:
            account_id = session.scalars(
                sa.select(Account.id)
                .join(AccountRole)
                .where(AccountRole.role == role)
                .order_by(Account.id)
                .limit(1)
            ).one()
            token = accounts.make_link(
                session, account_id, LinkPurpose.SIGN_IN, by=None, at=datetime.now(UTC)
            )
            session.commit()
        engine.dispose()
        return f"{self.url}/link/{token}"


def served(file: Path) -> Iterator[Service]:
    database_url = f"sqlite:///{file}"
    app = create_app(
        Config(database_url, "a secret of thirty-two letters, or more", "http://127.0.0.1", 0, None)
    )
    with serving(app) as url:
        yield Service(url, app, database_url)
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def example_service(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """One for all who only look."""
    yield from served(Path(shutil.copy(example, tmp_path_factory.mktemp("looking") / "icv.db")))


@pytest.fixture
def service(example: Path, tmp_path: Path) -> Iterator[Service]:
    """One of the test's own, to change."""
    yield from served(Path(shutil.copy(example, tmp_path / "icv.db")))


Visit = Callable[..., Page]


@pytest.fixture
def sign_in(chromium: Browser) -> Iterator[Visit]:
    """sign_in(service, Role.PANEL, PHONE, scripts=False): a page signed in by a one-time link."""
    contexts = []

    def visit(service: Service, role: Role, size: dict[str, int], *, scripts: bool = True) -> Page:
        context = chromium.new_context(
            viewport=size,  # type: ignore[arg-type]
            java_script_enabled=scripts,
            locale="en-GB",
            timezone_id="Europe/London",
            reduced_motion="reduce",
            # It would show the form that is kept for want of signal when a busy machine is slow.
            service_workers="block",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.goto(service.link(role))
        page.get_by_role("button", name="Sign in").click()
        # A click returns before the next page is there: what is typed by then would go to the old one.
        page.wait_for_url(lambda url: "/link/" not in url)
        return page

    yield visit
    for context in contexts:
        context.close()
