"""Refusals told: in the form that asked, or at the top of the next page. What the act had begun is undone."""

from collections.abc import Callable
from functools import partial
from types import TracebackType

from flask import flash
from flask_wtf import FlaskForm

from icv.rules.refusals import Refusal
from icv.web.db import db


def refuse(form: FlaskForm, refusal: Refusal) -> None:
    """Told beside the field it is about, or over the form: a page of 422, everything typed still there."""
    db.session.rollback()
    field = form[refusal.field] if refusal.field and refusal.field in form else None
    if field is None:
        form.form_errors.append(str(refusal))
    else:
        field.errors = [*field.errors, str(refusal)]


def told_in(form: FlaskForm) -> "Telling":
    """What is refused in the block is told in the form, and the view goes on after it."""
    return Telling(partial(refuse, form))


def told_above() -> "Telling":
    """The same for a button without a form: told at the top of the next page."""
    return Telling(_refuse_above)


def _refuse_above(refusal: Refusal) -> None:
    db.session.rollback()
    flash(str(refusal), "warning")


class Telling:
    """A block that no refusal leaves."""

    def __init__(self, tell: Callable[[Refusal], None]) -> None:
        self._tell = tell

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if not isinstance(raised, Refusal):
            return False
        self._tell(raised)
        return True
