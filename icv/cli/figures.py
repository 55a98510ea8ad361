"""The command for figures."""

import json
from datetime import date
from typing import Any

import click

from icv.cli.words import DAY, period_of, to_read, today
from icv.store.figures import figures
from icv.store.scheme import choices_on


@click.command()
@click.option("--from", "first", type=DAY, required=True, help="First day of the period.")
@click.option("--to", "last", type=DAY, required=True, help="Last day of the period.")
@click.option("--as-of", type=DAY, help="Decides what is due and overdue; today unless given.")
@click.option("--json", "as_json", is_flag=True, help="All figures as JSON.")
def stats(first: date, last: date, as_of: date | None, as_json: bool) -> None:
    """Print the figures of a period."""
    period = period_of(first, last)
    with to_read() as session:
        choices = choices_on(session, period.last)
        found = figures(session, period, as_of=as_of or today(), choices=choices).as_json()
    click.echo(json.dumps(found, ensure_ascii=False, indent=1) if as_json else "\n".join(_lines(found)))


def _lines(found: dict[str, Any], under: str = "") -> list[str]:
    """The figures as `visits.scheduled: 17`, a line each; `–` where nothing can be said."""
    lines: list[str] = []
    for name, value in found.items():
        if isinstance(value, dict):
            lines += _lines(value, f"{under}{name}.")
        elif isinstance(value, list):
            for one in value:
                lines += _lines(one, f"{under}{name}.{one.get('suite') or one.get('team') or 'no team'}.")
        else:
            lines.append(f"{under}{name}: {'–' if value is None else value}")
    return lines


COMMANDS = (stats,)
