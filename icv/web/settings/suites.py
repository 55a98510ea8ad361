"""Suites: their names, when each is open, and how often it is visited."""

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.rules.access import Action
from icv.rules.days import day_in_words
from icv.rules.visits import SuiteKind
from icv.rules.words import plural
from icv.services import suites as desk
from icv.store.scheme import teams
from icv.store.settings import last_changes
from icv.store.suites import (
    PeriodLine,
    SuiteLine,
    stamp_of_description,
    stamp_of_period,
    suites_listed,
)
from icv.web.clock import now, today
from icv.web.db import db
from icv.web.gate import needs
from icv.web.pages import page
from icv.web.refusals import told_in
from icv.web.settings.blueprint import bp
from icv.web.settings.forms import (
    AddSuiteForm,
    ChangePeriodForm,
    CloseForm,
    DescribeForm,
    OftenForm,
    OpenForm,
    SuiteForm,
)


@bp.get("/suites/")
@needs(Action.CHANGE_SETTINGS)
def suites() -> ResponseReturnValue:
    changed = last_changes(db.session(), "suite")
    return page("settings/suites.html", suites=suites_listed(db.session()), changed=changed, today=today())


def _suite(suite_id: int) -> SuiteLine:
    return next((one for one in suites_listed(db.session()) if one.id == suite_id), None) or abort(404)


def _period(suite: SuiteLine, period_id: int) -> PeriodLine:
    return next((one for one in suite.periods if one.id == period_id), None) or abort(404)


def _described(form: SuiteForm) -> desk.Description:
    return desk.Description(form.name.data, form.address.data or "", form.team_id.data or None)


def _opening(form: OftenForm) -> desk.Opening:
    closes_on = form.closes_on.data if isinstance(form, OpenForm) else None
    return desk.Opening(
        form.opens_on.data, closes_on, SuiteKind(form.kind.data), float(form.visits_a_week.data or 0)
    )


def _done(words: str) -> ResponseReturnValue:
    db.session.commit()
    flash(words)
    return redirect(url_for("settings.suites"))


@bp.route("/suites/add", methods=["GET", "POST"])
@needs(Action.CHANGE_SETTINGS)
def add_suite() -> ResponseReturnValue:
    form = AddSuiteForm(opens_on=today())
    form.offer_teams(teams(db.session()))
    if form.validate_on_submit():
        with told_in(form):
            desk.add_suite(db.session(), _described(form), _opening(form), by=current_user.actor, at=now())
            return _done(f"{form.name.data} is on record. Rotas drawn from now on plan its visits.")
    return page("settings/suite-add.html", form=form)


@bp.route("/suites/<int:suite_id>", methods=["GET", "POST"])
@needs(Action.CHANGE_SETTINGS)
def suite(suite_id: int) -> ResponseReturnValue:
    line = _suite(suite_id)
    form = DescribeForm(obj=line, seen=stamp_of_description(line))
    form.offer_teams(teams(db.session()))
    if form.validate_on_submit():
        with told_in(form):
            seen, by = form.seen.data, current_user.actor
            desk.describe_suite(db.session(), suite_id, _described(form), seen=seen, by=by, at=now())
            return _done(f"{form.name.data} is changed.")
    stands = _suite(suite_id) if form.seen.errors else None
    if stands:
        form.seen.data = stamp_of_description(stands)
    return page("settings/suite.html", form=form, stands=stands)


@bp.route("/suites/<int:suite_id>/open", methods=["GET", "POST"])
@needs(Action.CHANGE_SETTINGS)
def open_suite(suite_id: int) -> ResponseReturnValue:
    suite, form = _suite(suite_id), OpenForm(opens_on=today())
    if form.validate_on_submit():
        with told_in(form):
            desk.open_period(db.session(), suite_id, _opening(form), by=current_user.actor, at=now())
            return _done(f"{suite.name} is open from {day_in_words(form.opens_on.data)}.")
    return page("settings/period.html", form=form, suite=suite, stands=None, named="Open the suite")


@bp.route("/suites/<int:suite_id>/periods/<int:period_id>", methods=["GET", "POST"])
@needs(Action.CHANGE_SETTINGS)
def change_period(suite_id: int, period_id: int) -> ResponseReturnValue:
    suite = _suite(suite_id)
    period = _period(suite, period_id)
    begins = max(today(), period.opens_on)
    often, seen = period.visits_a_week, stamp_of_period(period)
    form = ChangePeriodForm(opens_on=begins, kind=period.kind.value, visits_a_week=often, seen=seen)
    if form.validate_on_submit():
        with told_in(form):
            seen, by = form.seen.data, current_user.actor
            desk.change_period(db.session(), suite_id, period_id, _opening(form), seen=seen, by=by, at=now())
            return _done(f"{suite.name} is changed from {day_in_words(form.opens_on.data)} on.")
    stands = _stands(form, suite_id, period_id)
    return page(
        "settings/period.html", form=form, suite=suite, stands=stands, named="Change how it is visited"
    )


@bp.route("/suites/<int:suite_id>/periods/<int:period_id>/close", methods=["GET", "POST"])
@needs(Action.CHANGE_SETTINGS)
def close_period(suite_id: int, period_id: int) -> ResponseReturnValue:
    suite = _suite(suite_id)
    period = _period(suite, period_id)
    form = CloseForm(closes_on=period.closes_on or today(), seen=stamp_of_period(period))
    if form.validate_on_submit():
        closes_on, seen, by = form.closes_on.data, form.seen.data, current_user.actor
        with told_in(form):
            left = desk.close_period(db.session(), suite_id, period_id, closes_on, seen=seen, by=by, at=now())
            return _done(f"{suite.name} closes after {day_in_words(closes_on)}.{_to_cancel(left)}")
    stands = _stands(form, suite_id, period_id)
    return page("settings/period.html", form=form, suite=suite, stands=stands, named="Close the suite")


def _to_cancel(visits: int) -> str:
    return f" {plural(visits, 'later visit')} still on a rota: cancel there." if visits else ""


def _stands(form: ChangePeriodForm | CloseForm, suite_id: int, period_id: int) -> SuiteLine | None:
    """The suite as somebody has changed it, where the form was refused for that: sent again it overrules."""
    if not form.seen.errors:
        return None
    suite = _suite(suite_id)
    form.seen.data = stamp_of_period(_period(suite, period_id))
    return suite
