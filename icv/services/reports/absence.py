"""A partner who did not come: the visitor who did tells the coordinator, who records the visit as missed."""

from datetime import datetime

from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.rules.days import week_in_words
from icv.rules.report import ABSENT, AbsentNote
from icv.rules.waking import next_waking
from icv.services import letters
from icv.services.reports.drafts import save
from icv.store.accounts import open_accounts
from icv.store.suites import Suite
from icv.store.visits import Visit

DID_NOT_COME = "One of the two visitors did not come"
"""The reason under which such a visit is missed."""


def tell_of_absence(
    session: Session, visit_id: int, told: AbsentNote, *, version: int, by: Actor, at: datetime
) -> None:
    """Keeps it with the report that will not come, and writes to every coordinator once.

    Raises what `save` raises.
    """
    save(session, visit_id, ABSENT, told, version=version, by=by, at=at)
    visit = session.get_one(Visit, visit_id)
    suite = session.get_one(Suite, visit.suite_id)
    week = week_in_words(visit.week_starts_on, visit.week_ends_on)
    letters.write_to_each(
        session,
        "partner did not come",
        f"visit {visit_id}",
        open_accounts(session, Role.COORDINATOR),
        "A visit could not be made: one visitor did not come",
        f"The visit to {suite.name} in the week {week} was not made: a visitor says that the other did not"
        " come. Sign in to the custody visiting service, read what they wrote on the page of the visit, and"
        " record it as missed with one button.\n",
        at=at,
        not_before=next_waking(at),
    )
