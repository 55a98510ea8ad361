"""A published rota put right after a drop-out: the smallest change is shown, and only the button makes it."""

import re
from datetime import date

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf import FlaskForm

from icv.rules.access import Action
from icv.rules.days import Period
from icv.rules.words import plural
from icv.services.rota.moving import hold_for_moves, make_moves
from icv.services.rota.proving import rebuild_to_proof
from icv.services.rota.rebuilding import Answer, DropOut, Move, Question, confirmed, question_of, suggested
from icv.services.rota.rebuilt import shown
from icv.store.rota import Rota, RotaState
from icv.web.clock import now, today
from icv.web.db import db
from icv.web.gate import needs
from icv.web.links import can_send_letters, full_address
from icv.web.lists import number_asked
from icv.web.pages import choices, page
from icv.web.refusals import told_in
from icv.web.rota.blueprint import bp, rota_or_404
from icv.web.rota.forms import DropOutForm, MovesForm

SECONDS_TO_PROVE = 10.0
WRITTEN = re.compile(r"(\d{1,9})-([12])-(\d{1,9})-(\d{1,9})", re.ASCII)
"""A move as the form carries it: visit, place, from whom and to whom, 0 being nobody."""


@bp.get("/<int:rota_id>/rebuild")
@needs(Action.CHANGE_ROTA)
def rebuild(rota_id: int) -> ResponseReturnValue:
    rota, dropped = _published_or_404(rota_id), _dropped()
    question = question_of(db.session(), rota, choices(), dropped, today=today())
    if "prove" in request.args:
        db.session.rollback()  # nothing is held while the planner is at work
        answer = confirmed(question, rebuild_to_proof(question.asked, time_limit=SECONDS_TO_PROVE))
    else:
        answer = suggested(question)
    return _page(rota_id, question, answer, asking=_asking(question, dropped))


@bp.post("/<int:rota_id>/rebuild/for")
@needs(Action.CHANGE_ROTA)
def rebuild_for(rota_id: int) -> ResponseReturnValue:
    """On to the same question with somebody who cannot come."""
    rota = _published_or_404(rota_id)
    question = question_of(db.session(), rota, choices(), None, today=today())
    form = DropOutForm(_on_rota(question))
    if form.validate_on_submit():
        days = {name: form[name].data.isoformat() for name in ("first_on", "last_on")}
        return redirect(url_for("rota.rebuild", rota_id=rota_id, person=form.person.data, **days))
    return _page(rota_id, question, suggested(question), asking=form, sent=form)


@bp.post("/<int:rota_id>/rebuild")
@needs(Action.CHANGE_ROTA)
def make_rebuild(rota_id: int) -> ResponseReturnValue:
    rota, form, dropped = _published_or_404(rota_id), MovesForm(), _dropped()
    moves = _read(form.moves.data or "")
    hold_for_moves(db.session(), rota, moves)
    question = question_of(db.session(), rota, choices(), dropped, today=today())
    if form.validate_on_submit() and _is_made(rota, question, moves, form):
        return redirect(url_for("rota.show", rota_id=rota_id))
    return _page(rota_id, question, suggested(question), asking=_asking(question, dropped), sent=form)


def _is_made(rota: Rota, question: Question, moves: tuple[Move, ...], form: MovesForm) -> bool:
    with told_in(form):
        told = make_moves(
            db.session(),
            rota,
            question,
            moves,
            seal=form.seal.data or "",
            link=full_address("duties.index"),
            by=current_user.actor.account_id,
            at=now(),
        )
        db.session.commit()
        who = plural(told, "person", "people")
        told_so = f"{who} will be told." if can_send_letters() else f"Tell {who} yourself."
        flash(f"The rota is changed. {told_so}")
        return True
    return False


def _page(
    rota_id: int, question: Question, answer: Answer, *, asking: FlaskForm, sent: FlaskForm | None = None
) -> ResponseReturnValue:
    """`sent` is the form that was refused."""
    moves = ",".join(f"{one.visit_id}-{one.place}-{one.before or 0}-{one.after or 0}" for one in answer.moves)
    form = sent if isinstance(sent, MovesForm) else MovesForm(formdata=None)
    form.seal.data, form.moves.data = question.seal, moves
    return page(
        "rota/rebuild.html",
        form=sent or form,
        moves_form=form,
        asking=asking,
        rota=rota_or_404(rota_id),
        found=shown(question, answer),
        asked=_in_address(_dropped()),
        has_post=can_send_letters(),
        marking=choices().records_marking,
    )


def _published_or_404(rota_id: int) -> Rota:
    rota = rota_or_404(rota_id)
    if rota.state is not RotaState.PUBLISHED:
        abort(404)
    return rota


def _dropped() -> DropOut | None:
    """As the address has it; None where it has nobody, or no such days."""
    person_id = number_asked("person")
    try:
        first, last = (date.fromisoformat(request.args.get(name, "")) for name in ("first_on", "last_on"))
    except ValueError:
        return None
    return DropOut(person_id, Period(first, last)) if person_id and first <= last else None


def _in_address(dropped: DropOut | None) -> dict[str, str | int]:
    if dropped is None:
        return {}
    first, last = dropped.days.first.isoformat(), dropped.days.last.isoformat()
    return {"person": dropped.person_id, "first_on": first, "last_on": last}


def _on_rota(question: Question) -> list[tuple[int, str]]:
    """Whoever has a visit to come, by name."""
    held = {who for seats in question.board.seats for who in seats.visitors if who is not None}
    return sorted(((who, question.board.asked.people[who].name) for who in held), key=lambda one: one[1])


def _asking(question: Question, dropped: DropOut | None) -> DropOutForm:
    last = max((seats.week_ends_on for seats in question.board.seats), default=today())
    return DropOutForm(
        _on_rota(question),
        formdata=None,
        person=dropped.person_id if dropped else None,
        first_on=dropped.days.first if dropped else today(),
        last_on=dropped.days.last if dropped else last,
    )


def _read(written: str) -> tuple[Move, ...]:
    """Empty where somebody wrote them otherwise than the page does."""
    found = [WRITTEN.fullmatch(one) for one in written.split(",")]
    numbers = [[int(part) for part in one.groups()] for one in found if one]
    if len(numbers) < len(found):
        return ()
    return tuple(Move(visit, place, before or None, after or None) for visit, place, before, after in numbers)
