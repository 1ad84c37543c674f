"""Unusual patterns in the answers to a poll, in numbers from ten up and never by person."""

import sqlalchemy as sa

from storage.schema.metadata import metadata
from storage.types import UTCDateTime

poll_patterns = sa.Table(
    "poll_patterns",
    metadata,
    sa.Column("poll_id", sa.ForeignKey("polls.id"), primary_key=True),
    # services.polls.patterns.Kind.
    sa.Column("kind", sa.String(16), primary_key=True),
    # The beginning of the stretch of time.
    sa.Column("at", UTCDateTime, primary_key=True),
    # By which run of which process it was counted: a random word, not anybody's.
    sa.Column("process", sa.String(16), primary_key=True),
    # How many answers came in it: kept from ten up only.
    sa.Column("count", sa.Integer, nullable=False),
    sqlite_with_rowid=False,
)
