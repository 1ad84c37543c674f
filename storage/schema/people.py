"""People, what they agreed to, and what they do for the party."""

import sqlalchemy as sa

from storage.schema.metadata import metadata
from storage.types import SealedText, UTCDateTime

people = sa.Table(
    "people",
    metadata,
    # Telegram's own user id: up to 52 significant bits (Bot API, type User).
    sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("name", SealedText, nullable=False),
    sa.Column("language", sa.String(2)),
    sa.Column("joined_at", UTCDateTime, nullable=False),
    sa.Column("unreachable_since", UTCDateTime),
    sa.Column("muted_since", UTCDateTime),
    # No messages about polls since then.
    sa.Column("uninvited_since", UTCDateTime),
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
    # Since when somebody waits for their last open appeals to end, to be forgotten then.
    sa.Column("leaving_since", UTCDateTime),
    sa.Index("ix_people_region_id", "region", "id"),
    sa.Index("ix_people_joined_at", "joined_at"),
    *(
        sa.Index(f"ix_people_{name}", name, sqlite_where=known, postgresql_where=known)
        for name in ("unreachable_since", "leaving_since")
        for known in (sa.text(f"{name} IS NOT NULL"),)
    ),
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
    # Where it holds: a KATO prefix (2 or 6 digits) and a section of the Road Map; "" is
    # everywhere or every section. Always "" for officials, whose scope is what they answer for.
    sa.Column("area", sa.String(6), primary_key=True, server_default=""),
    sa.Column("section", sa.String(32), primary_key=True, server_default=""),
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
    sa.Column("area", sa.String(6), nullable=False, server_default=""),
    sa.Column("section", sa.String(32), nullable=False, server_default=""),
    sa.Column("official", sa.ForeignKey("officials.code")),
    # NULL where it was made on the command line.
    sa.Column("created_by", sa.BigInteger),
    # The round of choosing in the chat that it was made in: a repeated press makes no second one.
    sa.Column("asked_in", sa.String(8)),
    sa.Column("created_at", UTCDateTime, nullable=False),
    sa.Column("expires_at", UTCDateTime, nullable=False),
    sa.Column("revoked_at", UTCDateTime),
    sa.Column("revoked_by", sa.BigInteger),
    sa.Column("used_by", sa.BigInteger),
    sa.Column("used_at", UTCDateTime),
    sa.UniqueConstraint("created_by", "asked_in"),
    sa.Index("ix_invitations_expires_at", "expires_at"),
)

# The PIN of a member of staff, and whether their session has ended until they type it again.
staff_sessions = sa.Table(
    "staff_sessions",
    metadata,
    sa.Column("person_id", sa.ForeignKey("people.id"), primary_key=True),
    # Argon2id as libsodium writes it: parameters, salt and digest in one text. Sealed, because a
    # million PINs are tried on a stolen digest in a night.
    sa.Column("pin", SealedText, nullable=False),
    sa.Column("locked", sa.Boolean, nullable=False, server_default=sa.false()),
    # The last use, noted at most every ten minutes.
    sa.Column("used_at", UTCDateTime, nullable=False),
    # Wrong PINs in a row, and until when no more are taken.
    sa.Column("tries", sa.SmallInteger, nullable=False, server_default="0"),
    sa.Column("wait_until", UTCDateTime),
    # The last message that was taken as a PIN, in the chat with this person.
    sa.Column("heard", sa.BigInteger, nullable=False, server_default="0"),
    sa.Index(
        "ix_staff_sessions_used_at",
        "used_at",
        sqlite_where=sa.text("NOT locked"),
        postgresql_where=sa.text("NOT locked"),
    ),
)

# Who has shown, by sharing their own contact, that a number is theirs; the number is not kept.
confirmed_phones = sa.Table(
    "confirmed_phones",
    metadata,
    sa.Column("person_id", sa.ForeignKey("people.id"), primary_key=True),
    # storage.vault.blind of the number in E.164: one account for each number.
    sa.Column("phone_blind", sa.String(32), nullable=False, unique=True),
    sa.Column("confirmed_at", UTCDateTime, nullable=False),
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
    sa.Column("reason", SealedText, nullable=False),
    sa.Column("by", sa.BigInteger, nullable=False),
    # The appeal from whose card it was done; staff who list bans see its number, not a name.
    sa.Column("appeal_id", sa.ForeignKey("appeals.id"), nullable=False),
    # What the person says against it; once for each ban.
    sa.Column("objection", SealedText),
    sa.Column("objected_at", UTCDateTime),
    sa.Column("lifted_at", UTCDateTime),
    sa.Column("lifted_by", sa.BigInteger),
    sa.Index("ix_bans_until", "until"),
    sa.Index("ix_bans_lifted_at", "lifted_at"),
)

# Bans of people whose data were erased, so that erasing evades none: it comes back with them.
kept_bans = sa.Table(
    "kept_bans",
    metadata,
    # storage.vault.blind of the person's id.
    sa.Column("person_blind", sa.String(32), primary_key=True),
    sa.Column("since", UTCDateTime, nullable=False),
    sa.Column("until", UTCDateTime, nullable=False),
    sa.Column("reason", SealedText, nullable=False),
    sa.Column("by", sa.BigInteger, nullable=False),
    sa.Column("appeal_id", sa.ForeignKey("appeals.id"), nullable=False),
    sa.Column("objected_at", UTCDateTime),
    sa.Index("ix_kept_bans_until", "until"),
)
