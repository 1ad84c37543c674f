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
    # The mailing that tells those who took part, and the last of them who was listed for it.
    sa.Column("mailing_id", sa.Integer),
    sa.Column("listed_to", sa.BigInteger, nullable=False, server_default="0"),
    # When all of them were listed.
    sa.Column("listed_at", UTCDateTime),
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

# Who took part in something and does not want to be told stories by themselves.
story_mutes = sa.Table(
    "story_mutes",
    metadata,
    sa.Column("person_id", sa.ForeignKey("people.id"), primary_key=True),
    sa.Column("since", UTCDateTime, nullable=False),
    sqlite_with_rowid=False,
)
