"""All that stands beside one filed report."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.signing import Answer, Signed
from icv.store.accounts import Account
from icv.store.people import Person
from icv.store.signing.waiting import BY_THE_PAIR, waiting
from icv.store.visits import Addendum, Countersign, Duty, Report, Visit


@dataclass(frozen=True, slots=True)
class Word:
    """What a visitor said of a report that somebody else filed. `made_by` is an account's name."""

    person_id: int
    name: str
    answer: Answer
    how: Signed
    words: str
    made_at: datetime
    made_by: str | None


@dataclass(frozen=True, slots=True)
class Added:
    """An addendum. `by` is an account's name; `is_office`: it is not of one of the two visitors."""

    by: str | None
    is_office: bool
    words: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Awaited:
    """A visitor whose word on a filed report is not in. Without an account they can only sign on paper."""

    person_id: int
    name: str
    account_id: int | None


@dataclass(frozen=True, slots=True)
class Beside:
    """All that stands beside a filed report, in the order it came."""

    words: tuple[Word, ...] = ()
    awaited: tuple[Awaited, ...] = ()
    addenda: tuple[Added, ...] = ()

    @property
    def signed_at(self) -> datetime | None:
        """When the last word came in; None while one is waited for, and where one visitor went alone."""
        return None if self.awaited else max((word.made_at for word in self.words), default=None)

    @property
    def is_agreed(self) -> bool:
        """Whether everyone who had to has signed, and nobody disagrees."""
        return self.signed_at is not None and not any(word.answer is Answer.DISAGREES for word in self.words)

    @property
    def is_answered(self) -> bool:
        """Whether the office has added something since the last disagreement."""
        last = max((word.made_at for word in self.words if word.answer is Answer.DISAGREES), default=None)
        return last is None or any(one.is_office and one.made_at >= last for one in self.addenda)

    def name_of(self, person_id: int) -> str | None:
        """Of a visitor whose word is in or waited for."""
        names = {word.person_id: word.name for word in self.words}
        names |= {one.person_id: one.name for one in self.awaited}
        return names.get(person_id)

    def awaits(self, actor: Actor) -> bool:
        return actor.person_id is not None and any(one.person_id == actor.person_id for one in self.awaited)

    def may_still_say(self, actor: Actor) -> bool:
        """Whether their partner said that both had signed together, and they have not said it themselves."""
        word = self.word_of(actor) if actor.person_id is not None else None
        return word is not None and word.how is Signed.TOGETHER

    def word_of(self, actor: Actor) -> Word | None:
        return next((word for word in self.words if word.person_id == actor.person_id), None)


def beside(session: Session, visit_id: int) -> Beside:
    """Empty where no report is filed, or nobody else has to say anything of it."""
    asked = {"visit_id": visit_id}
    return Beside(
        tuple(Word(*row) for row in session.execute(_WORDS, asked)),
        tuple(Awaited(*row) for row in session.execute(_AWAITED, asked)),
        tuple(
            Added(by, bool(is_office), words, made_at)
            for by, is_office, words, made_at in session.execute(_ADDENDA, asked)
        ),
    )


# Put together once: a page that people open all day asks them.
_WORDS = (
    sa.select(
        Countersign.person_id,
        Person.name,
        Countersign.answer,
        Countersign.how,
        Countersign.words,
        Countersign.made_at,
        Account.name,
    )
    .join(Report, Report.id == Countersign.report_id)
    .join(Person, Person.id == Countersign.person_id)
    .outerjoin(Account, Account.id == Countersign.made_by_id)
    .where(Report.visit_id == sa.bindparam("visit_id"))
    .order_by(Countersign.made_at, Countersign.person_id)
)
_AWAITED = (
    waiting(Person.id, Person.name, Person.account_id)
    .where(Visit.id == sa.bindparam("visit_id"))
    .order_by(Duty.place)
)
_ADDENDA = (
    sa.select(Account.name, ~BY_THE_PAIR, Addendum.words, Addendum.made_at)
    .join(Report, Report.id == Addendum.report_id)
    .outerjoin(Account, Account.id == Addendum.made_by_id)
    .where(Report.visit_id == sa.bindparam("visit_id"))
    .order_by(Addendum.made_at, Addendum.id)
)
