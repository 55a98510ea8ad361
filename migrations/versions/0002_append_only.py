"""The database itself refuses to change or remove what the trail holds."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLES = ("trail", "trail_seals")
WORDS = "The trail is only ever added to."


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table in TABLES:
            for act in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_refuses_{act.lower()} BEFORE {act} ON {table}"
                    f" BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
                )
        return
    op.execute(
        "CREATE FUNCTION refuse_change_of_trail() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{WORDS}'; END $$"
    )
    for table in TABLES:
        op.execute(
            f"CREATE TRIGGER {table}_refuses_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_trail()"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table in TABLES:
            for act in ("update", "delete"):
                op.execute(f"DROP TRIGGER {table}_refuses_{act}")
        return
    for table in TABLES:
        op.execute(f"DROP TRIGGER {table}_refuses_change ON {table}")
    op.execute("DROP FUNCTION refuse_change_of_trail()")
