"""Places on a session: book several people, give one back."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf import FlaskForm

from icv.rules.access import Action
from icv.rules.words import plural
from icv.services import training as desk
from icv.store.courses import courses
from icv.store.training import CourseStanding, SessionLine, booked_on, course_standings
from icv.web.clock import now, today
from icv.web.db import db
from icv.web.gate import needs
from icv.web.lists import ticked
from icv.web.pages import choices, page
from icv.web.refusals import told_above, told_in
from icv.web.training.blueprint import bp, cut, session_seen, words_asked


def standing_of(line: SessionLine) -> CourseStanding:
    """Everybody against the course of the session, on its day's eve."""
    of_session = [one for one in courses(db.session()) if one.id == line.course_id]
    return course_standings(db.session(), of_session, now(), today(), choices().expiry_warning_days)[0]


@bp.route("/training/<int:session_id>/book", methods=["GET", "POST"])
@needs(Action.RUN_TRAINING)
def book(session_id: int) -> ResponseReturnValue:
    line, form, chosen = session_seen(session_id), FlaskForm(), ticked("person")
    if form.validate_on_submit():
        with told_in(form):
            number = desk.book(db.session(), session_id, chosen, by=current_user.actor, at=now())
            db.session.commit()
            flash(f"{plural(number, 'person', 'people')} booked. Each is told by letter.")
            return redirect(url_for("training.show", session_id=session_id))
    standing = standing_of(line)
    placed = {one.person_id for one in booked_on(db.session(), line)}
    return page(
        "training/book.html",
        form=form,
        line=line,
        chosen=chosen,
        needing=cut([one for one in standing.needing if one.person_id not in placed], chosen),
        others=cut([one for one in standing.others if one.person_id not in placed], chosen),
        words=words_asked(),
        marking=choices().records_marking,
    )


@bp.post("/training/<int:session_id>/unbook/<int:person_id>")
@needs(Action.RUN_TRAINING)
def unbook(session_id: int, person_id: int) -> ResponseReturnValue:
    session_seen(session_id)
    with told_above():
        name = desk.unbook(db.session(), session_id, person_id, by=current_user.actor, at=now())
        db.session.commit()
        flash(f"{name} no longer has a place.")
    return redirect(url_for("training.show", session_id=session_id))
