"""Sessions of training: the list, one session, adding, changing and cancelling."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.rules.access import Action
from icv.rules.words import plural
from icv.services import training as desk
from icv.store import training
from icv.store.courses import courses_offered
from icv.store.training.sessions import PAGE
from icv.web.clock import now
from icv.web.db import db
from icv.web.gate import needs
from icv.web.lists import number_asked, pages_of
from icv.web.pages import choices, page
from icv.web.refusals import told_in
from icv.web.training.blueprint import bp, session_seen
from icv.web.training.forms import CancelForm, SessionForm, as_typed


@bp.get("/training/")
@needs(Action.RUN_TRAINING)
def index() -> ResponseReturnValue:
    session = db.session()
    number, last = pages_of(training.how_many_over(session), PAGE)
    opened = training.sessions_open(session)
    return page(
        "training/index.html",
        courses=courses_offered(session),
        waiting=[one for one in opened if one.starts_at <= now()],
        coming=[one for one in opened if one.starts_at > now()],
        over=training.sessions_over(session, number),
        number=number,
        last=last,
    )


@bp.route("/training/add", methods=["GET", "POST"])
@needs(Action.RUN_TRAINING)
def add() -> ResponseReturnValue:
    form = SessionForm(course_id=number_asked("course"))
    form.offer(courses_offered(db.session()))
    if form.validate_on_submit():
        with told_in(form):
            session_id = desk.add_session(db.session(), form.facts(), by=current_user.actor, at=now())
            db.session.commit()
            flash("The session is on record. Book people on it next.")
            return redirect(url_for("training.show", session_id=session_id))
    return page("training/session.html", form=form, line=None)


@bp.get("/training/<int:session_id>")
@needs(Action.RUN_TRAINING)
def show(session_id: int) -> ResponseReturnValue:
    line = session_seen(session_id)
    booked = training.booked_on(db.session(), line)
    return page(
        "training/show.html",
        line=line,
        booked=booked,
        may_be_settled=line.may_be_settled(now()),
        is_over=line.starts_at <= now(),
        marking=choices().records_marking,
    )


@bp.route("/training/<int:session_id>/change", methods=["GET", "POST"])
@needs(Action.RUN_TRAINING)
def change(session_id: int) -> ResponseReturnValue:
    line = session_seen(session_id)
    form = SessionForm(**as_typed(line))
    form.offer(courses_offered(db.session()), own=(line.course_id, line.course))
    if form.validate_on_submit():
        with told_in(form):
            told = desk.change_session(
                db.session(), session_id, form.facts(), by=current_user.actor, at=now()
            )
            db.session.commit()
            flash(f"The session is changed.{_told(told)}")
            return redirect(url_for("training.show", session_id=session_id))
    return page("training/session.html", form=form, line=line)


@bp.route("/training/<int:session_id>/cancel", methods=["GET", "POST"])
@needs(Action.RUN_TRAINING)
def cancel(session_id: int) -> ResponseReturnValue:
    line, form = session_seen(session_id), CancelForm()
    if form.validate_on_submit():
        with told_in(form):
            told = desk.cancel_session(
                db.session(), session_id, form.reason.data, by=current_user.actor, at=now()
            )
            db.session.commit()
            flash(f"The session is cancelled.{_told(told)}")
            return redirect(url_for("training.show", session_id=session_id))
    return page("training/cancel.html", form=form, line=line)


def _told(number: int) -> str:
    return f" {plural(number, 'person', 'people')} with a place will be told by letter." if number else ""
