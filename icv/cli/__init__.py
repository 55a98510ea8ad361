"""The `icv` commands. They are thin: read the words, call a service, say what came of it."""

import gc
import importlib
import os
import sys
import traceback

import click
import sqlalchemy as sa

from icv.config import INSTANCE
from icv.rules.refusals import Refusal

COMMANDS = {
    "upgrade": "data",
    "demo": "data",
    "import": "data",
    "export": "data",
    "backup": "data",
    "restore": "data",
    "stats": "figures",
    "figures-file": "figures",
    "paper": "paper",
    "rota": "rota",
    "user": "users",
    "serve": "serving",
    "work": "health",
    "check": "health",
}
"""Each command and the module that has it. A command loads what it needs, and nothing of the others."""


class Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        # What is loaded stays: looking through it for garbage meanwhile takes a quarter of a short command.
        gc.disable()
        subject = importlib.import_module(f"icv.cli.{COMMANDS[cmd_name]}")
        gc.freeze()
        gc.enable()
        commands: tuple[click.Command, ...] = subject.COMMANDS
        return next(command for command in commands if command.name == cmd_name)


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
def icv() -> None:
    """Custody visiting manager: volunteers, rotas, visits, findings and figures of a scheme."""


def main() -> None:
    """Runs a command. What goes wrong goes to standard error in words, with an exit code, never traced."""
    os.umask(0o077)  # databases, backups and exports are for their owner alone
    try:
        sys.exit(icv.main(standalone_mode=False) or 0)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        sys.exit(130)
    except Refusal as refusal:
        _end(str(refusal))
    except (sa.exc.IntegrityError, sa.exc.DataError) as error:
        _end(_inside(error))
    except sa.exc.DatabaseError as error:
        _end(f"The database (ICV_DATABASE_URL) cannot be used: {error.orig}. If it is new, run: icv upgrade")
    except OSError as error:
        _end(f"{error.filename or 'The system'}: {error.strerror or error}")
    except Exception as error:  # noqa: BLE001  the last line of defence: whoever types commands reads words
        _end(_inside(error))


def _end(sentence: str) -> None:
    click.echo(sentence, err=True)
    sys.exit(1)


def _inside(error: Exception) -> str:
    return f"Something inside went wrong ({type(error).__name__}). {_written_down()}"


def _written_down() -> str:
    """Keeps the details for whoever mends the program, and says where."""
    file = INSTANCE / "last-error.txt"
    try:
        INSTANCE.mkdir(parents=True, exist_ok=True)
        file.write_text(traceback.format_exc())
    except OSError as error:
        return f"Details could not be kept in {file}: {error.strerror}."
    return f"Details are in {file}."
