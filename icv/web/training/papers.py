"""Agreements and identity cards of everybody in office, and recording them for several at once."""

from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.rules.access import Action
from icv.rules.records import AgreementFacts
from icv.rules.running_out import Held
from icv.rules.words import plural
from icv.services.people import PeopleError
from icv.services.people import papers as desk
from icv.store.people import ChosenPerson, people_chosen
from icv.store.people.papers import PaperLine, Papers, papers
from icv.web.clock import now, today
from icv.web.db import db
from icv.web.gate import needs
from icv.web.lists import pages_of, ticked
from icv.web.pages import choices, page
from icv.web.refusals import refuse, told_in
from icv.web.training.blueprint import MOST_ROWS, bp
from icv.web.training.forms import SignedForm, cards_form

FILTERS = {
    "": "Everybody in office",
    "unsigned": "Agreement missing",
    "cardless": "Card missing or run out",
    "ending": "Card running out",
}


@bp.get("/papers/")
@needs(Action.RUN_TRAINING)
def papers_list() -> ResponseReturnValue:
    version = choices().agreement_version
    of_all = papers(db.session(), version, today(), choices().expiry_warning_days)
    wanted = request.args.get("show", "")
    shown = [one for one in of_all.lines if _fits(one, wanted)]
    number, last = pages_of(len(shown), MOST_ROWS)
    return page(
        "training/papers.html",
        papers=of_all,
        lines=shown[(number - 1) * MOST_ROWS : number * MOST_ROWS],
        count=len(shown),
        tabs=_tabs(of_all, wanted),
        wanted=wanted,
        version=version,
        number=number,
        last=last,
        marking=choices().records_marking,
    )


def _fits(line: PaperLine, wanted: str) -> bool:
    match wanted:
        case "unsigned":
            return not line.has_signed
        case "cardless":
            return not line.card.counts
        case "ending":
            return line.card is Held.RUNNING_OUT
    return True


def _tabs(of_all: Papers, wanted: str) -> list[dict[str, Any]]:
    return [
        {
            "label": label,
            "count": sum(_fits(one, name) for one in of_all.lines),
            "href": url_for("training.papers_list", show=name or None),
            "is_current": name == (wanted if wanted in FILTERS else ""),
        }
        for name, label in FILTERS.items()
    ]


def _people() -> list[ChosenPerson]:
    return people_chosen(db.session(), ticked("person"))


def _nobody_chosen() -> ResponseReturnValue:
    flash("Choose at least one person first.", "warning")
    return redirect(url_for("training.papers_list"))


@bp.route("/papers/agreements", methods=["GET", "POST"])
@needs(Action.RUN_TRAINING)
def sign() -> ResponseReturnValue:
    people = _people()
    if not people:
        return _nobody_chosen()
    form = SignedForm(version=choices().agreement_version, signed_on=today())
    if form.validate_on_submit():
        facts = AgreementFacts(form.version.data.strip(), form.signed_on.data)
        with told_in(form):
            signed = desk.record_signed(
                db.session(), [one.id for one in people], facts, by=current_user.actor, at=now()
            )
            return _done(
                f"The agreement is recorded for {plural(signed.added, 'person', 'people')}.", signed.known
            )
    return page("training/sign.html", form=form, people=people, marking=choices().records_marking)


@bp.route("/papers/cards", methods=["GET", "POST"])
@needs(Action.RUN_TRAINING)
def issue() -> ResponseReturnValue:
    people = _people()
    if not people:
        return _nobody_chosen()
    form = cards_form(people, issued_on=today(), is_exchange=True)
    if form.validate_on_submit():
        try:
            issued = desk.issue_cards(
                db.session(),
                form.by_person(),
                form.issued_on.data,
                form.expires_on.data,
                is_exchange=form.is_exchange.data,
                by=current_user.actor,
                at=now(),
            )
        except PeopleError as refusal:
            refuse(form, _beside_its_number(refusal))
        else:
            return _done(f"{plural(issued, 'card')} issued.", 0)
    return page("training/cards.html", form=form, people=people, marking=choices().records_marking)


def _beside_its_number(refusal: PeopleError) -> PeopleError:
    if refusal.person_id is None:
        return refusal
    return PeopleError(str(refusal), field=f"number-{refusal.person_id}")


def _done(words: str, known: int) -> ResponseReturnValue:
    db.session.commit()
    flash(f"{words} {known} had it on record already." if known else words)
    return redirect(url_for("training.papers_list"))
