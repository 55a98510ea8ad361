"""What is kept for clearance: vetting, training, terms, agreements and cards; and conflicts."""

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.rules.access import Action
from icv.rules.records import Facts
from icv.services import people as desk
from icv.store.courses import courses_offered
from icv.store.people import names_on_record, records_kept
from icv.store.suites import suite_names
from icv.store.vetting import levels_on_record
from icv.web.clock import now, today
from icv.web.db import db
from icv.web.gate import needs
from icv.web.pages import choices, page
from icv.web.people.blueprint import bp, seen
from icv.web.people.records import KINDS, ConflictForm, RecordForm
from icv.web.readings import was_read
from icv.web.refusals import told_in

ANY_KIND = f"<any({','.join(KINDS)}):kind>"


@bp.route(f"/<int:person_id>/{ANY_KIND}/add", methods=["GET", "POST"])
@needs(Action.CHANGE_PERSON)
def add_record(person_id: int, kind: str) -> ResponseReturnValue:
    return _keep(person_id, kind, None, KINDS[kind].form())


@bp.route(f"/<int:person_id>/{ANY_KIND}/<int:record_id>", methods=["GET", "POST"])
@needs(Action.CHANGE_PERSON)
def change_record(person_id: int, kind: str, record_id: int) -> ResponseReturnValue:
    facts = facts_or_404(person_id, kind, record_id)
    if kind == "vetting":
        was_read("vetting", "person", person_id)
    return _keep(person_id, kind, record_id, KINDS[kind].form(obj=facts))


def facts_or_404(person_id: int, kind: str, record_id: int) -> Facts:
    kept = records_kept(db.session(), person_id, KINDS[kind].facts)
    return next((record.facts for record in kept if record.id == record_id), None) or abort(404)


def _keep(person_id: int, kind: str, record_id: int | None, form: RecordForm) -> ResponseReturnValue:
    person, title = seen(person_id), KINDS[kind].title
    if form.validate_on_submit():
        facts = form.facts(KINDS[kind].facts)
        with told_in(form):
            desk.keep_record(
                db.session(), person_id, facts, record_id=record_id, by=current_user.actor, at=now()
            )
            db.session.commit()
            flash(f"{title} is {'changed' if record_id else 'recorded'} for {person.name}.")
            return redirect(url_for("people.show", person_id=person_id))
    named = title if record_id is None else f"Change: {title.lower()}"
    return page(
        "people/record.html",
        form=form,
        person=person,
        named=named,
        kind=kind,
        record_id=record_id,
        levels=levels_on_record(db.session()) if kind == "vetting" else [],
        courses=courses_offered(db.session()) if kind == "training" else [],
        marking=choices().records_marking,
    )


@bp.route("/<int:person_id>/conflict", methods=["GET", "POST"])
@needs(Action.CHANGE_PERSON)
def declare_conflict(person_id: int) -> ResponseReturnValue:
    person, form = seen(person_id), ConflictForm(declared_on=today())
    others = [(number, name) for number, name in names_on_record(db.session()) if number != person_id]
    form.offer(others, suite_names(db.session()))
    if form.validate_on_submit():
        is_person = form.with_whom.data == "person"
        with told_in(form):
            desk.declare_conflict(
                db.session(),
                person_id,
                with_person_id=(form.person_id.data or None) if is_person else None,
                suite_id=None if is_person else (form.suite_id.data or None),
                declared_on=form.declared_on.data,
                by=current_user.actor,
                at=now(),
            )
            db.session.commit()
            flash("The conflict is on record. Rotas drawn from now on keep to it.")
            return redirect(url_for("people.show", person_id=person_id))
    return page("people/conflict.html", form=form, person=person, marking=choices().records_marking)


@bp.post("/<int:person_id>/conflict/<int:conflict_id>/end")
@needs(Action.CHANGE_PERSON)
def end_conflict(person_id: int, conflict_id: int) -> ResponseReturnValue:
    seen(person_id)
    try:
        desk.end_conflict(db.session(), person_id, conflict_id, by=current_user.actor, at=now())
    except desk.PeopleError:
        abort(404)
    db.session.commit()
    flash("The conflict has ended.")
    return redirect(url_for("people.show", person_id=person_id))
