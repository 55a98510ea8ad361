"""The counts by day: listed, entered, changed, removed, and what the panel is shown of the latest."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf import FlaskForm

from icv.rules.access import Action
from icv.rules.exhibits.diversity import diversity_shown
from icv.rules.figures.diversity import HEADINGS
from icv.rules.monitoring import QUESTIONS
from icv.rules.paper.naming import named_definitions
from icv.services import diversity as desk
from icv.store.diversity import diversity_on, surveys
from icv.web.clock import now, today
from icv.web.db import db
from icv.web.diversity.blueprint import bp, survey_or_404
from icv.web.diversity.forms import SurveyForm
from icv.web.gate import needs
from icv.web.guarding import is_given_away
from icv.web.pages import choices, page
from icv.web.panel.laying import laid
from icv.web.refusals import told_in


@bp.get("/")
@needs(Action.KEEP_DIVERSITY)
def show() -> ResponseReturnValue:
    threshold = choices().suppression_threshold
    exhibit = diversity_shown(diversity_on(db.session(), today(), threshold), threshold)
    return page(
        "diversity/index.html",
        surveys=surveys(db.session()),
        number_of_questions=len(QUESTIONS),
        laid=laid(exhibit),
        said=named_definitions(choices()),
        threshold=threshold,
    )


@bp.route("/add", methods=["GET", "POST"])
@needs(Action.KEEP_DIVERSITY)
def add() -> ResponseReturnValue:
    form = SurveyForm()
    if form.validate_on_submit() and not is_given_away(form, "source", is_public=True):
        with told_in(form):
            counted_on, source, by = form.counted_on.data, form.source.data or "", current_user.actor
            survey_id = desk.add_survey(db.session(), counted_on, source, by=by, at=now())
            db.session.commit()
            return redirect(url_for("diversity.survey", survey_id=survey_id))
    return page("diversity/day.html", form=form, survey=None)


@bp.get("/<int:survey_id>")
@needs(Action.KEEP_DIVERSITY)
def survey(survey_id: int) -> ResponseReturnValue:
    found = survey_or_404(survey_id)
    return page("diversity/survey.html", survey=found, questions=QUESTIONS, headings=HEADINGS)


@bp.route("/<int:survey_id>/change", methods=["GET", "POST"])
@needs(Action.KEEP_DIVERSITY)
def change(survey_id: int) -> ResponseReturnValue:
    found = survey_or_404(survey_id)
    form = SurveyForm(counted_on=found.counted_on, source=found.county_source)
    if form.validate_on_submit() and not is_given_away(form, "source", is_public=True):
        with told_in(form):
            counted_on, source, by = form.counted_on.data, form.source.data or "", current_user.actor
            desk.change_survey(db.session(), survey_id, counted_on, source, by=by, at=now())
            db.session.commit()
            flash("The count is changed.")
            return redirect(url_for("diversity.survey", survey_id=survey_id))
    return page("diversity/day.html", form=form, survey=found)


@bp.route("/<int:survey_id>/remove", methods=["GET", "POST"])
@needs(Action.KEEP_DIVERSITY)
def remove(survey_id: int) -> ResponseReturnValue:
    found, form = survey_or_404(survey_id), FlaskForm()
    if form.validate_on_submit():
        with told_in(form):
            desk.remove_survey(db.session(), survey_id, by=current_user.actor, at=now())
            db.session.commit()
            flash("The count is removed with all its numbers.")
            return redirect(url_for("diversity.show"))
    return page("diversity/remove.html", form=form, survey=found)
