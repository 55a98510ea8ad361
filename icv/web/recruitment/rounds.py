"""Recruitment rounds: the list, one with its funnel, and planning, changing, closing and opening one."""

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.papers.pictures import funnel_bars
from icv.rules.access import Action
from icv.rules.funnel import funnel
from icv.rules.rounds import RoundState
from icv.services import recruitment as desk
from icv.store import recruitment
from icv.store.recruitment import RoundLine, rounds_listed
from icv.web.clock import now, today
from icv.web.db import db
from icv.web.gate import needs
from icv.web.links import full_address
from icv.web.pages import choices, page
from icv.web.readings import was_read
from icv.web.recruitment.blueprint import bp
from icv.web.recruitment.forms import CloseForm, OpenForm, RoundForm
from icv.web.refusals import told_in


@bp.get("/rounds/")
@needs(Action.RUN_ROUNDS)
def index() -> ResponseReturnValue:
    order = list(RoundState)
    lines = sorted(rounds_listed(db.session(), today()), key=lambda line: order.index(line.state))
    return page("recruitment/index.html", lines=lines)


@bp.get("/rounds/<int:round_id>")
@needs(Action.RUN_ROUNDS)
def show(round_id: int) -> ResponseReturnValue:
    shown, before = _round_and_before(round_id)
    session, both = db.session(), [line.id for line in (shown, before) if line]
    applicants = recruitment.applicants_of(session, both, today())
    found = funnel([one.way for one in applicants[round_id]])
    was_read("vetting", "people", None)  # why somebody was lost may say so
    return page(
        "recruitment/show.html",
        shown=shown,
        before=before,
        funnel=found,
        funnel_before=funnel([one.way for one in applicants[before.id]]) if before else None,
        picture=funnel_bars([(line.title, line.reached, line.median_days) for line in found.lines]),
        applicants=applicants[round_id],
        cohort=recruitment.cohort_on(session, round_id, today()),
        online=recruitment.online_applications(session, round_id),
        welcome=recruitment.welcome_of(session, round_id),
        address=full_address("applying.begin", round_id=round_id),
        marking=choices().records_marking,
    )


def _round_and_before(round_id: int) -> tuple[RoundLine, RoundLine | None]:
    listed = rounds_listed(db.session(), today())
    shown = next((line for line in listed if line.id == round_id), None) or abort(404)
    return shown, recruitment.round_before(listed, round_id)


@bp.route("/rounds/add", methods=["GET", "POST"])
@needs(Action.RUN_ROUNDS)
def add() -> ResponseReturnValue:
    form = RoundForm(opened_on=today())
    if form.validate_on_submit():
        with told_in(form):
            round_id = desk.add_round(db.session(), form.plan(), by=current_user.actor, at=now())
            return _done(round_id, f"The round “{form.name.data.strip()}” is on record.")
    return page("recruitment/add.html", form=form)


@bp.route("/rounds/<int:round_id>/change", methods=["GET", "POST"])
@needs(Action.RUN_ROUNDS)
def change(round_id: int) -> ResponseReturnValue:
    shown, _ = _round_and_before(round_id)
    form = RoundForm(obj=shown, welcome=recruitment.welcome_of(db.session(), round_id))
    if form.validate_on_submit():
        with told_in(form):
            desk.change_round(db.session(), round_id, form.plan(), by=current_user.actor, at=now())
            return _done(round_id, f"The round “{form.name.data.strip()}” is changed.")
    return page("recruitment/change.html", form=form, shown=shown)


@bp.route("/rounds/<int:round_id>/close", methods=["GET", "POST"])
@needs(Action.RUN_ROUNDS)
def close(round_id: int) -> ResponseReturnValue:
    shown, _ = _round_and_before(round_id)
    form = CloseForm()
    if form.validate_on_submit():
        with told_in(form):
            desk.close_round(db.session(), round_id, by=current_user.actor, at=now())
            return _done(round_id, f"{shown.name} is closed. Decide about those who applied on the board.")
    online = recruitment.online_applications(db.session(), round_id)
    return page("recruitment/close.html", form=form, shown=shown, online=online)


@bp.route("/rounds/<int:round_id>/open", methods=["GET", "POST"])
@needs(Action.RUN_ROUNDS)
def reopen(round_id: int) -> ResponseReturnValue:
    shown, _ = _round_and_before(round_id)
    form = OpenForm()
    if form.validate_on_submit():
        with told_in(form):
            last_on = form.last_on.data
            desk.open_round(db.session(), round_id, last_on, by=current_user.actor, at=now())
            return _done(round_id, f"{shown.name} is open.")
    return page("recruitment/open.html", form=form, shown=shown)


def _done(round_id: int, words: str) -> ResponseReturnValue:
    db.session.commit()
    flash(words)
    return redirect(url_for("recruitment.show", round_id=round_id))
