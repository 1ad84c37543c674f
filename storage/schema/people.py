"""People, what they agreed to, and what they do for the party."""

import sqlalchemy as sa

from storage.schema.metadata import metadata
from storage.types import UTCDateTime

people = sa.Table(
    "people",
    metadata,
    # Telegram's own user id: up to 52 significant bits (Bot API, type User).
    sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("language", sa.String(2)),
    sa.Column("joined_at", UTCDateTime, nullable=False),
    sa.Column("unreachable_since", UTCDateTime),
    sa.Column("muted_since", UTCDateTime),
    # The poll profile; each field may stay empty.
    sa.Column("region", sa.String(2)),
    sa.Column("district", sa.String(6)),
    sa.Column("born_from", sa.SmallInteger),
    sa.Column("born_to", sa.SmallInteger),
    sa.Column("sex", sa.String(8)),
    sa.Column("settlement", sa.String(8)),
    sa.Column("profile_asked_at", UTCDateTime),
    # The day of the latest invitation to any poll, in Asia/Almaty: at most one a week.
    sa.Column("poll_invited_on", sa.Date),
    sa.Index("ix_people_region_id", "region", "id"),
    sa.Index("ix_people_joined_at", "joined_at"),
)

consents = sa.Table(
    "consents",
    metadata,
    sa.Column("person_id", sa.ForeignKey("people.id"), primary_key=True),
    sa.Column("kind", sa.String(32), primary_key=True),
    sa.Column("version", sa.String(16), primary_key=True),
    sa.Column("language", sa.String(2), nullable=False),
    sa.Column("given_at", UTCDateTime, nullable=False),
    sa.Column("withdrawn_at", UTCDateTime),
)

roles = sa.Table(
    "roles",
    metadata,
    sa.Column("person_id", sa.ForeignKey("people.id"), primary_key=True),
    sa.Column("role", sa.String(16), primary_key=True),
    sa.Column("official", sa.ForeignKey("officials.code")),
    sa.Column("since", UTCDateTime, nullable=False),
    sa.Column("until", UTCDateTime),
    sa.Index("ix_roles_official", "official"),
    sa.Index("ix_roles_role", "role"),
)

invitations = sa.Table(
    "invitations",
    metadata,
    # SHA-256 of the one-time token: the link itself is never stored.
    sa.Column("token_hash", sa.String(64), primary_key=True),
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("official", sa.ForeignKey("officials.code")),
    sa.Column("created_at", UTCDateTime, nullable=False),
    sa.Column("expires_at", UTCDateTime, nullable=False),
    sa.Column("used_by", sa.BigInteger),
    sa.Column("used_at", UTCDateTime),
)

# Operators who take urgent appeals now.
duties = sa.Table(
    "duties",
    metadata,
    sa.Column("person_id", sa.ForeignKey("people.id"), primary_key=True),
    sa.Column("since", UTCDateTime, nullable=False),
)

# Who may not leave appeals for a while: always with a reason and an end, never secretly.
bans = sa.Table(
    "bans",
    metadata,
    sa.Column("person_id", sa.ForeignKey("people.id"), primary_key=True),
    # 1, 2, 3 and so on for each person.
    sa.Column("number", sa.SmallInteger, primary_key=True, autoincrement=False),
    sa.Column("since", UTCDateTime, nullable=False),
    sa.Column("until", UTCDateTime, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("by", sa.BigInteger, nullable=False),
    # The appeal from whose card it was done; staff who list bans see its number, not a name.
    sa.Column("appeal_id", sa.ForeignKey("appeals.id"), nullable=False),
    # What the person says against it; once for each ban.
    sa.Column("objection", sa.Text),
    sa.Column("objected_at", UTCDateTime),
    sa.Column("lifted_at", UTCDateTime),
    sa.Column("lifted_by", sa.BigInteger),
)
