"""Who did what, when, on which case: rows that are only ever added, each bound to the one before.

No words of anybody stand here, only names of deeds and of cases.
"""

import sqlalchemy as sa

from storage.schema.metadata import metadata
from storage.types import UTCDateTime

audit = sa.Table(
    "audit",
    metadata,
    # 1, 2, 3 and so on without a gap.
    sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("at", UTCDateTime, nullable=False),
    # NULL where the clock or the command line acted.
    sa.Column("who", sa.BigInteger),
    # services.people.deeds.Deed, such as "appeal.read".
    sa.Column("what", sa.String(48), nullable=False),
    # On which case, such as "appeal:17"; "" where there is none.
    sa.Column("on", sa.String(80), nullable=False),
    # Codes and numbers, never words of a person.
    sa.Column("details", sa.JSON, nullable=False),
    # The natural key: a repetition of the deed adds no row.
    sa.Column("key", sa.String(200), nullable=False, unique=True),
    # HMAC-SHA-256 over the link of the row before and this row, hexadecimal.
    sa.Column("link", sa.String(64), nullable=False),
    sa.Index("ix_audit_at", "at"),
    sa.Index("ix_audit_who_number", "who", "number"),
    sa.Index("ix_audit_on_number", "on", "number"),
    sa.Index("ix_audit_what_number", "what", "number"),
)

# One row: where the chain ends, and where it begins since old rows were taken out by their age.
audit_ends = sa.Table(
    "audit_ends",
    metadata,
    sa.Column("id", sa.SmallInteger, primary_key=True, autoincrement=False),
    sa.Column("last", sa.BigInteger, nullable=False),
    sa.Column("last_link", sa.String(64), nullable=False),
    # The number and the link of the newest row that was taken out; 0 and "" where none was.
    sa.Column("before", sa.BigInteger, nullable=False),
    sa.Column("before_link", sa.String(64), nullable=False),
)
