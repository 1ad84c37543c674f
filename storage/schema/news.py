"""News posts and what people do not want to hear about."""

import sqlalchemy as sa

from storage.schema.metadata import metadata
from storage.types import UTCDateTime

posts = sa.Table(
    "posts",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    # The natural key of composing: one draft becomes at most one post.
    sa.Column("draft_id", sa.String(32), nullable=False, unique=True),
    sa.Column("topic", sa.ForeignKey("news_topics.code"), nullable=False),
    # Telegram HTML as the author formatted it, already escaped.
    sa.Column("text_kk", sa.Text, nullable=False),
    sa.Column("text_ru", sa.Text, nullable=False),
    sa.Column("photo", sa.String(200)),
    sa.Column("created_by", sa.BigInteger, nullable=False),
    sa.Column("published_at", UTCDateTime, nullable=False),
    sa.Index("ix_posts_published_at", "published_at"),
)

# A row mutes one topic for one person; without a row the topic is heard.
muted_topics = sa.Table(
    "muted_topics",
    metadata,
    sa.Column("person_id", sa.ForeignKey("people.id"), primary_key=True),
    sa.Column("topic", sa.ForeignKey("news_topics.code"), primary_key=True),
)
