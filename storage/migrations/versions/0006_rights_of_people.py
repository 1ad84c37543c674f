"""Rights of people."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.schema.audit_keeping import free_audit, keep_audit
from storage.types import SealedJSON, SealedText, UTCDateTime
from storage.vault import blind

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_Sealed = tuple[str, str, sa.types.TypeEngine[Any], bool]
# What is sealed from now on: table, column, its type until now, and whether it may be empty.
_TEXTS: tuple[_Sealed, ...] = (
    ("appeals", "contact_name", sa.String(length=200), True),
    ("appeals", "contact_phone", sa.String(length=16), True),
    ("attachments", "file_name", sa.String(length=255), True),
    ("digest_readers", "email", sa.String(length=254), True),
    ("errands", "text", sa.String(length=1000), False),
    ("errands", "reply", sa.String(length=1000), True),
    ("people", "name", sa.String(length=200), False),
    ("quotes", "text", sa.String(length=300), False),
)
_VALUES: tuple[_Sealed, ...] = (
    ("appeal_events", "details", sa.JSON(), False),
    ("appeals", "particulars", sa.JSON(), True),
    ("approvals", "content", sa.JSON(), False),
    ("outbox", "payload", sa.JSON(), False),
    ("poll_named", "answers", sa.JSON(), False),
)


# By what is found which rows have been kept long enough: index, table, columns, condition.
_DUE: tuple[tuple[str, str, list[str], str], ...] = (
    ("ix_people_leaving_since", "people", ["leaving_since"], "leaving_since IS NOT NULL"),
    (
        "ix_people_unreachable_since",
        "people",
        ["unreachable_since"],
        "unreachable_since IS NOT NULL",
    ),
    (
        "ix_appeals_ended_at_id",
        "appeals",
        ["ended_at", "id"],
        "ended_at IS NOT NULL AND anonymised_at IS NULL",
    ),
    (
        "ix_attachments_to_unlink",
        "attachments",
        ["appeal_id", "message_id"],
        "erased_at IS NOT NULL AND path IS NOT NULL",
    ),
    ("ix_appeal_entries_joined", "appeal_entries", ["author"], "kind = 'join'"),
    ("ix_attachments_kept", "attachments", ["appeal_id", "message_id"], "erased_at IS NULL"),
    ("ix_bans_until", "bans", ["until"], ""),
    ("ix_bans_lifted_at", "bans", ["lifted_at"], ""),
    ("ix_invitations_expires_at", "invitations", ["expires_at"], ""),
    ("ix_errands_created_at", "errands", ["created_at"], ""),
)


_CONSENTS = ("appeals", "poll_profile", "news")


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("who", sa.BigInteger(), nullable=True),
        sa.Column("what", sa.String(length=48), nullable=False),
        sa.Column("on", sa.String(length=80), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("link", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit")),
        sa.UniqueConstraint("key", name=op.f("uq_audit_key")),
    )
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.create_index("ix_audit_at", ["at"], unique=False)
        batch_op.create_index("ix_audit_on_number", ["on", "number"], unique=False)
        batch_op.create_index("ix_audit_what_number", ["what", "number"], unique=False)
        batch_op.create_index("ix_audit_who_number", ["who", "number"], unique=False)

    op.create_table(
        "audit_ends",
        sa.Column("id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.Column("last_link", sa.String(length=64), nullable=False),
        sa.Column("before", sa.BigInteger(), nullable=False),
        sa.Column("before_link", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_ends")),
    )
    keep_audit(op.get_bind())
    op.create_table(
        "campaigns",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=48), nullable=False),
        sa.Column("title_kk", sa.String(length=200), nullable=False),
        sa.Column("title_ru", sa.String(length=200), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("votes_on", sa.Date(), nullable=False),
        sa.Column("area", sa.String(length=6), server_default="", nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("called_off_at", UTCDateTime(), nullable=True),
        sa.Column("called_off_by", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaigns")),
        sa.UniqueConstraint("key", name=op.f("uq_campaigns_key")),
    )
    with op.batch_alter_table("campaigns", schema=None) as batch_op:
        batch_op.create_index("ix_campaigns_votes_on", ["votes_on"], unique=False)

    op.create_table(
        "confirmed_phones",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("phone_blind", sa.String(length=32), nullable=False),
        sa.Column("confirmed_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_confirmed_phones_person_id")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_confirmed_phones")),
        sa.UniqueConstraint("phone_blind", name=op.f("uq_confirmed_phones_phone_blind")),
    )
    op.create_table(
        "poll_patterns",
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("process", sa.String(length=16), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["poll_id"], ["polls.id"], name=op.f("fk_poll_patterns_poll_id")),
        sa.PrimaryKeyConstraint("poll_id", "kind", "at", "process", name=op.f("pk_poll_patterns")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "silence_overrides",
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("by", sa.BigInteger(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_silence_overrides_campaign_id")
        ),
        sa.PrimaryKeyConstraint("subject", "campaign_id", name=op.f("pk_silence_overrides")),
    )
    op.create_table(
        "staff_sessions",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("pin", SealedText(), nullable=False),
        sa.Column("locked", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("used_at", UTCDateTime(), nullable=False),
        sa.Column("tries", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("wait_until", UTCDateTime(), nullable=True),
        sa.Column("heard", sa.BigInteger(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_staff_sessions_person_id")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_staff_sessions")),
    )
    with op.batch_alter_table("staff_sessions", schema=None) as batch_op:
        batch_op.create_index(
            "ix_staff_sessions_used_at",
            ["used_at"],
            unique=False,
            sqlite_where=sa.text("NOT locked"),
            postgresql_where=sa.text("NOT locked"),
        )

    _widen()
    with op.batch_alter_table("appeals", schema=None) as batch_op:
        batch_op.add_column(sa.Column("contact_phone_blind", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("campaign", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("anonymised_at", UTCDateTime(), nullable=True))
        batch_op.drop_index("ix_appeals_contact_phone")
        batch_op.create_index(
            "ix_appeals_contact_phone_blind", ["contact_phone_blind"], unique=False
        )
        batch_op.create_foreign_key("fk_appeals_campaign", "campaigns", ["campaign"], ["id"])
        batch_op.create_index(
            "ix_appeals_campaign",
            ["campaign", "region"],
            unique=False,
            sqlite_where=sa.text("campaign IS NOT NULL"),
            postgresql_where=sa.text("campaign IS NOT NULL"),
        )
    with op.batch_alter_table("approvals", schema=None) as batch_op:
        batch_op.add_column(sa.Column("used_at", UTCDateTime(), nullable=True))
        batch_op.create_index("ix_approvals_asked_at", ["asked_at"], unique=False)
    with op.batch_alter_table("attachments", schema=None) as batch_op:
        batch_op.add_column(sa.Column("erased_at", UTCDateTime(), nullable=True))
    with op.batch_alter_table("polls", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("verified", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.add_column(sa.Column("uninvited_since", UTCDateTime(), nullable=True))
    _part_consents()
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        for column in _places():
            batch_op.add_column(column)
        batch_op.add_column(sa.Column("created_by", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("asked_in", sa.String(length=8), nullable=True))
        batch_op.add_column(sa.Column("revoked_at", UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column("revoked_by", sa.BigInteger(), nullable=True))
        batch_op.create_unique_constraint(
            "uq_invitations_created_by_asked_in", ["created_by", "asked_in"]
        )
    with op.batch_alter_table("roles", schema=None) as batch_op:
        for column in _places():
            batch_op.add_column(column)
    _key_of_roles("person_id", "role", "area", "section")
    _make_forgetting()
    _index_phones()


def _places() -> tuple[sa.Column[str], sa.Column[str]]:
    return (
        sa.Column("area", sa.String(length=6), server_default="", nullable=False),
        sa.Column("section", sa.String(length=32), server_default="", nullable=False),
    )


def _key_of_roles(*columns: str) -> None:
    with op.batch_alter_table("roles", schema=None) as batch_op:
        batch_op.drop_constraint("pk_roles", type_="primary")
        batch_op.create_primary_key("pk_roles", list(columns))


def _widen() -> None:
    """Make room for sealed values: they are longer, and no JSON to the database."""
    kinds = ((_TEXTS, SealedText()), (_VALUES, SealedJSON()))
    for columns, kind in kinds:
        for table, column, was, empty in columns:
            with op.batch_alter_table(table, schema=None) as batch_op:
                batch_op.alter_column(
                    column, existing_type=was, type_=kind, existing_nullable=empty
                )


def _narrow() -> None:
    """Take the room away; fails on PostgreSQL while values are sealed."""
    for columns in (_TEXTS, _VALUES):
        for table, column, was, empty in columns:
            with op.batch_alter_table(table, schema=None) as batch_op:
                batch_op.alter_column(
                    column,
                    existing_type=sa.Text(),
                    type_=was,
                    existing_nullable=empty,
                    postgresql_using=f"{column}::{was.compile()}",
                )


def _make_forgetting() -> None:
    """Make room for what waits to be erased, and find by an index what is due."""
    op.create_table(
        "kept_bans",
        sa.Column("person_blind", sa.String(length=32), nullable=False),
        sa.Column("since", UTCDateTime(), nullable=False),
        sa.Column("until", UTCDateTime(), nullable=False),
        sa.Column("reason", SealedText(), nullable=False),
        sa.Column("by", sa.BigInteger(), nullable=False),
        sa.Column("appeal_id", sa.Integer(), nullable=False),
        sa.Column("objected_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["appeal_id"], ["appeals.id"], name=op.f("fk_kept_bans_appeal_id")
        ),
        sa.PrimaryKeyConstraint("person_blind", name=op.f("pk_kept_bans")),
    )
    op.create_index("ix_kept_bans_until", "kept_bans", ["until"])
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.add_column(sa.Column("leaving_since", UTCDateTime(), nullable=True))
    for name, table, columns, where in _DUE:
        known = sa.text(where) if where else None
        op.create_index(name, table, columns, sqlite_where=known, postgresql_where=known)


def _unmake_forgetting() -> None:
    for name, table, _columns, _where in _DUE:
        op.drop_index(name, table)
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.drop_column("leaving_since")
    op.drop_table("kept_bans")


def _part_consents() -> None:
    """Let who agreed to the one text until now have agreed to each of its three purposes."""
    connection = op.get_bind()
    for kind in _CONSENTS:
        connection.execute(
            sa.text(
                "INSERT INTO consents (person_id, kind, version, language, given_at, withdrawn_at)"
                " SELECT person_id, :kind, version, language, given_at, withdrawn_at"
                " FROM consents WHERE kind = 'personal_data'"
            ),
            {"kind": kind},
        )
    connection.execute(sa.text("DELETE FROM consents WHERE kind = 'personal_data'"))


def _join_consents() -> None:
    """Let only who agrees to all have agreed to the one text; the others are asked again."""
    connection = op.get_bind()
    whole = (
        "UPDATE consents SET kind = 'personal_data' WHERE kind = 'appeals'"
        " AND (SELECT COUNT(*) FROM consents AS one WHERE one.person_id = consents.person_id"
        " AND one.version = consents.version AND one.withdrawn_at IS NULL) = 3"
    )
    connection.execute(sa.text(whole))
    connection.execute(sa.text("DELETE FROM consents WHERE kind <> 'personal_data'"))


def _index_phones() -> None:
    appeals = sa.table(
        "appeals",
        sa.column("id", sa.Integer),
        sa.column("contact_phone", SealedText),
        sa.column("contact_phone_blind", sa.String),
    )
    connection = op.get_bind()
    left = sa.select(appeals.c.id, appeals.c.contact_phone).where(
        appeals.c.contact_phone.is_not(None)
    )
    for number, phone in connection.execute(left).all():
        connection.execute(
            sa.update(appeals)
            .where(appeals.c.id == number)
            .values(contact_phone_blind=blind(phone))
        )


def downgrade() -> None:
    connection = op.get_bind()
    _unmake_forgetting()
    connection.execute(sa.text("DELETE FROM roles WHERE area <> '' OR section <> ''"))
    _key_of_roles("person_id", "role")
    with op.batch_alter_table("roles", schema=None) as batch_op:
        batch_op.drop_column("section")
        batch_op.drop_column("area")
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.drop_constraint("uq_invitations_created_by_asked_in", type_="unique")
        for name in ("revoked_by", "revoked_at", "asked_in", "created_by", "section", "area"):
            batch_op.drop_column(name)
    _join_consents()
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.drop_column("uninvited_since")
    with op.batch_alter_table("polls", schema=None) as batch_op:
        batch_op.drop_column("verified")
    with op.batch_alter_table("attachments", schema=None) as batch_op:
        batch_op.drop_column("erased_at")
    with op.batch_alter_table("approvals", schema=None) as batch_op:
        batch_op.drop_index("ix_approvals_asked_at")
        batch_op.drop_column("used_at")
    with op.batch_alter_table("appeals", schema=None) as batch_op:
        batch_op.drop_index("ix_appeals_campaign")
        batch_op.drop_constraint("fk_appeals_campaign", type_="foreignkey")
        batch_op.drop_index("ix_appeals_contact_phone_blind")
        batch_op.create_index("ix_appeals_contact_phone", ["contact_phone"], unique=False)
        batch_op.drop_column("anonymised_at")
        batch_op.drop_column("campaign")
        batch_op.drop_column("contact_phone_blind")
    _narrow()
    op.drop_table("staff_sessions")
    op.drop_table("silence_overrides")
    op.drop_table("poll_patterns")
    op.drop_table("confirmed_phones")
    op.drop_table("campaigns")
    op.drop_table("audit_ends")
    op.drop_table("audit")
    free_audit(op.get_bind())
