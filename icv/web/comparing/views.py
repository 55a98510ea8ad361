"""Comparison with other schemes: their figures files taken in, seen beside ours, and removed."""

from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired

from icv.rules.access import Action
from icv.rules.figures.periods import name_of
from icv.rules.figures_file import MOST_BYTES, FiguresFile, as_text, beside, from_json, year_asked, year_key
from icv.services import comparison as desk
from icv.store.comparison import content_of, other_figures
from icv.store.figures import figures_file_of, own_beside, published_years
from icv.web.clock import now, today
from icv.web.db import db
from icv.web.files import JSON, as_file
from icv.web.gate import needs
from icv.web.pages import page
from icv.web.panel.laying import laid
from icv.web.refusals import told_above, told_in

bp = Blueprint("comparing", __name__, url_prefix="/panel/comparison")


class FileForm(FlaskForm):
    file = FileField(
        "Their figures file",
        [FileRequired("Choose a file")],
        description="The .json that their public page or “icv figures-file” gives, at most 500 kB",
    )


@bp.route("/", methods=["GET", "POST"])
@needs(Action.COMPARE_SCHEMES)
def index() -> ResponseReturnValue:
    form = FileForm()
    if form.validate_on_submit():
        content = form.file.data.read(MOST_BYTES + 1)
        with told_in(form):
            kept = desk.take_in(db.session(), content, by=current_user.actor, at=now())
            db.session.commit()
            flash(f"Taken in: the figures of {kept.scheme}.")
            return redirect(url_for("comparing.show", figures_id=kept.id))
    return page(
        "comparing/index.html",
        form=form,
        lines=[(line, name_of(line.period)) for line in other_figures(db.session())],
        years=[(name_of(year), year_key(year)) for year in published_years(db.session(), today=today())],
    )


@bp.get("/<int:figures_id>")
@needs(Action.COMPARE_SCHEMES)
def show(figures_id: int) -> ResponseReturnValue:
    content = content_of(db.session(), figures_id) or abort(404)
    # A file that an earlier version of the program took in may not be one any more.
    with told_above():
        return _side_by_side(figures_id, from_json(content))
    return redirect(url_for("comparing.index"))


@bp.post("/<int:figures_id>/remove")
@needs(Action.COMPARE_SCHEMES)
def remove(figures_id: int) -> ResponseReturnValue:
    with told_above():
        scheme = desk.remove(db.session(), figures_id, by=current_user.actor, at=now())
        db.session.commit()
        flash(f"Removed: the figures of {scheme}.")
    return redirect(url_for("comparing.index"))


@bp.get("/own.json")
@needs(Action.COMPARE_SCHEMES)
def own() -> ResponseReturnValue:
    """Our own file of a year that is over, to be given to another scheme."""
    year = year_asked(request.args.get("year", ""), published_years(db.session(), today=today())) or abort(
        404
    )
    made = figures_file_of(db.session(), year, as_of=today())
    return as_file(as_text(made), f"figures-{year_key(year)}.json", JSON)


def _side_by_side(figures_id: int, theirs: FiguresFile) -> Response:
    ours = own_beside(db.session(), theirs.period, as_of=today())
    if ours is None:
        return page("comparing/alone.html", theirs=theirs, figures_id=figures_id, name=name_of(theirs.period))
    put = beside(ours, theirs)
    return page(
        "comparing/show.html",
        figures_id=figures_id,
        files=[_head(ours), _head(theirs)],
        is_same_period=ours.period == theirs.period,
        laid=[laid(one) for one in put.exhibits],
        said=put.said,
        differing=[put.said[key][0] for key in put.differing],
    )


def _head(file: FiguresFile) -> dict[str, object]:
    return {"scheme": file.scheme, "period": name_of(file.period), "file": file}
