"""What follows a report: countersigning, addenda, copies kept apart; answers to findings; other strands."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


EVENT_KINDS = ("raised", "put_to_police", "replied", "sent_back", "closed", "reopened", "note")
NEW_EVENT_KINDS = ("reminded", "escalated", "visitors_told", "changed")
VISIT_KINDS = ("custody", "terrorism")
NEW_VISIT_KINDS = ("record_review", "dog_welfare")


def upgrade() -> None:
    _allow_kinds("finding_events", "ck_finding_events_eventkind", EVENT_KINDS + NEW_EVENT_KINDS)
    _allow_kinds("visits", "ck_visits_visitkind", VISIT_KINDS + NEW_VISIT_KINDS)
    with op.batch_alter_table("visits", schema=None) as batch_op:
        batch_op.add_column(sa.Column("place", sa.Text(), server_default="", nullable=False))
        batch_op.create_check_constraint(
            op.f("ck_visits_strands_apart"),
            "kind IN ('custody', 'terrorism')"
            " OR (NOT is_scheduled AND rota_id IS NULL AND arrived_at IS NULL)",
        )
    _count_strands()
    op.create_table(
        "finding_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("secret_digest", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("code_digest", sa.Text(), nullable=True),
        sa.Column("code_sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("code_tries", sa.Integer(), nullable=False),
        sa.Column("opened_digest", sa.Text(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["made_by_id"], ["accounts.id"], name=op.f("fk_finding_links_made_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding_links")),
        sa.UniqueConstraint("secret_digest", name=op.f("uq_finding_links_secret_digest")),
    )
    op.create_table(
        "submissions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "filed",
                "apart",
                "settled",
                name="submissionstate",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("form_version", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_by_id", sa.Integer(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["sent_by_id"], ["accounts.id"], name=op.f("fk_submissions_sent_by_id")),
        sa.ForeignKeyConstraint(
            ["settled_by_id"], ["accounts.id"], name=op.f("fk_submissions_settled_by_id")
        ),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name=op.f("fk_submissions_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submissions")),
        sa.UniqueConstraint("submission_id", "digest", name=op.f("uq_submissions_submission_id_digest")),
    )
    with op.batch_alter_table("submissions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_submissions_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_submissions_visit_id"), ["visit_id"], unique=False)

    op.create_table(
        "addenda",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("words != ''", name=op.f("ck_addenda_says_something")),
        sa.ForeignKeyConstraint(["made_by_id"], ["accounts.id"], name=op.f("fk_addenda_made_by_id")),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_addenda_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_addenda")),
    )
    with op.batch_alter_table("addenda", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_addenda_report_id"), ["report_id"], unique=False)

    op.create_table(
        "countersigns",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "answer",
            sa.Enum(
                "agrees",
                "adds",
                "disagrees",
                name="answer",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column(
            "how",
            sa.Enum(
                "own",
                "together",
                "on_paper",
                name="signed",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("answer = 'agrees' OR words != ''", name=op.f("ck_countersigns_says_what_else")),
        sa.CheckConstraint(
            "how != 'together' OR answer = 'agrees'", name=op.f("ck_countersigns_together_is_agreed")
        ),
        sa.ForeignKeyConstraint(["made_by_id"], ["accounts.id"], name=op.f("fk_countersigns_made_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_countersigns_person_id")),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_countersigns_report_id")),
        sa.PrimaryKeyConstraint("report_id", "person_id", name=op.f("pk_countersigns")),
    )
    with op.batch_alter_table("countersigns", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_countersigns_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "ix_countersigns_disagreeing",
            ["made_at"],
            unique=False,
            sqlite_where=sa.text("answer = 'disagrees'"),
            postgresql_where=sa.text("answer = 'disagrees'"),
        )

    op.create_table(
        "finding_themes",
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("theme", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["finding_id"], ["findings.id"], name=op.f("fk_finding_themes_finding_id")),
        sa.PrimaryKeyConstraint("finding_id", "theme", name=op.f("pk_finding_themes")),
    )
    with op.batch_alter_table("finding_themes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_finding_themes_theme"), ["theme"], unique=False)

    op.create_table(
        "linked_findings",
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["finding_id"], ["findings.id"], name=op.f("fk_linked_findings_finding_id")),
        sa.ForeignKeyConstraint(["link_id"], ["finding_links.id"], name=op.f("fk_linked_findings_link_id")),
        sa.PrimaryKeyConstraint("link_id", "finding_id", name=op.f("pk_linked_findings")),
    )
    with op.batch_alter_table("linked_findings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_linked_findings_finding_id"), ["finding_id"], unique=False)

    op.create_table(
        "published_findings",
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.CheckConstraint("comment != ''", name=op.f("ck_published_findings_says_something")),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["findings.id"], name=op.f("fk_published_findings_finding_id")
        ),
        sa.ForeignKeyConstraint(
            ["published_by_id"], ["accounts.id"], name=op.f("fk_published_findings_published_by_id")
        ),
        sa.PrimaryKeyConstraint("finding_id", name=op.f("pk_published_findings")),
    )
    with op.batch_alter_table("published_findings", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_published_findings_published_on"), ["published_on"], unique=False
        )

    op.create_table(
        "visit_counts",
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("counted", sa.Text(), nullable=False),
        sa.Column(
            "people",
            sa.Enum(
                "adult",
                "older_child",
                "younger_child",
                "male",
                "female",
                "other",
                name="group",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.CheckConstraint("number >= 0", name=op.f("ck_visit_counts_not_below_zero")),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name=op.f("fk_visit_counts_visit_id")),
        sa.PrimaryKeyConstraint("visit_id", "counted", "people", name=op.f("pk_visit_counts")),
    )

    with op.batch_alter_table("contacts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("is_child", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(
            sa.Column("is_vulnerable", sa.Boolean(), server_default=sa.false(), nullable=False)
        )

    with op.batch_alter_table("finding_events", schema=None) as batch_op:
        batch_op.add_column(sa.Column("by_words", sa.Text(), server_default="", nullable=False))

    with op.batch_alter_table("findings", schema=None) as batch_op:
        batch_op.add_column(sa.Column("from_check", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("put_right_by", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("reminded_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("escalated_on", sa.Date(), nullable=True))

    with op.batch_alter_table("report_sections", schema=None) as batch_op:
        batch_op.add_column(sa.Column("sent_key", sa.Text(), nullable=True))
        batch_op.create_unique_constraint(
            op.f("uq_report_sections_report_id_sent_key"), ["report_id", "sent_key"]
        )

    with op.batch_alter_table("call_answers", schema=None) as batch_op:
        batch_op.add_column(sa.Column("asked_later_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("reports", schema=None) as batch_op:
        batch_op.add_column(sa.Column("numbers_removed_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("digest_of_rest", sa.Text(), nullable=True))
        batch_op.create_index(batch_op.f("ix_reports_filed_at"), ["filed_at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("call_answers", schema=None) as batch_op:
        batch_op.drop_column("asked_later_at")
    with op.batch_alter_table("contacts", schema=None) as batch_op:
        batch_op.drop_column("is_vulnerable")
        batch_op.drop_column("is_child")

    op.drop_table("visit_counts")
    with op.batch_alter_table("reports", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reports_filed_at"))
        batch_op.drop_column("digest_of_rest")
        batch_op.drop_column("numbers_removed_on")

    with op.batch_alter_table("report_sections", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("uq_report_sections_report_id_sent_key"), type_="unique")
        batch_op.drop_column("sent_key")

    with op.batch_alter_table("findings", schema=None) as batch_op:
        batch_op.drop_column("escalated_on")
        batch_op.drop_column("reminded_on")
        batch_op.drop_column("put_right_by")
        batch_op.drop_column("from_check")

    with op.batch_alter_table("finding_events", schema=None) as batch_op:
        batch_op.drop_column("by_words")

    with op.batch_alter_table("published_findings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_published_findings_published_on"))

    op.drop_table("published_findings")
    with op.batch_alter_table("linked_findings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_linked_findings_finding_id"))

    op.drop_table("linked_findings")
    with op.batch_alter_table("finding_themes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_finding_themes_theme"))

    op.drop_table("finding_themes")
    with op.batch_alter_table("countersigns", schema=None) as batch_op:
        batch_op.drop_index("ix_countersigns_disagreeing")
        batch_op.drop_index(batch_op.f("ix_countersigns_person_id"))

    op.drop_table("countersigns")
    with op.batch_alter_table("addenda", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_addenda_report_id"))

    op.drop_table("addenda")
    with op.batch_alter_table("submissions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_submissions_visit_id"))
        batch_op.drop_index(batch_op.f("ix_submissions_state"))

    op.drop_table("submissions")
    op.drop_table("finding_links")
    op.drop_table("strand_checks")
    with op.batch_alter_table("strand_counts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_strand_counts_made_on"))
    op.drop_table("strand_counts")
    _forget_new_kinds()
    with op.batch_alter_table("visits", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_visits_strands_apart"), type_="check")
        batch_op.drop_column("place")
    _allow_kinds("visits", "ck_visits_visitkind", VISIT_KINDS)
    _allow_kinds("finding_events", "ck_finding_events_eventkind", EVENT_KINDS)


def _count_strands() -> None:
    op.create_table(
        "strand_counts",
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.CheckConstraint("number >= 0", name=op.f("ck_strand_counts_not_below_zero")),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name=op.f("fk_strand_counts_visit_id")),
        sa.PrimaryKeyConstraint("visit_id", name=op.f("pk_strand_counts")),
    )
    with op.batch_alter_table("strand_counts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_strand_counts_made_on"), ["made_on"], unique=False)
    op.create_table(
        "strand_checks",
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("yes", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("unsaid", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "yes >= 0 AND no >= 0 AND unsaid >= 0", name=op.f("ck_strand_checks_not_below_zero")
        ),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name=op.f("fk_strand_checks_visit_id")),
        sa.PrimaryKeyConstraint("visit_id", "key", name=op.f("pk_strand_checks")),
    )


def _allow_kinds(table: str, name: str, words: tuple[str, ...]) -> None:
    allowed = f"kind IN ({', '.join(repr(word) for word in words)})"
    with op.batch_alter_table(table) as batch_op:
        batch_op.drop_constraint(op.f(name), type_="check")
        batch_op.create_check_constraint(op.f(name), allowed)


def _forget_new_kinds() -> None:
    """Events become notes. Visits of other strands cannot go back: they would count as custody visits."""
    bind = op.get_bind()
    events = sa.table("finding_events", sa.column("kind", sa.Text()))
    bind.execute(sa.update(events).where(events.c.kind.in_(NEW_EVENT_KINDS)).values(kind="note"))
    visits = sa.table("visits", sa.column("kind", sa.Text()))
    if bind.scalar(sa.select(sa.exists().where(visits.c.kind.in_(NEW_VISIT_KINDS)))):
        raise RuntimeError(
            "Record reviews and dog-welfare visits are on record, which the step before has not."
        )
