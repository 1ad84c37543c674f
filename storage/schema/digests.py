"""Digests: whom they reached, how they want them, what came of them."""

import sqlalchemy as sa

from storage.schema.metadata import metadata
from storage.types import SealedText, UTCDateTime

# How a reader wants digests; no row: at 08:30, on working days, in Telegram.
digest_readers = sa.Table(
    "digest_readers",
    metadata,
    sa.Column("person_id", sa.ForeignKey("people.id"), primary_key=True),
    # Minutes from midnight, Asia/Almaty.
    sa.Column("minute", sa.SmallInteger, nullable=False, server_default="510"),
    sa.Column("days_off", sa.Boolean, nullable=False, server_default=sa.false()),
    # services.digests.model.Channel: "telegram" or "email".
    sa.Column("channel", sa.String(8), nullable=False, server_default="telegram"),
    sa.Column("email", SealedText),
)

# One row for each digest that went out, as it was composed.
digests = sa.Table(
    "digests",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    # services.digests.model.Period: daily, weekly, monthly, quarterly.
    sa.Column("period", sa.String(10), nullable=False),
    sa.Column("official", sa.ForeignKey("officials.code"), nullable=False),
    # The day on which it is read, in Asia/Almaty.
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("person_id", sa.BigInteger, nullable=False),
    sa.Column("channel", sa.String(8), nullable=False),
    sa.Column("composed_at", UTCDateTime, nullable=False),
    # What it says; numbers and codes, never a person.
    sa.Column("facts", sa.JSON, nullable=False),
    # When it reached the reader; NULL while it is on its way.
    sa.Column("delivered_at", UTCDateTime),
    # How often e-mail was tried in vain, and before which moment it is not tried again.
    sa.Column("tries", sa.SmallInteger, nullable=False, server_default="0"),
    sa.Column("try_after", UTCDateTime),
    # Why it did not arrive the last time: services.digests.channel.Trouble.
    sa.Column("trouble", sa.String(16)),
    # «Танысым»: the reader says that they have read it.
    sa.Column("read_at", UTCDateTime),
    # Once to the reader again; once to the administrators where it could not be delivered.
    sa.Column("reminded_at", UTCDateTime),
    sa.Column("alarmed_at", UTCDateTime),
    sa.UniqueConstraint(
        "official", "period", "day", "person_id", name="uq_digests_official_period_day_person_id"
    ),
    sa.Index("ix_digests_day", "day"),
    sa.Index(
        "ix_digests_unread",
        "composed_at",
        sqlite_where=sa.text("read_at IS NULL"),
        postgresql_where=sa.text("read_at IS NULL"),
    ),
)

# What a reader of a digest took on, gave to somebody by name and day, or asked the operators.
errands = sa.Table(
    "errands",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    # The natural key: "<person>:<message or press that made it>".
    sa.Column("key", sa.String(80), nullable=False, unique=True),
    # services.digests.model.ErrandKind: "accepted", "delegated", "asked".
    sa.Column("kind", sa.String(10), nullable=False),
    sa.Column("digest_id", sa.ForeignKey("digests.id")),
    sa.Column("appeal_id", sa.ForeignKey("appeals.id")),
    sa.Column("by", sa.BigInteger, nullable=False),
    sa.Column("official", sa.ForeignKey("officials.code"), nullable=False),
    # To whom; NULL: the operators.
    sa.Column("person_id", sa.BigInteger),
    sa.Column("text", SealedText, nullable=False),
    sa.Column("due_on", sa.Date),
    sa.Column("created_at", UTCDateTime, nullable=False),
    sa.Column("accepted_at", UTCDateTime),
    sa.Column("done_at", UTCDateTime),
    sa.Column("done_by", sa.BigInteger),
    sa.Column("reply", SealedText),
    sa.Column("called_off_at", UTCDateTime),
    sa.Index("ix_errands_person_id", "person_id", "done_at"),
    sa.Index("ix_errands_by", "by", "id"),
    sa.Index("ix_errands_created_at", "created_at"),
)
