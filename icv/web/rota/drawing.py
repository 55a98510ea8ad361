"""Drawing a rota: which weeks and suites, and what is known of the visitors."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.rules.access import Action
from icv.rules.days import Period, monday_of
from icv.rules.drawing import AT_WORK, DrawState
from icv.services import rota as desk
from icv.services.rota.background import STOOD_STILL
from icv.store.availability import answers
from icv.store.drawing import DrawLine, draw_at_work, draw_line
from icv.store.planning import InOffice, in_office, open_stretches, suites
from icv.store.rota import last_week_planned, side_by_side
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
LOOK_AGAIN_SECONDS = 3
TAKEN_UP_WITHIN = timedelta(seconds=40)
"""The worker looks every quarter of a minute: after that it is not there."""
DRAWN = {
    DrawState.DONE: "The rota is drawn. It is a draft: nobody is told before you publish it.",
    DrawState.STOPPED: "Stopped. This is the best rota found until then, a draft: nobody is told of it.",
}


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
    if form.validate_on_submit() and (draw_id := _asked(form)):
        return redirect(url_for("rota.drawing", draw_id=draw_id))
    return page(
        "rota/draw.html",
        form=form,
        silence=_silence(_usual_period()),
        choices=choices(),
        at_work=draw_at_work(db.session()),
    )


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


def _asked(form: DrawForm) -> int | None:
    """The id of the drawing; None where it was refused, which the form then says."""
    with told_in(form):
        draw_id = desk.ask_to_draw(
            db.session(),
            Period(form.first_on.data, form.last_on.data),
            seed=desk.new_seed() if form.seed.data is None else form.seed.data,
            suites=form.suites.data,
            replaces=bool(form.replace.data),
            by=current_user.actor.account_id,
            at=now(),
        )
        db.session.commit()
        return draw_id
    return None


@bp.get("/drawing/<int:draw_id>")
@needs(Action.DRAW_ROTA)
def drawing(draw_id: int) -> ResponseReturnValue:
    """How far it is. The page asks again by itself, without a script too, until there is a draft."""
    line = draw_line(db.session(), draw_id) or abort(404)
    if line.rota_id is not None:
        flash(DRAWN[line.state])
        return redirect(_page_of(line.rota_id))
    answer = page("rota/drawing.html", line=line, is_at_work=line.state in AT_WORK, **_times(line))
    if line.state in AT_WORK:
        answer.headers["Refresh"] = str(LOOK_AGAIN_SECONDS)
    return answer


def _page_of(rota_id: int) -> str:
    """The new draft beside the one it was drawn again for; by itself where there is none."""
    earlier = [one for one, later in side_by_side(db.session()) if later == rota_id]
    if earlier:
        return url_for("rota.beside", rota_id=rota_id, other_id=earlier[-1])
    return url_for("rota.show", rota_id=rota_id)


@bp.post("/drawing/<int:draw_id>/stop")
@needs(Action.DRAW_ROTA)
def stop_drawing(draw_id: int) -> ResponseReturnValue:
    desk.stop(db.session(), draw_id, by=current_user.actor.account_id, at=now())
    db.session.commit()
    return redirect(url_for("rota.drawing", draw_id=draw_id))


def _times(line: DrawLine) -> dict[str, Any]:
    """Seconds left at most, None before it began; and whether nobody has been at it for a while."""
    longest = timedelta(minutes=choices().draw_minutes)
    left = line.began_at + longest - now() if line.began_at else None
    return {
        "seconds_left": max(0, round(left.total_seconds())) if left is not None else None,
        "is_forgotten": line.began_at is None and now() - line.asked_at > TAKEN_UP_WITHIN,
        "stands_still": line.seen_at is not None and now() - line.seen_at > STOOD_STILL,
    }
