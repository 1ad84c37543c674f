"""News and delivery."""

import html
import re

import sqlalchemy as sa
from alembic import op

from storage.types import UTCDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


_mailings = sa.table(
    "mailings",
    sa.column("id", sa.Integer),
    sa.column("kind", sa.String),
    sa.column("payload", sa.JSON),
    sa.column("region", sa.String),
    sa.column("news_topic", sa.String),
    sa.column("audience", sa.JSON),
)
_posts = sa.table(
    "posts",
    sa.column("id", sa.Integer),
    sa.column("text_kk", sa.Text),
    sa.column("text_ru", sa.Text),
    sa.column("photo", sa.String),
    sa.column("media", sa.JSON),
    sa.column("words", sa.Text),
)
# As services/text/fold.py folds, on the day of this revision.
_FOLDED = str.maketrans("әғқңөұүһіё", "агкноуухие")
_TAG = re.compile(r"<[^>]*>")


def upgrade() -> None:
    op.create_table(
        "approvals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("asked_by", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", UTCDateTime(), nullable=False),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", UTCDateTime(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approvals")),
        sa.UniqueConstraint("subject", "version", name=op.f("uq_approvals_subject_version")),
    )
    with op.batch_alter_table("approvals", schema=None) as batch_op:
        batch_op.create_index("ix_approvals_status", ["status"], unique=False)

    op.create_table(
        "news_rhythms",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("hour", sa.SmallInteger(), nullable=False),
        sa.Column("weekday", sa.SmallInteger(), nullable=True),
        sa.Column("chosen_at", UTCDateTime(), nullable=False),
        sa.Column("since", UTCDateTime(), nullable=False),
        sa.Column("pending", sa.JSON(), server_default="[]", nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_news_rhythms_person_id")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_news_rhythms")),
    )
    with op.batch_alter_table("news_rhythms", schema=None) as batch_op:
        batch_op.create_index(
            "ix_news_rhythms_hour_weekday_person_id",
            ["hour", "weekday", "person_id"],
            unique=False,
        )

    op.create_table(
        "news_sources",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("address", sa.String(length=500), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("topic", sa.String(length=32), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("automatic", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("added_by", sa.BigInteger(), nullable=True),
        sa.Column("added_at", UTCDateTime(), nullable=False),
        sa.Column("retired_at", UTCDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="0", nullable=False),
        sa.Column("etag", sa.String(length=500), nullable=True),
        sa.Column("last_modified", sa.String(length=100), nullable=True),
        sa.Column("checked_at", UTCDateTime(), nullable=True),
        sa.Column("broken_since", UTCDateTime(), nullable=True),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["topic"], ["news_topics.code"], name=op.f("fk_news_sources_topic")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_news_sources")),
        sa.UniqueConstraint("address", name=op.f("uq_news_sources_address")),
    )
    op.create_table(
        "channel_copies",
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=4), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("not_before", UTCDateTime(), nullable=False),
        sa.Column("attempts", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("error", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_channel_copies_post_id")),
        sa.PrimaryKeyConstraint("post_id", name=op.f("pk_channel_copies")),
    )
    with op.batch_alter_table("channel_copies", schema=None) as batch_op:
        batch_op.create_index(
            "ix_channel_copies_status_not_before", ["status", "not_before"], unique=False
        )

    op.create_table(
        "channel_messages",
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["post_id"], ["posts.id"], name=op.f("fk_channel_messages_post_id")
        ),
        sa.PrimaryKeyConstraint("chat_id", "message_id", name=op.f("pk_channel_messages")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("channel_messages", schema=None) as batch_op:
        batch_op.create_index("ix_channel_messages_post_id", ["post_id"], unique=False)

    op.create_table(
        "post_reactions",
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_post_reactions_post_id")),
        sa.PrimaryKeyConstraint("post_id", "person_id", name=op.f("pk_post_reactions")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "source_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=64), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("found_at", UTCDateTime(), nullable=False),
        sa.Column("ready_at", UTCDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="0", nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_source_items_post_id")),
        sa.ForeignKeyConstraint(
            ["source_id"], ["news_sources.id"], name=op.f("fk_source_items_source_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_items")),
        sa.UniqueConstraint("source_id", "item", name=op.f("uq_source_items_source_id_item")),
    )
    with op.batch_alter_table("source_items", schema=None) as batch_op:
        batch_op.create_index(
            "ix_source_items_status_ready_at", ["status", "ready_at"], unique=False
        )

    with op.batch_alter_table("appeals", schema=None) as batch_op:
        batch_op.add_column(sa.Column("post_id", sa.Integer(), nullable=True))

    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.add_column(sa.Column("other_ids", sa.JSON(none_as_null=True), nullable=True))
        batch_op.add_column(sa.Column("variant", sa.JSON(none_as_null=True), nullable=True))

    with op.batch_alter_table("mailings", schema=None) as batch_op:
        batch_op.add_column(sa.Column("audience", sa.JSON(), server_default="{}", nullable=False))
        batch_op.add_column(
            sa.Column("late_joiners", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.add_column(sa.Column("starts_at", UTCDateTime(), nullable=True))
        batch_op.add_column(
            sa.Column("counts_weekly", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.add_column(sa.Column("stars", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("held", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("paid", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(
            sa.Column("recalled", sa.Integer(), server_default="0", nullable=False)
        )
        batch_op.create_index("ix_mailings_started_at", ["started_at"], unique=False)
    _widen_audiences()
    with op.batch_alter_table("mailings", schema=None) as batch_op:
        batch_op.drop_column("news_topic")
        batch_op.drop_column("region")

    with op.batch_alter_table("news_topics", schema=None) as batch_op:
        batch_op.add_column(sa.Column("responses", sa.String(length=32), nullable=True))

    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.create_index("ix_people_joined_at", ["joined_at"], unique=False)

    with op.batch_alter_table("posts", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("status", sa.String(length=16), server_default="published", nullable=False)
        )
        batch_op.add_column(sa.Column("media", sa.JSON(), server_default="[]", nullable=False))
        batch_op.add_column(sa.Column("links", sa.JSON(), server_default="[]", nullable=False))
        batch_op.add_column(sa.Column("audience", sa.JSON(), server_default="{}", nullable=False))
        batch_op.add_column(sa.Column("words", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("useful", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(
            sa.Column("responses", sa.Integer(), server_default="0", nullable=False)
        )
        batch_op.alter_column("created_by", existing_type=sa.BIGINT(), nullable=True)
        batch_op.drop_index(batch_op.f("ix_posts_published_at"))
        batch_op.create_index(
            "ix_posts_status_published_at_id", ["status", "published_at", "id"], unique=False
        )
    _rewrite_posts()
    with op.batch_alter_table("posts", schema=None) as batch_op:
        batch_op.alter_column("status", server_default=None)
        batch_op.drop_column("photo")


def _widen_audiences() -> None:
    """Write region and topic of mailings as their audience, and photos as media."""
    connection = op.get_bind()
    for row in connection.execute(sa.select(_mailings)).all():
        audience: dict[str, object] = {}
        if row.news_topic:
            audience["topic"] = row.news_topic
        if row.region:
            audience["regions"] = [row.region]
        payload = dict(row.payload)
        if row.kind == "news":
            payload |= {"media": _media(payload.pop("photo", None)), "links": []}
        connection.execute(
            sa.update(_mailings)
            .where(_mailings.c.id == row.id)
            .values(audience=audience, payload=payload)
        )


def _rewrite_posts() -> None:
    """Write photos as media, and the words to search for."""
    connection = op.get_bind()
    for row in connection.execute(sa.select(_posts)).all():
        text = html.unescape(_TAG.sub("", f"{row.text_kk}\n{row.text_ru}"))
        connection.execute(
            sa.update(_posts)
            .where(_posts.c.id == row.id)
            .values(media=_media(row.photo), words=text.lower().translate(_FOLDED))
        )


def _media(photo: str | None) -> list[dict[str, str]]:
    return [{"type": "photo", "file_id": photo}] if photo else []


def downgrade() -> None:
    with op.batch_alter_table("posts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("photo", sa.VARCHAR(length=200), nullable=True))
        batch_op.drop_index("ix_posts_status_published_at_id")
        batch_op.create_index(batch_op.f("ix_posts_published_at"), ["published_at"], unique=False)
        batch_op.alter_column("created_by", existing_type=sa.BIGINT(), nullable=False)
        batch_op.drop_column("responses")
        batch_op.drop_column("useful")
        batch_op.drop_column("words")
        batch_op.drop_column("audience")
        batch_op.drop_column("links")
        batch_op.drop_column("media")
        batch_op.drop_column("status")

    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.drop_index("ix_people_joined_at")

    with op.batch_alter_table("news_topics", schema=None) as batch_op:
        batch_op.drop_column("responses")

    with op.batch_alter_table("mailings", schema=None) as batch_op:
        batch_op.add_column(sa.Column("region", sa.VARCHAR(length=2), nullable=True))
        batch_op.add_column(sa.Column("news_topic", sa.VARCHAR(length=32), nullable=True))
        batch_op.drop_index("ix_mailings_started_at")
        batch_op.drop_column("recalled")
        batch_op.drop_column("paid")
        batch_op.drop_column("held")
        batch_op.drop_column("stars")
        batch_op.drop_column("counts_weekly")
        batch_op.drop_column("starts_at")
        batch_op.drop_column("late_joiners")
        batch_op.drop_column("audience")

    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.drop_column("variant")
        batch_op.drop_column("other_ids")

    with op.batch_alter_table("appeals", schema=None) as batch_op:
        batch_op.drop_column("post_id")

    with op.batch_alter_table("source_items", schema=None) as batch_op:
        batch_op.drop_index("ix_source_items_status_ready_at")

    op.drop_table("source_items")
    op.drop_table("post_reactions")
    with op.batch_alter_table("channel_copies", schema=None) as batch_op:
        batch_op.drop_index("ix_channel_copies_status_not_before")

    with op.batch_alter_table("channel_messages", schema=None) as batch_op:
        batch_op.drop_index("ix_channel_messages_post_id")

    op.drop_table("channel_messages")
    op.drop_table("channel_copies")
    op.drop_table("news_sources")
    with op.batch_alter_table("news_rhythms", schema=None) as batch_op:
        batch_op.drop_index("ix_news_rhythms_hour_weekday_person_id")

    op.drop_table("news_rhythms")
    with op.batch_alter_table("approvals", schema=None) as batch_op:
        batch_op.drop_index("ix_approvals_status")

    op.drop_table("approvals")
