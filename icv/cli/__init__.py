"""The `icv` commands. They are thin: read the words, call a service, say what came of it."""

import sys
import traceback

import click
import sqlalchemy as sa

from icv.cli import data, figures, rota, serving, users
from icv.config import INSTANCE, BadSetting
from icv.demo import DemoRefused
from icv.services.accounts import AccountError
from icv.services.exchange import ExportRefused, ImportRefused
from icv.services.keeping import KeepingError
from icv.services.rota import RotaError
from icv.store.migrating import CannotUpgrade

REFUSALS = (
    AccountError,
    BadSetting,
    CannotUpgrade,
    DemoRefused,
    ExportRefused,
    ImportRefused,
    KeepingError,
    RotaError,
)
"""Refusals whose text is a sentence for whoever typed the command."""


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def icv() -> None:
    """Custody visiting manager: volunteers, rotas, visits, findings and figures of a scheme."""


for subject in (data, figures, rota, users, serving):
    for command in subject.COMMANDS:
        icv.add_command(command)


def main() -> None:
    """Runs a command. What goes wrong goes to standard error in words, with an exit code, never traced."""
    try:
        sys.exit(icv.main(standalone_mode=False) or 0)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        sys.exit(130)
    except REFUSALS as refusal:
        _end(str(refusal))
    except sa.exc.OperationalError as error:
        _end(f"The database (ICV_DATABASE_URL) did not answer: {error.orig}")
    except OSError as error:
        _end(f"{error.filename or 'The system'}: {error.strerror or error}")
    except Exception as error:  # noqa: BLE001  the last line of defence: whoever types commands reads words
        _end(f"Something inside went wrong ({type(error).__name__}). Details are in {_written_down()}.")


def _end(sentence: str) -> None:
    click.echo(sentence, err=True)
    sys.exit(1)


def _written_down() -> str:
    INSTANCE.mkdir(parents=True, exist_ok=True)
    file = INSTANCE / "last-error.txt"
    file.write_text(traceback.format_exc())
    return str(file)
