"""Polls whose secret key two people hold by passphrases of their own."""

import sqlalchemy as sa

from storage.schema.metadata import metadata
from storage.types import UTCDateTime

# Polls that open as soon as both passphrases are set.
locked_drafts = sa.Table(
    "locked_drafts",
    metadata,
    sa.Column("draft_id", sa.String(32), primary_key=True),
    # Exactly what will be asked, as services.polls.draft.PollDraft writes it.
    sa.Column("draft", sa.JSON, nullable=False),
    sa.Column("created_by", sa.BigInteger, nullable=False),
    sa.Column("asked_at", UTCDateTime, nullable=False),
    sqlite_with_rowid=False,
)

poll_key_holders = sa.Table(
    "poll_key_holders",
    metadata,
    # The draft names the key file, before the launch and after.
    sa.Column("draft_id", sa.String(32), primary_key=True),
    # 0 or 1: which half of the key is theirs.
    sa.Column("place", sa.SmallInteger, primary_key=True),
    sa.Column("person_id", sa.BigInteger, nullable=False),
    # What the first saying of the passphrase became; in the key file alone from the launch on.
    sa.Column("lock", sa.LargeBinary),
    # Whether it was said a second time in the same words.
    sa.Column("confirmed", sa.Boolean, nullable=False, server_default=sa.false()),
    # The last message that was taken as a passphrase, in the chat with this person.
    sa.Column("heard", sa.BigInteger, nullable=False, server_default="0"),
    # While the answers wait to be opened: the half, sealed to the process that will open them.
    sa.Column("half", sa.LargeBinary),
    # Wrong passphrases in a row, and until when no more are taken.
    sa.Column("tries", sa.SmallInteger, nullable=False, server_default="0"),
    sa.Column("wait_until", UTCDateTime),
    # When they were asked or reminded last, and how often in all.
    sa.Column("asked_at", UTCDateTime),
    sa.Column("asked", sa.SmallInteger, nullable=False, server_default="0"),
    sa.UniqueConstraint("draft_id", "person_id"),
    sa.Index("ix_poll_key_holders_person_id", "person_id"),
    sqlite_with_rowid=False,
)

# Polls that wait for their two passphrases to be counted.
poll_openings = sa.Table(
    "poll_openings",
    metadata,
    sa.Column("draft_id", sa.String(32), primary_key=True),
    # Of a key pair that one process keeps in its memory only.
    sa.Column("public_key", sa.LargeBinary(32), nullable=False),
    sqlite_with_rowid=False,
)
