"""Words for templates: days, weeks and times as people read them, in London time."""

from datetime import date, datetime

from flask import Flask

from icv.rules.days import MONTHS, day_in_words, london, short_day, week_in_words
from icv.rules.words import capital
from icv.web.guarding import guard_expressions


def set_up_words(app: Flask) -> None:
    app.jinja_env.filters.update(
        day=day_in_words,
        month=month_in_words,
        short_day=short_day,
        moment=moment_in_words,
        clock=clock_in_words,
        capital=capital,
    )
    app.jinja_env.globals.update(week=week_in_words, guard_expressions=guard_expressions)


def moment_in_words(at: datetime) -> str:
    """3 December 2023 at 14:05"""
    local = london(at)
    return f"{day_in_words(local.date())} at {local:%H:%M}"


def month_in_words(day: date) -> str:
    """December 2023"""
    return f"{MONTHS[day.month - 1]} {day.year}"


def clock_in_words(at: datetime) -> str:
    return f"{london(at):%H:%M}"
