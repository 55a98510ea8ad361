"""An appointment: probation with its visits and review, confirmation, terms and their renewal."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectChoice, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from icv.rules.access import Action
from icv.rules.appraisal import ReviewKind, ReviewOutcome, next_term, service_in_words
from icv.rules.days import add_months, day_in_words
from icv.rules.progress import missing
from icv.rules.records import TermFacts
from icv.rules.stages import GONE, Stage
from icv.services import people as desk
from icv.store.people import PersonRecord, progress_of, records_kept, reviews_of
from icv.store.probation import accompanied_visits
from icv.web.clock import now, today
from icv.web.db import db
from icv.web.fields import DayField
from icv.web.gate import needs
from icv.web.pages import choices, page
from icv.web.people.blueprint import bp, seen
from icv.web.people.forms import REASON
from icv.web.people.words import moved_in_words
from icv.web.readings import was_read
from icv.web.refusals import told_in

MORE_MONTHS = 3
NOTES = Length(max=4000, message="Keep the notes to 4,000 characters")


class ReviewForm(FlaskForm):
    kind = RadioField("What was it?", [InputRequired("Choose what it was")])
    held_on = DayField("Held on", [InputRequired("Enter the day it was held")])
    outcome = RadioField("The appointment is", [InputRequired("Choose what came of it")])
    notes = TextAreaField(
        "Notes",
        [Optional(), NOTES],
        description="The person may ask to read them. Always needed but to go on",
    )

    def offer(self) -> None:
        self.kind.choices = [SelectChoice(kind.value, kind.words.capitalize()) for kind in ReviewKind]
        self.outcome.choices = [SelectChoice(one.value, one.words.capitalize()) for one in ReviewOutcome]


class ConfirmForm(FlaskForm):
    on = DayField("Confirmed from", [InputRequired("Enter the day from which it is confirmed")])
    reason = TextAreaField("Note", [Optional(), REASON])


class ExtendForm(FlaskForm):
    last_day = DayField("New last day of probation", [InputRequired("Enter the new last day")])
    reason = TextAreaField("Why more time is needed", [DataRequired("Say why more time is needed"), REASON])


class RenewForm(FlaskForm):
    starts_on = DayField("First day of the new term", [InputRequired("Enter its first day")])
    ends_on = DayField("Last day of the new term", [InputRequired("Enter its last day")])


@bp.get("/<int:person_id>/appointment")
@needs(Action.SEE_PEOPLE)
def appraisal(person_id: int) -> ResponseReturnValue:
    person, session = seen(person_id), db.session()
    progress = progress_of(session, [person_id])[person_id]
    stage = progress.standing.stage_on(today())
    was_read("vetting", "person", person_id)
    return page(
        "people/appraisal.html",
        person=person,
        service=_service(person),
        is_on_probation=stage is Stage.PROBATION,
        is_gone=stage in GONE,
        missing=missing(progress, Stage.ACTIVE, choices(), today()),
        visits=accompanied_visits(session, person_id, progress.standing),
        visits_wanted=choices().probation_visits,
        reviews=reviews_of(session, person_id),
        terms=records_kept(session, person_id, TermFacts),
        today=today(),
        marking=choices().records_marking,
    )


def _service(person: PersonRecord) -> str:
    """How long they have served, up to today or to their end; empty before an appointment."""
    if person.appointed_on is None or person.appointed_on > today():
        return ""
    return service_in_words(person.appointed_on, min(person.left_on or today(), today()))


@bp.route("/<int:person_id>/appointment/review", methods=["GET", "POST"])
@needs(Action.APPRAISE)
def review(person_id: int) -> ResponseReturnValue:
    person = seen(person_id)
    progress = progress_of(db.session(), [person_id])[person_id]
    usual = ReviewKind.PROBATION if progress.is_on_probation else ReviewKind.REAPPRAISAL
    form = ReviewForm(held_on=today(), kind=usual.value)
    form.offer()
    if form.validate_on_submit():
        with told_in(form):
            desk.record_review(
                db.session(),
                person_id,
                ReviewKind(form.kind.data),
                ReviewOutcome(form.outcome.data),
                form.notes.data or "",
                held_on=form.held_on.data,
                by=current_user.actor,
                at=now(),
            )
            db.session.commit()
            flash(f"The review with {person.name} is on record.")
            return redirect(url_for("people.appraisal", person_id=person_id))
    return page("people/review.html", form=form, person=person, marking=choices().records_marking)


@bp.route("/<int:person_id>/appointment/confirm", methods=["GET", "POST"])
@needs(Action.APPRAISE)
def confirm(person_id: int) -> ResponseReturnValue:
    person, form = seen(person_id), ConfirmForm(on=today())
    if form.validate_on_submit():
        with told_in(form):
            moved = desk.confirm(
                db.session(),
                person_id,
                form.on.data,
                choices(),
                reason=form.reason.data or "",
                by=current_user.actor,
                at=now(),
            )
            db.session.commit()
            flash(moved_in_words([moved]))
            return redirect(url_for("people.appraisal", person_id=person_id))
    bars = () if form.is_submitted() else _missing(person_id)
    return page(
        "people/confirm.html", form=form, person=person, missing=bars, marking=choices().records_marking
    )


def _missing(person_id: int) -> tuple[str, ...]:
    """Before a confirmation today. It tells of vetting where the scheme asks for it: the reading is noted."""
    was_read("vetting", "person", person_id)
    return missing(progress_of(db.session(), [person_id])[person_id], Stage.ACTIVE, choices(), today())


@bp.route("/<int:person_id>/appointment/extend", methods=["GET", "POST"])
@needs(Action.APPRAISE)
def extend_probation(person_id: int) -> ResponseReturnValue:
    person = seen(person_id)
    form = ExtendForm(last_day=add_months(max(person.probation_ends_on or today(), today()), MORE_MONTHS))
    if form.validate_on_submit():
        last_day, reason = form.last_day.data, form.reason.data
        with told_in(form):
            desk.extend_probation(db.session(), person_id, last_day, reason, by=current_user.actor, at=now())
            db.session.commit()
            flash(f"The probation of {person.name} lasts until {day_in_words(last_day)}.")
            return redirect(url_for("people.appraisal", person_id=person_id))
    return page("people/extend.html", form=form, person=person, marking=choices().records_marking)


@bp.route("/<int:person_id>/appointment/renew", methods=["GET", "POST"])
@needs(Action.APPRAISE)
def renew(person_id: int) -> ResponseReturnValue:
    person, session = seen(person_id), db.session()
    ends = [term.facts.ends_on for term in records_kept(session, person_id, TermFacts) if term.facts.ends_on]
    starts_on, ends_on = next_term(max(ends, default=today()), choices().term_years)
    form = RenewForm(starts_on=starts_on, ends_on=ends_on)
    if form.validate_on_submit():
        first, last, by = form.starts_on.data, form.ends_on.data, current_user.actor
        with told_in(form):
            desk.renew_term(session, person_id, first, last, by=by, at=now())
            db.session.commit()
            flash(f"The new term of {person.name} lasts until {day_in_words(last)}.")
            return redirect(url_for("people.appraisal", person_id=person_id))
    return page(
        "people/renew.html",
        form=form,
        person=person,
        service=_service(person),
        last_ends_on=max(ends, default=None),
        reviews=reviews_of(session, person_id),
        years=choices().term_years,
        marking=choices().records_marking,
    )
