"""Drafts a step from what the tables of `icv.store` have become. A person reads and finishes it.

    python -m migrations.draft "suites have a telephone number"   the next step, after the newest
    python -m migrations.draft --first                            0001 anew, before the first release only

Not noticed: a renamed table or column (drafted as one gone and one come), a new word in a word list
(a test notices that one), triggers, and what should become of rows. SQLite changes a table by copying it,
and the copy has no triggers: a step that changes `trail` or `trail_seals` makes theirs again.
"""

import re
import sys
import tempfile
from pathlib import Path
from string import Template
from typing import Any, Literal

import sqlalchemy as sa
from alembic.autogenerate import produce_migrations, render_python_code
from alembic.autogenerate.api import AutogenContext
from alembic.runtime.migration import MigrationContext

from icv.store.base import UtcDateTime
from icv.store.engine import open_engine
from icv.store.everything import METADATA
from icv.store.migrating import VERSIONS, newest_revision, upgrade

STEP = Template('''"""$message"""

import sqlalchemy as sa
from alembic import op

revision = "$revision"
down_revision = $before
branch_labels = None
depends_on = None


def upgrade() -> None:
    $up


def downgrade() -> None:
    $down
''')


def plain(kind: str, thing: Any, context: AutogenContext) -> str | Literal[False]:
    """Our own types as the plain ones they are stored as: a step may not import them."""
    if kind == "type" and isinstance(thing, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(thing, sa.Enum):
        words = ", ".join(f'"{word}"' for word in thing.enums)
        return (
            f'sa.Enum({words}, name="{thing.name}", native_enum=False, create_constraint=True,'
            f" length={thing.length})"
        )
    return False


def step(engine: sa.Engine, revision: str, before: str | None, message: str) -> str:
    """The text of the step that leads from the tables in `engine` to those of the code."""
    with engine.connect() as connection:
        options = {"render_item": plain, "render_as_batch": before is not None}
        context = MigrationContext.configure(connection, opts=options)
        drafted = produce_migrations(context, METADATA)
        up, down = (
            _without_remarks(
                render_python_code(
                    ops,
                    render_as_batch=before is not None,
                    render_item=plain,
                    migration_context=context,
                )
            )
            for ops in (drafted.upgrade_ops, drafted.downgrade_ops)
        )
    named = f'"{before}"' if before else "None"
    return STEP.substitute(message=message, revision=revision, before=named, up=up, down=down)


def _without_remarks(code: str) -> str:
    """Alembic's "auto generated, please adjust" would stay for ever."""
    return "\n".join(line for line in code.split("\n") if "# ###" not in line).strip()


def main(argument: str) -> Path:
    is_first = argument == "--first"
    message = "The tables, as they stood when this was first released." if is_first else argument
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'draft.db'}"
        if not is_first:
            upgrade(url)
        before = None if is_first else newest_revision()
        revision = f"{int(before or 0) + 1:04}"
        engine = open_engine(url)
        text = step(engine, revision, before, message)
        engine.dispose()
    name = "tables" if is_first else re.sub(r"[^a-z0-9]+", "_", message.lower()).strip("_")
    file = VERSIONS / f"{revision}_{name}.py"
    file.write_text(text)
    return file


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.stdout.write(f"Drafted {main(sys.argv[1])}. Read it, finish it, and run `ruff format migrations`.\n")
