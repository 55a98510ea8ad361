"""The scheme itself: its choices, teams, suites, and the accounts of those who are not visitors."""

from dataclasses import dataclass
from datetime import date, timedelta

from benchmarks.making.chance import Chance, at
from benchmarks.making.rows import Rows
from benchmarks.scheme_sizes import MONTHLY, Size
from icv.rules.access import Role
from icv.rules.visits import SuiteKind
from icv.services.accounts import HASHER
from icv.store.accounts import Account, AccountRole
from icv.store.scheme import Setting, Team, write_choice
from icv.store.suites import Suite, SuitePeriod

PASSWORD = "correct horse battery staple"
AGREEMENT_IN_USE, BROUGHT_IN_AGO = "2026", timedelta(days=500)
OFFICE = {Role.COORDINATOR: 3, Role.PANEL: 8, Role.POLICE: 12}
# fmt: off
PLACES = (
    "Abbey", "Beacon", "Castle", "Dock", "Eastgate", "Foundry", "Gallowgate", "Harbour", "Infirmary",
    "Jubilee", "Kingsway", "Leazes", "Market", "Northgate", "Orchard", "Priory", "Quayside", "Railway",
    "Station", "Templar", "Union", "Victoria", "Westgate", "Yew",
)
# fmt: on


@dataclass(frozen=True, slots=True)
class MadeSuite:
    id: int
    code: str
    team: int
    every: int
    """Weeks from one visit to the next."""

    def is_due(self, week: int) -> bool:
        return (week + self.id) % self.every == 0


class Accounts:
    """Makes accounts, all with one password, and remembers those of the office."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._password_hash = HASHER.hash(PASSWORD)
        self.coordinators: list[int] = []

    def add(self, role: Role, name: str, email: str, made_on: date) -> int:
        number = self._rows.add(
            Account,
            name=name,
            email=email,
            email_key=email,
            password_hash=self._password_hash,
            made_at=at(made_on),
        )
        self._rows.link(AccountRole, account_id=number, role=role)
        if role is Role.COORDINATOR:
            self.coordinators.append(number)
        return number


def make_scheme(
    rows: Rows, size: Size, accounts: Accounts, chance: Chance, monday: date
) -> tuple[list[int], list[MadeSuite]]:
    """The teams, by id, and the suites."""
    first_on = monday - timedelta(weeks=size.weeks_past)
    for role, number in OFFICE.items():
        for who in range(1, number + 1):
            accounts.add(role, chance.name(), f"{role.value}{who}@example.org", first_on)
    _choose(rows, first_on, monday, accounts.coordinators[0])
    teams = [rows.add(Team, name=f"{_place(number)} panel") for number in range(size.teams)]
    return teams, [_suite(rows, size, number, teams, first_on) for number in range(size.suites)]


def _choose(rows: Rows, first_on: date, monday: date, by: int) -> None:
    """Choices of the first day, one that was changed half a year later, and an agreement brought in since."""
    for name, value, on in (
        ("scheme_name", "Measured custody visiting scheme", first_on),
        ("expected_visits_a_year", 12, first_on),
        ("expected_visits_a_year", 10, first_on + timedelta(days=182)),
        ("report_due_days", 3, first_on),
        ("publishes_statistics", True, first_on),
        ("agreement_version", AGREEMENT_IN_USE, max(first_on, monday - BROUGHT_IN_AGO)),
    ):
        rows.add(
            Setting, name=name, value=write_choice(value), effective_on=on, set_at=at(first_on), set_by_id=by
        )


def _suite(rows: Rows, size: Size, number: int, teams: list[int], first_on: date) -> MadeSuite:
    team = teams[number % len(teams)]
    every = 1 if number < size.weekly_suites else MONTHLY
    suite = rows.add(
        Suite, name=f"{_place(number)} custody suite", address=f"{number + 1} High Street", team_id=team
    )
    opens_on = first_on - timedelta(days=400)
    rows.add(SuitePeriod, suite_id=suite, opens_on=opens_on, kind=SuiteKind.MAIN, visits_a_week=1 / every)
    return MadeSuite(suite, f"S{suite:03}", team, every)


def _place(number: int) -> str:
    """Northgate; Northgate 2 once all have been used."""
    again, place = divmod(number, len(PLACES))
    return f"{PLACES[place]} {again + 1}" if again else PLACES[place]
