"""Moving one person: the next stage, the appointment, and taking back a wrong step."""

from datetime import date

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.rules.access import Action
from icv.rules.records import CardFacts
from icv.rules.stages import Stage
from icv.services import people as desk
from icv.store.people import PersonRecord, progress_of, records_kept, timeline
from icv.web.clock import now, today
from icv.web.db import db
from icv.web.gate import needs
from icv.web.pages import choices, page
from icv.web.people.blueprint import bp, seen
from icv.web.people.forms import AppointForm, CorrectForm, StageForm, stages_after
from icv.web.people.requiring import Lack, lacks_before
from icv.web.people.words import moved_in_words
from icv.web.readings import was_read
from icv.web.refusals import told_in


@bp.route("/<int:person_id>/stage", methods=["GET", "POST"])
@needs(Action.MOVE_STAGE)
def stage(person_id: int) -> ResponseReturnValue:
    person = seen(person_id)
    last = next(iter(timeline(db.session(), person_id)), None)
    at_stage = last.stage if last else Stage.APPLIED
    form = StageForm(on=today())
    form.offer(stages_after(at_stage))
    if form.validate_on_submit():
        if form.to.data == Stage.PROBATION and person.appointed_on is None:
            return _ask_for_appointment(person, form)
        asked = desk.Move(Stage(form.to.data), form.on.data, form.reason.data or "")
        if moved := _moved(person, asked, form):
            return moved
    return page(
        "people/stage.html",
        form=form,
        person=person,
        last=last,
        today=today(),
        lacks=_lacks(person, stages_after(at_stage), form.on.data or today()),
        marking=choices().records_marking,
    )


def _lacks(person: PersonRecord, stages: list[Stage], day: date) -> dict[Stage, list[Lack]]:
    """What is missing before each stage on the day; it tells of vetting, so reading it is noted."""
    was_read("vetting", "person", person.id)
    progress = progress_of(db.session(), [person.id])[person.id]
    return lacks_before(progress, stages, choices(), day, person.id)


def _ask_for_appointment(person: PersonRecord, form: StageForm) -> ResponseReturnValue:
    """The page of the appointment, with what was typed before it and the scheme's usual ends."""
    probation, term = desk.usual_ends(form.on.data, choices())
    asked = AppointForm(
        formdata=None,
        on=form.on.data,
        reason=form.reason.data,
        probation_ends_on=probation,
        term_ends_on=term,
    )
    answer = _appointment_page(person, asked)
    db.session.rollback()  # nothing was changed: let go of the database, so that the reading can be noted
    return answer


@bp.route("/<int:person_id>/appoint", methods=["GET", "POST"])
@needs(Action.MOVE_STAGE)
def appoint(person_id: int) -> ResponseReturnValue:
    person = seen(person_id)
    probation, term = desk.usual_ends(today(), choices())
    form = AppointForm(on=today(), probation_ends_on=probation, term_ends_on=term)
    if form.validate_on_submit():
        asked = desk.Move(
            Stage.PROBATION,
            form.on.data,
            form.reason.data or "",
            form.probation_ends_on.data,
            form.term_ends_on.data,
        )
        if moved := _moved(person, asked, form):
            return moved
    return _appointment_page(person, form)


def _appointment_page(person: PersonRecord, form: AppointForm) -> ResponseReturnValue:
    lacks = _lacks(person, [Stage.PROBATION], form.on.data or today())
    return page(
        "people/appoint.html",
        form=form,
        person=person,
        lacks=lacks.get(Stage.PROBATION, []),
        marking=choices().records_marking,
    )


def _moved(
    person: PersonRecord, asked: desk.Move, form: StageForm | AppointForm
) -> ResponseReturnValue | None:
    """Back to the person once moved; None where it was refused, said in the form."""
    with told_in(form):
        moved = desk.move(db.session(), person.id, asked, choices(), by=current_user.actor, at=now())
        db.session.commit()
        flash(moved_in_words([moved]))
        return redirect(url_for("people.show", person_id=person.id))
    return None


_CARD_STAYS = "Card {} is still on record as having come back: if they have it again, change that too."


def _card_given_back(person: PersonRecord) -> str | None:
    """The card that came back last, of somebody who has none now: the end corrected may have had it."""
    cards = [kept.facts for kept in records_kept(db.session(), person.id, CardFacts)]
    back = [(facts.returned_on, facts.number) for facts in cards if facts.returned_on]
    return max(back)[1] if back and len(back) == len(cards) else None


@bp.route("/<int:person_id>/correct", methods=["GET", "POST"])
@needs(Action.MOVE_STAGE)
def correct(person_id: int) -> ResponseReturnValue:
    person = seen(person_id)
    standing = [step for step in timeline(db.session(), person_id) if not (step.corrects or step.is_undone)]
    form = CorrectForm(step_id=standing[0].id if standing else 0)
    if form.validate_on_submit():
        with told_in(form):
            back_at = desk.correct_last_step(
                db.session(),
                person_id,
                form.reason.data,
                seen_step_id=form.step_id.data or 0,
                by=current_user.actor,
                at=now(),
            )
            db.session.commit()
            flash(f"The step is corrected: {person.name} is at the stage “{back_at.words}” again.")
            if person.left_on and (number := _card_given_back(person)):
                flash(_CARD_STAYS.format(number), "warning")
            return redirect(url_for("people.show", person_id=person_id))
    return page(
        "people/correct.html", form=form, person=person, steps=standing, marking=choices().records_marking
    )
