"""The numbers of one question of a count."""

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.rules.access import Action
from icv.rules.figures.diversity import HEADINGS
from icv.rules.monitoring import QUESTIONS, Question
from icv.services import diversity as desk
from icv.web.clock import now
from icv.web.db import db
from icv.web.diversity.blueprint import bp, survey_or_404
from icv.web.diversity.forms import NumbersForm, as_seen, numbers_form
from icv.web.gate import needs
from icv.web.pages import page
from icv.web.refusals import told_in

_BY_NAME = {question.name: question for question in QUESTIONS}


@bp.route("/<int:survey_id>/<question>", methods=["GET", "POST"])
@needs(Action.KEEP_DIVERSITY)
def numbers(survey_id: int, question: str) -> ResponseReturnValue:
    found, asked = survey_or_404(survey_id), _BY_NAME.get(question) or abort(404)
    visitors, county = found.visitors.get(question, {}), found.county.get(question, {})
    form = numbers_form(asked, visitors, county)
    if form.validate_on_submit() and _enter(form, survey_id, asked):
        return redirect(url_for("diversity.survey", survey_id=survey_id))
    if form.seen.errors:
        form.seen.data = as_seen(visitors, county)
    return page(
        "diversity/numbers.html",
        form=form,
        survey=found,
        heading=HEADINGS[question],
        question=asked,
        visitors=visitors,
        county=county,
    )


def _enter(form: NumbersForm, survey_id: int, question: Question) -> bool:
    with told_in(form):
        desk.enter_numbers(
            db.session(),
            survey_id,
            question,
            form.visitors(),
            form.county(),
            seen=form.was_seen(),
            by=current_user.actor,
            at=now(),
        )
        db.session.commit()
        flash(f"{HEADINGS[question.name]}: kept.")
        return True
    return False
