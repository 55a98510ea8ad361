"""The catalogue of courses."""

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.rules.access import Action
from icv.rules.courses import USUAL_COURSES, CourseKind
from icv.rules.words import plural
from icv.services import training as desk
from icv.store.courses import CourseLine, courses
from icv.web.clock import now
from icv.web.db import db
from icv.web.gate import needs
from icv.web.pages import page
from icv.web.refusals import told_above, told_in
from icv.web.training.blueprint import bp
from icv.web.training.forms import ChangeCourseForm, CourseForm


def _done(words: str) -> ResponseReturnValue:
    db.session.commit()
    flash(words)
    return redirect(url_for("training.catalogue"))


@bp.get("/training/courses/")
@needs(Action.RUN_TRAINING)
def catalogue() -> ResponseReturnValue:
    return page("training/courses.html", courses=courses(db.session()), usual=USUAL_COURSES)


@bp.post("/training/courses/usual")
@needs(Action.RUN_TRAINING)
def add_usual() -> ResponseReturnValue:
    added = desk.add_usual_courses(db.session(), by=current_user.actor, at=now())
    return _done(f"{plural(len(added), 'course')} added. Change what your scheme has otherwise.")


@bp.route("/training/courses/add", methods=["GET", "POST"])
@needs(Action.RUN_TRAINING)
def add_course() -> ResponseReturnValue:
    form = CourseForm(kind=CourseKind.KEPT_UP.value)
    if form.validate_on_submit():
        with told_in(form):
            desk.add_course(db.session(), form.facts(), by=current_user.actor, at=now())
            return _done(f"{form.name.data} is in the catalogue.")
    return page("training/course.html", form=form, course=None, stands=None)


@bp.route("/training/courses/<int:course_id>", methods=["GET", "POST"])
@needs(Action.RUN_TRAINING)
def change_course(course_id: int) -> ResponseReturnValue:
    course = _course(course_id)
    months, seen = course.valid_months, course.facts.stamp
    form = ChangeCourseForm(name=course.name, kind=course.kind.value, valid_months=months, seen=seen)
    if form.validate_on_submit():
        with told_in(form):
            seen, by = form.seen.data, current_user.actor
            renamed = desk.change_course(db.session(), course_id, form.facts(), seen=seen, by=by, at=now())
            also = f" {plural(renamed, 'training')} on record renamed with it." if renamed else ""
            return _done(f"{form.name.data} is changed.{also}")
    stands = _course(course_id) if form.seen.errors else None
    if stands:
        form.seen.data = stands.facts.stamp
    return page("training/course.html", form=form, course=course, stands=stands)


def _course(course_id: int) -> CourseLine:
    return next((one for one in courses(db.session()) if one.id == course_id), None) or abort(404)


@bp.post("/training/courses/<int:course_id>/retire")
@needs(Action.RUN_TRAINING)
def retire_course(course_id: int) -> ResponseReturnValue:
    with told_above():
        course = desk.retire_course(db.session(), course_id, by=current_user.actor, at=now())
        return _done(f"{course.name} is retired: nobody is asked for it any more.")
    return redirect(url_for("training.catalogue"))


@bp.post("/training/courses/<int:course_id>/offer")
@needs(Action.RUN_TRAINING)
def offer_again(course_id: int) -> ResponseReturnValue:
    with told_above():
        course = desk.offer_again(db.session(), course_id, by=current_user.actor, at=now())
        return _done(f"{course.name} is offered again.")
    return redirect(url_for("training.catalogue"))
