"""The end of an appointment: the last step, duties given back, and the identity card asked for."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.appraisal import EndReason
from icv.rules.records import CardFacts
from icv.rules.scheme import Choices
from icv.rules.stages import Stage
from icv.services.people.absence import take_back_after
from icv.services.people.errors import PeopleError
from icv.services.people.keeping import keep_record
from icv.services.people.moving import Move, Moved, held_for_change, move
from icv.services.people.releasing import duties_from, tell_partners
from icv.store.people import records_kept
from icv.store.trail import note


@dataclass(frozen=True, slots=True)
class Ending:
    """`on` is the first day away for good. `cards`: the day each card came back, by the record's number."""

    on: date
    reason: EndReason
    words: str = ""
    cards: Mapping[int, date] = field(default_factory=dict)


def end_appointment(
    session: Session, person_id: int, ending: Ending, choices: Choices, *, by: Actor, at: datetime
) -> Moved:
    """Sign-in and feeds end on the day, duties of weeks from then on are given back. Raises PeopleError.

    Leave and returns planned for later are taken back.
    """
    person = held_for_change(session, person_id)
    if person.appointed_on is None:
        raise PeopleError(
            f"{person.name} was never appointed. End the application by its next stage instead."
        )
    if ending.reason.needs_words and not ending.words.strip():
        raise PeopleError("Say in a few words why it ends", field="words")
    take_back_after(session, person_id, ending.on, "Left the scheme", by=by, at=at)
    given_back = duties_from(session, person_id, ending.on)
    asked = Move(Stage.LEFT, ending.on, ending.reason.told(ending.words))
    moved = move(session, person_id, asked, choices, by=by, at=at)
    session.flush()
    tell_partners(session, person, given_back, at=at)
    _take_in_cards(session, person_id, ending.cards, by=by, at=at)
    note(session, "end appointment", "person", person_id, by=by.account_id, at=at, reason=ending.reason.value)
    return moved


def _take_in_cards(
    session: Session, person_id: int, cards: Mapping[int, date], *, by: Actor, at: datetime
) -> None:
    kept = {card.id: card.facts for card in records_kept(session, person_id, CardFacts)}
    for card_id, returned_on in cards.items():
        facts = kept.get(card_id)
        if facts is None:
            raise PeopleError("This card is not on record any more. Look at the person again.")
        try:
            keep_record(
                session, person_id, replace(facts, returned_on=returned_on), record_id=card_id, by=by, at=at
            )
        except PeopleError as refusal:
            raise PeopleError(str(refusal), field=f"card-{card_id}") from None
