"""The list of papers, and beginning one."""

from datetime import date

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.papers.panel import Form
from icv.rules.access import Action
from icv.rules.days import Period
from icv.rules.figures.periods import name_of, read_period, usual_periods
from icv.rules.paper import PaperKind
from icv.services import papers as desk
from icv.store.papers import drafts, frozen_papers, how_many_frozen
from icv.web.clock import now, today
from icv.web.db import db
from icv.web.gate import needs
from icv.web.lists import pages_of
from icv.web.pages import page
from icv.web.papers.blueprint import bp
from icv.web.papers.forms import NewForm
from icv.web.refusals import told_in

SIZE = 50
DOWNLOADS = (
    (Form.PDF, "PDF"),
    (Form.DOCX, "Word"),
    (Form.XLSX, "Spreadsheet"),
    (Form.CSV, "CSV"),
    (Form.HTML, "Web page"),
    (Form.JSON, "JSON"),
)
"""The forms of a paper, and what each is called."""


@bp.get("/")
@needs(Action.SEE_PAPERS)
def index() -> ResponseReturnValue:
    writes = current_user.actor.may(Action.WRITE_PAPER)
    number, last = pages_of(how_many_frozen(db.session()), SIZE)
    return page(
        "papers/list.html",
        drafts=drafts(db.session()) if writes else [],
        papers=frozen_papers(db.session(), page=number, size=SIZE),
        number=number,
        last=last,
        writes=writes,
        downloads=DOWNLOADS,
        period_name=period_name,
    )


def period_name(first: date, last: date) -> str:
    return name_of(Period(first, last))


@bp.route("/new", methods=["GET", "POST"])
@needs(Action.WRITE_PAPER)
def new() -> ResponseReturnValue:
    """The period may come in the address, as from the panel’s page."""
    form = NewForm()
    if form.validate_on_submit() and (paper_id := _begun(form)):
        return redirect(url_for("papers.show", paper_id=paper_id))
    if not form.is_submitted():
        form.suppose(_asked())
    return page("papers/new.html", form=form, usual=usual_periods(_asked(), today()))


def _asked() -> Period:
    asked = request.args.get("from"), request.args.get("to")
    try:
        return read_period(*asked, any_days=True, today=today())
    except ValueError:
        return read_period(None, None, any_days=True, today=today())


def _begun(form: NewForm) -> int | None:
    days = f"{form.first_on.data}", f"{form.last_on.data}"
    try:
        period = read_period(*days, any_days=True, today=today())
    except ValueError as fault:
        form.last_on.errors = [str(fault)]
        return None
    with told_in(form):
        paper_id = desk.begin(
            db.session(), PaperKind(form.kind.data), period, by=current_user.actor, at=now()
        )
        db.session.commit()
        flash("This is the draft. Its figures stay live until you freeze it; nobody else has been told.")
        return paper_id
    return None
