"""Pages for what went wrong: what happened, and what to do next."""

from traceback import format_tb

import sqlalchemy as sa
from flask import Flask, current_app, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from icv.web import kept
from icv.web.db import db
from icv.web.gate import is_open_to_all
from icv.web.pages import around
from icv.web.signins import asking

PAGES = frozenset({403, 404, 405, 413, 422, 429, 503})


def set_up_errors(app: Flask) -> None:
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(sa.exc.OperationalError, _database_away)
    app.register_error_handler(sa.exc.IntegrityError, _at_once)
    app.register_error_handler(Exception, _broken)


def _stale_form(error: CSRFError) -> ResponseReturnValue:
    """A form whose page had been open too long. Strangers have little to type again but where they apply."""
    if request.blueprint == "applying":
        return kept.page_that_sends_again()
    if is_open_to_all():
        flash("The page had been open for too long. Please try again.", "warning")
        return redirect(request.path, code=303)
    return kept.page_that_keeps_the_form()


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error
    if error.code >= 500:
        number = 503 if error.code == 503 or _is_of_database(error) else 500
        return _plain_page(number), number
    number = error.code if error.code in PAGES else 404
    return render_template(f"errors/{number}.html", typed=_typed(error), **around()), error.code


def _typed(error: HTTPException) -> list[str]:
    """Somebody else may have removed what was written about. Of no form: anybody could send that.

    Where something else is wrong with what was sent, such as its size, it cannot be read again.
    """
    is_gone = error.code == 404 and request.method == "POST" and request.endpoint
    return kept.words_typed() if is_gone and asking() else []


def _at_once(error: sa.exc.IntegrityError) -> ResponseReturnValue:
    where = "".join(format_tb(error.__traceback__))
    current_app.logger.error("The database refused what does not go together: %s\n%s", _refused(error), where)
    db.session.rollback()
    return _plain_page(409), 409


def _refused(error: sa.exc.IntegrityError) -> str:
    """What it would break, and no more: PostgreSQL also tells the values, e-mail addresses among them."""
    told = getattr(error.orig, "diag", None)
    return str(told.constraint_name or told.column_name if told else error.orig)


def _database_away(error: sa.exc.OperationalError) -> ResponseReturnValue:
    current_app.logger.exception("The database did not answer")
    db.session.rollback()
    return _plain_page(503), 503


def _broken(error: Exception) -> ResponseReturnValue:
    current_app.logger.exception("A page broke")
    db.session.rollback()
    return _plain_page(500), 500


def _is_of_database(error: HTTPException) -> bool:
    """Whether the database failed where no view was any more, as when a reading could not be noted."""
    return isinstance(getattr(error, "original_exception", None), sa.exc.OperationalError)


def _plain_page(number: int) -> str:
    """Without asking who is signed in, which every other page does and the database may not answer."""
    return current_app.jinja_env.get_template(f"errors/{number}.html").render()
