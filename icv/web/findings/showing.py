"""One finding: its thread, a note beside it, and words for its visitors."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.rules.access import Action
from icv.rules.findings import PUBLISHABLE, EventKind, may
from icv.rules.repeats import RULE
from icv.services import findings as desk
from icv.store.findings import FindingThread, earlier_ones, links_to_finding, publication_of, repeats_among
from icv.web.clock import now, today
from icv.web.db import db
from icv.web.findings.blueprint import bp, thread_or_404
from icv.web.findings.forms import NoteForm, TellForm
from icv.web.findings.words import BUTTONS, MOVES, TITLES, check_in_words
from icv.web.gate import needs
from icv.web.guarding import is_given_away
from icv.web.pages import choices, page
from icv.web.refusals import told_in


@bp.get("/<int:finding_id>")
@needs(Action.SEE_FINDINGS)
def show(finding_id: int) -> ResponseReturnValue:
    finding = thread_or_404(finding_id)
    repeat = repeats_among(db.session(), [finding_id]).get(finding_id)
    return page(
        "findings/show.html",
        finding=finding,
        repeat=repeat,
        earlier=earlier_ones(db.session(), repeat),
        rule=RULE,
        titles=TITLES,
        check=check_in_words(finding.check, choices()),
        told=[event for event in finding.events if event.kind is EventKind.VISITORS_TOLD],
        moves=[(name, BUTTONS[name]) for name, kind in MOVES.items() if may(kind, finding.state)],
        publication=publication_of(db.session(), finding_id),
        may_publish=_may_publish(finding),
        choices=choices(),
        links=links_to_finding(db.session(), finding_id, at=now()),
        today=today(),
        marking=choices().records_marking,
    )


def _may_publish(finding: FindingThread) -> bool:
    was_answered = any(event.kind is EventKind.REPLIED for event in finding.events)
    return choices().publishes_findings and was_answered and finding.state in PUBLISHABLE


@bp.route("/<int:finding_id>/note", methods=["GET", "POST"])
@needs(Action.SETTLE_FINDING)
def note(finding_id: int) -> ResponseReturnValue:
    finding, form = thread_or_404(finding_id), NoteForm()
    if form.validate_on_submit():
        with told_in(form):
            desk.add_note(db.session(), finding_id, form.typed, by=current_user.actor, at=now())
            db.session.commit()
            flash("Noted, for the office alone.")
            return redirect(url_for("findings.show", finding_id=finding_id))
    return _words_page("Add a note", form, finding)


@bp.route("/<int:finding_id>/tell", methods=["GET", "POST"])
@needs(Action.SETTLE_FINDING)
def tell(finding_id: int) -> ResponseReturnValue:
    finding, form = thread_or_404(finding_id), TellForm()
    if form.validate_on_submit() and not is_given_away(form, "words"):
        with told_in(form):
            desk.tell_visitors(db.session(), finding_id, form.typed, by=current_user.actor, at=now())
            db.session.commit()
            flash("The visitors can read it now. A letter tells them that there is news.")
            return redirect(url_for("findings.show", finding_id=finding_id))
    return _words_page("Tell the visitors", form, finding)


def _words_page(title: str, form: NoteForm | TellForm, finding: FindingThread) -> ResponseReturnValue:
    marking = choices().records_marking
    return page("findings/words.html", title=title, form=form, finding=finding, marking=marking)
