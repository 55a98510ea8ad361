"""What is asked of the panel's page: which period, read by whom."""

from dataclasses import dataclass, replace

from flask import request
from flask_login import current_user

from icv.rules.access import Role
from icv.rules.days import Period
from icv.rules.figures.panel import PanelFigures
from icv.rules.figures.periods import latest_cycle, month, read_period
from icv.store.figures import latest_week, panel_figures
from icv.web.clock import today
from icv.web.db import db


@dataclass(frozen=True, slots=True)
class Asked:
    """`fault` is why another period is shown than was `typed`, first and last, in the box `field`."""

    period: Period
    fault: str | None = None
    typed: tuple[str, str] = ("", "")
    field: str = "chosen"


def asked() -> Asked:
    """By `from` and `to`, days or months, or by `period`, both at once: 2023-12-01/2024-01-31."""
    first, last = request.args.get("from", ""), request.args.get("to", "")
    is_of_days = is_coordinator() and max(len(first), len(last)) > len("2026-03")
    field = "from-day" if is_of_days else "from"
    if chosen := request.args.get("period"):
        field, (first, _, last) = "chosen", chosen.partition("/")
    try:
        return Asked(read_period(first, last, any_days=is_coordinator(), today=today()))
    except ValueError as refusal:
        return Asked(latest_cycle(today()), str(refusal), (first, last), field)


def is_coordinator() -> bool:
    return Role.COORDINATOR in current_user.actor.roles


def read_figures(period: Period) -> PanelFigures:
    """For the coordinator, who sees every record, with no number hidden."""
    found = panel_figures(db.session(), period, as_of=today())
    if is_coordinator():
        return replace(found, choices=replace(found.choices, suppression_threshold=0))
    return found


def latest_cycle_on_record() -> Period | None:
    """The two months up to the latest week on record that has ended."""
    last = latest_week(db.session(), today())
    return None if last is None else latest_cycle(month(last).after)
