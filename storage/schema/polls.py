"""Polls and their sealed ballots.

A ballot is (voter tag, sealed answer) and nothing else: no person, no time, no region.
"""

import sqlalchemy as sa

from storage.schema.metadata import metadata
from storage.types import UTCDateTime

polls = sa.Table(
    "polls",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    # The natural key of composing: one draft becomes at most one poll. It also names the key
    # file in KEYS_DIR.
    sa.Column("draft_id", sa.String(32), nullable=False, unique=True),
    sa.Column("question_kk", sa.Text, nullable=False),
    sa.Column("question_ru", sa.Text, nullable=False),
    # NULL: all subscribers.
    sa.Column("region", sa.String(2)),
    sa.Column("status", sa.String(16), nullable=False),
    sa.Column("created_by", sa.BigInteger, nullable=False),
    sa.Column("launched_at", UTCDateTime, nullable=False),
    # As announced at the launch; never changed.
    sa.Column("closes_at", UTCDateTime, nullable=False),
    # When answers stopped being taken; before closes_at where an operator closed early.
    sa.Column("frozen_at", UTCDateTime),
    sa.Column("closed_at", UTCDateTime),
    # X25519 public key; the secret key lives in KEYS_DIR, never here.
    sa.Column("public_key", sa.LargeBinary(32), nullable=False),
    # Participation in whole tens, so that its growth tells nothing about one person.
    sa.Column("participation", sa.Integer, nullable=False, server_default="0"),
    # Valid answers; NULL until they are counted.
    sa.Column("base", sa.Integer),
    sa.Index("ix_polls_status_closes_at_id", "status", "closes_at", "id"),
    sa.Index("ix_polls_frozen_at_id", "frozen_at", "id"),
)

poll_options = sa.Table(
    "poll_options",
    metadata,
    sa.Column("poll_id", sa.ForeignKey("polls.id"), primary_key=True),
    sa.Column("position", sa.SmallInteger, primary_key=True),
    sa.Column("text_kk", sa.String(200), nullable=False),
    sa.Column("text_ru", sa.String(200), nullable=False),
    # «Difficult to answer»: always last, drawn grey.
    sa.Column("difficult", sa.Boolean, nullable=False, server_default=sa.false()),
    # NULL until the poll is counted, and for ever where so few answered that it would tell
    # how they did.
    sa.Column("votes", sa.Integer),
)

ballots = sa.Table(
    "ballots",
    metadata,
    sa.Column("poll_id", sa.ForeignKey("polls.id"), primary_key=True),
    # HMAC-SHA-256 under the poll's tag key over (poll, person).
    sa.Column("tag", sa.LargeBinary(32), primary_key=True),
    # X25519 sealed box over an answer padded to one fixed length.
    sa.Column("sealed", sa.LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)
