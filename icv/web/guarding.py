"""Words looked over before they go where they cannot be taken back: a warning, passed with a tick."""

import json

from flask_wtf import FlaskForm
from wtforms import BooleanField

from icv.rules.guarding import Clue, expressions
from icv.services.reports.guarding import clues_in_words
from icv.web.clock import now, today
from icv.web.db import db
from icv.web.pages import choices


def guard_expressions() -> str:
    """For the page's own script, as JSON: of each hint its words, its regular expression and its flags."""
    known = expressions(today().year).items()
    return json.dumps([(hint.words, looks, flags) for hint, (looks, flags) in known], ensure_ascii=False)


class GuardedForm(FlaskForm):
    """A form with words that others will read. `kit.look_over(form)` shows what was found in them."""

    clues: tuple[Clue, ...] = ()
    is_looked_over = BooleanField("These words give nobody away: keep them")


def is_given_away(form: GuardedForm, *names: str, is_public: bool = False) -> bool:
    """Whether the fields of these names may give somebody away, and nobody has said that they do not.

    Then the page is shown again, with status 422 and everything typed. Ask after the form is valid.
    """
    words = "\n".join(form[name].data or "" for name in names)
    pattern = choices().custody_number_pattern if is_public else None
    form.clues = tuple(clues_in_words(db.session(), words, at=now(), number_pattern=pattern))
    if not form.clues or form.is_looked_over.data:
        return False
    told = " ".join(f"{clue.sentence}." for clue in form.clues)
    form.is_looked_over.errors = [f"{told} Change the words, or tick that they give nobody away"]
    return True
