"""Commands for what is kept: upgrade, demo, import, export, backup and restore."""

from pathlib import Path

import click

from icv import demo
from icv.cli.words import now, to_write
from icv.config import from_environment
from icv.services import exchange, keeping
from icv.store.migrating import upgrade as bring_up

FILE = click.Path(path_type=Path)


@click.command()
def upgrade() -> None:
    """Create or migrate the database. Safe to run twice."""
    changed = bring_up(from_environment().database_url)
    click.echo("The database is brought up to date." if changed else "The database is up to date.")


@click.command("demo")
def load_demo() -> None:
    """Load the worked example into an empty database."""
    bring_up(from_environment().database_url)
    with to_write() as session:
        demo.load(session, at=now())
        session.commit()
    click.echo("The worked example is loaded.")


@click.command("import")
@click.argument("kind", type=click.Choice(list(exchange.BOOKS)))
@click.argument("file", type=FILE)
@click.option("--dry-run", is_flag=True, help="Check everything and write nothing.")
@click.option("--update", is_flag=True, help="Change rows that are on record already.")
def import_file(kind: str, file: Path, dry_run: bool, update: bool) -> None:
    """Import a file of suites, volunteers, visits or findings: all of it or nothing."""
    with to_write() as session:
        done = exchange.import_file(session, kind, file, update=update, by=None, at=now())
        if not dry_run:
            session.commit()
    for warning in done.warnings:
        click.echo(f"Warning: {warning}", err=True)
    counts = f"{done.added} {kind} added, {done.changed} changed, {done.unchanged} unchanged."
    click.echo(f"Checked, nothing written. It would be: {counts}" if dry_run else counts)


@click.command()
@click.argument("folder", metavar="DIR", type=FILE)
def export(folder: Path) -> None:
    """Export suites, volunteers, visits and findings in the import formats, with a manifest."""
    with to_write() as session:
        done = exchange.export_to(session, folder, by=None, at=now())
        session.commit()
    counts = ", ".join(f"{count} {kind}" for kind, count in done.rows.items())
    click.echo(f"Exported to {done.folder}: {counts}.")


@click.command()
@click.argument("file", type=FILE)
def backup(file: Path) -> None:
    """Write the full copy, consistent while the service runs, and check it."""
    done = keeping.backup(from_environment(), file, at=now())
    click.echo(f"Backed up to {done.file}: {done.tables} tables, {done.size_bytes:,} bytes, checked.")


@click.command()
@click.argument("file", type=FILE)
@click.option("--force", is_flag=True, help="Replace what the database holds; it is kept aside first.")
def restore(file: Path, force: bool) -> None:
    """Bring the full copy back."""
    done = keeping.restore(from_environment(), file, force=force, at=now())
    click.echo("Restored. Everybody has to sign in again.")
    if done.kept_aside:
        click.echo(f"What the database held before is kept in {done.kept_aside}.")


COMMANDS = (upgrade, load_demo, import_file, export, backup, restore)
