"""Pages of somebody's own duties. A letter's link only shows a page: its button answers."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.rules.access import Action
from icv.rules.visits import HELD
from icv.services import duties as desk
from icv.store.duties import OwnDuty, duties_seen_by
from icv.store.sealed import SeenTime, sealed_time_seen_by
from icv.store.signing import reports_to_sign_seen_by
from icv.web.clock import now, today
from icv.web.cover.around import cover_around
from icv.web.db import db
from icv.web.duties.forms import DeclineForm
from icv.web.duties.own import coverage_of, own_duty, picture_of
from icv.web.gate import needs
from icv.web.links import full_address
from icv.web.pages import choices, page
from icv.web.refusals import told_above, told_in

bp = Blueprint("duties", __name__, url_prefix="/duties")

MOST_PAST = 20


@bp.get("/")
@needs(Action.SEE_OWN_DUTIES)
def index() -> ResponseReturnValue:
    days = choices().partner_contact_days
    duties = duties_seen_by(db.session(), current_user.actor, on=today(), contact_days=days)
    to_come = [duty for duty in duties if duty.outcome is None and duty.week_ends_on >= today()]
    coming = {duty.id for duty in to_come}
    past = [duty for duty in reversed(duties) if duty.id not in coming]
    return page(
        "duties/index.html",
        reports_due=[duty for duty in past if duty.state in HELD and not (duty.outcome or duty.filed_at)],
        to_sign=reports_to_sign_seen_by(db.session(), current_user.actor, today=today()),
        next_one=to_come[0] if to_come else None,
        time=_time(to_come[0]) if to_come else None,
        coverage=coverage_of(to_come[0].suite_id) if to_come and not to_come[0].strand else None,
        later=to_come[1:],
        cover=cover_around(),
        past=past[:MOST_PAST],
        past_in_all=len(past),
        today=today(),
        contact_days=days,
        marking=choices().records_marking,
    )


@bp.get("/<int:duty_id>")
@needs(Action.SEE_OWN_DUTIES)
def show(duty_id: int) -> ResponseReturnValue:
    duty = own_duty(duty_id)
    is_to_come = duty.outcome is None and duty.week_ends_on >= today()
    coverage = coverage_of(duty.suite_id) if is_to_come and not duty.strand else None
    return page(
        "duties/show.html",
        duty=duty,
        time=_time(duty),
        cover=cover_around(),
        coverage=coverage,
        picture=picture_of(coverage) if coverage else "",
        today=today(),
        contact_days=choices().partner_contact_days,
        marking=choices().records_marking,
    )


@bp.post("/<int:duty_id>/accept")
@needs(Action.ANSWER_DUTY)
def accept(duty_id: int) -> ResponseReturnValue:
    duty = own_duty(duty_id)
    with told_above():
        desk.accept(db.session(), duty_id, by=current_user.actor, at=now())
        db.session.commit()
        flash(f"Accepted: {duty.suite}. Agree a day and time with your partner.")
    return redirect(url_for("duties.index"))


@bp.route("/<int:duty_id>/decline", methods=["GET", "POST"])
@needs(Action.ANSWER_DUTY)
def decline(duty_id: int) -> ResponseReturnValue:
    duty, form = own_duty(duty_id), DeclineForm()
    if form.validate_on_submit():
        with told_in(form):
            reason, link = form.reason.data or "", _page_of_the_office(duty)
            desk.decline(db.session(), duty_id, reason, by=current_user.actor, at=now(), link=link)
            db.session.commit()
            flash("The coordinator knows that you cannot make this visit, and looks for somebody else.")
            return redirect(url_for("duties.index"))
    return page("duties/decline.html", duty=duty, form=form, cover=cover_around())


def _page_of_the_office(duty: OwnDuty) -> str:
    """Where the coordinator finds somebody else."""
    if duty.strand:
        return full_address("strands.visitors", strand_id=duty.visit_id)
    return full_address("rota.act_for", duty_id=duty.id)


def _time(duty: OwnDuty) -> SeenTime | None:
    return sealed_time_seen_by(db.session(), current_user.actor, duty.visit_id)
