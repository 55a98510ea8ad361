"""The exhibits of a period for the page: of many suites with the week of one of them."""

from icv.rules.exhibits import Exhibit, Table
from icv.rules.exhibits.made import exhibits, spread_of, with_weeks
from icv.rules.exhibits.spread import MOST_WEEKS
from icv.rules.figures.panel import PanelFigures


def weeks_to_choose(found: PanelFigures) -> list[str]:
    """Suites of which the week of one is shown, where they are too many to show the week of each."""
    suites = [one.suite for one in found.now.suites_in_use]
    return suites if len(suites) > MOST_WEEKS else []


def chosen_week(suites: list[str], asked: str | None) -> str | None:
    """The one asked for, or else the first."""
    return asked if asked in suites else next(iter(suites), None)


def made_of(found: PanelFigures, suite: str | None) -> dict[str, Exhibit]:
    made = exhibits(found)
    if chosen := chosen_week(weeks_to_choose(found), suite):
        made["spread"] = with_weeks(made["spread"], found, {chosen})
    return made


def table_of(found: PanelFigures, key: str) -> Table | None:
    """Any table of the page, whichever suite's week is shown on it."""
    made = exhibits(found)
    if key.startswith("spread-"):
        made["spread"] = spread_of(found, {one.suite for one in found.now.suites})
    return next((table for one in made.values() for table in one.tables if table.key == key), None)
