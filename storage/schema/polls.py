"""Polls and their sealed ballots.

A ballot is (voter tag, sealed answer) and nothing else: no person, no time, no region. What is to
be destroyed when a poll closes is in no backup either: there it would outlive the closing.
"""

import sqlalchemy as sa

from storage.schema.metadata import metadata
from storage.types import SealedJSON, SealedText, UTCDateTime

polls = sa.Table(
    "polls",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    # The natural key of composing: one draft becomes at most one poll. It also names the key
    # file in KEYS_DIR.
    sa.Column("draft_id", sa.String(32), nullable=False, unique=True),
    # What it is called; of a poll that is one single choice, the question.
    sa.Column("title_kk", sa.Text, nullable=False),
    sa.Column("title_ru", sa.Text, nullable=False),
    # A picture above the invitation: a Telegram file id.
    sa.Column("photo", sa.String(200)),
    # Whom it is for, as services.delivery.target.Target writes it.
    sa.Column("target", sa.JSON, nullable=False),
    # secret or named.
    sa.Column("kind", sa.String(8), nullable=False),
    sa.Column("topic_class", sa.String(32), nullable=False),
    # SHA-256 over all questions and options in both languages, hex; of a trend's waves the same.
    sa.Column("wording_hash", sa.String(64), nullable=False),
    # Who commissioned a political poll and how it is made; NULL for others.
    sa.Column("legal", sa.JSON),
    # {"size", "seed_hash", "seed"}: a stratified random sample; the seed is told at closing.
    sa.Column("sample", sa.JSON),
    # {"cells": {level: number}}: where so many have answered, nobody more is invited.
    sa.Column("quotas", sa.JSON),
    sa.Column("approved_by", sa.BigInteger),
    # The closing time announced first, where it was extended (once).
    sa.Column("extended_from", UTCDateTime),
    # Number of people invited, NULL where nobody was.
    sa.Column("invited", sa.Integer),
    # 1 where two officials' passphrases are needed to open the ballots.
    sa.Column("two_keys", sa.Boolean, nullable=False, server_default=sa.false()),
    # True: only people who confirmed a phone number answer it.
    sa.Column("verified", sa.Boolean, nullable=False, server_default=sa.false()),
    # What was done about the result, in both languages; without it no poll is archived.
    sa.Column("done_kk", sa.Text),
    sa.Column("done_ru", sa.Text),
    sa.Column("done_at", UTCDateTime),
    sa.Column("archived_at", UTCDateTime),
    # How far its result has come into the party's channel: sending, sent, failed; NULL: not yet.
    sa.Column("channel_status", sa.String(12)),
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
    sa.Index("ix_polls_wording_hash", "wording_hash"),
)

poll_questions = sa.Table(
    "poll_questions",
    metadata,
    sa.Column("poll_id", sa.ForeignKey("polls.id"), primary_key=True),
    sa.Column("position", sa.SmallInteger, primary_key=True),
    sa.Column("code", sa.String(16), nullable=False),
    sa.Column("type", sa.String(16), nullable=False),
    sa.Column("text_kk", sa.Text, nullable=False),
    sa.Column("text_ru", sa.Text, nullable=False),
    # What services.polls.reading makes of a question besides: bounds, scale, skips, picture.
    sa.Column("settings", sa.JSON, nullable=False),
)

poll_options = sa.Table(
    "poll_options",
    metadata,
    sa.Column("poll_id", sa.ForeignKey("polls.id"), primary_key=True),
    sa.Column("question", sa.SmallInteger, primary_key=True),
    sa.Column("position", sa.SmallInteger, primary_key=True),
    sa.Column("text_kk", sa.String(200), nullable=False),
    sa.Column("text_ru", sa.String(200), nullable=False),
    # plain, other, none or difficult.
    sa.Column("role", sa.String(16), nullable=False),
)

# What may be told of a counted poll, suppressed already; see services.polls.results.
poll_results = sa.Table(
    "poll_results",
    metadata,
    sa.Column("poll_id", sa.ForeignKey("polls.id"), primary_key=True),
    sa.Column("key", sa.String(64), primary_key=True),
    sa.Column("value", sa.JSON, nullable=False),
    sqlite_with_rowid=False,
)

# Answers in words (and file ids of photos) of a counted poll, in the order of their letters, apart
# from all other answers; deleted 30 days after closing.
poll_texts = sa.Table(
    "poll_texts",
    metadata,
    sa.Column("poll_id", sa.ForeignKey("polls.id"), primary_key=True),
    sa.Column("question", sa.SmallInteger, primary_key=True),
    # The place in the order of letters.
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("text", SealedText, nullable=False),
    # The theme that a moderator gave it, by number, or «unsuitable»; NULL until then.
    sa.Column("code", sa.String(64)),
    # The moderator who reads it, alone until then.
    sa.Column("taken_by", sa.BigInteger),
    sa.Column("taken_until", UTCDateTime),
    sqlite_with_rowid=False,
)

# The themes of answers in words, while those are read; deleted with the texts.
poll_themes = sa.Table(
    "poll_themes",
    metadata,
    sa.Column("poll_id", sa.ForeignKey("polls.id"), primary_key=True),
    sa.Column("question", sa.SmallInteger, primary_key=True),
    sa.Column("number", sa.SmallInteger, primary_key=True),
    sa.Column("text_kk", sa.String(100), nullable=False),
    sa.Column("text_ru", sa.String(100), nullable=False),
    sqlite_with_rowid=False,
)

# Who answered what in a poll that was declared named, of no other; deleted 90 days after closing.
poll_named = sa.Table(
    "poll_named",
    metadata,
    sa.Column("poll_id", sa.ForeignKey("polls.id"), primary_key=True),
    sa.Column("person_id", sa.BigInteger, primary_key=True),
    # By position of the question, as services.polls.named writes it.
    sa.Column("answers", SealedJSON, nullable=False),
    sqlite_with_rowid=False,
)

# Who was invited, while the poll is open.
poll_invitations = sa.Table(
    "poll_invitations",
    metadata,
    sa.Column("poll_id", sa.ForeignKey("polls.id"), primary_key=True),
    sa.Column("person_id", sa.BigInteger, primary_key=True),
    sqlite_with_rowid=False,
    info={"backup": False},
)

# Answers under way, locked with the poll's tag key.
poll_drafts = sa.Table(
    "poll_drafts",
    metadata,
    sa.Column("poll_id", sa.ForeignKey("polls.id"), primary_key=True),
    sa.Column("tag", sa.LargeBinary(32), primary_key=True),
    sa.Column("box", sa.LargeBinary, nullable=False),
    sqlite_with_rowid=False,
    info={"backup": False},
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
    info={"backup": False},
)

# Official margins that an administrator uploaded; the newest counts.
poll_margins = sa.Table(
    "poll_margins",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    # The table as services.polls.statistics.official reads it.
    sa.Column("table", sa.Text, nullable=False),
    # As printed under results: «01.01.2023».
    sa.Column("as_of", sa.String(32), nullable=False),
    sa.Column("uploaded_by", sa.BigInteger, nullable=False),
    sa.Column("uploaded_at", UTCDateTime, nullable=False),
)

# Days of national or local voting: political polls are not published on them and five days before.
voting_days = sa.Table(
    "voting_days",
    metadata,
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("title_kk", sa.String(200), nullable=False),
    sa.Column("title_ru", sa.String(200), nullable=False),
)
