"""Commands for the worker and for the health of an installation."""

import sys

import click

from icv import jobs
from icv.cli.words import now
from icv.config import from_environment
from icv.services import keeping


@click.command()
def work() -> None:
    """Run the worker: letters, reminders, sealing of the trail, sweeping."""
    jobs.work(from_environment())


@click.command()
def check() -> None:
    """Look over the health of the installation; exit 1 on trouble."""
    checks = keeping.check(from_environment(), now())
    for one in checks:
        click.echo(f"{'ok     ' if one.is_ok else 'TROUBLE'} {one.name}: {one.what}")
    sys.exit(0 if all(one.is_ok for one in checks) else 1)


COMMANDS = (work, check)
