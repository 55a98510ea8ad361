"""Agreements and identity cards of everybody in office: who has signed, whose card counts and until when."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.running_out import Held, held_until
from icv.rules.stages import APPOINTED, Stage
from icv.store.locks import Turn, wait_for
from icv.store.people.dated import Agreement, Card
from icv.store.people.listing import step_on
from icv.store.people.tables import Person
from icv.store.scheme import Team


@dataclass(frozen=True, slots=True)
class PaperLine:
    """Somebody in office. `version` is the one signed last; `number` and `until` are of the card that counts.

    `has_signed`: the version in use, or any where the scheme names none.
    """

    person_id: int
    name: str
    team: str | None
    stage: Stage
    has_signed: bool
    version: str | None
    signed_on: date | None
    card: Held
    number: str | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Papers:
    """Everybody in office, those first who miss something; by name within each."""

    lines: list[PaperLine]

    @property
    def signed(self) -> int:
        return sum(one.has_signed for one in self.lines)

    @property
    def with_card(self) -> int:
        """Whose card counts, one that soon runs out included."""
        return sum(one.card.counts for one in self.lines)


def papers(session: Session, version: str, day: date, warning_days: int) -> Papers:
    """`version` is that of the memorandum in use, empty where any counts. Always three queries."""
    people = _in_office(session, day)
    signed, cards = _signed(session, day), _cards(session, day)
    lines = [
        _line(row, signed.get(row[0], []), cards.get(row[0]), version, day, warning_days) for row in people
    ]
    return Papers(sorted(lines, key=_most_missing))


def numbers_in_use(session: Session, numbers: Collection[str], *, but: int | None = None) -> dict[str, str]:
    """Of these card numbers, those of cards not returned, and whose they are; the card `but` left out.

    Whoever asks is the only one to give out numbers until the transaction ends.
    """
    wait_for(Turn.CARD_NUMBERS, session.connection())
    rows = session.execute(
        sa.select(Card.number, Person.name)
        .join(Person, Person.id == Card.person_id)
        .where(Card.number.in_(numbers), Card.returned_on.is_(None), Card.id != (but or 0))
        .order_by(Card.id)
    )
    return dict(rows.all())


_Person = tuple[int, str, str | None, Stage]
_Card = tuple[str, date | None]
_HELD = list(Held)


def _line(
    person: _Person,
    signed: list[tuple[str, date]],
    card: _Card | None,
    version: str,
    day: date,
    warning_days: int,
) -> PaperLine:
    """The version in use is shown where it was signed, else the one signed last."""
    right = [one for one in signed if not version or one[0] == version]
    last = max(right or signed, key=lambda one: one[1], default=None)
    return PaperLine(
        *person,
        has_signed=bool(right),
        version=last[0] if last else None,
        signed_on=last[1] if last else None,
        card=held_until(card[1], day, warning_days) if card else Held.NEVER,
        number=card[0] if card else None,
        until=card[1] if card else None,
    )


def _most_missing(line: PaperLine) -> tuple[int, int, str]:
    """Who misses both, then one, then what is running out; then the rest."""
    missing = (not line.has_signed) + (not line.card.counts)
    return (-missing, _HELD.index(line.card), line.name.casefold())


def _in_office(session: Session, day: date) -> list[_Person]:
    step, is_theirs = step_on(day)
    rows = session.execute(
        sa.select(Person.id, Person.name, Team.name, step.stage)
        .select_from(Person)
        .join(step, is_theirs)
        .outerjoin(Team, Team.id == Person.team_id)
        .where(Person.left_on.is_(None) | (Person.left_on > day), step.stage.in_(APPOINTED))
        .order_by(sa.func.lower(Person.name), Person.id)
    )
    return [(number, name, team, Stage(stage)) for number, name, team, stage in rows]


def _signed(session: Session, day: date) -> dict[int, list[tuple[str, date]]]:
    found: dict[int, list[tuple[str, date]]] = {}
    for person_id, version, on in session.execute(
        sa.select(Agreement.person_id, Agreement.version, Agreement.signed_on)
        .where(Agreement.signed_on <= day)
        .order_by(Agreement.id)
    ):
        found.setdefault(person_id, []).append((version, on))
    return found


def _cards(session: Session, day: date) -> dict[int, _Card]:
    """Of each person the card, issued and not returned, that counts longest; of two, the one entered last."""
    found: dict[int, _Card] = {}
    for person_id, number, until in session.execute(
        sa.select(Card.person_id, Card.number, Card.expires_on)
        .where(Card.issued_on <= day, Card.returned_on.is_(None) | (Card.returned_on > day))
        .order_by(Card.id)
    ):
        before = found.get(person_id)
        if before is None or (until or date.max) >= (before[1] or date.max):
            found[person_id] = (number, until)
    return found
