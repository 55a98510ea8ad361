"""The end of an appointment: its day and reason, the cards, and what it brings with it."""

from datetime import date
from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectChoice, TextAreaField
from wtforms.validators import InputRequired, Optional

from icv.rules.access import Action
from icv.rules.appraisal import EndReason
from icv.rules.records import CardFacts
from icv.services import people as desk
from icv.store.people import Kept, absence, records_kept, timeline
from icv.store.visiting import duties_still_held
from icv.web.clock import now, today
from icv.web.db import db
from icv.web.fields import DayField
from icv.web.gate import needs
from icv.web.pages import choices, page
from icv.web.people.blueprint import bp, seen
from icv.web.people.forms import REASON
from icv.web.people.words import moved_in_words
from icv.web.refusals import told_in


class EndForm(FlaskForm):
    """With a day for each card that has not come back, `card-<number of the record>`."""

    on = DayField("First day away for good", [InputRequired("Enter the first day away")])
    reason = RadioField(
        "Why does it end?",
        [InputRequired("Choose why it ends")],
        choices=[SelectChoice(reason.value, reason.heading) for reason in EndReason],
    )
    words = TextAreaField(
        "In a few words",
        [Optional(), REASON],
        description="Kept with the reason. Needed for a removal and for “other”",
    )

    def cards(self) -> dict[int, date]:
        """Of the cards that came back, the day."""
        return {
            int(name.removeprefix("card-")): field.data
            for name, field in self._fields.items()
            if name.startswith("card-") and field.data
        }


def _form(cards: list[Kept[CardFacts]], **supposed: Any) -> EndForm:
    """Each card is asked about by its number."""
    fields = {
        f"card-{card.id}": DayField(
            f"Card {card.facts.number} came back on", description="Leave empty if it is still out"
        )
        for card in cards
    }
    form: EndForm = type("EndFormWithCards", (EndForm,), fields)(**supposed)
    return form


@bp.route("/<int:person_id>/end", methods=["GET", "POST"])
@needs(Action.MOVE_STAGE)
def end(person_id: int) -> ResponseReturnValue:
    person, session = seen(person_id), db.session()
    cards = [card for card in records_kept(session, person_id, CardFacts) if card.facts.returned_on is None]
    form = _form(cards, on=today())
    if form.validate_on_submit():
        ending = desk.Ending(form.on.data, EndReason(form.reason.data), form.words.data or "", form.cards())
        with told_in(form):
            moved = desk.end_appointment(
                session, person_id, ending, choices(), by=current_user.actor, at=now()
            )
            db.session.commit()
            flash(moved_in_words([moved]))
            return redirect(url_for("people.show", person_id=person_id))
    return page(
        "people/end.html",
        form=form,
        person=person,
        held=duties_still_held(session, person_id, today()),
        away=absence(timeline(session, person_id), today()),
        today=today(),
        marking=choices().records_marking,
    )
