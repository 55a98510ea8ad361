"""Cover and swaps, sealed times, drawing in the background, calls for availability, calendars in letters."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "availability_calls",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["accounts.id"], name=op.f("fk_availability_calls_asked_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_availability_calls")),
        sa.UniqueConstraint("first_on", "last_on", name=op.f("uq_availability_calls_first_on_last_on")),
    )
    op.create_table(
        "call_answers",
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("had_dates", sa.Boolean(), nullable=True),
        sa.Column("chased_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["call_id"], ["availability_calls.id"], name=op.f("fk_call_answers_call_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_call_answers_person_id")),
        sa.PrimaryKeyConstraint("call_id", "person_id", name=op.f("pk_call_answers")),
    )
    with op.batch_alter_table("call_answers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_call_answers_person_id"), ["person_id"], unique=False)

    op.create_table(
        "draws",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "running",
                "done",
                "stopped",
                "failed",
                name="drawstate",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("turn", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stop_asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("phase", sa.Text(), nullable=False),
        sa.Column("best", sa.Integer(), nullable=True),
        sa.Column("bound", sa.Integer(), nullable=True),
        sa.Column("rota_id", sa.Integer(), nullable=True),
        sa.Column("trouble", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["asked_by_id"], ["accounts.id"], name=op.f("fk_draws_asked_by_id")),
        sa.ForeignKeyConstraint(["rota_id"], ["rotas.id"], name=op.f("fk_draws_rota_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draws")),
        sa.UniqueConstraint("turn", name=op.f("uq_draws_turn")),
    )
    with op.batch_alter_table("draws", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_draws_state"), ["state"], unique=False)

    op.create_table(
        "seal_openings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["opened_by_id"], ["accounts.id"], name=op.f("fk_seal_openings_opened_by_id")
        ),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name=op.f("fk_seal_openings_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seal_openings")),
    )
    with op.batch_alter_table("seal_openings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seal_openings_visit_id"), ["visit_id"], unique=False)

    op.create_table(
        "sealed_times",
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_id", sa.Integer(), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("proposed_by_id != asked_id", name=op.f("ck_sealed_times_two_duties")),
        sa.ForeignKeyConstraint(["asked_id"], ["duties.id"], name=op.f("fk_sealed_times_asked_id")),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["duties.id"], name=op.f("fk_sealed_times_proposed_by_id")
        ),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name=op.f("fk_sealed_times_visit_id")),
        sa.PrimaryKeyConstraint("visit_id", name=op.f("pk_sealed_times")),
    )
    op.create_table(
        "cover_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("duty_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("cover", "swap", name="coverkind", native_enum=False, create_constraint=True, length=30),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "taken",
                "withdrawn",
                "ended",
                name="coverstate",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["asked_by_id"], ["accounts.id"], name=op.f("fk_cover_requests_asked_by_id")),
        sa.ForeignKeyConstraint(["duty_id"], ["duties.id"], name=op.f("fk_cover_requests_duty_id")),
        sa.ForeignKeyConstraint(["taken_by_id"], ["people.id"], name=op.f("fk_cover_requests_taken_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cover_requests")),
    )
    with op.batch_alter_table("cover_requests", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cover_requests_duty_id"), ["duty_id"], unique=False)
        batch_op.create_index(
            "uq_cover_requests_open",
            ["duty_id"],
            unique=True,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )

    op.create_table(
        "cover_asks",
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("offered_duty_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "answer",
            sa.Enum("yes", "no", name="coveranswer", native_enum=False, create_constraint=True, length=30),
            nullable=True,
        ),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["offered_duty_id"], ["duties.id"], name=op.f("fk_cover_asks_offered_duty_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_cover_asks_person_id")),
        sa.ForeignKeyConstraint(["request_id"], ["cover_requests.id"], name=op.f("fk_cover_asks_request_id")),
        sa.PrimaryKeyConstraint("request_id", "person_id", name=op.f("pk_cover_asks")),
    )
    with op.batch_alter_table("cover_asks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cover_asks_person_id"), ["person_id"], unique=False)

    with op.batch_alter_table("letters", schema=None) as batch_op:
        batch_op.add_column(sa.Column("calendar", sa.Text(), server_default="", nullable=False))

    with op.batch_alter_table("duties", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("was_answered_for", sa.Boolean(), server_default=sa.false(), nullable=False)
        )


def downgrade() -> None:
    with op.batch_alter_table("duties", schema=None) as batch_op:
        batch_op.drop_column("was_answered_for")

    with op.batch_alter_table("letters", schema=None) as batch_op:
        batch_op.drop_column("calendar")

    with op.batch_alter_table("cover_asks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cover_asks_person_id"))

    op.drop_table("cover_asks")
    with op.batch_alter_table("cover_requests", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_cover_requests_open",
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )
        batch_op.drop_index(batch_op.f("ix_cover_requests_duty_id"))

    op.drop_table("cover_requests")
    op.drop_table("sealed_times")
    with op.batch_alter_table("seal_openings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_seal_openings_visit_id"))

    op.drop_table("seal_openings")
    with op.batch_alter_table("draws", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_draws_state"))

    op.drop_table("draws")
    with op.batch_alter_table("call_answers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_call_answers_person_id"))

    op.drop_table("call_answers")
    op.drop_table("availability_calls")
