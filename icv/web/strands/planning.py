"""Planning a record review or dog-welfare visit, changing who makes it, and calling it off."""

from typing import TypeVar

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from wtforms import SelectChoice

from icv.rules.access import Action
from icv.rules.days import Period
from icv.rules.strands import TITLES
from icv.rules.visits import VisitKind
from icv.services import strands as desk
from icv.store.planning import in_office
from icv.store.strands import StrandVisit, strand_visit
from icv.store.suites import suite_names
from icv.web.clock import now, today
from icv.web.db import db
from icv.web.gate import needs
from icv.web.links import full_address
from icv.web.pages import choices, page
from icv.web.refusals import told_in
from icv.web.strands.forms import NOBODY, CallOffForm, DogsForm, ReviewForm, VisitorsForm
from icv.web.strands.views import bp, kind_asked

AnyForm = TypeVar("AnyForm", bound=VisitorsForm)
FORMS: dict[VisitKind, type[ReviewForm]] = {
    VisitKind.RECORD_REVIEW: ReviewForm,
    VisitKind.DOG_WELFARE: DogsForm,
}


@bp.route("/plan", methods=["GET", "POST"])
@needs(Action.RECORD_VISIT)
def plan() -> ResponseReturnValue:
    kind = kind_asked()
    form = _offering(FORMS[kind]())
    form.suite.choices = [SelectChoice(number, name) for number, name in suite_names(db.session())]
    if form.validate_on_submit():
        with told_in(form):
            asked, link = _asked(kind, form), full_address("duties.index")
            by = current_user.actor
            desk.plan(db.session(), asked, choices=choices(), by=by, at=now(), link=link)
            db.session.commit()
            flash("Planned. It stands among the duties of whoever makes it, and they report it there.")
            return redirect(url_for("strands.index", kind=kind.value))
    return page("strands/plan.html", form=form, kind=kind, named=TITLES[kind])


@bp.route("/<int:strand_id>/visitors", methods=["GET", "POST"])
@needs(Action.RECORD_VISIT)
def visitors(strand_id: int) -> ResponseReturnValue:
    visit = _seen(strand_id)
    held = (*visit.visitor_ids, NOBODY, NOBODY)
    form = _offering(VisitorsForm(visitor_1=held[0], visitor_2=held[1]))
    if form.validate_on_submit():
        act = {"choices": choices(), "by": current_user.actor, "at": now()}
        with told_in(form):
            link = full_address("duties.index")
            desk.change_visitors(db.session(), strand_id, form.visitor_ids, link=link, **act)
            db.session.commit()
            flash("Changed. Whoever is new to it is told by letter.")
            return redirect(url_for("visits.show", visit_id=strand_id))
    return page("strands/visitors.html", form=form, visit=visit, named=TITLES[visit.kind])


@bp.route("/<int:strand_id>/call-off", methods=["GET", "POST"])
@needs(Action.RECORD_VISIT)
def call_off(strand_id: int) -> ResponseReturnValue:
    visit, form = _seen(strand_id), CallOffForm()
    if form.validate_on_submit():
        with told_in(form):
            reason = form.reason.data or ""
            desk.call_off(db.session(), strand_id, reason, by=current_user.actor, at=now())
            db.session.commit()
            flash("Called off. It counts nowhere.")
            return redirect(url_for("strands.index", kind=visit.kind.value))
    return page("strands/call-off.html", form=form, visit=visit, named=TITLES[visit.kind])


def _seen(strand_id: int) -> StrandVisit:
    return strand_visit(db.session(), strand_id) or abort(404)


def _asked(kind: VisitKind, form: ReviewForm) -> desk.Plan:
    place = (form.place.data or "").strip() if isinstance(form, DogsForm) else ""
    return desk.Plan(kind, form.suite.data, form.day.data, form.visitor_ids, place)


def _offering(form: AnyForm) -> AnyForm:
    this_day = Period(today(), today())
    people = sorted(in_office(db.session(), this_day), key=lambda one: one.name)
    form.offer([(one.id, one.name) for one in people])
    return form
