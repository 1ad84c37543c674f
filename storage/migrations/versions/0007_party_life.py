"""Party life."""

import sqlalchemy as sa
from alembic import op

from storage.types import SealedJSON, SealedText, Thousandths, UTCDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_SPAN = ("section", "day", "region", "district")


def upgrade() -> None:
    op.create_table(
        "council_fields",
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("emoji", sa.String(length=8), nullable=False),
        sa.Column("name_kk", sa.String(length=200), nullable=False),
        sa.Column("name_ru", sa.String(length=200), nullable=False),
        sa.Column("in_regions", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("in_districts", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("retired", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_council_fields")),
    )
    op.create_table(
        "councils",
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("name_kk", sa.String(length=200), nullable=False),
        sa.Column("name_ru", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_councils")),
    )
    op.create_table(
        "maslikhats",
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("region", sa.String(length=2), nullable=False),
        sa.Column("district", sa.String(length=6), nullable=True),
        sa.Column("name_kk", sa.String(length=200), nullable=False),
        sa.Column("name_ru", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_maslikhats")),
    )
    with op.batch_alter_table("maslikhats", schema=None) as batch_op:
        batch_op.create_index(
            "ix_maslikhats_region_district", ["region", "district"], unique=False
        )

    op.create_table(
        "openness_months",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=8), nullable=False),
        sa.Column("published_at", UTCDateTime(), nullable=False),
        sa.Column("corrected_at", UTCDateTime(), nullable=True),
        sa.Column("brought_by", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("month", name=op.f("pk_openness_months")),
    )
    op.create_table(
        "rating_rounds",
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("title_kk", sa.String(length=200), nullable=False),
        sa.Column("title_ru", sa.String(length=200), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("method_kk", sa.String(length=2000), nullable=False),
        sa.Column("method_ru", sa.String(length=2000), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("brought_by", sa.BigInteger(), nullable=True),
        sa.Column("brought_at", UTCDateTime(), nullable=False),
        sa.Column("approved_by", sa.BigInteger(), nullable=True),
        sa.Column("published_at", UTCDateTime(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_rating_rounds")),
    )
    with op.batch_alter_table("rating_rounds", schema=None) as batch_op:
        batch_op.create_index("ix_rating_rounds_status_as_of", ["status", "as_of"], unique=False)

    op.create_table(
        "stories",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.String(length=48), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("said_kk", sa.String(length=600), nullable=False),
        sa.Column("said_ru", sa.String(length=600), nullable=False),
        sa.Column("did_kk", sa.String(length=1000), nullable=False),
        sa.Column("did_ru", sa.String(length=1000), nullable=False),
        sa.Column("photo", sa.String(length=200), nullable=True),
        sa.Column("region", sa.String(length=2), nullable=True),
        sa.Column("district", sa.String(length=6), nullable=True),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("published_at", UTCDateTime(), nullable=True),
        sa.Column("withdrawn_at", UTCDateTime(), nullable=True),
        sa.Column("mailing_id", sa.Integer(), nullable=True),
        sa.Column("listed_to", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("listed_at", UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stories")),
        sa.UniqueConstraint("draft_id", name=op.f("uq_stories_draft_id")),
    )
    with op.batch_alter_table("stories", schema=None) as batch_op:
        batch_op.create_index(
            "ix_stories_status_published_at_id", ["status", "published_at", "id"], unique=False
        )

    op.create_table(
        "council_applications",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("council", sa.String(length=32), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("name", SealedText(), nullable=False),
        sa.Column("phone", SealedText(), nullable=True),
        sa.Column("about", SealedText(), nullable=False),
        sa.Column("consent", sa.String(length=16), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", UTCDateTime(), nullable=True),
        sa.Column("reply", SealedText(), nullable=True),
        sa.ForeignKeyConstraint(
            ["council"], ["councils.code"], name=op.f("fk_council_applications_council")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_council_applications_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_applications")),
        sa.UniqueConstraint("draft_id", name=op.f("uq_council_applications_draft_id")),
    )
    with op.batch_alter_table("council_applications", schema=None) as batch_op:
        batch_op.create_index("ix_council_applications_decided_at", ["decided_at"], unique=False)
        batch_op.create_index("ix_council_applications_person_id", ["person_id"], unique=False)
        batch_op.create_index("ix_council_applications_status_id", ["status", "id"], unique=False)

    op.create_table(
        "council_meetings",
        sa.Column("council", sa.String(length=32), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("title_kk", sa.String(length=300), nullable=False),
        sa.Column("title_ru", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["council"], ["councils.code"], name=op.f("fk_council_meetings_council")
        ),
        sa.PrimaryKeyConstraint("council", "held_on", name=op.f("pk_council_meetings")),
    )
    op.create_table(
        "council_members",
        sa.Column("council", sa.String(length=32), nullable=False),
        sa.Column("official", sa.String(length=32), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["council"], ["councils.code"], name=op.f("fk_council_members_council")
        ),
        sa.ForeignKeyConstraint(
            ["official"], ["officials.code"], name=op.f("fk_council_members_official")
        ),
        sa.PrimaryKeyConstraint("council", "official", "since", name=op.f("pk_council_members")),
    )
    with op.batch_alter_table("council_members", schema=None) as batch_op:
        batch_op.create_index("ix_council_members_official", ["official"], unique=False)

    op.create_table(
        "council_terms",
        sa.Column("council", sa.String(length=32), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("field", sa.String(length=32), nullable=False),
        sa.Column("region", sa.String(length=2), nullable=True),
        sa.Column("district", sa.String(length=6), nullable=True),
        sa.Column("takes_appeals", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["council"], ["councils.code"], name=op.f("fk_council_terms_council")
        ),
        sa.ForeignKeyConstraint(
            ["field"], ["council_fields.code"], name=op.f("fk_council_terms_field")
        ),
        sa.PrimaryKeyConstraint("council", "since", name=op.f("pk_council_terms")),
    )
    with op.batch_alter_table("council_terms", schema=None) as batch_op:
        batch_op.create_index(
            "ix_council_terms_region_district", ["region", "district"], unique=False
        )

    op.create_table(
        "deputies",
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("maslikhat", sa.String(length=32), nullable=False),
        sa.Column("constituency_kk", sa.String(length=200), server_default="", nullable=False),
        sa.Column("constituency_ru", sa.String(length=200), server_default="", nullable=False),
        sa.Column("words", sa.String(length=400), server_default="", nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["code"], ["officials.code"], name=op.f("fk_deputies_code")),
        sa.ForeignKeyConstraint(
            ["maslikhat"], ["maslikhats.code"], name=op.f("fk_deputies_maslikhat")
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_deputies")),
    )
    with op.batch_alter_table("deputies", schema=None) as batch_op:
        batch_op.create_index("ix_deputies_maslikhat", ["maslikhat"], unique=False)

    op.create_table(
        "openness_figures",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("region", sa.String(length=2), nullable=False),
        sa.Column("topic", sa.String(length=32), nullable=False),
        sa.Column("registered", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("in_time", sa.Integer(), nullable=False),
        sa.Column("judged", sa.Integer(), nullable=False),
        sa.Column("confirmed", sa.Integer(), nullable=False),
        sa.Column("rated", sa.Integer(), nullable=False),
        sa.Column("rating_sum", sa.Integer(), nullable=False),
        sa.Column("median_days", sa.SmallInteger(), nullable=True),
        sa.Column("p90_days", sa.SmallInteger(), nullable=True),
        sa.Column("told", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(
            ["month"], ["openness_months.month"], name=op.f("fk_openness_figures_month")
        ),
        sa.PrimaryKeyConstraint("month", "region", "topic", name=op.f("pk_openness_figures")),
    )
    op.create_table(
        "openness_corrections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("reason_kk", sa.String(length=500), nullable=False),
        sa.Column("reason_ru", sa.String(length=500), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("asked_at", UTCDateTime(), nullable=False),
        sa.Column("asked_by", sa.BigInteger(), nullable=False),
        sa.Column("decided_at", UTCDateTime(), nullable=True),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["month"], ["openness_months.month"], name=op.f("fk_openness_corrections_month")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_openness_corrections")),
        sa.UniqueConstraint("key", name=op.f("uq_openness_corrections_key")),
    )
    with op.batch_alter_table("openness_corrections", schema=None) as batch_op:
        batch_op.create_index("ix_openness_corrections_month", ["month", "id"], unique=False)
        batch_op.create_index("ix_openness_corrections_status", ["status", "id"], unique=False)

    op.create_table(
        "programmes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.String(length=48), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("title_kk", sa.String(length=120), nullable=False),
        sa.Column("title_ru", sa.String(length=120), nullable=False),
        sa.Column("text_kk", sa.Text(), nullable=False),
        sa.Column("text_ru", sa.Text(), nullable=False),
        sa.Column("terms_kk", sa.Text(), server_default="", nullable=False),
        sa.Column("terms_ru", sa.Text(), server_default="", nullable=False),
        sa.Column("place_kk", sa.String(length=200), server_default="", nullable=False),
        sa.Column("place_ru", sa.String(length=200), server_default="", nullable=False),
        sa.Column("region", sa.String(length=2), nullable=True),
        sa.Column("district", sa.String(length=6), nullable=True),
        sa.Column("photo", sa.String(length=200), nullable=True),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("sign_up_until", sa.Date(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("waiting", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("consent_kk", sa.String(length=1000), server_default="", nullable=False),
        sa.Column("consent_ru", sa.String(length=1000), server_default="", nullable=False),
        sa.Column("consent_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("news_topic", sa.String(length=32), nullable=True),
        sa.Column("certificate", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("certificate_from", sa.SmallInteger(), server_default="80", nullable=False),
        sa.Column("taken", sa.Integer(), server_default="0", nullable=False),
        sa.Column("queued", sa.Integer(), server_default="0", nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("opened_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["news_topic"], ["news_topics.code"], name=op.f("fk_programmes_news_topic")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programmes")),
        sa.UniqueConstraint("draft_id", name=op.f("uq_programmes_draft_id")),
    )
    with op.batch_alter_table("programmes", schema=None) as batch_op:
        batch_op.create_index(
            "ix_programmes_status_begins_on", ["status", "begins_on"], unique=False
        )

    op.create_table(
        "rating_indicators",
        sa.Column("round", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("name_kk", sa.String(length=200), nullable=False),
        sa.Column("name_ru", sa.String(length=200), nullable=False),
        sa.Column("unit_kk", sa.String(length=40), server_default="", nullable=False),
        sa.Column("unit_ru", sa.String(length=40), server_default="", nullable=False),
        sa.Column("weight", Thousandths(), nullable=True),
        sa.ForeignKeyConstraint(
            ["round"], ["rating_rounds.code"], name=op.f("fk_rating_indicators_round")
        ),
        sa.PrimaryKeyConstraint("round", "code", name=op.f("pk_rating_indicators")),
    )
    op.create_table(
        "story_links",
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("ref", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["story_id"], ["stories.id"], name=op.f("fk_story_links_story_id")
        ),
        sa.PrimaryKeyConstraint("story_id", "kind", "ref", name=op.f("pk_story_links")),
    )
    with op.batch_alter_table("story_links", schema=None) as batch_op:
        batch_op.create_index("ix_story_links_kind_ref", ["kind", "ref"], unique=False)

    op.create_table(
        "story_mutes",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("since", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_story_mutes_person_id")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_story_mutes")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "council_attendance",
        sa.Column("council", sa.String(length=32), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("official", sa.String(length=32), nullable=False),
        sa.Column("presence", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(
            ["council", "held_on"],
            ["council_meetings.council", "council_meetings.held_on"],
            name="fk_council_attendance_meeting",
        ),
        sa.ForeignKeyConstraint(
            ["official"], ["officials.code"], name=op.f("fk_council_attendance_official")
        ),
        sa.PrimaryKeyConstraint(
            "council", "held_on", "official", name=op.f("pk_council_attendance")
        ),
    )
    with op.batch_alter_table("council_attendance", schema=None) as batch_op:
        batch_op.create_index(
            "ix_council_attendance_official_held_on", ["official", "held_on"], unique=False
        )

    op.create_table(
        "council_field_topics",
        sa.Column("field", sa.String(length=32), nullable=False),
        sa.Column("topic", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["field"], ["council_fields.code"], name=op.f("fk_council_field_topics_field")
        ),
        sa.ForeignKeyConstraint(
            ["topic"], ["topics.code"], name=op.f("fk_council_field_topics_topic")
        ),
        sa.PrimaryKeyConstraint("field", "topic", name=op.f("pk_council_field_topics")),
    )
    with op.batch_alter_table("council_field_topics", schema=None) as batch_op:
        batch_op.create_index("ix_council_field_topics_topic", ["topic"], unique=False)

    op.create_table(
        "programme_fields",
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("label_kk", sa.String(length=200), nullable=False),
        sa.Column("label_ru", sa.String(length=200), nullable=False),
        sa.Column("options", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("required", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("retired", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name=op.f("fk_programme_fields_programme_id")
        ),
        sa.PrimaryKeyConstraint("programme_id", "code", name=op.f("pk_programme_fields")),
    )
    op.create_table(
        "programme_sessions",
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("starts_at", UTCDateTime(), nullable=False),
        sa.Column("title_kk", sa.String(length=200), server_default="", nullable=False),
        sa.Column("title_ru", sa.String(length=200), server_default="", nullable=False),
        sa.Column("place_kk", sa.String(length=200), server_default="", nullable=False),
        sa.Column("place_ru", sa.String(length=200), server_default="", nullable=False),
        sa.Column("reminded", sa.SmallInteger(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name=op.f("fk_programme_sessions_programme_id")
        ),
        sa.PrimaryKeyConstraint("programme_id", "number", name=op.f("pk_programme_sessions")),
    )
    with op.batch_alter_table("programme_sessions", schema=None) as batch_op:
        batch_op.create_index("ix_programme_sessions_starts_at", ["starts_at"], unique=False)

    op.create_table(
        "proposals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.String(length=48), nullable=False),
        sa.Column("number", sa.String(length=16), nullable=True),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("topic", sa.String(length=32), nullable=False),
        sa.Column("section", sa.String(length=32), nullable=False),
        sa.Column("region", sa.String(length=2), nullable=True),
        sa.Column("district", sa.String(length=6), nullable=True),
        sa.Column("text", SealedText(), nullable=True),
        sa.Column("title", sa.String(length=120), nullable=True),
        sa.Column("shown", sa.String(length=1500), nullable=True),
        sa.Column("title_other", sa.String(length=120), nullable=True),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("published_at", UTCDateTime(), nullable=True),
        sa.Column("moderated_by", sa.BigInteger(), nullable=True),
        sa.Column("refused_for", sa.String(length=16), nullable=True),
        sa.Column("official", sa.String(length=32), nullable=True),
        sa.Column("answer_kk", sa.String(length=1500), nullable=True),
        sa.Column("answer_ru", sa.String(length=1500), nullable=True),
        sa.Column("answered_at", UTCDateTime(), nullable=True),
        sa.Column("supports", sa.Integer(), server_default="0", nullable=False),
        sa.Column("merged_into", sa.Integer(), nullable=True),
        sa.Column("erased_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["merged_into"], ["proposals.id"], name="fk_proposals_merged_into"
        ),
        sa.ForeignKeyConstraint(
            ["official"], ["officials.code"], name=op.f("fk_proposals_official")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_proposals_person_id")),
        sa.ForeignKeyConstraint(["section"], ["sections.code"], name=op.f("fk_proposals_section")),
        sa.ForeignKeyConstraint(["topic"], ["topics.code"], name=op.f("fk_proposals_topic")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals")),
        sa.UniqueConstraint("draft_id", name=op.f("uq_proposals_draft_id")),
        sa.UniqueConstraint("number", name=op.f("uq_proposals_number")),
    )
    with op.batch_alter_table("proposals", schema=None) as batch_op:
        batch_op.create_index("ix_proposals_person_id", ["person_id"], unique=False)
        batch_op.create_index("ix_proposals_section_status", ["section", "status"], unique=False)
        batch_op.create_index(
            "ix_proposals_status_published_at_id", ["status", "published_at", "id"], unique=False
        )
        batch_op.create_index(
            "ix_proposals_status_supports_id", ["status", "supports", "id"], unique=False
        )

    op.create_table(
        "rating_corrections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("round", sa.String(length=32), nullable=False),
        sa.Column("deputy", sa.String(length=32), nullable=False),
        sa.Column("reason_kk", sa.String(length=500), nullable=False),
        sa.Column("reason_ru", sa.String(length=500), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("by", sa.BigInteger(), nullable=True),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["deputy"], ["deputies.code"], name=op.f("fk_rating_corrections_deputy")
        ),
        sa.ForeignKeyConstraint(
            ["round"], ["rating_rounds.code"], name=op.f("fk_rating_corrections_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating_corrections")),
        sa.UniqueConstraint("key", name=op.f("uq_rating_corrections_key")),
    )
    with op.batch_alter_table("rating_corrections", schema=None) as batch_op:
        batch_op.create_index(
            "ix_rating_corrections_round_deputy", ["round", "deputy"], unique=False
        )
        batch_op.create_index("ix_rating_corrections_status", ["status", "id"], unique=False)

    op.create_table(
        "rating_lines",
        sa.Column("round", sa.String(length=32), nullable=False),
        sa.Column("deputy", sa.String(length=32), nullable=False),
        sa.Column("maslikhat", sa.String(length=32), nullable=False),
        sa.Column("score", Thousandths(), nullable=False),
        sa.Column("place", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deputy"], ["deputies.code"], name=op.f("fk_rating_lines_deputy")
        ),
        sa.ForeignKeyConstraint(
            ["maslikhat"], ["maslikhats.code"], name=op.f("fk_rating_lines_maslikhat")
        ),
        sa.ForeignKeyConstraint(
            ["round"], ["rating_rounds.code"], name=op.f("fk_rating_lines_round")
        ),
        sa.PrimaryKeyConstraint("round", "deputy", name=op.f("pk_rating_lines")),
    )
    with op.batch_alter_table("rating_lines", schema=None) as batch_op:
        batch_op.create_index("ix_rating_lines_deputy", ["deputy"], unique=False)
        batch_op.create_index(
            "ix_rating_lines_round_maslikhat_place", ["round", "maslikhat", "place"], unique=False
        )

    op.create_table(
        "rating_values",
        sa.Column("round", sa.String(length=32), nullable=False),
        sa.Column("deputy", sa.String(length=32), nullable=False),
        sa.Column("indicator", sa.String(length=32), nullable=False),
        sa.Column("value", Thousandths(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deputy"], ["deputies.code"], name=op.f("fk_rating_values_deputy")
        ),
        sa.ForeignKeyConstraint(
            ["round"], ["rating_rounds.code"], name=op.f("fk_rating_values_round")
        ),
        sa.PrimaryKeyConstraint("round", "deputy", "indicator", name=op.f("pk_rating_values")),
    )
    op.create_table(
        "signups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("name", SealedText(), nullable=True),
        sa.Column("answers", SealedJSON(), nullable=True),
        sa.Column("consent", sa.Integer(), nullable=False),
        sa.Column("queued_at", UTCDateTime(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("offered_until", UTCDateTime(), nullable=True),
        sa.Column("erased_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_signups_person_id")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name=op.f("fk_signups_programme_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signups")),
        sa.UniqueConstraint("programme_id", "person_id", name="uq_signups_programme_id_person_id"),
    )
    with op.batch_alter_table("signups", schema=None) as batch_op:
        batch_op.create_index(
            "ix_signups_offered_until",
            ["offered_until"],
            unique=False,
            sqlite_where=sa.text("offered_until IS NOT NULL"),
            postgresql_where=sa.text("offered_until IS NOT NULL"),
        )
        batch_op.create_index("ix_signups_person_id", ["person_id"], unique=False)
        batch_op.create_index(
            "ix_signups_programme_id_status_queued_at",
            ["programme_id", "status", "queued_at"],
            unique=False,
        )

    op.create_table(
        "attendance",
        sa.Column("programme_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("signup_id", sa.Integer(), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.Column("by", sa.BigInteger(), nullable=True),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id", "number"],
            ["programme_sessions.programme_id", "programme_sessions.number"],
            name="fk_attendance_session",
        ),
        sa.ForeignKeyConstraint(
            ["signup_id"], ["signups.id"], name=op.f("fk_attendance_signup_id")
        ),
        sa.PrimaryKeyConstraint("programme_id", "number", "signup_id", name=op.f("pk_attendance")),
    )
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.create_index("ix_attendance_signup_id", ["signup_id"], unique=False)

    op.create_table(
        "certificates",
        sa.Column("number", sa.String(length=24), nullable=False),
        sa.Column("signup_id", sa.Integer(), nullable=False),
        sa.Column("serial", sa.SmallInteger(), nullable=False),
        sa.Column("name", SealedText(), nullable=True),
        sa.Column("sessions", sa.SmallInteger(), nullable=False),
        sa.Column("attended", sa.SmallInteger(), nullable=False),
        sa.Column("signed_by", sa.String(length=32), nullable=True),
        sa.Column("issued_at", UTCDateTime(), nullable=False),
        sa.Column("issued_by", sa.BigInteger(), nullable=True),
        sa.Column("revoked_at", UTCDateTime(), nullable=True),
        sa.Column("revoked_by", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(length=16), nullable=True),
        sa.ForeignKeyConstraint(
            ["signed_by"], ["officials.code"], name=op.f("fk_certificates_signed_by")
        ),
        sa.ForeignKeyConstraint(
            ["signup_id"], ["signups.id"], name=op.f("fk_certificates_signup_id")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_certificates")),
        sa.UniqueConstraint("signup_id", "serial", name="uq_certificates_signup_id_serial"),
    )
    with op.batch_alter_table("certificates", schema=None) as batch_op:
        batch_op.create_index(
            "ix_certificates_issued_at",
            ["issued_at"],
            unique=False,
            sqlite_where=sa.text("name IS NOT NULL"),
            postgresql_where=sa.text("name IS NOT NULL"),
        )

    op.create_table(
        "topic_listeners",
        sa.Column("topic", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_topic_listeners_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["topic"], ["news_topics.code"], name=op.f("fk_topic_listeners_topic")
        ),
        sa.PrimaryKeyConstraint("topic", "person_id", name=op.f("pk_topic_listeners")),
    )
    with op.batch_alter_table("topic_listeners", schema=None) as batch_op:
        batch_op.create_index("ix_topic_listeners_person_id", ["person_id"], unique=False)

    op.create_table(
        "proposal_days",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("supports", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposals.id"], name=op.f("fk_proposal_days_proposal_id")
        ),
        sa.PrimaryKeyConstraint("day", "proposal_id", name=op.f("pk_proposal_days")),
    )
    op.create_table(
        "proposal_evidence",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("file_id", sa.String(length=200), nullable=False),
        sa.Column("file_unique_id", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposals.id"], name=op.f("fk_proposal_evidence_proposal_id")
        ),
        sa.PrimaryKeyConstraint("proposal_id", "message_id", name=op.f("pk_proposal_evidence")),
    )
    op.create_table(
        "proposal_states",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("by", sa.BigInteger(), nullable=True),
        sa.Column("note_kk", sa.String(length=1500), server_default="", nullable=False),
        sa.Column("note_ru", sa.String(length=1500), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposals.id"], name=op.f("fk_proposal_states_proposal_id")
        ),
        sa.PrimaryKeyConstraint("proposal_id", "version", name=op.f("pk_proposal_states")),
    )
    op.create_table(
        "proposal_stems",
        sa.Column("stem", sa.String(length=40), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposals.id"], name=op.f("fk_proposal_stems_proposal_id")
        ),
        sa.PrimaryKeyConstraint("stem", "proposal_id", name=op.f("pk_proposal_stems")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("proposal_stems", schema=None) as batch_op:
        batch_op.create_index("ix_proposal_stems_proposal_id", ["proposal_id"], unique=False)

    op.create_table(
        "proposal_supports",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_proposal_supports_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposals.id"], name=op.f("fk_proposal_supports_proposal_id")
        ),
        sa.PrimaryKeyConstraint("proposal_id", "person_id", name=op.f("pk_proposal_supports")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("proposal_supports", schema=None) as batch_op:
        batch_op.create_index("ix_proposal_supports_person_id", ["person_id"], unique=False)

    with op.batch_alter_table("answer_spans", schema=None) as batch_op:
        batch_op.drop_constraint("pk_answer_spans", type_="primary")
        batch_op.add_column(
            sa.Column("topic", sa.String(length=32), nullable=False, server_default="")
        )
        batch_op.create_primary_key("pk_answer_spans", [*_SPAN, "topic", "working_days"])
    with op.batch_alter_table("answer_spans", schema=None) as batch_op:
        batch_op.alter_column("topic", existing_type=sa.String(length=32), server_default=None)

    with op.batch_alter_table("appeals", schema=None) as batch_op:
        batch_op.add_column(sa.Column("deputy", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("council", sa.String(length=32), nullable=True))
        batch_op.create_index(
            "ix_appeals_council",
            ["council", "due_on", "id"],
            unique=False,
            sqlite_where=sa.text("council IS NOT NULL"),
            postgresql_where=sa.text("council IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_appeals_deputy",
            ["deputy", "id"],
            unique=False,
            sqlite_where=sa.text("deputy IS NOT NULL"),
            postgresql_where=sa.text("deputy IS NOT NULL"),
        )
        batch_op.create_foreign_key("fk_appeals_deputy", "deputies", ["deputy"], ["code"])
        batch_op.create_foreign_key("fk_appeals_council", "councils", ["council"], ["code"])


def downgrade() -> None:
    with op.batch_alter_table("appeals", schema=None) as batch_op:
        batch_op.drop_constraint("fk_appeals_council", type_="foreignkey")
        batch_op.drop_constraint("fk_appeals_deputy", type_="foreignkey")
        batch_op.drop_index(
            "ix_appeals_deputy",
            sqlite_where=sa.text("deputy IS NOT NULL"),
            postgresql_where=sa.text("deputy IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_appeals_council",
            sqlite_where=sa.text("council IS NOT NULL"),
            postgresql_where=sa.text("council IS NOT NULL"),
        )
        batch_op.drop_column("council")
        batch_op.drop_column("deputy")

    _join_topics()
    with op.batch_alter_table("answer_spans", schema=None) as batch_op:
        batch_op.drop_constraint("pk_answer_spans", type_="primary")
        batch_op.drop_column("topic")
        batch_op.create_primary_key("pk_answer_spans", [*_SPAN, "working_days"])

    with op.batch_alter_table("proposal_supports", schema=None) as batch_op:
        batch_op.drop_index("ix_proposal_supports_person_id")

    op.drop_table("proposal_supports")
    with op.batch_alter_table("proposal_stems", schema=None) as batch_op:
        batch_op.drop_index("ix_proposal_stems_proposal_id")

    op.drop_table("proposal_stems")
    op.drop_table("proposal_states")
    op.drop_table("proposal_evidence")
    op.drop_table("proposal_days")
    with op.batch_alter_table("topic_listeners", schema=None) as batch_op:
        batch_op.drop_index("ix_topic_listeners_person_id")

    op.drop_table("topic_listeners")
    with op.batch_alter_table("certificates", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_certificates_issued_at",
            sqlite_where=sa.text("name IS NOT NULL"),
            postgresql_where=sa.text("name IS NOT NULL"),
        )

    op.drop_table("certificates")
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.drop_index("ix_attendance_signup_id")

    op.drop_table("attendance")
    with op.batch_alter_table("signups", schema=None) as batch_op:
        batch_op.drop_index("ix_signups_programme_id_status_queued_at")
        batch_op.drop_index("ix_signups_person_id")
        batch_op.drop_index(
            "ix_signups_offered_until",
            sqlite_where=sa.text("offered_until IS NOT NULL"),
            postgresql_where=sa.text("offered_until IS NOT NULL"),
        )

    op.drop_table("signups")
    op.drop_table("rating_values")
    with op.batch_alter_table("rating_lines", schema=None) as batch_op:
        batch_op.drop_index("ix_rating_lines_round_maslikhat_place")
        batch_op.drop_index("ix_rating_lines_deputy")

    op.drop_table("rating_lines")
    with op.batch_alter_table("rating_corrections", schema=None) as batch_op:
        batch_op.drop_index("ix_rating_corrections_status")
        batch_op.drop_index("ix_rating_corrections_round_deputy")

    op.drop_table("rating_corrections")
    with op.batch_alter_table("proposals", schema=None) as batch_op:
        batch_op.drop_index("ix_proposals_status_supports_id")
        batch_op.drop_index("ix_proposals_status_published_at_id")
        batch_op.drop_index("ix_proposals_section_status")
        batch_op.drop_index("ix_proposals_person_id")

    op.drop_table("proposals")
    with op.batch_alter_table("programme_sessions", schema=None) as batch_op:
        batch_op.drop_index("ix_programme_sessions_starts_at")

    op.drop_table("programme_sessions")
    op.drop_table("programme_fields")
    with op.batch_alter_table("council_field_topics", schema=None) as batch_op:
        batch_op.drop_index("ix_council_field_topics_topic")

    op.drop_table("council_field_topics")
    with op.batch_alter_table("council_attendance", schema=None) as batch_op:
        batch_op.drop_index("ix_council_attendance_official_held_on")

    op.drop_table("council_attendance")
    op.drop_table("story_mutes")
    with op.batch_alter_table("story_links", schema=None) as batch_op:
        batch_op.drop_index("ix_story_links_kind_ref")

    op.drop_table("story_links")
    op.drop_table("rating_indicators")
    with op.batch_alter_table("programmes", schema=None) as batch_op:
        batch_op.drop_index("ix_programmes_status_begins_on")

    op.drop_table("programmes")
    with op.batch_alter_table("openness_corrections", schema=None) as batch_op:
        batch_op.drop_index("ix_openness_corrections_status")
        batch_op.drop_index("ix_openness_corrections_month")

    op.drop_table("openness_corrections")
    op.drop_table("openness_figures")
    with op.batch_alter_table("deputies", schema=None) as batch_op:
        batch_op.drop_index("ix_deputies_maslikhat")

    op.drop_table("deputies")
    with op.batch_alter_table("council_terms", schema=None) as batch_op:
        batch_op.drop_index("ix_council_terms_region_district")

    op.drop_table("council_terms")
    with op.batch_alter_table("council_members", schema=None) as batch_op:
        batch_op.drop_index("ix_council_members_official")

    op.drop_table("council_members")
    op.drop_table("council_meetings")
    with op.batch_alter_table("council_applications", schema=None) as batch_op:
        batch_op.drop_index("ix_council_applications_status_id")
        batch_op.drop_index("ix_council_applications_person_id")
        batch_op.drop_index("ix_council_applications_decided_at")

    op.drop_table("council_applications")
    with op.batch_alter_table("stories", schema=None) as batch_op:
        batch_op.drop_index("ix_stories_status_published_at_id")

    op.drop_table("stories")
    with op.batch_alter_table("rating_rounds", schema=None) as batch_op:
        batch_op.drop_index("ix_rating_rounds_status_as_of")

    op.drop_table("rating_rounds")
    op.drop_table("openness_months")
    with op.batch_alter_table("maslikhats", schema=None) as batch_op:
        batch_op.drop_index("ix_maslikhats_region_district")

    op.drop_table("maslikhats")
    op.drop_table("councils")
    op.drop_table("council_fields")


def _join_topics() -> None:
    """Add up the answers of all topics, for without topics they are one row."""
    keys = ", ".join((*_SPAN, "working_days"))
    op.execute(
        f"CREATE TEMPORARY TABLE joined_spans AS SELECT {keys}, sum(count) AS total "  # noqa: S608
        f"FROM answer_spans GROUP BY {keys}"
    )
    op.execute("DELETE FROM answer_spans")
    op.execute(
        f"INSERT INTO answer_spans ({keys}, topic, count) "  # noqa: S608
        f"SELECT {keys}, '', total FROM joined_spans"
    )
    op.execute("DROP TABLE joined_spans")
