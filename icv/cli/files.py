"""Files that commands write: whole, or not at all."""

import os
import stat
import tempfile
from pathlib import Path

import click

from icv.rules.refusals import Refusal


def refuse_nowhere(file: Path) -> None:
    """Before anything is made. Raises Refusal where the file could not be written there."""
    if file == Path():
        raise Refusal("No file was named, or only the directory that you are in. Name the file to write.")
    if file.is_dir():
        raise Refusal(f"{file} is a directory. Name a file in it.")
    if not file.parent.is_dir():
        raise Refusal(f"There is no directory {file.parent}. Make it, or name another.")


def write_whole(file: Path, content: bytes) -> None:
    """What was there before stays until all of it is written, and a link to it stays a link.

    A pipe or a device, such as /dev/stdout, is written to and never replaced.
    """
    try:
        if file.exists() and not file.is_file():
            file.write_bytes(content)
        else:
            _put_in_place(file.resolve(), content)
    except OSError as fault:
        raise OSError(fault.errno, fault.strerror, str(file)) from fault


def tell(file: Path, sentence: str) -> None:
    """Of what was written; beside a pipe or a device, so that whoever reads there reads the file alone."""
    click.echo(sentence, err=not file.is_file())


def _put_in_place(file: Path, content: bytes) -> None:
    descriptor, draft = tempfile.mkstemp(prefix=f".{file.name[:100]}-", dir=file.parent)
    try:
        with os.fdopen(descriptor, "wb") as opened:
            if file.exists():
                _leave_as_it_was(descriptor, file.stat())
            opened.write(content)
        Path(draft).replace(file)
    except OSError:
        Path(draft).unlink(missing_ok=True)
        raise


def _leave_as_it_was(descriptor: int, before: os.stat_result) -> None:
    """Whoever could read it still can: a web server may be one. A new file is its writer’s alone."""
    if os.geteuid() == 0:
        os.fchown(descriptor, before.st_uid, before.st_gid)
    os.fchmod(descriptor, stat.S_IMODE(before.st_mode))
