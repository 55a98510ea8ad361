"""The letter about something serious: that there is something to read, never what."""

from datetime import datetime

from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.days import week_in_words
from icv.services import letters
from icv.store.accounts import open_accounts
from icv.store.suites import Suite
from icv.store.visits import Visit


def tell_of_serious(session: Session, visit: Visit, reference: str, *, at: datetime) -> None:
    """Writes to every coordinator."""
    suite = session.get_one(Suite, visit.suite_id)
    week = week_in_words(visit.week_starts_on, visit.week_ends_on)
    letters.write_to_each(
        session,
        "serious finding",
        f"report {reference}",
        open_accounts(session, Role.COORDINATOR),
        "A visit report raises something serious",
        f"The report {reference} of the visit to {suite.name} in the week {week} raises something that the"
        " visitors call serious. Sign in to the custody visiting service and open Findings to read it and"
        " decide what happens next.\n\nLetters do not say what was seen.\n",
        at=at,
    )
