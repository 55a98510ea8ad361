"""The time of the request, from the clock the application was given."""

from datetime import date, datetime

from flask import current_app

from icv.rules.days import london_day


def now() -> datetime:
    """Aware, in UTC."""
    moment: datetime = current_app.extensions["icv_clock"]()
    return moment


def today() -> date:
    """The day in London."""
    return london_day(now())
