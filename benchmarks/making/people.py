"""People over the years: whoever leaves a team is followed by another, and some never get so far."""

from collections.abc import Iterator
from datetime import date, timedelta

from benchmarks.making.applying import Applying
from benchmarks.making.appraising import Appraising
from benchmarks.making.chance import Chance, at
from benchmarks.making.courses import Courses
from benchmarks.making.members import Member
from benchmarks.making.rows import Rows
from benchmarks.making.scheme import Accounts
from benchmarks.scheme_sizes import Size
from icv.rules.access import Role
from icv.rules.days import add_months
from icv.rules.stages import PIPELINE, Stage
from icv.store.people import Person, StageStep

DAYS_BEFORE_APPOINTMENT = {
    Stage.APPLIED: 280,
    Stage.SHORTLISTED: 260,
    Stage.INTERVIEWED: 235,
    Stage.VETTING: 210,
    Stage.TRAINING: 60,
}
IN_PIPELINE = 0.15
TURNED_AWAY = 0.4
TAKEN_BACK = 0.05
"""Of those on the way: a step made by mistake."""


class People:
    def __init__(self, rows: Rows, accounts: Accounts, chance: Chance, monday: date) -> None:
        self._rows, self._accounts, self._chance, self._monday = rows, accounts, chance, monday
        self._by = accounts.coordinators[0]
        self._applying = Applying(rows, self._by, chance, monday)
        self._appraising = Appraising(rows, self._by, chance, monday)
        self._courses = Courses(rows, chance, monday)
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
            self._applicant(self._chance.choice(teams), self._chance.choice(PIPELINE))
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
        applied_on = appointed_on - timedelta(days=DAYS_BEFORE_APPOINTMENT[Stage.APPLIED])
        number = self._rows.add(
            Person,
            name=name,
            email=email,
            email_key=email,
            phone=f"07700 9{self._number % 100_000:05}",
            team_id=team,
            round_id=self._applying.round_of(applied_on),
            account_id=account,
            applied_on=applied_on,
            appointed_on=appointed_on,
            probation_ends_on=probation_ends_on,
            left_on=left_on,
            left_reason="moved away" if left_on else "",
        )
        member = Member(number, team, appointed_on, probation_ends_on, left_on, account)
        self._applying.applied(number, name, email, applied_on, PIPELINE[-1])
        self._steps(member)
        self._appraising.keep(member)
        until = left_on or self._monday
        self._courses.train(number, team, appointed_on, until, is_here=left_on is None)
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
        member.is_away(since, date.max)

    def _step(self, person: int, stage: Stage, on: date, corrects: int | None = None) -> int:
        step = self._rows.add(
            StageStep,
            person_id=person,
            stage=stage,
            on=on,
            made_at=at(on),
            made_by_id=self._by,
            corrects_id=corrects,
        )
        self._rows.note("move stage", "person", person, by=self._by, at=at(on))
        return step

    def _applicant(self, team: int, stage: Stage) -> None:
        """Somebody who is at this stage now."""
        reached = self._chance.day(self._monday - timedelta(days=60), 60)
        applied_on = reached - timedelta(
            days=DAYS_BEFORE_APPOINTMENT[Stage.APPLIED] - DAYS_BEFORE_APPOINTMENT[stage]
        )
        person = self._person(applied_on, team, stage)
        self._step(person, Stage.APPLIED, applied_on)
        if self._chance.happens(TAKEN_BACK):
            self._mistake(person, applied_on)
        for earlier in PIPELINE[1 : PIPELINE.index(stage) + 1]:
            days = DAYS_BEFORE_APPOINTMENT[Stage.APPLIED] - DAYS_BEFORE_APPOINTMENT[earlier]
            self._step(person, earlier, applied_on + timedelta(days=days))
        if stage is Stage.VETTING:
            self._appraising.request_vetting(person, reached)
        elif stage is Stage.TRAINING:
            self._courses.book(person, team)

    def _turned_away(self, first_on: date) -> None:
        days = (self._monday - first_on).days
        applied_on = self._chance.day(first_on, max(1, days - 60))
        person = self._person(applied_on, None, Stage.APPLIED)
        self._step(person, Stage.APPLIED, applied_on)
        end = self._chance.choice((Stage.REJECTED, Stage.WITHDRAWN))
        self._step(person, end, applied_on + timedelta(days=50))

    def _mistake(self, person: int, applied_on: date) -> None:
        wrong = self._step(person, Stage.SHORTLISTED, applied_on)
        self._step(person, Stage.APPLIED, applied_on, corrects=wrong)

    def _person(self, applied_on: date, team: int | None, reached: Stage) -> int:
        name, email = self._name()
        number = self._rows.add(
            Person,
            name=name,
            email=email,
            email_key=email,
            team_id=team,
            round_id=self._applying.round_of(applied_on),
            applied_on=applied_on,
        )
        self._applying.applied(number, name, email, applied_on, reached)
        return number

    def _name(self) -> tuple[str, str]:
        self._number += 1
        name = self._chance.name()
        return name, f"{name.lower().replace(' ', '.')}.{self._number}@example.org"
