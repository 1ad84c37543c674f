"""Responsibility."""

import sqlalchemy as sa
from alembic import op

from storage.types import Thousandths, UTCDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_LENGTHS = {"region": 2, "district": 6}


def upgrade() -> None:
    op.create_table(
        "answer_spans",
        sa.Column("section", sa.String(length=32), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("region", sa.String(length=2), nullable=False),
        sa.Column("district", sa.String(length=6), nullable=False),
        sa.Column("working_days", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("count", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["section"], ["sections.code"], name=op.f("fk_answer_spans_section")
        ),
        sa.PrimaryKeyConstraint(
            "section", "day", "region", "district", "working_days", name=op.f("pk_answer_spans")
        ),
    )
    with op.batch_alter_table("answer_spans", schema=None) as batch_op:
        batch_op.create_index("ix_answer_spans_region_day", ["region", "day"], unique=False)

    op.create_table(
        "digest_readers",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("minute", sa.SmallInteger(), server_default="510", nullable=False),
        sa.Column("days_off", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("channel", sa.String(length=8), server_default="telegram", nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_digest_readers_person_id")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_digest_readers")),
    )
    op.create_table(
        "digests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("official", sa.String(length=32), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("composed_at", UTCDateTime(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("delivered_at", UTCDateTime(), nullable=True),
        sa.Column("tries", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("try_after", UTCDateTime(), nullable=True),
        sa.Column("trouble", sa.String(length=16), nullable=True),
        sa.Column("read_at", UTCDateTime(), nullable=True),
        sa.Column("reminded_at", UTCDateTime(), nullable=True),
        sa.Column("alarmed_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["official"], ["officials.code"], name=op.f("fk_digests_official")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digests")),
        sa.UniqueConstraint(
            "official",
            "period",
            "day",
            "person_id",
            name="uq_digests_official_period_day_person_id",
        ),
    )
    with op.batch_alter_table("digests", schema=None) as batch_op:
        batch_op.create_index("ix_digests_day", ["day"], unique=False)
        batch_op.create_index(
            "ix_digests_unread",
            ["composed_at"],
            unique=False,
            sqlite_where=sa.text("read_at IS NULL"),
            postgresql_where=sa.text("read_at IS NULL"),
        )

    op.create_table(
        "indicators",
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("section", sa.String(length=32), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("name_kk", sa.String(length=300), nullable=False),
        sa.Column("name_ru", sa.String(length=300), nullable=False),
        sa.Column("unit_kk", sa.String(length=40), nullable=False),
        sa.Column("unit_ru", sa.String(length=40), nullable=False),
        sa.Column("start", Thousandths(), nullable=False),
        sa.Column("plan", Thousandths(), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("level", sa.String(length=8), nullable=False),
        sa.Column("region", sa.String(length=2), nullable=True),
        sa.Column("district", sa.String(length=6), nullable=True),
        sa.Column("retired", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["section"], ["sections.code"], name=op.f("fk_indicators_section")
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_indicators")),
    )
    with op.batch_alter_table("indicators", schema=None) as batch_op:
        batch_op.create_index(
            "ix_indicators_section_position", ["section", "position"], unique=False
        )

    op.create_table(
        "official_days",
        sa.Column("official", sa.String(length=32), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("answered", sa.Integer(), server_default="0", nullable=False),
        sa.Column("in_time", sa.Integer(), server_default="0", nullable=False),
        sa.Column("confirmed", sa.Integer(), server_default="0", nullable=False),
        sa.Column("disputed", sa.Integer(), server_default="0", nullable=False),
        sa.Column("disputed_in_time", sa.Integer(), server_default="0", nullable=False),
        sa.Column("unconfirmed", sa.Integer(), server_default="0", nullable=False),
        sa.Column("rated", sa.Integer(), server_default="0", nullable=False),
        sa.Column("rating_sum", sa.Integer(), server_default="0", nullable=False),
        sa.Column("escalated", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["official"], ["officials.code"], name=op.f("fk_official_days_official")
        ),
        sa.PrimaryKeyConstraint("official", "day", name=op.f("pk_official_days")),
    )
    with op.batch_alter_table("official_days", schema=None) as batch_op:
        batch_op.create_index("ix_official_days_day", ["day"], unique=False)

    op.create_table(
        "indicator_assignments",
        sa.Column("indicator", sa.String(length=32), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("official", sa.String(length=32), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["indicator"], ["indicators.code"], name=op.f("fk_indicator_assignments_indicator")
        ),
        sa.ForeignKeyConstraint(
            ["official"], ["officials.code"], name=op.f("fk_indicator_assignments_official")
        ),
        sa.PrimaryKeyConstraint("indicator", "since", name=op.f("pk_indicator_assignments")),
    )
    with op.batch_alter_table("indicator_assignments", schema=None) as batch_op:
        batch_op.create_index("ix_indicator_assignments_official", ["official"], unique=False)

    op.create_table(
        "indicator_facts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=48), nullable=False),
        sa.Column("indicator", sa.String(length=32), nullable=False),
        sa.Column("value", Thousandths(), nullable=False),
        sa.Column("comment", sa.String(length=1000), nullable=True),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("by", sa.BigInteger(), nullable=False),
        sa.Column("official", sa.String(length=32), nullable=False),
        sa.Column("returned_at", UTCDateTime(), nullable=True),
        sa.Column("returned_by", sa.BigInteger(), nullable=True),
        sa.Column("question", sa.String(length=1000), nullable=True),
        sa.Column("replied_at", UTCDateTime(), nullable=True),
        sa.Column("replied_by", sa.BigInteger(), nullable=True),
        sa.Column("reply", sa.String(length=1000), nullable=True),
        sa.ForeignKeyConstraint(
            ["indicator"], ["indicators.code"], name=op.f("fk_indicator_facts_indicator")
        ),
        sa.ForeignKeyConstraint(
            ["official"], ["officials.code"], name=op.f("fk_indicator_facts_official")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator_facts")),
        sa.UniqueConstraint("key", name=op.f("uq_indicator_facts_key")),
    )
    with op.batch_alter_table("indicator_facts", schema=None) as batch_op:
        batch_op.create_index("ix_indicator_facts_indicator_id", ["indicator", "id"], unique=False)

    op.create_table(
        "indicator_polls",
        sa.Column("indicator", sa.String(length=32), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["indicator"], ["indicators.code"], name=op.f("fk_indicator_polls_indicator")
        ),
        sa.ForeignKeyConstraint(
            ["poll_id"], ["polls.id"], name=op.f("fk_indicator_polls_poll_id")
        ),
        sa.PrimaryKeyConstraint("indicator", "poll_id", name=op.f("pk_indicator_polls")),
    )
    op.create_table(
        "indicator_topics",
        sa.Column("indicator", sa.String(length=32), nullable=False),
        sa.Column("topic", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["indicator"], ["indicators.code"], name=op.f("fk_indicator_topics_indicator")
        ),
        sa.ForeignKeyConstraint(
            ["topic"], ["topics.code"], name=op.f("fk_indicator_topics_topic")
        ),
        sa.PrimaryKeyConstraint("indicator", "topic", name=op.f("pk_indicator_topics")),
    )
    op.create_table(
        "errands",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("digest_id", sa.Integer(), nullable=True),
        sa.Column("appeal_id", sa.Integer(), nullable=True),
        sa.Column("by", sa.BigInteger(), nullable=False),
        sa.Column("official", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("text", sa.String(length=1000), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("accepted_at", UTCDateTime(), nullable=True),
        sa.Column("done_at", UTCDateTime(), nullable=True),
        sa.Column("done_by", sa.BigInteger(), nullable=True),
        sa.Column("reply", sa.String(length=1000), nullable=True),
        sa.Column("called_off_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["appeal_id"], ["appeals.id"], name=op.f("fk_errands_appeal_id")),
        sa.ForeignKeyConstraint(["digest_id"], ["digests.id"], name=op.f("fk_errands_digest_id")),
        sa.ForeignKeyConstraint(
            ["official"], ["officials.code"], name=op.f("fk_errands_official")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_errands")),
        sa.UniqueConstraint("key", name=op.f("uq_errands_key")),
    )
    with op.batch_alter_table("errands", schema=None) as batch_op:
        batch_op.create_index("ix_errands_by", ["by", "id"], unique=False)
        batch_op.create_index("ix_errands_person_id", ["person_id", "done_at"], unique=False)

    op.create_table(
        "indicator_evidence",
        sa.Column("fact_id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("file_id", sa.String(length=200), nullable=False),
        sa.Column("file_unique_id", sa.String(length=64), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=True),
        sa.ForeignKeyConstraint(
            ["fact_id"], ["indicator_facts.id"], name=op.f("fk_indicator_evidence_fact_id")
        ),
        sa.PrimaryKeyConstraint("fact_id", "message_id", name=op.f("pk_indicator_evidence")),
    )
    op.create_table(
        "quotes",
        sa.Column("appeal_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("section", sa.String(length=32), nullable=False),
        sa.Column("topic", sa.String(length=32), nullable=False),
        sa.Column("region", sa.String(length=2), nullable=False),
        sa.Column("district", sa.String(length=6), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("by", sa.BigInteger(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("withdrawn_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["appeal_id"], ["appeals.id"], name=op.f("fk_quotes_appeal_id")),
        sa.ForeignKeyConstraint(["section"], ["sections.code"], name=op.f("fk_quotes_section")),
        sa.ForeignKeyConstraint(["topic"], ["topics.code"], name=op.f("fk_quotes_topic")),
        sa.PrimaryKeyConstraint("appeal_id", name=op.f("pk_quotes")),
    )
    with op.batch_alter_table("quotes", schema=None) as batch_op:
        batch_op.create_index("ix_quotes_day", ["day"], unique=False)

    with op.batch_alter_table("appeal_days", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("escalated", sa.Integer(), server_default="0", nullable=False)
        )
        batch_op.add_column(sa.Column("in_time", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(
            sa.Column("disputed_in_time", sa.Integer(), server_default="0", nullable=False)
        )
        batch_op.add_column(sa.Column("rated", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(
            sa.Column("rating_sum", sa.Integer(), server_default="0", nullable=False)
        )
        batch_op.add_column(
            sa.Column("badly_rated", sa.Integer(), server_default="0", nullable=False)
        )
        batch_op.create_index("ix_appeal_days_region_day", ["region", "day"], unique=False)

    op.add_column("appeals", sa.Column("closer", sa.String(length=32), nullable=True))
    op.add_column("appeals", sa.Column("in_time", sa.Boolean(), nullable=True))
    day = "CAST(answered_at AT TIME ZONE 'Asia/Almaty' AS DATE)"
    if op.get_bind().dialect.name == "sqlite":
        day = "date(answered_at, '+5 hours')"
    op.execute(
        sa.text(
            f"UPDATE appeals SET closer = official, in_time = {day} <= due_on "  # noqa: S608
            "WHERE answered_at IS NOT NULL"
        )
    )
    _count_again("region, district", "region, coalesce(district, '')", ("region", "district"))
    op.create_index("ix_open_appeals_region_due_on", "open_appeals", ["region", "due_on"])


def downgrade() -> None:
    op.drop_index("ix_open_appeals_region_due_on", "open_appeals")
    _count_again("", "", ())
    op.drop_column("appeals", "in_time")
    op.drop_column("appeals", "closer")

    with op.batch_alter_table("appeal_days", schema=None) as batch_op:
        batch_op.drop_index("ix_appeal_days_region_day")
        batch_op.drop_column("badly_rated")
        batch_op.drop_column("rating_sum")
        batch_op.drop_column("rated")
        batch_op.drop_column("disputed_in_time")
        batch_op.drop_column("in_time")
        batch_op.drop_column("escalated")

    with op.batch_alter_table("quotes", schema=None) as batch_op:
        batch_op.drop_index("ix_quotes_day")

    op.drop_table("quotes")
    op.drop_table("indicator_evidence")
    with op.batch_alter_table("errands", schema=None) as batch_op:
        batch_op.drop_index("ix_errands_person_id")
        batch_op.drop_index("ix_errands_by")

    op.drop_table("errands")
    op.drop_table("indicator_topics")
    op.drop_table("indicator_polls")
    with op.batch_alter_table("indicator_facts", schema=None) as batch_op:
        batch_op.drop_index("ix_indicator_facts_indicator_id")

    op.drop_table("indicator_facts")
    with op.batch_alter_table("indicator_assignments", schema=None) as batch_op:
        batch_op.drop_index("ix_indicator_assignments_official")

    op.drop_table("indicator_assignments")
    with op.batch_alter_table("official_days", schema=None) as batch_op:
        batch_op.drop_index("ix_official_days_day")

    op.drop_table("official_days")
    with op.batch_alter_table("indicators", schema=None) as batch_op:
        batch_op.drop_index("ix_indicators_section_position")

    op.drop_table("indicators")
    with op.batch_alter_table("digests", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_digests_unread",
            sqlite_where=sa.text("read_at IS NULL"),
            postgresql_where=sa.text("read_at IS NULL"),
        )
        batch_op.drop_index("ix_digests_day")

    op.drop_table("digests")
    op.drop_table("digest_readers")
    with op.batch_alter_table("answer_spans", schema=None) as batch_op:
        batch_op.drop_index("ix_answer_spans_region_day")

    op.drop_table("answer_spans")


def _count_again(columns: str, places: str, names: tuple[str, ...]) -> None:
    """Make the counters of open appeals anew from the appeals, with or without the place."""
    op.drop_table("open_appeals")
    op.create_table(
        "open_appeals",
        sa.Column("section", sa.String(length=32), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        *(sa.Column(name, sa.String(length=_LENGTHS[name]), nullable=False) for name in names),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["section"], ["sections.code"], name=op.f("fk_open_appeals_section")
        ),
        sa.PrimaryKeyConstraint("section", "due_on", *names, name=op.f("pk_open_appeals")),
    )
    columns = f", {columns}" if columns else ""
    places = f", {places}" if places else ""
    op.execute(
        sa.text(
            f"INSERT INTO open_appeals (section, due_on{columns}, count) "  # noqa: S608
            f"SELECT section, due_on{places}, count(*) FROM appeals "
            "WHERE status IN ('registered', 'in_work', 'disputed') "
            f"GROUP BY section, due_on{places}"
        )
    )
