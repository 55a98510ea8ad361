"""Words for templates: days, weeks and times as people read them, in London time."""

from datetime import datetime

from flask import Flask

from icv.rules.days import day_in_words, london, short_day, week_in_words


def set_up_words(app: Flask) -> None:
    app.jinja_env.filters.update(
        day=day_in_words, short_day=short_day, moment=moment_in_words, clock=clock_in_words
    )
    app.jinja_env.globals.update(week=week_in_words)


def moment_in_words(at: datetime) -> str:
    """3 December 2023 at 14:05"""
    local = london(at)
    return f"{day_in_words(local.date())} at {local:%H:%M}"


def clock_in_words(at: datetime) -> str:
    return f"{london(at):%H:%M}"
