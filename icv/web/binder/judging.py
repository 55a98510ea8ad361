"""One criterion: what shows it, whether it is met, and the note beside it."""

from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.rules.access import Action
from icv.rules.figures import definitions
from icv.rules.quality import Verdict, shown
from icv.services import quality as desk
from icv.store.quality import Entry, period_evidence
from icv.store.scheme import choices_on
from icv.web.binder.blueprint import bp, criterion_or_404, last_twelve_months, sources
from icv.web.binder.forms import JudgeForm, judge_form
from icv.web.clock import now, today
from icv.web.db import db
from icv.web.gate import needs
from icv.web.guarding import is_given_away
from icv.web.pages import choices, page
from icv.web.refusals import told_in


@bp.route("/<int:criterion_id>", methods=["GET", "POST"])
@needs(Action.KEEP_BINDER)
def show(criterion_id: int) -> ResponseReturnValue:
    line, period = criterion_or_404(criterion_id), last_twelve_months()
    by_choices = choices_on(db.session(), period.last)
    evidence = period_evidence(db.session(), period, as_of=today(), choices=by_choices)
    entry, form = Entry(line, shown(line.evidence, line.at_least, evidence)), judge_form(line)
    if form.validate_on_submit() and not is_given_away(form, "words") and _is_judged(form, entry):
        return redirect(url_for("binder.index", _anchor=f"criterion-{criterion_id}"))
    form.version.show_now(line)
    said, source = definitions(by_choices), sources(period).get(line.evidence)
    return _page(form, entry=entry, evidence=evidence, said=said, source=source)


def _page(form: JudgeForm, **shown: Any) -> ResponseReturnValue:
    return page("binder/show.html", form=form, marking=choices().papers_marking, **shown)


def _is_judged(form: JudgeForm, entry: Entry) -> bool:
    with told_in(form):
        desk.judge(
            db.session(),
            entry.line.id,
            Verdict(form.verdict.data),
            (form.words.data or "").replace("\r\n", "\n").strip(),
            entry.shown,
            version=form.version.number,
            by=current_user.actor,
            at=now(),
        )
        db.session.commit()
        flash("Kept, with today’s date and your name.")
        return True
    return False
