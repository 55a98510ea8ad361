"""Drawing a rota: which weeks and suites, and what is known of the visitors."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.rules.access import Action
from icv.rules.days import Period, monday_of
from icv.services import rota as desk
from icv.store.availability import answers
from icv.store.planning import InOffice, SuiteLine, in_office, open_stretches, suites
from icv.store.rota import Rota, drafts_over, last_week_planned
from icv.web.clock import now, today
from icv.web.db import db
from icv.web.gate import needs
from icv.web.lists import number_asked
from icv.web.pages import choices, page
from icv.web.refusals import told_in
from icv.web.rota.blueprint import bp, rota_or_404
from icv.web.rota.forms import DrawForm

A_QUARTER = timedelta(weeks=13)
A_DAY = timedelta(days=1)
LONGEST_SECONDS = 20.0
"""So long a page may take; what is drawn by then is complete and keeps every rule."""


@dataclass(frozen=True, slots=True)
class Silence:
    """Visitors who have given no availability, out of how many."""

    people: list[InOffice]
    visitors: int


@bp.route("/draw", methods=["GET", "POST"])
@needs(Action.DRAW_ROTA)
def draw() -> ResponseReturnValue:
    lines = suites(db.session())
    form = DrawForm(lines, **({} if request.method == "POST" else _usual()))
    if form.validate_on_submit() and (rota_id := _drawn(form, lines)):
        return redirect(url_for("rota.show", rota_id=rota_id))
    return page("rota/draw.html", form=form, silence=_silence(_usual_period()), choices=choices())


def _usual() -> dict[str, Any]:
    """What the form holds at first: the weeks of the draft to draw again, or the next quarter."""
    again = number_asked("again")
    draft = rota_or_404(again) if again else None
    period = Period(draft.first_on, draft.last_on) if draft else _usual_period()
    open_suites = {one.suite_id for one in open_stretches(db.session(), period)}
    return {
        "first_on": period.first,
        "last_on": period.last,
        "suites": sorted(open_suites),
        "replace": draft is not None,
    }


def _usual_period() -> Period:
    """Thirteen weeks, from the Monday after the last week that is planned already."""
    last = last_week_planned(db.session())
    first = monday_of(max(today(), last) if last else today()) + timedelta(weeks=1)
    return Period(first, first + A_QUARTER - A_DAY)


def _silence(period: Period) -> Silence:
    people = in_office(db.session(), period)
    answered = answers(db.session(), [person.id for person in people])
    silent = sorted((one for one in people if one.id not in answered), key=lambda one: one.name)
    return Silence(silent, len(people))


def _drawn(form: DrawForm, lines: list[SuiteLine]) -> int | None:
    """The id of the draft; None where it was refused, which the form then says."""
    period = Period(form.first_on.data, form.last_on.data)
    in_the_way = drafts_over(db.session(), period)
    if in_the_way and not form.replace.data:
        form.replace.errors = ["There is a draft for some of these weeks already. Tick to replace it."]
        return None
    with told_in(form):
        rota_id = _draw(form, period, lines, in_the_way)
        flash("The rota is drawn. It is a draft: nobody is told before you publish it.")
        return rota_id
    return None


def _draw(form: DrawForm, period: Period, lines: list[SuiteLine], in_the_way: list[Rota]) -> int:
    by, seed = current_user.actor.account_id, form.seed.data
    kept = desk.lines_of(db.session(), in_the_way)
    asked = desk.problem_for(
        db.session(),
        period,
        seed=desk.new_seed() if seed is None else seed,
        choices=choices(),
        suites=form.suites.data,
        kept=kept,
        lines=lines,
    )
    db.session.rollback()  # drawing takes its time: let go of the database for so long
    built = desk.plan_for(asked, period, time_limit=LONGEST_SECONDS)
    rota = desk.save_built(db.session(), built, kept=kept, by=by, at=now())
    rota_id = rota.id
    for draft in in_the_way:
        desk.discard(db.session(), draft, by=by, at=now())
    db.session.commit()
    return rota_id
