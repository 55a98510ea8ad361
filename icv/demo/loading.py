"""Loading the example: its files as they are, then accounts, then all that came after."""

from datetime import date, datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.demo.accounts import open_account
from icv.demo.duties import bring_duties_up_to_date
from icv.demo.panel import fill_what_the_panel_sees
from icv.demo.papers import send_papers
from icv.demo.people import bring_people_up_to_date
from icv.demo.strands import bring_strands_up_to_date
from icv.demo.visits import (
    bring_visits_up_to_date,
    draw_rotas,
    one_with_a_report_due,
    spare_the_past_its_letters,
)
from icv.rules.access import Role
from icv.rules.days import london_day
from icv.rules.refusals import Refusal
from icv.services import exchange
from icv.services.reminding import REMINDERS
from icv.store.accounts import Account
from icv.store.letters import Letter, LetterState
from icv.store.people import Person
from icv.store.scheme import Setting, choices_on, write_choice
from icv.store.suites import Suite
from icv.store.visits import Visit

NAMED_SINCE = date(2020, 1, 1)
"""Before all that the example holds, so that papers of its first months bear its names."""
DATA = Path(__file__).parent / "data"
ACCOUNTS = {
    Role.COORDINATOR: ("coordinator@example.org", "Robin Example"),
    Role.PANEL: ("panel@example.org", "Panel member (example)"),
    Role.POLICE: ("custody.inspector@example.org", "Custody inspector (example)"),
}


class DemoRefused(Refusal):
    """Why the example was not loaded."""


def is_empty(session: Session) -> bool:
    """Whether the database holds no account, person, suite or visit."""
    return not any(session.scalar(sa.select(sa.exists().where(table.id > 0))) for table in _FILLED)


_FILLED = (Account, Person, Suite, Visit)


def load(session: Session, *, at: datetime) -> None:
    """Loads the example as if by hand, up to today. Raises DemoRefused where anything is there already."""
    if not is_empty(session):
        raise DemoRefused(
            "This database holds records already, and the worked example would mix with them."
            " Point ICV_DATABASE_URL at a new file for it, or use: make demo"
        )
    for kind in exchange.BOOKS:
        exchange.import_file(session, kind, DATA / f"{kind}.csv", by=None, at=at)
    actors = {role: open_account(session, role, *ACCOUNTS[role], at=at) for role in ACCOUNTS}
    coordinator = actors[Role.COORDINATOR]
    for name, value in (
        ("scheme_name", "Worked example: custody visiting"),
        ("office_name", "Office of the Police and Crime Commissioner (example)"),
    ):
        session.add(
            Setting(
                name=name,
                value=write_choice(value),
                effective_on=NAMED_SINCE,
                set_at=at,
                set_by_id=coordinator.account_id,
            )
        )
    bring_people_up_to_date(session, by=coordinator, at=at)
    weeks = draw_rotas(session, coordinator, at=at)
    person = one_with_a_report_due(session, weeks)
    volunteer = open_account(session, Role.VOLUNTEER, person.email, person.name, at=at)
    bring_visits_up_to_date(session, weeks, coordinator, volunteer, actors[Role.POLICE], at=at)
    bring_duties_up_to_date(session, weeks.coming.last, coordinator, volunteer, at=at)
    bring_strands_up_to_date(session, choices_on(session, london_day(at)), coordinator, at=at)
    fill_what_the_panel_sees(session, coordinator, at=at)
    send_papers(session, coordinator, at=at)
    spare_the_past_its_letters(session)
    _spare_the_present_its_letters(session, at)
    session.flush()


def _spare_the_present_its_letters(session: Session, at: datetime) -> None:
    """What is due at once stands as sent too: letters go out about what happens from now on."""
    choices = choices_on(session, london_day(at))
    for reminder in REMINDERS:
        reminder(session, choices, str, at)
    waiting = sa.update(Letter).where(Letter.state == LetterState.WAITING)
    session.execute(waiting.values(state=LetterState.SENT, sent_at=at))
