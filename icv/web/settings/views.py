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
from icv.store.scheme import SettingLine, read_choice
from icv.store.settings import choices_made
from icv.web.clock import now, today
from icv.web.db import db
from icv.web.gate import needs
from icv.web.pages import choices, page
from icv.web.refusals import told_in
from icv.web.settings.blueprint import bp
from icv.web.settings.forms import ChoiceForm, form_of


@dataclass(frozen=True, slots=True)
class Made:
    """A choice as it was made, in words; `is_replaced` where a later one took its place on the same day."""

    words: str
    line: SettingLine
    is_to_come: bool
    is_replaced: bool


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
    history = _history(made, today())
    return ChoiceLine(
        name,
        ASKED[name].title,
        in_words(name, getattr(choices(), name)),
        next((one for one in history if not one.is_to_come), None),
        [one for one in reversed(history) if one.is_to_come and not one.is_replaced],
    )


def _history(made: list[SettingLine], day: date) -> list[Made]:
    """Latest first."""
    last_of_day = {line.effective_on: line for line in made}
    return [
        Made(
            in_words(line.name, read_choice(line.name, line.value)),
            line,
            is_to_come=line.effective_on > day,
            is_replaced=last_of_day[line.effective_on] is not line,
        )
        for line in reversed(made)
    ]


@bp.route("/<name>", methods=["GET", "POST"])
@needs(Action.CHANGE_SETTINGS)
def change(name: str) -> ResponseReturnValue:
    if name not in ASKED:
        abort(404)
    form = form_of(name)(value=getattr(choices(), name), effective_on=today())
    if form.validate_on_submit():
        effective_on: date = form.effective_on.data
        with told_in(form):
            desk.choose(
                db.session(), name, _chosen(form), effective_on=effective_on, by=current_user.actor, at=now()
            )
            db.session.commit()
            flash(f"{ASKED[name].title}: changed from {day_in_words(effective_on)} on.")
            return redirect(url_for("settings.show"))
    history = _history(choices_made(db.session(), name), today())
    default = in_words(name, getattr(Choices(), name))
    return page(
        "settings/change.html",
        form=form,
        asked=ASKED[name],
        history=history,
        default=default,
        categories=choices().finding_categories,
    )


def _chosen(form: ChoiceForm) -> Any:
    """What was chosen, in the type of the scheme's choices: boxes ticked are a set."""
    value = form["value"].data
    return frozenset(value) if isinstance(value, list) else value
