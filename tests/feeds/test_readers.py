"""The same feed through three calendar programs: each shows the same instants, and follows what changes."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from urllib.request import urlopen

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser
from sqlalchemy.orm import Session

from icv.app import create_app
from icv.config import Config
from icv.rules.access import Actor, Role
from icv.services import duties, feeds, sealed
from icv.store.sealed import sealed_time_seen_by
from icv.store.visits import Duty, Visit
from icv.web.db import db
from tests.feeds.readers import TIMEOUT_SECONDS, Seen, Shown, Subscription, by_ical_js, by_vobject
from tests.serving import serving
from tests.web.conftest import Clock
from tests.workshop import NOW, Workshop

TWO_HOURS = timedelta(hours=2)
WINTER = datetime(2026, 11, 30, 9, 15, tzinfo=UTC)
"""Quarter past nine on the clock."""
SUMMER = datetime(2026, 7, 1, 21, 40, tzinfo=UTC)
"""Twenty to eleven at night on the clock."""
BEFORE, AFTER = datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
"""Half past one on the clock, both of them."""


def nowhere(duty_id: int) -> str:
    return ""


class Ada(NamedTuple):
    """Ada, who goes with Bo; her visits by what is so of them; where her calendar is."""

    ada: Actor
    bo: Actor
    visits: dict[str, Visit]
    address: str
    session: Session

    def duty(self, name: str) -> Duty:
        own = sa.select(Duty).where(
            Duty.visit_id == self.visits[name].id, Duty.person_id == self.ada.person_id
        )
        return self.session.scalars(own).one()

    def settle(self, name: str, then: datetime, at: datetime = NOW) -> None:
        visit_id = self.visits[name].id
        sealed.propose(self.session, visit_id, then, nowhere, by=self.ada, at=at)
        seen = sealed_time_seen_by(self.session, self.bo, visit_id)
        assert seen
        sealed.agree(self.session, visit_id, seen.sequence, nowhere, by=self.bo, at=at)

    def decline(self, name: str, at: datetime = NOW) -> None:
        duties.decline(self.session, self.duty(name).id, "", by=self.ada, at=at)

    def fetched(self) -> bytes:
        body: bytes = urlopen(self.address, timeout=TIMEOUT_SECONDS).read()
        return body

    def named(self, shown: Shown) -> dict[str, Seen]:
        """By the visit instead of by the UID."""
        names = {f"{self.duty(name).uid}@127.0.0.1": name for name in self.visits}
        return {names[uid]: seen for uid, seen in shown.items()}


@pytest.fixture
def served(tmp_path: Path, committed: Session) -> Iterator[str]:
    url = f"sqlite:///{tmp_path / 'icv.db'}"
    clock = Clock()
    app = create_app(
        Config(url, "a secret of thirty-two letters, or more", "http://127.0.0.1", 0, None), clock=clock
    )
    with serving(app) as url:
        yield url
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def ada(served: str, committed: Session) -> Ada:
    make = Workshop(committed)
    people = make.person(name="Ada"), make.person(name="Bo")
    of = [make.actor(Role.VOLUNTEER, person=person) for person in people]
    weeks = {
        "winter": WINTER,
        "summer": SUMMER,
        "before": BEFORE,
        "after": AFTER,
        "cancelled": datetime(2026, 8, 10, tzinfo=UTC),
        "whole": datetime(2026, 9, 7, tzinfo=UTC),
    }
    visits = {name: make.visit(None, *people, week=week.date()) for name, week in weeks.items()}
    secret = feeds.make(committed, "My phone", by=of[0], at=NOW)
    ada = Ada(of[0], of[1], visits, f"{served}/calendar/{secret}.ics", committed)
    for name in ("winter", "summer", "before", "after"):
        ada.settle(name, weeks[name])
    ada.decline("cancelled")
    committed.commit()
    return ada


def week(monday: date, *, is_cancelled: bool = False) -> Seen:
    return Seen(monday, monday + timedelta(days=7), is_cancelled)


def visit(starts: datetime) -> Seen:
    return Seen(starts, starts + TWO_HOURS, is_cancelled=False)


SHOWN = {
    "winter": visit(WINTER),
    "summer": visit(SUMMER),
    "before": visit(BEFORE),
    "after": visit(AFTER),
    "cancelled": week(date(2026, 8, 10), is_cancelled=True),
    "whole": week(date(2026, 9, 7)),
}


def by_day(shown: Shown) -> list[Seen]:
    return sorted(shown.values(), key=lambda seen: seen.starts.isoformat())


def test_vobject_reads_the_same_instants(ada: Ada) -> None:
    assert ada.named(by_vobject(ada.fetched())) == SHOWN


def test_ical_js_reads_the_same_instants(ada: Ada, chromium: Browser) -> None:
    assert ada.named(by_ical_js(ada.fetched(), chromium)) == SHOWN


def test_a_subscription_shows_the_same_instants_and_follows_what_changes(ada: Ada, tmp_path: Path) -> None:
    subscription = Subscription(ada.address, tmp_path)
    assert subscription.shows(2026) == by_day(SHOWN)
    later = NOW + timedelta(minutes=1)
    ada.settle("summer", SUMMER + TWO_HOURS, at=later)
    ada.decline("winter", at=later)
    ada.settle("whole", datetime(2026, 9, 12, 6, tzinfo=UTC), at=later)
    ada.session.commit()
    changed = {
        "summer": visit(SUMMER + TWO_HOURS),
        "winter": week(date(2026, 11, 30), is_cancelled=True),
        "whole": visit(datetime(2026, 9, 12, 6, tzinfo=UTC)),
    }
    assert subscription.shows(2026) == by_day({**SHOWN, **changed})
