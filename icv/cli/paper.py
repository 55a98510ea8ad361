"""The command for panel papers."""

from datetime import date
from pathlib import Path

import click

from icv.cli.files import refuse_nowhere, tell, write_whole
from icv.cli.words import DAY, countable, to_read, today
from icv.papers.panel import Form, made
from icv.rules.paper import PaperKind
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
    period = countable(first, last)
    refuse_nowhere(file)
    with to_read() as session:
        drafted = live_paper(session, PaperKind(kind), period, as_of=today(), dated_on=today())
    content = made(drafted, Form(form))
    write_whole(file, content)
    tell(file, f"{PaperKind(kind).words} written to {file}: {len(content):,} bytes.")


COMMANDS = (paper,)
