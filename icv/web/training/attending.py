"""Attendance of a session, for a roomful at once."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.rules.access import Action
from icv.rules.sittings import given_back_meanwhile, settled_meanwhile
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
from icv.web.training.forms import AttendanceForm


@bp.route("/training/<int:session_id>/attendance", methods=["GET", "POST"])
@needs(Action.RUN_TRAINING)
def attendance(session_id: int) -> ResponseReturnValue:
    line, form = session_seen(session_id), AttendanceForm()
    if form.validate_on_submit() and _is_taken(form, session_id):
        return redirect(url_for("training.show", session_id=session_id))
    booked = booked_on(db.session(), line)
    came, placed = _came(booked), {one.person_id for one in booked}
    changed = _changed(booked, form, came) if form.seen.errors else []
    others = [one for one in standing_of(line).takers if one.person_id not in placed]
    without = given_back_meanwhile(form.seen.people, placed, came) if form.seen.errors else set()
    if form.seen.errors or not form.is_submitted():
        form.seen.show(booked)
    return page(
        "training/attendance.html",
        form=form,
        line=line,
        booked=booked,
        came=came,
        changed=changed,
        without=[one for one in others if one.person_id in without],
        others=cut(others, came),
        words=words_asked(),
        may_be_settled=line.may_be_settled(now()),
        marking=choices().records_marking,
    )


def _is_taken(form: AttendanceForm, session_id: int) -> bool:
    with told_in(form):
        taken = desk.take_attendance(
            db.session(),
            session_id,
            listed=ticked("listed"),
            came=ticked("came"),
            seen=form.seen.people,
            by=current_user.actor,
            at=now(),
        )
        db.session.commit()
        flash(_taken_in_words(taken))
        return True
    return False


def _came(booked: list[BookedLine]) -> set[int]:
    """Who is ticked: as recorded, at first everybody, for most come; and as sent of those who were listed."""
    usual = {one.person_id for one in booked if one.has_attended is not False}
    if request.method == "POST":
        return ticked("came") | (usual - ticked("listed"))
    return usual


def _changed(booked: list[BookedLine], form: AttendanceForm, came: set[int]) -> list[BookedLine]:
    """Of whom somebody else has said otherwise since the page was opened."""
    now = {one.person_id: one.has_attended for one in booked}
    changed = settled_meanwhile(form.seen.people, now, came)
    return [one for one in booked if one.person_id in changed]


def _taken_in_words(taken: desk.Attendance) -> str:
    said = f"Attendance is taken: {taken.came} of {taken.booked} came."
    if taken.added:
        said += f" {plural(taken.added, 'training')} recorded."
    if taken.taken_back:
        said += f" {plural(taken.taken_back, 'training')} taken back."
    return said
