"""The example's recruitment: one round that is over and one that is open, with people at every stage."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.applying import TIES
from icv.rules.days import add_months, london_day, midnight
from icv.rules.records import AgreementFacts, TrainingFacts, VettingFacts
from icv.rules.refereeing import Answer, Recommendation
from icv.rules.scheme import Choices
from icv.rules.stages import PIPELINE, Stage
from icv.services import people
from icv.services.people.interviewing import InterviewNotes, note_interview
from icv.services.recruitment import beginning, monitoring, rounds, sending
from icv.services.references import answering, asking
from icv.store.people import Person, Vetting

OPENED_AGO, OPEN_FOR = timedelta(days=66), timedelta(days=94)
LAST_ROUND_AGO, LAST_ROUND_OPEN_FOR = timedelta(days=200), timedelta(days=42)
WELCOME = (
    "Custody visitors walk into a police station without notice, in pairs, and ask the people held there how"
    " they are treated. It takes about one visit a month and no special knowledge: all training is given."
)
WHY = (
    "I have time again since my children left home, and I would like to do something useful with it near"
    " where I live. I listen well, and I am not easily put off by closed doors."
)
PATH = {
    Stage.SHORTLISTED: 9,
    Stage.INTERVIEWED: 17,
    Stage.VETTING: 24,
    Stage.TRAINING: 44,
    Stage.PROBATION: 62,
}
"""Days from the application to each step of somebody whom nothing holds up."""


@dataclass(frozen=True, slots=True)
class Applicant:
    """`after`: days from the opening of the round. Who `ends` does so a week after what they reach."""

    name: str
    after: int
    reaches: Stage
    ends: Stage | None = None
    why: str = ""


THIS_ROUND = (
    Applicant("Gwil Lark", 2, Stage.TRAINING),
    Applicant("Freya Holt", 4, Stage.VETTING),
    Applicant("Ellis Rook", 5, Stage.INTERVIEWED),
    Applicant("Hana Quill", 6, Stage.VETTING),
    Applicant("Idris Fenn", 8, Stage.INTERVIEWED, Stage.WITHDRAWN, "Has found paid work"),
    Applicant("Devika Stone", 20, Stage.SHORTLISTED),
    Applicant("Joan Pell", 31, Stage.APPLIED, Stage.REJECTED, "Works at the custody suite’s front desk"),
    Applicant("Kit Marlow", 38, Stage.INTERVIEWED),
    Applicant("Lowri Teal", 44, Stage.SHORTLISTED),
    Applicant("Bethan Marsh", 58, Stage.APPLIED),
    Applicant("Callum Frost", 62, Stage.APPLIED),
)
LAST_ROUND = (
    Applicant("Mina Ash", 3, Stage.PROBATION),
    Applicant("Noor Birch", 8, Stage.PROBATION),
    Applicant("Sian Vale", 10, Stage.TRAINING),
    Applicant("Owain Reed", 11, Stage.VETTING, Stage.REJECTED, "Vetting refused"),
    Applicant("Petra Wold", 15, Stage.INTERVIEWED, Stage.REJECTED, "Not yet ready: may apply again"),
    Applicant("Quentin Shaw", 19, Stage.SHORTLISTED, Stage.WITHDRAWN, "Moved away"),
    Applicant("Rhian Dale", 30, Stage.TRAINING, Stage.WITHDRAWN, "Cannot come to the training days"),
)


def run_rounds(session: Session, choices: Choices, *, by: Actor, at: datetime) -> list[Person]:
    """Both rounds, by the services everybody uses; returns those who are on probation now."""
    today = london_day(at)
    office = _Office(session, choices, by, at)
    before = office.open(
        f"{_season(today - LAST_ROUND_AGO)} round", today - LAST_ROUND_AGO, LAST_ROUND_OPEN_FOR
    )
    joined = [office.bring(before, one, today - LAST_ROUND_AGO) for one in LAST_ROUND]
    now = office.open(f"{_season(today - OPENED_AGO)} round", today - OPENED_AGO, OPEN_FOR)
    for one in THIS_ROUND:
        office.bring(now, one, today - OPENED_AGO)
    answered_at = _morning(today - LAST_ROUND_AGO + timedelta(days=20))
    for number in range(len(LAST_ROUND)):
        if right := monitoring.right_to_answer(session, before, at=answered_at):
            monitoring.count(session, right, _about(number), at=answered_at)
    session.flush()
    return [person for person in joined if person.appointed_on is not None]


def appoint_another(session: Session, choices: Choices, *, by: Actor, at: datetime) -> None:
    """Yesterday, and so after the others were asked when they can visit."""
    person = session.scalars(sa.select(Person).where(Person.name == NEWCOMER)).one()
    _Office(session, choices, by, at).appoint(person, london_day(at) - timedelta(days=1))


def _season(day: date) -> str:
    return f"{('Winter', 'Spring', 'Summer', 'Autumn')[day.month % 12 // 3]} {day.year}"


def _about(number: int) -> dict[str, str | None]:
    return {"age": ("35-44", "55-64", "65-74")[number % 3], "sex": ("female", "male")[number % 2]}


class _Office:
    """The coordinator at work, day by day."""

    def __init__(self, session: Session, choices: Choices, by: Actor, at: datetime) -> None:
        self.session, self.choices, self.by, self.at = session, choices, by, at
        self._lines = count(1)

    def open(self, name: str, on: date, days: timedelta) -> int:
        plan = rounds.RoundPlan(name, on, on + days, places=6, is_public=True, welcome=WELCOME)
        return rounds.add_round(self.session, plan, by=self.by, at=_morning(on))

    def bring(self, round_id: int, one: Applicant, opened_on: date) -> Person:
        """From the application to where they have come by today."""
        applied_on = opened_on + timedelta(days=one.after)
        person = self._apply(round_id, one, applied_on)
        reached = applied_on
        for stage, days in PATH.items():
            day = applied_on + timedelta(days=days)
            if not _is_reached(stage, one.reaches) or _morning(day) > self.at:
                break
            self._prepare(person, stage, day)
            self._move(person, stage, day)
            reached = day
        if one.ends is not None:
            self._move(person, one.ends, reached + timedelta(days=7), one.why)
        return person

    def appoint(self, person: Person, on: date) -> None:
        self._prepare(person, Stage.PROBATION, on)
        self._move(person, Stage.PROBATION, on)

    def _apply(self, round_id: int, one: Applicant, on: date) -> Person:
        at, address = _morning(on), f"192.0.2.{next(self._lines)}"
        token = beginning.begin(self.session, round_id, from_address=address, at=at)
        for page, answers in _answers(one.name, self.choices).items():
            beginning.save(
                self.session,
                token,
                page,
                answers,
                self.choices,
                from_address=address,
                address_of=lambda token: token,
                at=at,
            )
        sent_at = at + timedelta(minutes=25)
        sending.send(self.session, token, self.choices, from_address=address, at=sent_at)
        return self.session.scalars(sa.select(Person).where(Person.name == one.name)).one()

    def _prepare(self, person: Person, stage: Stage, on: date) -> None:
        """What the scheme requires before the stage."""
        match stage:
            case Stage.INTERVIEWED:
                notes = "Warm and unhurried. Understands that visitors do not judge why somebody is held."
                interview = InterviewNotes(on, "Robin Example and a panel member", notes, is_recommended=True)
                note_interview(self.session, person.id, interview, by=self.by, at=_morning(on))
                self._ask_referees(person, on)
            case Stage.VETTING:
                self._keep(person, VettingFacts(level="NPPV2", requested_on=on), on)
            case Stage.TRAINING:
                vetting = self.session.scalars(sa.select(Vetting).where(Vetting.person_id == person.id)).one()
                cleared = VettingFacts("NPPV2", vetting.requested_on, on, add_months(on, 36))
                self._keep(person, cleared, on, vetting.id)
            case Stage.PROBATION:
                self._keep(person, TrainingFacts("Initial training", on - timedelta(days=3)), on)
                self._keep(person, AgreementFacts("3", on), on)

    def _ask_referees(self, person: Person, on: date) -> None:
        """Both answer within days, but for one who is still to be heard from."""
        links: list[str] = []

        def address_of(token: str) -> str:
            links.append(token)
            return token

        asking.ask_all(
            self.session, person.id, self.choices, address_of=address_of, by=self.by, at=_morning(on)
        )
        is_slow = person.name == SLOW_REFEREE
        for days, token in zip((3, 5), links[: 1 if is_slow else 2], strict=False):
            answering.answer(self.session, token, REFERENCE, at=_morning(on + timedelta(days=days)))

    def _keep(self, person: Person, facts: Any, on: date, record_id: int | None = None) -> None:
        people.keep_record(self.session, person.id, facts, record_id=record_id, by=self.by, at=_morning(on))

    def _move(self, person: Person, to: Stage, on: date, why: str = "") -> None:
        people.move(
            self.session, person.id, people.Move(to, on, why), self.choices, by=self.by, at=_morning(on)
        )


SLOW_REFEREE, NEWCOMER = "Kit Marlow", "Sian Vale"
REFERENCE = Answer(
    capacity="As a neighbour, for eleven years",
    reliable="Yes, in every way",
    respectful="Always",
    unsuited="Nothing that I know of",
    recommends=Recommendation.YES,
    more="",
    signed="Sam Neighbour",
)


def _is_reached(stage: Stage, reaches: Stage) -> bool:
    path = (*PIPELINE, Stage.PROBATION)
    return path.index(stage) <= path.index(reaches)


def _morning(day: date) -> datetime:
    return midnight(day) + timedelta(hours=10)


def _answers(name: str, choices: Choices) -> dict[str, dict[str, Any]]:
    """By page, in order."""
    address = name.lower().replace(" ", ".")
    return {
        "name": {"name": name},
        "contact": {"email": f"{address}@example.org", "phone": "07700 900451"},
        "area": {"ties": [next(iter(TIES))], "town": "Anytown"},
        "age": {"is_adult": True},
        "roles": {"declared": list(choices.barred_roles)},
        "connections": {"has_any": False, "words": ""},
        "why": {"why": WHY},
        "referee-1": _referee("Sam Neighbour", address, "A neighbour for eleven years"),
        "referee-2": _referee("Alex Colleague", address, "We worked together at the library"),
        "heard": {"heard": "A poster in the library"},
        "consent": {"vetting": True, "references": True},
    }


def _referee(name: str, address: str, relation: str) -> dict[str, Any]:
    first = name.split()[0].lower()
    return {
        "name": name,
        "email": f"{first}.of.{address}@example.org",
        "phone": "",
        "relation": relation,
        "is_no_relative": True,
    }
