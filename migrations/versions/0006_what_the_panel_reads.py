"""What the panel reads: papers, the quality binder, other schemes' figures, and diversity."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


OF_THE_SHARE = [
    "week_ends_on",
    "kind",
    "is_scheduled",
    "outcome",
    "suite_id",
    "week_starts_on",
    "cancelled_on",
    "arrived_at",
]
OF_WHAT_WAS_DONE = [
    "arrived_at",
    "week_ends_on",
    "kind",
    "outcome",
    "suite_id",
    "admitted_at",
    "mode",
    "is_scheduled",
    "in_custody",
    "offered",
    "accepted",
    "declined",
    "not_offered",
    "not_available",
    "observed_only",
]
OF_WHAT_WAS_FOUND = [
    "raised_on",
    "category",
    "state",
    "is_serious",
    "due_on",
    "replied_on",
    "closed_on",
    "visit_id",
]


def upgrade() -> None:
    op.create_index(
        "ix_contacts_of_note",
        "contacts",
        ["report_id", "was_seen", "why_not_seen", "is_child", "is_vulnerable"],
        unique=False,
        sqlite_where=sa.text("was_seen = 0 OR is_child = 1 OR is_vulnerable = 1"),
        postgresql_where=sa.text("NOT was_seen OR is_child OR is_vulnerable"),
    )
    op.drop_index("ix_visits_arrived_at", table_name="visits")
    op.create_index(
        "ix_visits_arrived_at",
        "visits",
        OF_WHAT_WAS_DONE,
        unique=False,
    )
    op.create_index(
        "ix_visits_of_other_kinds",
        "visits",
        ["id"],
        unique=False,
        sqlite_where=sa.text("kind != 'custody'"),
        postgresql_where=sa.text("kind != 'custody'"),
    )
    op.drop_index("ix_visits_week_ends_on", table_name="visits")
    op.create_index("ix_visits_week_ends_on", "visits", OF_THE_SHARE, unique=False)
    op.drop_index("ix_duties_visit_id", table_name="duties")
    op.create_index("ix_duties_visit_id", "duties", ["visit_id", "state", "person_id"], unique=False)
    op.drop_index("ix_findings_raised_on", table_name="findings")
    op.create_index("ix_findings_raised_on", "findings", OF_WHAT_WAS_FOUND, unique=False)
    op.drop_index("ix_findings_state", table_name="findings")
    op.create_index("ix_findings_state", "findings", ["state", "closed_on"], unique=False)
    op.drop_index("ix_people_round_id", table_name="people")
    op.create_index("ix_people_round_id", "people", ["round_id", "applied_on"], unique=False)
    op.create_index("ix_findings_due_on", "findings", ["due_on"], unique=False)
    op.create_table(
        "criteria",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "code_compliant",
                "silver",
                "gold",
                "platinum",
                name="level",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column(
            "evidence",
            sa.Enum(
                "none",
                "visits_against_plan",
                "spread",
                "training",
                "reviews",
                "findings_answered",
                "papers_published",
                name="evidence",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("at_least", sa.Integer(), nullable=True),
        sa.Column(
            "verdict",
            sa.Enum(
                "by_evidence",
                "met",
                "not_met",
                "open",
                name="verdict",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("judged_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "evidence != 'none' OR verdict != 'by_evidence'", name=op.f("ck_criteria_some_evidence")
        ),
        sa.ForeignKeyConstraint(["changed_by_id"], ["accounts.id"], name=op.f("fk_criteria_changed_by_id")),
        sa.ForeignKeyConstraint(["judged_by_id"], ["accounts.id"], name=op.f("fk_criteria_judged_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_criteria")),
    )
    op.create_table(
        "other_figures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scheme", sa.Text(), nullable=False),
        sa.Column("period_first", sa.Date(), nullable=False),
        sa.Column("period_last", sa.Date(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["read_by_id"], ["accounts.id"], name=op.f("fk_other_figures_read_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_other_figures")),
        sa.UniqueConstraint("digest", name=op.f("uq_other_figures_digest")),
    )
    op.create_table(
        "panel_papers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "committee", "annual", name="paperkind", native_enum=False, create_constraint=True, length=30
            ),
            nullable=False,
        ),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("period_first", sa.Date(), nullable=False),
        sa.Column("period_last", sa.Date(), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("marking", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("drafted_by_id", sa.Integer(), nullable=True),
        sa.Column("restates_id", sa.Integer(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("frozen_by_id", sa.Integer(), nullable=True),
        sa.Column("content", sa.JSON(), nullable=True),
        sa.Column("digest", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "restates_id IS NULL OR why != ''", name=op.f("ck_panel_papers_restated_for_a_reason")
        ),
        sa.CheckConstraint(
            "(frozen_at IS NULL) = (reference IS NULL) AND (frozen_at IS NULL) = (digest IS NULL)"
            " AND (frozen_at IS NULL) = (content IS NULL)",
            name=op.f("ck_panel_papers_frozen_whole"),
        ),
        sa.CheckConstraint("period_first <= period_last", name=op.f("ck_panel_papers_ends_after_it_begins")),
        sa.ForeignKeyConstraint(
            ["drafted_by_id"], ["accounts.id"], name=op.f("fk_panel_papers_drafted_by_id")
        ),
        sa.ForeignKeyConstraint(["frozen_by_id"], ["accounts.id"], name=op.f("fk_panel_papers_frozen_by_id")),
        sa.ForeignKeyConstraint(
            ["restates_id"], ["panel_papers.id"], name=op.f("fk_panel_papers_restates_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_papers")),
        sa.UniqueConstraint("reference", name=op.f("uq_panel_papers_reference")),
        sa.UniqueConstraint("restates_id", name=op.f("uq_panel_papers_restates_id")),
    )
    with op.batch_alter_table("panel_papers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_panel_papers_frozen_at"), ["frozen_at"], unique=False)
        batch_op.create_index(
            "uq_panel_papers_draft",
            ["kind", "period_first", "period_last"],
            unique=True,
            sqlite_where=sa.text("frozen_at IS NULL AND restates_id IS NULL"),
            postgresql_where=sa.text("frozen_at IS NULL AND restates_id IS NULL"),
        )

    op.create_table(
        "surveys",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("county_source", sa.Text(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["entered_by_id"], ["accounts.id"], name=op.f("fk_surveys_entered_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_surveys")),
        sa.UniqueConstraint("counted_on", name=op.f("uq_surveys_counted_on")),
    )
    op.create_table(
        "paper_words",
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("block", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("live", sa.Text(), nullable=False),
        sa.Column("is_left_out", sa.Boolean(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["paper_id"], ["panel_papers.id"], name=op.f("fk_paper_words_paper_id")),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["accounts.id"], name=op.f("fk_paper_words_written_by_id")
        ),
        sa.PrimaryKeyConstraint("paper_id", "block", name=op.f("pk_paper_words")),
    )
    op.create_table(
        "survey_lines",
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("visitors", sa.Integer(), nullable=True),
        sa.Column("county_tenths", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "county_tenths BETWEEN 0 AND 1000", name=op.f("ck_survey_lines_at_most_the_county")
        ),
        sa.CheckConstraint("visitors >= 0", name=op.f("ck_survey_lines_no_negative_visitors")),
        sa.ForeignKeyConstraint(["survey_id"], ["surveys.id"], name=op.f("fk_survey_lines_survey_id")),
        sa.PrimaryKeyConstraint("survey_id", "question", "answer", name=op.f("pk_survey_lines")),
    )

    with op.batch_alter_table("submissions", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("is_after_duty", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
    _refuse_changes_of_frozen_papers()
    _refuse_replacing_of_the_trail()


def _refuse_changes_of_frozen_papers() -> None:
    """What was sent to a panel stands as it was sent, and so do the words written over it."""
    if op.get_bind().dialect.name == "sqlite":
        for table, act, frozen in ON_SQLITE:
            op.execute(
                f"CREATE TRIGGER {table}_refuses_{act.lower()} BEFORE {act} ON {table} WHEN {frozen}"
                f" BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
            )
        return
    for function, frozen in ON_POSTGRESQL:
        op.execute(
            f"CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" IF {frozen} THEN RAISE EXCEPTION '{WORDS}'; END IF;"
            " IF TG_LEVEL = 'STATEMENT' THEN RETURN NULL; END IF;"
            " IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
        )
    for table, name, when, function in TRIGGERS:
        op.execute(f"CREATE TRIGGER {name} BEFORE {when} EXECUTE FUNCTION {function}()".replace("{}", table))


def _refuse_replacing_of_the_trail() -> None:
    """SQLite takes away what an INSERT OR REPLACE replaces without asking the triggers on DELETE."""
    if op.get_bind().dialect.name == "sqlite":
        for table, taken in OF_THE_TRAIL:
            op.execute(
                f"CREATE TRIGGER {table}_refuses_insert BEFORE INSERT ON {table}"
                f" WHEN EXISTS (SELECT 1 FROM {table} WHERE {taken})"
                f" BEGIN SELECT RAISE(ABORT, '{WORDS_OF_THE_TRAIL}'); END"
            )


WORDS_OF_THE_TRAIL = "The trail is only ever added to."
OF_THE_TRAIL = (
    ("trail", "id = NEW.id"),
    (
        "trail_seals",
        "id = NEW.id OR first_entry_id = NEW.first_entry_id OR last_entry_id = NEW.last_entry_id",
    ),
)
WORDS = "A frozen paper never changes."
FROZEN = "EXISTS (SELECT 1 FROM panel_papers WHERE frozen_at IS NOT NULL AND id = {}.paper_id)"
TAKES_ITS_PLACE = (
    "EXISTS (SELECT 1 FROM panel_papers WHERE frozen_at IS NOT NULL"
    " AND (id = NEW.id OR reference = NEW.reference OR restates_id = NEW.restates_id))"
)
"""By what is unique: SQLite takes away what a REPLACE replaces without asking the triggers on DELETE."""
ON_SQLITE = (
    ("panel_papers", "INSERT", TAKES_ITS_PLACE),
    ("panel_papers", "UPDATE", f"OLD.frozen_at IS NOT NULL OR {TAKES_ITS_PLACE}"),
    ("panel_papers", "DELETE", "OLD.frozen_at IS NOT NULL"),
    ("paper_words", "INSERT", FROZEN.format("NEW")),
    ("paper_words", "UPDATE", f"{FROZEN.format('OLD')} OR {FROZEN.format('NEW')}"),
    ("paper_words", "DELETE", FROZEN.format("OLD")),
)
ON_POSTGRESQL = (
    ("refuse_change_of_frozen_paper", "OLD.frozen_at IS NOT NULL"),
    ("refuse_change_of_frozen_words", FROZEN.format("OLD")),
    ("refuse_words_over_frozen_paper", FROZEN.format("NEW")),
    (
        "refuse_emptying_of_frozen_papers",
        "EXISTS (SELECT 1 FROM panel_papers WHERE frozen_at IS NOT NULL)",
    ),
    (
        "refuse_emptying_of_frozen_words",
        "EXISTS (SELECT 1 FROM paper_words JOIN panel_papers ON panel_papers.id = paper_words.paper_id"
        " WHERE panel_papers.frozen_at IS NOT NULL)",
    ),
)
TRIGGERS = (
    (
        "panel_papers",
        "panel_papers_refuses_change",
        "UPDATE OR DELETE ON {} FOR EACH ROW",
        "refuse_change_of_frozen_paper",
    ),
    (
        "panel_papers",
        "panel_papers_refuses_emptying",
        "TRUNCATE ON {} FOR EACH STATEMENT",
        "refuse_emptying_of_frozen_papers",
    ),
    (
        "paper_words",
        "paper_words_refuses_change",
        "UPDATE OR DELETE ON {} FOR EACH ROW",
        "refuse_change_of_frozen_words",
    ),
    (
        "paper_words",
        "paper_words_refuses_new",
        "INSERT OR UPDATE ON {} FOR EACH ROW",
        "refuse_words_over_frozen_paper",
    ),
    (
        "paper_words",
        "paper_words_refuses_emptying",
        "TRUNCATE ON {} FOR EACH STATEMENT",
        "refuse_emptying_of_frozen_words",
    ),
)


def downgrade() -> None:
    with op.batch_alter_table("submissions", schema=None) as batch_op:
        batch_op.drop_column("is_after_duty")

    op.drop_table("survey_lines")
    op.drop_table("paper_words")
    op.drop_table("surveys")
    with op.batch_alter_table("panel_papers", schema=None) as batch_op:
        batch_op.drop_index("uq_panel_papers_draft")
        batch_op.drop_index(batch_op.f("ix_panel_papers_frozen_at"))

    op.drop_table("panel_papers")
    op.drop_table("other_figures")
    op.drop_table("criteria")
    if op.get_bind().dialect.name != "sqlite":
        for function, _ in ON_POSTGRESQL:
            op.execute(f"DROP FUNCTION {function}()")
    else:
        for table, _ in OF_THE_TRAIL:
            op.execute(f"DROP TRIGGER {table}_refuses_insert")
    op.drop_index("ix_findings_due_on", table_name="findings")
    op.drop_index("ix_people_round_id", table_name="people")
    op.create_index("ix_people_round_id", "people", ["round_id"], unique=False)
    op.drop_index("ix_findings_state", table_name="findings")
    op.create_index("ix_findings_state", "findings", ["state"], unique=False)
    op.drop_index("ix_findings_raised_on", table_name="findings")
    op.create_index("ix_findings_raised_on", "findings", ["raised_on"], unique=False)
    op.drop_index("ix_duties_visit_id", table_name="duties")
    op.create_index("ix_duties_visit_id", "duties", ["visit_id"], unique=False)
    op.drop_index("ix_visits_week_ends_on", table_name="visits")
    op.create_index("ix_visits_week_ends_on", "visits", ["week_ends_on"], unique=False)
    op.drop_index("ix_visits_of_other_kinds", table_name="visits")
    op.drop_index("ix_visits_arrived_at", table_name="visits")
    op.create_index("ix_visits_arrived_at", "visits", ["arrived_at"], unique=False)
    op.drop_index("ix_contacts_of_note", table_name="contacts")
