"""What a person declares, as the coordinator records it, and what is decided about a change."""

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectChoice, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from icv.rules.access import Action
from icv.rules.appraisal import DeclarationKind
from icv.services import people as desk
from icv.store.people import declarations_of
from icv.web.clock import now, today
from icv.web.db import db
from icv.web.fields import DayField
from icv.web.gate import needs
from icv.web.pages import choices, page
from icv.web.people.blueprint import bp, seen
from icv.web.refusals import told_in

WORDS = Length(max=2000, message="Keep it to 2,000 characters")


class DeclareForm(FlaskForm):
    kind = RadioField(
        "What do they declare?",
        [InputRequired("Choose what they declare")],
        choices=[
            SelectChoice(DeclarationKind.ELIGIBILITY.value, "That they are eligible"),
            SelectChoice(DeclarationKind.CIRCUMSTANCES.value, "A change in their circumstances"),
        ],
    )
    declared_on = DayField("Declared on", [InputRequired("Enter the day it was declared")])
    words = TextAreaField("In their words", [Optional(), WORDS], description="Always needed for a change")


class SettleForm(FlaskForm):
    outcome = TextAreaField(
        "What was decided?",
        [DataRequired("Say what was decided"), WORDS],
        description="They read it on their own record",
    )


@bp.route("/<int:person_id>/declarations/add", methods=["GET", "POST"])
@needs(Action.CHANGE_PERSON)
def declare(person_id: int) -> ResponseReturnValue:
    person, form = seen(person_id), DeclareForm(declared_on=today())
    if form.validate_on_submit():
        with told_in(form):
            desk.declare(
                db.session(),
                person_id,
                DeclarationKind(form.kind.data),
                form.words.data or "",
                declared_on=form.declared_on.data,
                by=current_user.actor,
                at=now(),
            )
            db.session.commit()
            flash(f"The declaration of {person.name} is on record.")
            return redirect(url_for("people.show", person_id=person_id))
    return page(
        "people/declare.html",
        form=form,
        person=person,
        barred=choices().barred_roles,
        marking=choices().records_marking,
    )


@bp.route("/<int:person_id>/declarations/<int:declaration_id>", methods=["GET", "POST"])
@needs(Action.SETTLE_DECLARATION)
def settle(person_id: int, declaration_id: int) -> ResponseReturnValue:
    person, form = seen(person_id), SettleForm()
    declared = declarations_of(db.session(), person_id)
    declaration = next((one for one in declared if one.id == declaration_id), None) or abort(404)
    if form.validate_on_submit():
        outcome, by = form.outcome.data, current_user.actor
        with told_in(form):
            desk.settle_declaration(db.session(), person_id, declaration_id, outcome, by=by, at=now())
            db.session.commit()
            flash("Settled. What was decided is on record.")
            return redirect(url_for("people.show", person_id=person_id))
    return page(
        "people/settle.html",
        form=form,
        person=person,
        declaration=declaration,
        marking=choices().records_marking,
    )
