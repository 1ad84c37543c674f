"""«You said, we did»: what became of what people said, and to what it is tied."""

import sqlalchemy as sa

from storage.schema.metadata import metadata
from storage.types import UTCDateTime

# status: services.stories.model.StoryStatus. Texts are plain.
stories = sa.Table(
    "stories",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    # The natural key of composing, or "table:<code>" of an import.
    sa.Column("draft_id", sa.String(48), nullable=False, unique=True),
    sa.Column("status", sa.String(12), nullable=False),
    sa.Column("version", sa.Integer, nullable=False, server_default="1"),
    sa.Column("said_kk", sa.String(600), nullable=False),
    sa.Column("said_ru", sa.String(600), nullable=False),
    sa.Column("did_kk", sa.String(1000), nullable=False),
    sa.Column("did_ru", sa.String(1000), nullable=False),
    sa.Column("photo", sa.String(200)),
    # Where it happened; NULL is the whole country.
    sa.Column("region", sa.String(2)),
    sa.Column("district", sa.String(6)),
    sa.Column("created_by", sa.BigInteger),
    sa.Column("created_at", UTCDateTime, nullable=False),
    sa.Column("published_at", UTCDateTime),
    sa.Column("withdrawn_at", UTCDateTime),
    # How far those who took part have been told: kind and key of the last one (a cursor).
    sa.Column("told", sa.JSON, nullable=False, server_default="{}"),
    sa.Column("told_at", UTCDateTime),
    sa.Index("ix_stories_status_published_at_id", "status", "published_at", "id"),
)

# kind: "poll", "topic" or "proposal"; ref: its id or code.
story_links = sa.Table(
    "story_links",
    metadata,
    sa.Column("story_id", sa.ForeignKey("stories.id"), primary_key=True),
    sa.Column("kind", sa.String(8), primary_key=True),
    sa.Column("ref", sa.String(32), primary_key=True),
    sa.Index("ix_story_links_kind_ref", "kind", "ref"),
)
