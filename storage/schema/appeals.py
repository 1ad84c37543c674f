"""Appeals of citizens, their files, their history, and the counters that digests read."""

import sqlalchemy as sa

from storage.schema.metadata import metadata
from storage.types import UTCDateTime

appeals = sa.Table(
    "appeals",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    # The natural key of registration: one draft becomes at most one appeal.
    sa.Column("draft_id", sa.String(32), nullable=False, unique=True),
    sa.Column("number", sa.String(16), nullable=False, unique=True),
    sa.Column("person_id", sa.ForeignKey("people.id"), nullable=False),
    sa.Column("language", sa.String(2), nullable=False),
    sa.Column("topic", sa.ForeignKey("topics.code"), nullable=False),
    sa.Column("section", sa.ForeignKey("sections.code"), nullable=False),
    # Who answered for the section on the day of registration.
    sa.Column("official", sa.ForeignKey("officials.code")),
    sa.Column("office", sa.ForeignKey("offices.code")),
    sa.Column("region", sa.String(2), nullable=False),
    sa.Column("district", sa.String(6)),
    sa.Column("latitude", sa.Float),
    sa.Column("longitude", sa.Float),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("status", sa.String(16), nullable=False),
    # Raised by every change; a change names the version that it saw (compare and set).
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("registered_at", UTCDateTime, nullable=False),
    # Registration after 18:00 or on a day off counts as the next working day.
    sa.Column("counted_from", sa.Date, nullable=False),
    sa.Column("due_on", sa.Date, nullable=False),
    sa.Column("answer", sa.Text),
    sa.Column("answered_at", UTCDateTime),
    sa.Column("answered_by", sa.BigInteger),
    sa.Column("rating", sa.SmallInteger),
    sa.Column("solved", sa.Boolean),
    sa.Column("rated_at", UTCDateTime),
    sa.Index("ix_appeals_person_id", "person_id", "id"),
    sa.Index("ix_appeals_section_status_due_on_id", "section", "status", "due_on", "id"),
    sa.Index("ix_appeals_status_due_on_id", "status", "due_on", "id"),
)

attachments = sa.Table(
    "attachments",
    metadata,
    sa.Column("appeal_id", sa.ForeignKey("appeals.id"), primary_key=True),
    # The citizen's own message that brought the file: its natural key in a private chat.
    sa.Column("message_id", sa.BigInteger, primary_key=True),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("file_id", sa.String(200), nullable=False),
    sa.Column("file_unique_id", sa.String(64), nullable=False),
    sa.Column("file_name", sa.String(255)),
    sa.Column("mime_type", sa.String(127)),
    sa.Column("size", sa.BigInteger),
)

appeal_events = sa.Table(
    "appeal_events",
    metadata,
    sa.Column("appeal_id", sa.ForeignKey("appeals.id"), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("at", UTCDateTime, nullable=False),
    # NULL where the clock acted.
    sa.Column("actor", sa.BigInteger),
    sa.Column("details", sa.JSON, nullable=False),
)

# One row a year: the next number. Kept in the transaction of the registration.
appeal_numbers = sa.Table(
    "appeal_numbers",
    metadata,
    sa.Column("year", sa.SmallInteger, primary_key=True, autoincrement=False),
    sa.Column("last", sa.Integer, nullable=False),
)

# What happened on a day of Asia/Almaty; digests read these instead of scanning appeals.
appeal_days = sa.Table(
    "appeal_days",
    metadata,
    sa.Column("section", sa.ForeignKey("sections.code"), primary_key=True),
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("topic", sa.ForeignKey("topics.code"), primary_key=True),
    sa.Column("region", sa.String(2), primary_key=True),
    # "" where the citizen named no district.
    sa.Column("district", sa.String(6), primary_key=True),
    sa.Column("registered", sa.Integer, nullable=False, server_default="0"),
    sa.Column("answered", sa.Integer, nullable=False, server_default="0"),
)

# Open appeals of a section by due date: open, overdue and "due soon" are sums of a few rows.
open_appeals = sa.Table(
    "open_appeals",
    metadata,
    sa.Column("section", sa.ForeignKey("sections.code"), primary_key=True),
    sa.Column("due_on", sa.Date, primary_key=True),
    sa.Column("count", sa.Integer, nullable=False),
)
