"""The scheme's choices: all of them with who made each and when, and changing one from a day on."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.rules.access import Action
from icv.rules.choices import ASKED, GROUPS, in_words
from icv.rules.days import day_in_words
from icv.rules.scheme import Choices
from icv.services import settings as desk
from icv.store.scheme import SettingLine
from icv.store.settings import choices_made
from icv.web.clock import now, today
from icv.web.db import db
from icv.web.gate import needs
from icv.web.pages import choices, page
from icv.web.refusals import told_in
from icv.web.settings.blueprint import bp
from icv.web.settings.forms import ChoiceForm, form_of
from icv.web.settings.made import Made, history, latest_number, standing, to_come, value_on


@dataclass(frozen=True, slots=True)
class ChoiceLine:
    """A choice as it is now, since when and by whom (None: as delivered), and what is to come."""

    name: str
    title: str
    words: str
    since: Made | None
    to_come: list[Made]


@bp.get("/")
@needs(Action.CHANGE_SETTINGS)
def show() -> ResponseReturnValue:
    made = choices_made(db.session())
    groups = [
        (title, [_line(name, [one for one in made if one.name == name]) for name in names])
        for title, names in GROUPS
    ]
    return page("settings/show.html", groups=groups)


def _line(name: str, made: list[SettingLine]) -> ChoiceLine:
    past = history(made, today())
    return ChoiceLine(
        name,
        ASKED[name].title,
        in_words(name, getattr(choices(), name)),
        next((one for one in past if not one.is_to_come), None),
        to_come(past),
    )


@bp.route("/<name>", methods=["GET", "POST"])
@needs(Action.CHANGE_SETTINGS)
def change(name: str) -> ResponseReturnValue:
    if name not in ASKED:
        abort(404)
    made = choices_made(db.session(), name)
    form = form_of(name)(value=value_on(name, made, today()), effective_on=today(), seen=latest_number(made))
    if form.validate_on_submit() and _is_chosen(form, name):
        return redirect(url_for("settings.show"))
    return _page(form, name, made)


def _is_chosen(form: ChoiceForm, name: str) -> bool:
    effective_on: date = form.effective_on.data
    with told_in(form):
        desk.choose(
            db.session(),
            name,
            _chosen(form),
            effective_on=effective_on,
            seen=form.seen.number,
            by=current_user.actor,
            at=now(),
        )
        db.session.commit()
        flash(f"{ASKED[name].title}: changed from {day_in_words(effective_on)} on.")
        return True
    return False


def _page(form: ChoiceForm, name: str, made: list[SettingLine]) -> ResponseReturnValue:
    """Refused for a choice made meanwhile, it is shown beside that: sent again it overrules."""
    stands = None
    if form.seen.errors:
        made = choices_made(db.session(), name)
        stands = standing(name, made, form.effective_on.data, _chosen(form))
        form.seen.data = str(latest_number(made))
    return page(
        "settings/change.html",
        form=form,
        asked=ASKED[name],
        stands=stands,
        history=history(made, today()),
        default=in_words(name, getattr(Choices(), name)),
        categories=choices().finding_categories,
    )


def _chosen(form: ChoiceForm) -> Any:
    """What was chosen, in the type of the scheme's choices: boxes ticked are a set."""
    value = form["value"].data
    return frozenset(value) if isinstance(value, list) else value
