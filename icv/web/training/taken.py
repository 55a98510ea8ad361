"""Training taken elsewhere, recorded for several people at once."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.rules.access import Action
from icv.rules.words import plural
from icv.services import training as desk
from icv.store.courses import courses_offered
from icv.store.training import people_here
from icv.web.clock import now, today
from icv.web.db import db
from icv.web.gate import needs
from icv.web.lists import number_asked, ticked
from icv.web.pages import choices, page
from icv.web.refusals import told_in
from icv.web.training.blueprint import bp, cut, words_asked
from icv.web.training.forms import TakenForm


@bp.route("/training/record", methods=["GET", "POST"])
@needs(Action.RUN_TRAINING)
def record() -> ResponseReturnValue:
    form, chosen = TakenForm(course_id=number_asked("course"), trained_on=today()), ticked("person")
    form.offer(courses_offered(db.session()))
    if form.validate_on_submit() and _is_recorded(form, chosen):
        return redirect(url_for("training.due"))
    people = people_here(db.session(), today())
    return page(
        "training/record.html",
        form=form,
        chosen=chosen,
        people=cut(people, chosen),
        words=words_asked(),
        marking=choices().records_marking,
    )


def _is_recorded(form: TakenForm, chosen: set[int]) -> bool:
    with told_in(form):
        recorded = desk.record_taken(
            db.session(),
            chosen,
            form.course_id.data,
            form.trained_on.data,
            form.expires_on.data,
            by=current_user.actor,
            at=now(),
        )
        db.session.commit()
        flash(_recorded_in_words(recorded))
        return True
    return False


def _recorded_in_words(recorded: desk.Recorded) -> str:
    known = f" {recorded.known} had it on record for that day already." if recorded.known else ""
    return f"Recorded for {plural(recorded.added, 'person', 'people')}.{known}"
