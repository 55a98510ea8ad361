"""People over the years: whoever leaves a team is followed by another, and some never get so far."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from benchmarks.making.chance import Chance, at
from benchmarks.making.rows import Rows
from benchmarks.making.scheme import Accounts
from benchmarks.scheme_sizes import Size
from icv.rules.access import Role
from icv.rules.days import ONE_DAY, Period, add_months
from icv.rules.stages import PIPELINE, Stage
from icv.store.people import Agreement, Card, Person, Round, StageStep, Term, Training, Vetting

DAYS_BEFORE_APPOINTMENT = {
    Stage.APPLIED: 280,
    Stage.SHORTLISTED: 260,
    Stage.INTERVIEWED: 235,
    Stage.VETTING: 210,
    Stage.TRAINING: 60,
}
VETTING_LASTS_MONTHS = 60
TERM_MONTHS = 36
IN_PIPELINE = 0.08
TURNED_AWAY = 0.4


@dataclass(slots=True)
class Member:
    """A visitor now or once. `gaps` are days of membership on which they may not or cannot visit."""

    id: int
    team: int
    appointed_on: date
    probation_ends_on: date
    left_on: date | None
    account: int | None
    gaps: list[Period] = field(default_factory=list)

    def cannot_after(self, day: date) -> None:
        """As nothing on record says that they still may."""
        self.gaps.append(Period(day + ONE_DAY, date.max))

    def can_go(self, monday: date) -> bool:
        """On every day of the week."""
        sunday = monday + timedelta(days=6)
        if self.appointed_on > monday or (self.left_on and self.left_on <= sunday):
            return False
        return not any(gap.first <= sunday and gap.last >= monday for gap in self.gaps)

    def is_new(self, monday: date) -> bool:
        """Whether on probation on any day of the week."""
        return self.probation_ends_on >= monday


class People:
    def __init__(self, rows: Rows, accounts: Accounts, chance: Chance, monday: date) -> None:
        self._rows, self._accounts, self._chance, self._monday = rows, accounts, chance, monday
        self._rounds: dict[int, int] = {}
        self._number = 0

    def make(self, size: Size, teams: list[int]) -> list[Member]:
        """Everybody who is or was a visitor; those who never were are made beside them."""
        first_on = self._monday - timedelta(weeks=size.weeks_past)
        members = [
            self._member(teams[seat % len(teams)], first, left)
            for seat in range(size.visitors)
            for first, left in self._holders(first_on)
        ]
        for _ in range(round(size.visitors * IN_PIPELINE)):
            self._applicant(teams, self._chance.choice(PIPELINE))
        for _ in range(round(len(members) * TURNED_AWAY)):
            self._turned_away(first_on)
        return members

    def _holders(self, first_on: date) -> Iterator[tuple[date, date | None]]:
        """Of one place: the days it was taken and given up, the last by whoever has it still."""
        taken = self._chance.day(first_on - timedelta(days=1500), 1400)
        while True:
            left = taken + timedelta(days=self._chance.randint(1000, 3300))
            if left > self._monday:
                yield taken, None
                return
            if left > first_on:
                yield taken, left
            taken = min(left + timedelta(days=self._chance.randint(7, 60)), self._monday - timedelta(days=8))

    def _member(self, team: int, appointed_on: date, left_on: date | None) -> Member:
        name, email = self._name()
        account = None if left_on else self._accounts.add(Role.VOLUNTEER, name, email, appointed_on)
        probation_ends_on = add_months(appointed_on, 6)
        number = self._rows.add(
            Person,
            name=name,
            email=email,
            email_key=email,
            phone=f"07700 9{self._number % 100_000:05}",
            team_id=team,
            round_id=self._round(self._applied_on(appointed_on)),
            account_id=account,
            applied_on=self._applied_on(appointed_on),
            appointed_on=appointed_on,
            probation_ends_on=probation_ends_on,
            left_on=left_on,
            left_reason="moved away" if left_on else "",
        )
        member = Member(number, team, appointed_on, probation_ends_on, left_on, account)
        self._steps(member)
        self._records(member)
        return member

    def _steps(self, member: Member) -> None:
        for stage, days in DAYS_BEFORE_APPOINTMENT.items():
            self._step(member.id, stage, member.appointed_on - timedelta(days=days))
        self._step(member.id, Stage.PROBATION, member.appointed_on)
        last = member.left_on or self._monday
        if member.probation_ends_on < last:
            self._step(member.id, Stage.ACTIVE, member.probation_ends_on)
            if not member.left_on and self._chance.happens(0.03):
                self._take_leave(member)
        if member.left_on:
            self._step(member.id, Stage.LEFT, member.left_on)

    def _take_leave(self, member: Member) -> None:
        """Now, and until nobody knows when."""
        since = max(member.probation_ends_on, self._monday - timedelta(days=self._chance.randint(1, 90)))
        self._step(member.id, self._chance.mostly({Stage.ON_LEAVE: 4, Stage.SUSPENDED: 1}), since)
        member.gaps.append(Period(since, date.max))

    def _step(self, person: int, stage: Stage, on: date) -> None:
        by = self._accounts.coordinators[0]
        step = self._rows.add(StageStep, person_id=person, stage=stage, on=on, made_at=at(on), made_by_id=by)
        self._rows.note("move stage", "person", person, by=by, at=at(on))
        if stage is Stage.SHORTLISTED:
            self._rows.note("record references", "step", step, by=by, at=at(on))

    def _records(self, member: Member) -> None:
        first, last = member.appointed_on, member.left_on or self._monday
        self._vettings(member, last)
        for on in self._every(first - timedelta(days=20), 24, last):
            self._rows.add(Training, person_id=member.id, course=_course(on, first), trained_on=on)
        for on in self._every(first, TERM_MONTHS, last):
            ends_on = add_months(on, TERM_MONTHS) - ONE_DAY
            self._rows.add(Term, person_id=member.id, starts_on=on, ends_on=ends_on)
            self._rows.add(
                Card, person_id=member.id, number=f"C{member.id:05}", issued_on=on, expires_on=ends_on
            )
        member.cannot_after(ends_on)
        self._rows.add(Agreement, person_id=member.id, version="2021", signed_on=first)

    def _vettings(self, member: Member, last: date) -> None:
        """Renewed in time as a rule; one in twenty late, and no visits until it is."""
        requested = member.appointed_on - timedelta(days=DAYS_BEFORE_APPOINTMENT[Stage.VETTING])
        cleared = member.appointed_on - timedelta(days=90)
        while cleared <= last:
            expires = add_months(cleared, VETTING_LASTS_MONTHS)
            self._vetting(member.id, requested, cleared, expires)
            late = 60 if self._chance.happens(0.05) else -20
            requested, cleared = expires - timedelta(days=100), expires + timedelta(days=late)
            if late > 0:
                member.gaps.append(Period(expires, cleared))
        member.cannot_after(expires)
        if requested <= last:
            self._vetting(member.id, requested, None, None)

    def _vetting(self, person: int, requested: date, cleared: date | None, expires: date | None) -> None:
        self._rows.add(
            Vetting,
            person_id=person,
            level="NPPV2",
            requested_on=requested,
            cleared_on=cleared,
            expires_on=expires,
        )

    def _every(self, first: date, months: int, last: date) -> Iterator[date]:
        number = 0
        while (on := add_months(first, number * months)) <= last:
            yield on
            number += 1

    def _applicant(self, teams: list[int], stage: Stage) -> None:
        """Somebody who is at this stage now."""
        reached = self._chance.day(self._monday - timedelta(days=60), 60)
        applied_on = reached - timedelta(
            days=DAYS_BEFORE_APPOINTMENT[Stage.APPLIED] - DAYS_BEFORE_APPOINTMENT[stage]
        )
        person = self._person(applied_on, self._chance.choice(teams))
        for earlier in PIPELINE[: PIPELINE.index(stage) + 1]:
            days = DAYS_BEFORE_APPOINTMENT[Stage.APPLIED] - DAYS_BEFORE_APPOINTMENT[earlier]
            self._step(person, earlier, applied_on + timedelta(days=days))
        if stage is Stage.VETTING:
            self._vetting(person, reached, None, None)

    def _turned_away(self, first_on: date) -> None:
        days = (self._monday - first_on).days
        applied_on = self._chance.day(first_on, max(1, days - 60))
        person = self._person(applied_on, None)
        self._step(person, Stage.APPLIED, applied_on)
        end = self._chance.choice((Stage.REJECTED, Stage.WITHDRAWN))
        self._step(person, end, applied_on + timedelta(days=50))

    def _person(self, applied_on: date, team: int | None) -> int:
        name, email = self._name()
        return self._rows.add(
            Person,
            name=name,
            email=email,
            email_key=email,
            team_id=team,
            round_id=self._round(applied_on),
            applied_on=applied_on,
        )

    def _name(self) -> tuple[str, str]:
        self._number += 1
        name = self._chance.name()
        return name, f"{name.lower().replace(' ', '.')}.{self._number}@example.org"

    def _applied_on(self, appointed_on: date) -> date:
        return appointed_on - timedelta(days=DAYS_BEFORE_APPOINTMENT[Stage.APPLIED])

    def _round(self, applied_on: date) -> int:
        year = applied_on.year
        if year not in self._rounds:
            self._rounds[year] = self._rows.add(
                Round, name=f"Round of {year}", opened_on=date(year, 1, 1), closed_on=date(year, 12, 31)
            )
        return self._rounds[year]


def _course(on: date, appointed_on: date) -> str:
    return "Initial training" if on < appointed_on else "Refresher"
