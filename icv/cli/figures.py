"""The commands for figures."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import click

from icv.cli.files import refuse_nowhere, tell, write_whole
from icv.cli.words import DAY, countable, period_of, to_read, today
from icv.rules.figures.periods import name_of
from icv.rules.figures_file import as_text, is_ended_year
from icv.store.figures import figures, figures_file_of
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


@click.command("figures-file")
@click.option("--from", "first", type=DAY, required=True, help="First day of the period.")
@click.option("--to", "last", type=DAY, required=True, help="Last day of the period.")
@click.option("--output", "file", type=click.Path(path_type=Path), required=True, help="The file to write.")
def write_figures_file(first: date, last: date, file: Path) -> None:
    """Write the figures of a period for other schemes to read: nobody is in them, small counts are hidden."""
    period = countable(first, last)
    refuse_nowhere(file)
    with to_read() as session:
        content = as_text(figures_file_of(session, period, as_of=today())).encode()
    write_whole(file, content)
    tell(file, f"Figures of {name_of(period)} written to {file}: {len(content):,} bytes.")
    if period.first > today():
        click.echo(
            "None of these days has begun: no other scheme’s program takes in a file of them.", err=True
        )
    if not is_ended_year(period, today()):
        click.echo(
            "Not a financial year that is over: the tables that hide small counts are left out, as the counts"
            " could be worked out beside another file whose days overlap with these.",
            err=True,
        )


COMMANDS = (stats, write_figures_file)
