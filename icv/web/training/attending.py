"""Attendance of a session, for a roomful at once."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf import FlaskForm

from icv.rules.access import Action
from icv.rules.words import plural
from icv.services import training as desk
from icv.store.training import BookedLine, booked_on
from icv.web.clock import now
from icv.web.db import db
from icv.web.gate import needs
from icv.web.lists import ticked
from icv.web.pages import choices, page
from icv.web.refusals import told_in
from icv.web.training.blueprint import bp, cut, session_seen, words_asked
from icv.web.training.booking import standing_of


@bp.route("/training/<int:session_id>/attendance", methods=["GET", "POST"])
@needs(Action.RUN_TRAINING)
def attendance(session_id: int) -> ResponseReturnValue:
    line, form = session_seen(session_id), FlaskForm()
    if form.validate_on_submit():
        with told_in(form):
            taken = desk.take_attendance(
                db.session(),
                session_id,
                listed=ticked("listed"),
                came=ticked("came"),
                by=current_user.actor,
                at=now(),
            )
            db.session.commit()
            flash(_taken_in_words(taken))
            return redirect(url_for("training.show", session_id=session_id))
    booked = booked_on(db.session(), line)
    came, placed = _came(booked), {one.person_id for one in booked}
    return page(
        "training/attendance.html",
        form=form,
        line=line,
        booked=booked,
        came=came,
        others=cut([one for one in standing_of(line).takers if one.person_id not in placed], came),
        words=words_asked(),
        may_be_settled=line.may_be_settled(now()),
        marking=choices().records_marking,
    )


def _came(booked: list[BookedLine]) -> set[int]:
    """Who is ticked: as sent; else as recorded; at first everybody, for most come."""
    if request.method == "POST":
        return ticked("came")
    return {one.person_id for one in booked if one.has_attended is not False}


def _taken_in_words(taken: desk.Attendance) -> str:
    said = f"Attendance is taken: {taken.came} of {taken.booked} came."
    if taken.added:
        said += f" {plural(taken.added, 'training')} recorded."
    if taken.taken_back:
        said += f" {plural(taken.taken_back, 'training')} taken back."
    return said
