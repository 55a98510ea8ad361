"""Recruitment rounds: who applied, with what answers, and what their referees and interviewers said."""

from datetime import date, timedelta
from typing import Any

from benchmarks.making.chance import Chance, at
from benchmarks.making.rows import Rows
from icv.rules.applying import TIES
from icv.rules.appraisal import DeclarationKind
from icv.rules.refereeing import Answer, Recommendation
from icv.rules.scheme import Choices
from icv.rules.stages import PIPELINE, Stage
from icv.store.people import Declaration, Interview, Round
from icv.store.recruitment import Application, MonitoringCount
from icv.store.references import Referee, ReferenceLink

INTERVIEWED_AFTER, ASKED_AFTER = timedelta(days=45), timedelta(days=47)
KEPT_DRAFT, KEPT_SENT = timedelta(days=28), timedelta(days=365)
LINK_WORKS, FAILS_AFTER = timedelta(days=60), timedelta(days=28)
BEGUN_ONLY, UNANSWERED, KNOWN_ALREADY = 0.2, 0.2, 0.02
ABOUT = {"age": ("25-34", "35-44", "45-54", "55-64", "65-74"), "sex": ("female", "male", "not said")}
WELCOME = "Custody visitors see for themselves, without notice and in pairs, how those held by police fare."
WHY = (
    "I have time again since my children left home, and I would like to do something useful with it near"
    " where I live. I listen well, and I am not easily put off by closed doors."
)
NOTES = "Warm and unhurried. Understands that visitors do not judge why somebody is held."
REFERENCE = Answer(
    "As a neighbour",
    "Yes, in every way",
    "Always",
    "Nothing I know of",
    Recommendation.YES,
    "",
    "S. Neighbour",
)


class Applying:
    """A round a year, the current one open to all."""

    def __init__(self, rows: Rows, by: int, chance: Chance, monday: date) -> None:
        self._rows, self._by, self._chance, self._monday = rows, by, chance, monday
        self._rounds: dict[int, int] = {}

    def round_of(self, applied_on: date) -> int:
        year = applied_on.year
        if year not in self._rounds:
            self._rounds[year] = self._rows.add(
                Round,
                name=f"Round of {year}",
                opened_on=date(year, 1, 1),
                closed_on=date(year, 12, 31),
                is_public=year == self._monday.year,
                places=40,
                welcome=WELCOME,
            )
            self._count_answers(self._rounds[year])
        return self._rounds[year]

    def _count_answers(self, number: int) -> None:
        for question, answers in ABOUT.items():
            for answer in answers:
                how_many = self._chance.randint(1, 40)
                self._rows.link(
                    MonitoringCount, round_id=number, question=question, answer=answer, number=how_many
                )

    def applied(self, person: int, name: str, email: str, on: date, reached: Stage) -> None:
        """Everything that is kept of the way up to the stage they reached."""
        self._application(name, email, on, person)
        if self._chance.happens(BEGUN_ONLY):
            self._begun(on)
        if self._chance.happens(KNOWN_ALREADY):
            self._application(name, email, on + timedelta(days=30), None)
        has_been_interviewed = PIPELINE.index(reached) >= PIPELINE.index(Stage.INTERVIEWED)
        for number in (1, 2):
            self._referee(person, number, on, was_asked=has_been_interviewed, reached=reached)
        if has_been_interviewed:
            self._declare(person, on + INTERVIEWED_AFTER)
            self._rows.add(
                Interview,
                person_id=person,
                held_on=on + INTERVIEWED_AFTER,
                interviewers="Robin Example and a panel member",
                notes=NOTES,
                is_recommended=True,
                made_at=at(on + INTERVIEWED_AFTER),
                made_by_id=self._by,
            )

    def _application(self, name: str, email: str, on: date, person: int | None) -> None:
        """Sent; without a person it waits to be settled, unless that was long ago."""
        is_settled = person is None and on < self._monday - timedelta(days=60)
        number = self._rows.add(
            Application,
            round_id=self.round_of(on),
            token_digest=self._chance.digest(),
            email=email,
            answers=_answers(name, email),
            began_at=at(on, 9),
            changed_at=at(on, 10),
            expires_at=at(on + KEPT_SENT),
            sent_at=at(on, 10),
            settled_at=at(on + timedelta(days=3)) if is_settled else None,
            outcome="Known already." if is_settled else "",
            person_id=person,
        )
        self._rows.note("send application", "application", number, by=None, at=at(on, 10))

    def _begun(self, on: date) -> None:
        """What nobody sent is deleted when its time is over."""
        if on + KEPT_DRAFT > self._monday:
            self._rows.add(
                Application,
                round_id=self.round_of(on),
                token_digest=self._chance.digest(),
                answers={"name": {"name": self._chance.name()}},
                began_at=at(on),
                changed_at=at(on),
                expires_at=at(on + KEPT_DRAFT),
            )

    def _referee(self, person: int, number: int, on: date, *, was_asked: bool, reached: Stage) -> None:
        asked_on = on + ASKED_AFTER
        is_late = reached is Stage.INTERVIEWED and self._chance.happens(UNANSWERED)
        answered_on = asked_on + timedelta(days=self._chance.randint(2, 12))
        asked = {"asked_at": at(asked_on), "fails_on": asked_on + FAILS_AFTER} if was_asked else {}
        answered = {"answered_at": at(answered_on), "answer": REFERENCE.as_kept()}
        referee = self._rows.add(
            Referee,
            person_id=person,
            name=self._chance.name(),
            email=f"referee{number}.of.{person}@example.org",
            relation="A neighbour for eleven years",
            named_on=on,
            **asked,
            **(answered if was_asked and not is_late else {}),
        )
        if was_asked:
            self._rows.add(
                ReferenceLink,
                referee_id=referee,
                token_digest=self._chance.digest(),
                made_at=at(asked_on),
                expires_at=at(asked_on + LINK_WORKS),
            )

    def _declare(self, person: int, on: date) -> None:
        self._rows.add(
            Declaration,
            person_id=person,
            kind=DeclarationKind.ELIGIBILITY,
            declared_on=on,
            words="18 or over, and holds none of the roles that visitors may not hold",
            made_at=at(on),
            made_by_id=self._by,
        )


def _answers(name: str, email: str) -> dict[str, dict[str, Any]]:
    """By page, in order."""
    return {
        "name": {"name": name},
        "contact": {"email": email, "phone": "07700 900451"},
        "area": {"ties": [next(iter(TIES))], "town": "Anytown"},
        "age": {"is_adult": True},
        "roles": {"declared": list(Choices().barred_roles)},
        "connections": {"has_any": False, "words": ""},
        "why": {"why": WHY},
        "referee-1": _named("Sam Neighbour", email),
        "referee-2": _named("Alex Colleague", email),
        "heard": {"heard": "A poster in the library"},
        "consent": {"vetting": True, "references": True},
    }


def _named(name: str, email: str) -> dict[str, Any]:
    own = f"{name.split()[0].lower()}.of.{email}"
    return {"name": name, "email": own, "phone": "", "relation": "A friend", "is_no_relative": True}
