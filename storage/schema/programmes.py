"""Projects that citizens sign up for: the catalogue, its forms, who comes, who has finished."""

import sqlalchemy as sa

from storage.schema.metadata import metadata
from storage.types import SealedJSON, SealedText, UTCDateTime

# kind, status: services.programmes.model. text and terms are Telegram HTML, already escaped; all
# other texts are plain.
programmes = sa.Table(
    "programmes",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    # The natural key of composing, or "table:<code>" of an import.
    sa.Column("draft_id", sa.String(48), nullable=False, unique=True),
    sa.Column("kind", sa.String(12), nullable=False),
    sa.Column("status", sa.String(12), nullable=False),
    # Raised by every change; a change names the version that it saw (compare and set).
    sa.Column("version", sa.Integer, nullable=False, server_default="1"),
    sa.Column("title_kk", sa.String(120), nullable=False),
    sa.Column("title_ru", sa.String(120), nullable=False),
    sa.Column("text_kk", sa.Text, nullable=False),
    sa.Column("text_ru", sa.Text, nullable=False),
    # Who may come, and on what terms.
    sa.Column("terms_kk", sa.Text, nullable=False, server_default=""),
    sa.Column("terms_ru", sa.Text, nullable=False, server_default=""),
    sa.Column("place_kk", sa.String(200), nullable=False, server_default=""),
    sa.Column("place_ru", sa.String(200), nullable=False, server_default=""),
    # For whom; NULL is everywhere.
    sa.Column("region", sa.String(2)),
    sa.Column("district", sa.String(6)),
    # A photo on Telegram's servers.
    sa.Column("photo", sa.String(200)),
    sa.Column("begins_on", sa.Date, nullable=False),
    sa.Column("ends_on", sa.Date, nullable=False),
    # The last day of signing up.
    sa.Column("sign_up_until", sa.Date, nullable=False),
    # How many may come (NULL: any number), and whether more may wait.
    sa.Column("capacity", sa.Integer),
    sa.Column("waiting", sa.Boolean, nullable=False, server_default=sa.true()),
    # To what a participant agrees besides the general text; its version is raised by an edit.
    sa.Column("consent_kk", sa.String(1000), nullable=False, server_default=""),
    sa.Column("consent_ru", sa.String(1000), nullable=False, server_default=""),
    sa.Column("consent_version", sa.Integer, nullable=False, server_default="1"),
    sa.Column("news_topic", sa.ForeignKey("news_topics.code")),
    # Whether who came often enough gets a certificate, and from which share of sessions, in %.
    sa.Column("certificate", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("certificate_from", sa.SmallInteger, nullable=False, server_default="80"),
    # Counters, kept in the transaction of the sign-up: places that somebody holds (confirmed, or
    # kept for who was offered one), and who waits besides.
    sa.Column("taken", sa.Integer, nullable=False, server_default="0"),
    sa.Column("queued", sa.Integer, nullable=False, server_default="0"),
    sa.Column("created_by", sa.BigInteger),
    sa.Column("created_at", UTCDateTime, nullable=False),
    sa.Column("opened_at", UTCDateTime),
    sa.Index("ix_programmes_status_begins_on", "status", "begins_on"),
)

# What the form asks. options: for a choice, a list of {"code", "kk", "ru"}.
programme_fields = sa.Table(
    "programme_fields",
    metadata,
    sa.Column("programme_id", sa.ForeignKey("programmes.id"), primary_key=True),
    sa.Column("code", sa.String(16), primary_key=True),
    sa.Column("position", sa.SmallInteger, nullable=False),
    sa.Column("kind", sa.String(12), nullable=False),
    sa.Column("label_kk", sa.String(200), nullable=False),
    sa.Column("label_ru", sa.String(200), nullable=False),
    sa.Column("options", sa.JSON, nullable=False, server_default="[]"),
    sa.Column("required", sa.Boolean, nullable=False, server_default=sa.true()),
    # Asked no more; kept for who has answered it.
    sa.Column("retired", sa.Boolean, nullable=False, server_default=sa.false()),
)

# The meetings of a programme; attendance is marked for each.
programme_sessions = sa.Table(
    "programme_sessions",
    metadata,
    sa.Column("programme_id", sa.ForeignKey("programmes.id"), primary_key=True),
    sa.Column("number", sa.SmallInteger, primary_key=True, autoincrement=False),
    sa.Column("starts_at", UTCDateTime, nullable=False),
    sa.Column("title_kk", sa.String(200), nullable=False, server_default=""),
    sa.Column("title_ru", sa.String(200), nullable=False, server_default=""),
    sa.Column("place_kk", sa.String(200), nullable=False, server_default=""),
    sa.Column("place_ru", sa.String(200), nullable=False, server_default=""),
    # How far its reminders have been sent: services.programmes.reminding.
    sa.Column("reminded", sa.SmallInteger, nullable=False, server_default="0"),
    sa.Index("ix_programme_sessions_starts_at", "starts_at"),
)

# status: services.programmes.model.SignUpStatus. One row a person and programme, for ever: who
# comes back after leaving goes to the end of the queue.
signups = sa.Table(
    "signups",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("programme_id", sa.ForeignKey("programmes.id"), nullable=False),
    # NULL once everything personal is erased.
    sa.Column("person_id", sa.ForeignKey("people.id")),
    sa.Column("status", sa.String(12), nullable=False),
    sa.Column("version", sa.Integer, nullable=False, server_default="1"),
    sa.Column("language", sa.String(2), nullable=False),
    # As it shall stand on the list and the certificate.
    sa.Column("name", SealedText),
    # {code of the field: what was said}.
    sa.Column("answers", SealedJSON),
    # Version of the programme's own text of consent.
    sa.Column("consent", sa.Integer, nullable=False),
    # The place in the queue: the earlier the nearer.
    sa.Column("queued_at", UTCDateTime, nullable=False),
    sa.Column("at", UTCDateTime, nullable=False),
    # Until when a freed place is kept for who waited; NULL where none was offered.
    sa.Column("offered_until", UTCDateTime),
    sa.Column("erased_at", UTCDateTime),
    sa.UniqueConstraint("programme_id", "person_id", name="uq_signups_programme_id_person_id"),
    sa.Index("ix_signups_programme_id_status_queued_at", "programme_id", "status", "queued_at"),
    sa.Index("ix_signups_person_id", "person_id"),
    sa.Index(
        "ix_signups_offered_until",
        "offered_until",
        sqlite_where=sa.text("offered_until IS NOT NULL"),
        postgresql_where=sa.text("offered_until IS NOT NULL"),
    ),
)

attendance = sa.Table(
    "attendance",
    metadata,
    sa.Column("programme_id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("number", sa.SmallInteger, primary_key=True, autoincrement=False),
    sa.Column("signup_id", sa.ForeignKey("signups.id"), primary_key=True),
    sa.Column("present", sa.Boolean, nullable=False),
    sa.Column("by", sa.BigInteger),
    sa.Column("at", UTCDateTime, nullable=False),
    sa.ForeignKeyConstraint(
        ["programme_id", "number"],
        ["programme_sessions.programme_id", "programme_sessions.number"],
        name="fk_attendance_session",
    ),
    sa.Index("ix_attendance_signup_id", "signup_id"),
)

# number stands on the paper; whoever types it into the bot learns that it is genuine, for which
# programme and of which day, and the name only as initials.
certificates = sa.Table(
    "certificates",
    metadata,
    sa.Column("number", sa.String(24), primary_key=True),
    sa.Column("signup_id", sa.ForeignKey("signups.id"), nullable=False),
    # 1 for the first of a participant, 2 for the one that replaced it.
    sa.Column("serial", sa.SmallInteger, nullable=False),
    # NULL once everything personal is erased.
    sa.Column("name", SealedText),
    # How many sessions there were, and to how many the participant came.
    sa.Column("sessions", sa.SmallInteger, nullable=False),
    sa.Column("attended", sa.SmallInteger, nullable=False),
    # Who led the office of the place on that day; NULL where nobody did.
    sa.Column("signed_by", sa.ForeignKey("officials.code")),
    sa.Column("issued_at", UTCDateTime, nullable=False),
    sa.Column("issued_by", sa.BigInteger),
    sa.Column("revoked_at", UTCDateTime),
    sa.Column("revoked_by", sa.BigInteger),
    # services.programmes.certificate.Reason; NULL while it is good.
    sa.Column("reason", sa.String(16)),
    sa.UniqueConstraint("signup_id", "serial", name="uq_certificates_signup_id_serial"),
    # Whose name has been kept long enough: services.people.retention.
    sa.Index(
        "ix_certificates_issued_at",
        "issued_at",
        sqlite_where=sa.text("name IS NOT NULL"),
        postgresql_where=sa.text("name IS NOT NULL"),
    ),
)
