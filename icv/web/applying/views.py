"""Rounds open to all, and the pages of an application: begun, answered one by one, gone on with later."""

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from icv.rules import applying
from icv.rules.refusals import Refusal
from icv.rules.words import plural_in_words
from icv.services.accounts import digest
from icv.services.recruitment import beginning as desk
from icv.services.recruitment.sending import is_acknowledged
from icv.store.recruitment.applications import application_by_link, public_round, rounds_open_to_all
from icv.web.applying.blueprint import (
    application,
    bp,
    hold,
    let_go,
    none_here,
    right_to_answer,
    token_held,
)
from icv.web.applying.forms import FindForm, PageForm, TrapForm, form_of
from icv.web.clock import now, today
from icv.web.db import db
from icv.web.gate import open_to_all
from icv.web.links import can_send_letters, full_address
from icv.web.pages import choices, page
from icv.web.refusals import refuse, told_above, told_in


@bp.get("/")
@open_to_all
def index() -> ResponseReturnValue:
    return page(
        "applying/index.html",
        rounds=rounds_open_to_all(db.session(), today()),
        office=choices().office_name,
        held=application(),
    )


@bp.route("/<int:round_id>", methods=["GET", "POST"])
@open_to_all
def begin(round_id: int) -> ResponseReturnValue:
    found = public_round(db.session(), round_id) or abort(404)
    if not found.is_open_on(today()):
        return page("applying/closed.html", round=found, today=today(), office=choices().office_name)
    form = TrapForm()
    if form.validate_on_submit():
        with told_in(form):
            token = desk.begin(db.session(), round_id, from_address=request.remote_addr or "", at=now())
            db.session.commit()
            hold(token)
            return redirect(url_for("applying.part", name=applying.pages(choices())[0].name))
    return page(
        "applying/begin.html",
        form=form,
        round=found,
        choices=choices(),
        minutes=applying.minutes(choices()),
        referees=plural_in_words(choices().references_wanted, "person", "people"),
        held=application(),
        can_send=can_send_letters(),
    )


@bp.get("/yours")
@open_to_all
def yours() -> ResponseReturnValue:
    held = application()
    if held is None:
        return none_here()
    if held.sent_at is not None:
        return page(
            "applying/sent.html",
            held=held,
            reference=applying.reference(held.id),
            may_answer=right_to_answer() is not None,
            acknowledgement=choices().acknowledgement,
            is_acknowledged=is_acknowledged(db.session(), held.id),
            can_send=can_send_letters(),
        )
    return page(
        "applying/yours.html",
        held=held,
        pages=applying.pages(choices()),
        left=applying.missing(held.answers, choices()),
        is_open=held.round.is_open_on(today()),
        bar=applying.bar(held.answers, choices()),
        can_send=can_send_letters(),
    )


@bp.route("/yours/<name>", methods=["GET", "POST"])
@open_to_all
def part(name: str) -> ResponseReturnValue:
    held = application()
    if held is None:
        return none_here()
    asked = applying.page_named(name, choices()) or abort(404)
    if held.sent_at is not None:
        return redirect(url_for("applying.yours"))
    form = form_of(asked, held.answers.get(name), choices())
    if form.validate_on_submit() and _is_saved(form, name):
        return _onward(asked)
    return page(
        "applying/part.html",
        form=form,
        asked=asked,
        held=held,
        back=_before(asked),
        most=applying.MOST,
        to_check=_to_check(),
    )


def _is_saved(form: PageForm, name: str) -> bool:
    """Whether the answers are kept and committed; otherwise the form says why not."""
    try:
        saved = desk.save(
            db.session(),
            token_held(),
            name,
            form.typed(),
            choices(),
            from_address=request.remote_addr or "",
            address_of=_address_of,
            at=now(),
        )
    except desk.Unanswered as refusal:
        db.session.rollback()
        form.tell(refusal.faults)
        return False
    except Refusal as refusal:
        refuse(form, refusal)
        return False
    db.session.commit()
    if saved.token:
        hold(saved.token)
    if saved.is_letter_new and can_send_letters():
        flash("Saved. A link to go on with this later is on its way to your e-mail address.")
    return True


def _onward(asked: applying.Page) -> ResponseReturnValue:
    """To what bars an answer, back to checking, or to the next page without an answer."""
    held = application()
    answers = held.answers if held else {}
    bar = applying.bar(answers, choices())
    if bar and bar.page == asked:
        return redirect(url_for("applying.barred"))
    onward = None if _to_check() else applying.following(asked, answers, choices())
    if onward is None:
        return redirect(url_for("applying.check"))
    return redirect(url_for("applying.part", name=onward.name))


def _before(asked: applying.Page) -> applying.Page | None:
    asked_in_order = applying.pages(choices())
    place = asked_in_order.index(asked)
    return asked_in_order[place - 1] if place else None


def _to_check() -> bool:
    """Whether the page was opened to change an answer, so that one goes back to checking."""
    return request.args.get("from") == "check"


@bp.get("/yours/not-now")
@open_to_all
def barred() -> ResponseReturnValue:
    held = application()
    bar = applying.bar(held.answers, choices()) if held and held.sent_at is None else None
    if held is None:
        return none_here()
    if bar is None:
        return redirect(url_for("applying.yours"))
    return page("applying/barred.html", bar=bar)


@bp.post("/yours/leave")
@open_to_all
def leave() -> ResponseReturnValue:
    """Forgets the draft on this device; with `act` delete, everywhere."""
    if request.form.get("act") == "delete":
        with told_above():
            desk.delete(db.session(), token_held(), at=now())
            db.session.commit()
            flash("Everything you typed is deleted.")
    else:
        flash("This device no longer knows of your application.")
    let_go()
    return redirect(url_for("applying.index"))


@bp.route("/find", methods=["GET", "POST"])
@open_to_all
def find() -> ResponseReturnValue:
    form = FindForm()
    if form.validate_on_submit():
        with told_in(form):
            desk.ask_for_link(
                db.session(),
                form.email.data,
                from_address=request.remote_addr or "",
                address_of=_address_of,
                at=now(),
            )
            db.session.commit()
            return page("applying/link-sent.html")
    return page("applying/find.html", form=form, can_send=can_send_letters(), office=choices().office_name)


@bp.route("/return/<token>", methods=["GET", "POST"])
@open_to_all
def come_back(token: str) -> ResponseReturnValue:
    """A GET lets nobody in: mail scanners look at every link."""
    held = application_by_link(db.session(), digest(token), at=now())
    if held is None:
        return page("applying/link-over.html", status=404)
    if request.method == "POST":
        with told_above():
            desk.open_link(db.session(), token, at=now())
            db.session.commit()
            hold(token)
        return redirect(url_for("applying.yours"))
    return page("applying/come-back.html", held=held)


def _address_of(token: str) -> str:
    return full_address("applying.come_back", token=token)
