"""The command for panel papers."""

import os
import tempfile
from datetime import date
from pathlib import Path

import click

from icv.cli.words import DAY, period_of, to_read, today
from icv.papers.panel import Form, made
from icv.rules.paper import PaperKind
from icv.rules.refusals import Refusal
from icv.services.papers import live_paper

FORMS = [form.value for form in Form if form is not Form.CSV]

KINDS = [kind.value for kind in PaperKind]


@click.command()
@click.option("--from", "first", type=DAY, required=True, help="First day of the period.")
@click.option("--to", "last", type=DAY, required=True, help="Last day of the period.")
@click.option("--format", "form", type=click.Choice(FORMS), required=True, help="What to make of it.")
@click.option("--output", "file", type=click.Path(path_type=Path), required=True, help="The file to write.")
@click.option("--kind", type=click.Choice(KINDS), default=KINDS[0], show_default=True)
def paper(first: date, last: date, form: str, file: Path, kind: str) -> None:
    """Write the panel paper of a period, as it would be drafted now."""
    period = period_of(first, last)
    _refuse_nowhere(file)
    with to_read() as session:
        drafted = live_paper(session, PaperKind(kind), period, as_of=today(), dated_on=today())
    content = made(drafted, Form(form))
    _write(file, content)
    click.echo(f"{PaperKind(kind).words} written to {file}: {len(content):,} bytes.")


def _refuse_nowhere(file: Path) -> None:
    """Before anything is made."""
    if file.is_dir():
        raise Refusal(f"{file} is a directory. Name a file in it.")
    if not file.parent.is_dir():
        raise Refusal(f"There is no directory {file.parent}. Make it, or name another.")


def _write(file: Path, content: bytes) -> None:
    """Whole or not at all: what was there before stays until all of it is written."""
    descriptor, draft = tempfile.mkstemp(prefix=f".{file.name[:100]}-", dir=file.parent)
    try:
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(content)
        Path(draft).replace(file)
    except OSError:
        Path(draft).unlink(missing_ok=True)
        raise


COMMANDS = (paper,)
