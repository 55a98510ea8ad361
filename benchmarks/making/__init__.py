"""The records of a scheme of any size, made up but legal, the same for the same week of the calendar."""

from datetime import date

from sqlalchemy.orm import Session

from benchmarks.making.availability import make_availability
from benchmarks.making.chance import Chance, at
from benchmarks.making.people import People
from benchmarks.making.rows import Rows
from benchmarks.making.scheme import Accounts, make_scheme
from benchmarks.making.visits import Visits
from benchmarks.scheme_sizes import Size
from icv.services import trail


def make(session: Session, size: Size, monday: date) -> None:
    """Fills an empty database as it might stand when that Monday begins. Does not commit."""
    chance, rows = Chance(size.name), Rows(session)
    accounts = Accounts(rows)
    teams, suites = make_scheme(rows, size, accounts, chance, monday)
    members = People(rows, accounts, chance, monday).make(size, teams)
    make_availability(rows, members, chance, monday)
    Visits(rows, size, suites, members, accounts.coordinators[0], chance, monday).make()
    rows.write()
    while trail.seal(session, at=at(monday, 0)):
        pass
