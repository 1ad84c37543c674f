"""News posts, where they come from, and how people want to hear of them."""

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
    sa.Column("status", sa.String(16), nullable=False),
    # Telegram HTML as the author formatted it, already escaped.
    sa.Column("text_kk", sa.Text, nullable=False),
    sa.Column("text_ru", sa.Text, nullable=False),
    # A list of {"type", "file_id"}: none, one, or an album of 2 to 10.
    sa.Column("media", sa.JSON, nullable=False, server_default="[]"),
    # A list of {"text_kk", "text_ru", "url"}: buttons that lead out.
    sa.Column("links", sa.JSON, nullable=False, server_default="[]"),
    # Whom it is for, as services/delivery/target.py writes it; {} is everybody.
    sa.Column("audience", sa.JSON, nullable=False, server_default="{}"),
    # Folded words of both texts, to search in.
    sa.Column("words", sa.Text, nullable=False, server_default=""),
    # NULL where a source published it by itself.
    sa.Column("created_by", sa.BigInteger),
    # When it went out, or will.
    sa.Column("published_at", UTCDateTime, nullable=False),
    # How many people pressed «useful», and how many responses were left to it.
    sa.Column("useful", sa.Integer, nullable=False, server_default="0"),
    sa.Column("responses", sa.Integer, nullable=False, server_default="0"),
    sa.Index("ix_posts_status_published_at_id", "status", "published_at", "id"),
)

# «Useful»: a row is one person's press.
post_reactions = sa.Table(
    "post_reactions",
    metadata,
    sa.Column("post_id", sa.ForeignKey("posts.id"), primary_key=True),
    sa.Column("person_id", sa.BigInteger, primary_key=True),
    sqlite_with_rowid=False,
)

# A post that also stands, or shall stand, in the party's channel.
channel_copies = sa.Table(
    "channel_copies",
    metadata,
    sa.Column("post_id", sa.ForeignKey("posts.id"), primary_key=True),
    # kk, ru, or both one below the other.
    sa.Column("language", sa.String(4), nullable=False),
    sa.Column("status", sa.String(16), nullable=False),
    sa.Column("not_before", UTCDateTime, nullable=False),
    sa.Column("attempts", sa.SmallInteger, nullable=False, server_default="0"),
    sa.Column("error", sa.String(200)),
    sa.Index("ix_channel_copies_status_not_before", "status", "not_before"),
)

# The messages of a copy, as they arrived: to be taken back, and never to be taken for news.
channel_messages = sa.Table(
    "channel_messages",
    metadata,
    sa.Column("chat_id", sa.BigInteger, primary_key=True),
    sa.Column("message_id", sa.BigInteger, primary_key=True),
    sa.Column("post_id", sa.ForeignKey("posts.id"), nullable=False),
    sa.Index("ix_channel_messages_post_id", "post_id"),
    sqlite_with_rowid=False,
)

# A row mutes one topic for one person; without a row the topic is heard.
muted_topics = sa.Table(
    "muted_topics",
    metadata,
    sa.Column("person_id", sa.ForeignKey("people.id"), primary_key=True),
    sa.Column("topic", sa.ForeignKey("news_topics.code"), primary_key=True),
)

# Who asked to hear a topic that nobody else hears: those of programmes (storage/listeners.py).
topic_listeners = sa.Table(
    "topic_listeners",
    metadata,
    sa.Column("topic", sa.ForeignKey("news_topics.code"), primary_key=True),
    sa.Column("person_id", sa.ForeignKey("people.id"), primary_key=True),
    sa.Index("ix_topic_listeners_person_id", "person_id"),
)

# A row: one message a day or a week at this hour instead of each post; without a row, each.
news_rhythms = sa.Table(
    "news_rhythms",
    metadata,
    sa.Column("person_id", sa.ForeignKey("people.id"), primary_key=True, autoincrement=False),
    # Hour of the day in Asia/Almaty.
    sa.Column("hour", sa.SmallInteger, nullable=False),
    # 0 is Monday; NULL is every day.
    sa.Column("weekday", sa.SmallInteger),
    sa.Column("chosen_at", UTCDateTime, nullable=False),
    # What came out before this moment has been told, or is among `pending`: a list of ids of
    # posts that were on their way one by one when the person chose to get them together.
    sa.Column("since", UTCDateTime, nullable=False),
    sa.Column("pending", sa.JSON, nullable=False, server_default="[]"),
    sa.Index("ix_news_rhythms_hour_weekday_person_id", "hour", "weekday", "person_id"),
)

# Where posts come from by themselves: the party's channel, feeds.
news_sources = sa.Table(
    "news_sources",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("kind", sa.String(16), nullable=False),
    # A channel's id, or a feed's URL; the natural key.
    sa.Column("address", sa.String(500), nullable=False, unique=True),
    sa.Column("title", sa.String(200), nullable=False),
    sa.Column("topic", sa.ForeignKey("news_topics.code"), nullable=False),
    # kk or ru: its posts go to the readers of this language.
    sa.Column("language", sa.String(2), nullable=False),
    # True: published by itself; False: an operator is asked.
    sa.Column("automatic", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("added_by", sa.BigInteger),
    sa.Column("added_at", UTCDateTime, nullable=False),
    sa.Column("retired_at", UTCDateTime),
    # Raised by every change: a button names the version it saw.
    sa.Column("version", sa.Integer, nullable=False, server_default="0"),
    # What the feed's server said last, to ask it only for what is new.
    sa.Column("etag", sa.String(500)),
    sa.Column("last_modified", sa.String(100)),
    sa.Column("checked_at", UTCDateTime),
    # Since when it cannot be read; its people are told once for each time.
    sa.Column("broken_since", UTCDateTime),
    sa.Column("failures", sa.Integer, nullable=False, server_default="0"),
)

# What a source brought: each item once.
source_items = sa.Table(
    "source_items",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("source_id", sa.ForeignKey("news_sources.id"), nullable=False),
    # The feed's own id of the entry, hashed; in a channel the message, or the album.
    sa.Column("item", sa.String(64), nullable=False),
    sa.Column("status", sa.String(16), nullable=False),
    # {"text", "media", "link", "messages"}; an album grows while its parts arrive.
    sa.Column("content", sa.JSON, nullable=False),
    sa.Column("found_at", UTCDateTime, nullable=False),
    # When an album is whole and may go out.
    sa.Column("ready_at", UTCDateTime, nullable=False),
    sa.Column("version", sa.Integer, nullable=False, server_default="0"),
    sa.Column("post_id", sa.ForeignKey("posts.id")),
    sa.Column("decided_by", sa.BigInteger),
    sa.UniqueConstraint("source_id", "item"),
    sa.Index("ix_source_items_status_ready_at", "status", "ready_at"),
)
