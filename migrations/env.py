"""How Alembic runs the steps: on the connection and inside the transaction handed to it, never on its own."""

import sqlalchemy as sa
from alembic import context

# Steps name their keys in full; only the checks of word lists are named by this rule.
NAMES = sa.MetaData(naming_convention={"ck": "ck_%(table_name)s_%(constraint_name)s"})

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=NAMES,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
