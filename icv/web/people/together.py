"""The same step for several people: who is meant, and what stands against it for each of them."""

from collections.abc import Collection, Sequence
from datetime import date

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.rules.access import Action
from icv.rules.progress import missing
from icv.rules.requirements import CHOICE_OF_STAGE
from icv.rules.stages import NEXT, Stage
from icv.services import people as desk
from icv.store.people import ChosenPerson, people_chosen, progress_of
from icv.web.clock import now, today
from icv.web.db import db
from icv.web.gate import needs
from icv.web.lists import ticked
from icv.web.pages import choices, page
from icv.web.people.blueprint import bp
from icv.web.people.forms import StageForm
from icv.web.people.words import moved_in_words
from icv.web.readings import was_read
from icv.web.refusals import told_in


@bp.route("/move", methods=["GET", "POST"])
@needs(Action.MOVE_STAGE)
def move_several() -> ResponseReturnValue:
    people = people_chosen(db.session(), ticked("listed") | ticked("person")) or abort(404)
    shared = [step for step in Stage if all(step in NEXT[person.stage] for person in people)]
    form = StageForm(on=today())
    form.offer(shared)
    if shared and form.validate_on_submit() and (meant := _meant(people, form)):
        asked = desk.Move(Stage(form.to.data), form.on.data, form.reason.data or "")
        with told_in(form):
            moved = desk.move_several(
                db.session(),
                meant,
                asked,
                choices(),
                only_ready=request.form.get("only") == "ready",
                by=current_user.actor,
                at=now(),
            )
            db.session.commit()
            flash(moved_in_words(moved) + _left_in_words(people, {one.person_id for one in moved}))
            return redirect(url_for("people.index", stage=asked.to.value))
    return _page(form, people, [stage for stage in shared if stage in CHOICE_OF_STAGE])


def _meant(people: Sequence[ChosenPerson], form: StageForm) -> list[int]:
    meant = [person.id for person in people if person.id in ticked("person")]
    if not meant:
        form.form_errors.append("Tick at least one person")
    return meant


def _against(
    person_ids: Collection[int], stages: Sequence[Stage], day: date
) -> dict[int, dict[Stage, tuple[str, ...]]]:
    """By person, what is missing before each stage; ready stages are left out."""
    found = progress_of(db.session(), person_ids) if stages else {}
    lacks = {
        person_id: {stage: missing(progress, stage, choices(), day) for stage in stages}
        for person_id, progress in found.items()
    }
    return {
        person_id: {stage: words for stage, words in lacks.get(person_id, {}).items() if words}
        for person_id in person_ids
    }


def _left_in_words(people: Sequence[ChosenPerson], moved: Collection[int]) -> str:
    left = [person.name for person in people if person.id not in moved]
    return f" Left where they are: {', '.join(left)}." if left else ""


def _page(form: StageForm, people: Sequence[ChosenPerson], onward: Sequence[Stage]) -> ResponseReturnValue:
    """On the first look all of them are ticked."""
    against = _against([person.id for person in people], onward, form.on.data or today())
    was_read("vetting", "people", None)
    stages = [stage for stage in Stage if any(person.stage is stage for person in people)]
    return page(
        "people/move-several.html",
        form=form,
        people=people,
        onward=onward,
        against=against,
        barred=sum(bool(words) for words in against.values()),
        ticked=ticked("person") if request.method == "POST" else set(against),
        groups={stage: [person for person in people if person.stage is stage] for stage in stages},
        marking=choices().records_marking,
    )
