"""The workshop: test things that are sensible until told otherwise."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.rules.appraisal import DeclarationKind, ReviewKind, ReviewOutcome
from icv.rules.days import monday_of
from icv.rules.findings import PUT_TO_POLICE, FindingState
from icv.rules.stages import APPOINTED, Stage
from icv.rules.visits import DutyState
from icv.store.accounts import Account, AccountRole
from icv.store.findings import Finding
from icv.store.people import (
    Agreement,
    Card,
    Declaration,
    Interview,
    Person,
    Referee,
    Review,
    StageStep,
    Term,
    Training,
    Vetting,
)
from icv.store.scheme import Team
from icv.store.suites import Suite, SuitePeriod
from icv.store.visits import Duty, Visit

TODAY = date(2026, 3, 4)
NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


class Workshop:
    def __init__(self, session: Session) -> None:
        self.session = session
        self._numbers = count(1)

    def keep(self, thing: Any) -> Any:
        self.session.add(thing)
        self.session.flush()
        return thing

    def account(
        self, *roles: Role, name: str | None = None, email: str | None = None, **more: Any
    ) -> Account:
        number = next(self._numbers)
        email = email or f"account{number}@example.org"
        account = Account(
            name=name or f"Account {number}", email=email, email_key=email.casefold(), made_at=NOW, **more
        )
        account.roles = [AccountRole(role=role) for role in roles or (Role.COORDINATOR,)]
        return self.keep(account)

    def actor(self, *roles: Role, person: Person | None = None) -> Actor:
        account = self.account(*roles)
        if person is not None:
            person.account_id = account.id
            self.session.flush()
        return Actor(account.id, person.id if person else None, account.name, frozenset(roles))

    def person(self, stage: Stage = Stage.ACTIVE, *, on: date | None = None, **more: Any) -> Person:
        """Appointed ones are vetted, trained and in a term that has years to run."""
        number = next(self._numbers)
        email = more.pop("email", f"person{number}@example.org")
        appointed_on = date(2025, 1, 1) if stage in APPOINTED | {Stage.LEFT} else None
        person = Person(
            name=more.pop("name", f"Person {number}"),
            email=email,
            email_key=email.casefold(),
            appointed_on=more.pop("appointed_on", appointed_on),
            applied_on=more.pop("applied_on", date(2024, 6, 1)),
            **more,
        )
        person.steps = [
            StageStep(stage=stage, on=on or person.appointed_on or person.applied_on, made_at=NOW)
        ]
        if appointed_on:
            person.vettings = [
                Vetting(level="NPPV2", cleared_on=date(2024, 12, 1), expires_on=date(2029, 12, 1))
            ]
            person.trainings = [Training(trained_on=date(2024, 12, 15))]
            person.terms = [Term(starts_on=appointed_on, ends_on=date(2029, 1, 1))]
        return self.keep(person)

    def referee(self, person: Person, **more: Any) -> Referee:
        """Named, with an address, and not asked yet."""
        number = next(self._numbers)
        return self.keep(
            Referee(
                person_id=person.id,
                name=more.pop("name", f"Referee {number}"),
                email=more.pop("email", f"referee{number}@example.org"),
                named_on=more.pop("named_on", date(2024, 6, 1)),
                **more,
            )
        )

    def ready_for_appointment(self, person: Person, on: date = date(2025, 12, 1)) -> Person:
        """With all that any stage may require up to an appointment, on record since that day."""
        at = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
        whose = {"person_id": person.id}
        for _ in range(2):
            answer = {"recommends": "yes"}
            self.referee(person, asked_at=at, fails_on=on, answered_at=at, answer=answer)
        self.keep(Declaration(kind=DeclarationKind.ELIGIBILITY, declared_on=on, made_at=at, **whose))
        self.keep(Interview(held_on=on, notes="Went well", is_recommended=True, made_at=at, **whose))
        self.keep(Vetting(level="NPPV2", cleared_on=on, expires_on=date(2029, 12, 1), **whose))
        self.keep(Training(trained_on=on, **whose))
        self.keep(Agreement(version="1", signed_on=on, **whose))
        return person

    def ready_for_confirmation(self, person: Person, on: date = date(2025, 12, 1)) -> Person:
        """With a card, and a review of the probation that says to go on, since that day."""
        at = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
        self.keep(Card(person_id=person.id, number="1", issued_on=on))
        self.keep(
            Review(
                person_id=person.id,
                kind=ReviewKind.PROBATION,
                held_on=on,
                outcome=ReviewOutcome.GO_ON,
                made_at=at,
            )
        )
        return person

    def team(self, name: str | None = None) -> Team:
        return self.keep(Team(name=name or f"Team {next(self._numbers)}"))

    def suite(self, name: str | None = None, *, opens_on: date = date(2020, 1, 1), **more: Any) -> Suite:
        suite = Suite(name=name or f"Suite {next(self._numbers)}", **more)
        suite.periods = [SuitePeriod(opens_on=opens_on, visits_a_week=1)]
        return self.keep(suite)

    def visit(
        self, suite: Suite | None = None, *visitors: Person, week: date | None = None, **more: Any
    ) -> Visit:
        """A scheduled visit of the week of `week` (today's by default), its duties accepted."""
        monday = monday_of(week or TODAY)
        visit = Visit(
            reference=more.pop("reference", f"V{next(self._numbers):04}"),
            suite_id=(suite or self.suite()).id,
            week_starts_on=monday,
            week_ends_on=monday + timedelta(days=6),
            is_scheduled=more.pop("is_scheduled", True),
            **more,
        )
        self.keep(visit)
        for place, person in enumerate(visitors, 1):
            self.duty(visit, person, place=place)
        return visit

    def duty(self, visit: Visit, person: Person, *, place: int = 1, **more: Any) -> Duty:
        state = more.pop("state", DutyState.ACCEPTED)
        return self.keep(
            Duty(
                visit_id=visit.id,
                person_id=person.id,
                place=place,
                state=state,
                uid=str(uuid4()),
                given_at=NOW,
                changed_at=NOW,
                **more,
            )
        )

    def finding(self, visit: Visit | None = None, **more: Any) -> Finding:
        state = more.pop("state", FindingState.AWAITING_REPLY)
        raised_on = more.pop("raised_on", TODAY)
        return self.keep(
            Finding(
                reference=f"F{next(self._numbers):04}",
                visit_id=(visit or self.visit()).id,
                category=more.pop("category", "conditions"),
                state=state,
                raised_on=raised_on,
                put_on=more.pop("put_on", raised_on if state in PUT_TO_POLICE else None),
                **more,
            )
        )
