"""What people must be told: the outbox for one person, mailings for many."""

import sqlalchemy as sa

from storage.schema.metadata import metadata
from storage.types import SealedJSON, SealedText, UTCDateTime

# Who was invited to a poll and who took part is destroyed, so it is in no backup either.
_ABOUT_POLLS = "mailing_id IN (SELECT id FROM mailings WHERE forget_recipients OR kind = 'poll')"

# Written in the transaction of the fact it tells; rendered when sent, in the reader's language.
outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    # The natural key of the message, such as "receipt:17": told once, however often queued.
    sa.Column("key", sa.String(120), nullable=False, unique=True),
    sa.Column("person_id", sa.BigInteger, nullable=False),
    sa.Column("kind", sa.String(32), nullable=False),
    sa.Column("payload", SealedJSON, nullable=False),
    sa.Column("status", sa.String(16), nullable=False),
    sa.Column("not_before", UTCDateTime, nullable=False),
    sa.Column("attempts", sa.SmallInteger, nullable=False, server_default="0"),
    sa.Column("message_id", sa.BigInteger),
    sa.Column("error", sa.String(200)),
    sa.Column("queued_at", UTCDateTime, nullable=False),
    sa.Column("ended_at", UTCDateTime),
    sa.Index("ix_outbox_status_not_before_id", "status", "not_before", "id"),
    sa.Index("ix_outbox_person_id_status", "person_id", "status"),
)

# A cursor over the people a mailing is for; never a list made in advance.
mailings = sa.Table(
    "mailings",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    # The natural key, such as "poll:5" or "news:9": launched once, however often confirmed.
    sa.Column("key", sa.String(64), nullable=False, unique=True),
    sa.Column("kind", sa.String(32), nullable=False),
    sa.Column("payload", sa.JSON, nullable=False),
    sa.Column("status", sa.String(16), nullable=False),
    # Whom it is for, as services/delivery/target.py writes it; {} is everybody.
    sa.Column("audience", sa.JSON, nullable=False, server_default="{}"),
    # True: who joins while it runs gets it too, after everybody else.
    sa.Column("late_joiners", sa.Boolean, nullable=False, server_default=sa.false()),
    # True: the explicit rows of mailing_recipients instead of everybody.
    sa.Column("listed", sa.Boolean, nullable=False, server_default=sa.false()),
    # True: sent at any hour; otherwise it waits from 21:00 to 09:00 Asia/Almaty.
    sa.Column("at_night", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("cursor", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("created_by", sa.BigInteger),
    # A planned one: when it may begin; until then it is not in anybody's audience.
    sa.Column("starts_at", UTCDateTime),
    sa.Column("started_at", UTCDateTime, nullable=False),
    sa.Column("finished_at", UTCDateTime),
    # True: counts towards the most mailings that a person gets in a week, and is held by it.
    sa.Column("counts_weekly", sa.Boolean, nullable=False, server_default=sa.false()),
    # Whole Stars that its paid messages may cost in all; NULL: it is not paid for.
    sa.Column("stars", sa.Integer),
    # NULL until counted, for counting a million people must not hold up the first message.
    sa.Column("reachable", sa.Integer),
    sa.Column("delivered", sa.Integer, nullable=False, server_default="0"),
    sa.Column("blocked", sa.Integer, nullable=False, server_default="0"),
    sa.Column("failed", sa.Integer, nullable=False, server_default="0"),
    # Not sent: the person already had the most mailings of a week.
    sa.Column("held", sa.Integer, nullable=False, server_default="0"),
    # Sent with Telegram's paid broadcasting, each for a tenth of a Star.
    sa.Column("paid", sa.Integer, nullable=False, server_default="0"),
    # Delivered and later taken back.
    sa.Column("recalled", sa.Integer, nullable=False, server_default="0"),
    # Raised by every pause, resumption and cancellation: a button names the version it saw.
    sa.Column("version", sa.Integer, nullable=False, server_default="0"),
    sa.Column("pause_reason", sa.String(16)),
    # True: the author resumed it in spite of refusals, it does not stop for them again.
    sa.Column("trusted", sa.Boolean, nullable=False, server_default=sa.false()),
    # True: a message that may or may not have arrived is sent again; False: it is only counted.
    sa.Column("repeat_uncertain", sa.Boolean, nullable=False, server_default=sa.true()),
    # True: who it went to is erased at its end.
    sa.Column("forget_recipients", sa.Boolean, nullable=False, server_default=sa.false()),
    # The author's message in which progress is shown in place, and whether it shows the end.
    sa.Column("progress_message_id", sa.BigInteger),
    sa.Column("progress_done", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Index("ix_mailings_status", "status"),
    sa.Index("ix_mailings_started_at", "started_at"),
    sa.Index("ix_mailings_progress_done", "progress_done"),
)

mailing_recipients = sa.Table(
    "mailing_recipients",
    metadata,
    sa.Column("mailing_id", sa.ForeignKey("mailings.id"), primary_key=True),
    sa.Column("person_id", sa.BigInteger, primary_key=True),
    sqlite_with_rowid=False,
    info={"backup": _ABOUT_POLLS},
)

# One row for each message of a mailing that is in flight or has ended.
deliveries = sa.Table(
    "deliveries",
    metadata,
    sa.Column("mailing_id", sa.ForeignKey("mailings.id"), primary_key=True),
    sa.Column("person_id", sa.BigInteger, primary_key=True),
    sa.Column("status", sa.String(16), nullable=False),
    sa.Column("attempts", sa.SmallInteger, nullable=False, server_default="1"),
    sa.Column("message_id", sa.BigInteger),
    # The ids of the other messages of one delivery: an album is several.
    sa.Column("other_ids", sa.JSON(none_as_null=True)),
    # What of its mailing this person gets, where that differs; a repetition says the same.
    sa.Column("variant", sa.JSON(none_as_null=True)),
    sa.Column("error", sa.String(200)),
    sa.Index("ix_deliveries_mailing_id_status", "mailing_id", "status", "person_id"),
    sqlite_with_rowid=False,
    info={"backup": _ABOUT_POLLS},
)

# The second pair of eyes: what one member of the staff asks another to let out, word for word.
approvals = sa.Table(
    "approvals",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    # The natural key: what is asked about, such as "news:<draft>", and the version of its draft.
    sa.Column("subject", sa.String(64), nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    # SHA-256 of everything that is shown: approved is this and nothing else.
    sa.Column("fingerprint", sa.String(64), nullable=False),
    sa.Column("content", SealedJSON, nullable=False),
    # How many people it would reach, as the asker saw it.
    sa.Column("people", sa.Integer, nullable=False),
    sa.Column("status", sa.String(16), nullable=False),
    sa.Column("asked_by", sa.BigInteger, nullable=False),
    sa.Column("asked_at", UTCDateTime, nullable=False),
    sa.Column("decided_by", sa.BigInteger),
    sa.Column("decided_at", UTCDateTime),
    # Why it was declined.
    sa.Column("reason", SealedText),
    # When who asked took what was let out (a file, a sealed name); once.
    sa.Column("used_at", UTCDateTime),
    sa.UniqueConstraint("subject", "version"),
    sa.Index("ix_approvals_status", "status"),
    sa.Index("ix_approvals_asked_at", "asked_at"),
)
