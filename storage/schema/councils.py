"""Public councils at the party: fields, composition by days, meetings, and who wants to join."""

import sqlalchemy as sa

from storage.schema.metadata import metadata
from storage.types import SealedText, UTCDateTime

council_fields = sa.Table(
    "council_fields",
    metadata,
    sa.Column("code", sa.String(32), primary_key=True),
    sa.Column("position", sa.SmallInteger, nullable=False),
    sa.Column("emoji", sa.String(8), nullable=False),
    sa.Column("name_kk", sa.String(200), nullable=False),
    sa.Column("name_ru", sa.String(200), nullable=False),
    # Whether there is a council of this field in each region and in each district; at the
    # republic there is one of every field.
    sa.Column("in_regions", sa.Boolean, nullable=False, server_default=sa.true()),
    sa.Column("in_districts", sa.Boolean, nullable=False, server_default=sa.true()),
    sa.Column("retired", sa.Boolean, nullable=False, server_default=sa.false()),
)

# Which topics of appeals belong to a field.
council_field_topics = sa.Table(
    "council_field_topics",
    metadata,
    sa.Column("field", sa.ForeignKey("council_fields.code"), primary_key=True),
    sa.Column("topic", sa.ForeignKey("topics.code"), primary_key=True),
    sa.Index("ix_council_field_topics_topic", "topic"),
)

councils = sa.Table(
    "councils",
    metadata,
    sa.Column("code", sa.String(32), primary_key=True),
    sa.Column("name_kk", sa.String(200), nullable=False),
    sa.Column("name_ru", sa.String(200), nullable=False),
)

# Field and territory by days, half open: `until` is the first day after. No region: the republic.
council_terms = sa.Table(
    "council_terms",
    metadata,
    sa.Column("council", sa.ForeignKey("councils.code"), primary_key=True),
    sa.Column("since", sa.Date, primary_key=True),
    sa.Column("until", sa.Date),
    sa.Column("field", sa.ForeignKey("council_fields.code"), nullable=False),
    sa.Column("region", sa.String(2)),
    sa.Column("district", sa.String(6)),
    # True: new appeals of the field from its territory go to it without anybody's hand.
    sa.Column("takes_appeals", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Index("ix_council_terms_region_district", "region", "district"),
)

# Members are officials of the body "public_council" (or of another one: a chair may sit in the
# Bureau). role: services.councils.model.Seat.
council_members = sa.Table(
    "council_members",
    metadata,
    sa.Column("council", sa.ForeignKey("councils.code"), primary_key=True),
    sa.Column("official", sa.ForeignKey("officials.code"), primary_key=True),
    sa.Column("since", sa.Date, primary_key=True),
    sa.Column("until", sa.Date),
    sa.Column("role", sa.String(12), nullable=False),
    sa.Index("ix_council_members_official", "official"),
)

council_meetings = sa.Table(
    "council_meetings",
    metadata,
    sa.Column("council", sa.ForeignKey("councils.code"), primary_key=True),
    sa.Column("held_on", sa.Date, primary_key=True),
    sa.Column("title_kk", sa.String(300), nullable=False),
    sa.Column("title_ru", sa.String(300), nullable=False),
)

# presence: services.councils.model.Presence.
council_attendance = sa.Table(
    "council_attendance",
    metadata,
    sa.Column("council", sa.String(32), primary_key=True),
    sa.Column("held_on", sa.Date, primary_key=True),
    sa.Column("official", sa.ForeignKey("officials.code"), primary_key=True),
    sa.Column("presence", sa.String(8), nullable=False),
    sa.ForeignKeyConstraint(
        ["council", "held_on"],
        ["council_meetings.council", "council_meetings.held_on"],
        name="fk_council_attendance_meeting",
    ),
    sa.Index("ix_council_attendance_official_held_on", "official", "held_on"),
)

# «Propose myself for a council»: words and contact of a citizen, kept with their consent.
council_applications = sa.Table(
    "council_applications",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    # The natural key: one draft becomes at most one application.
    sa.Column("draft_id", sa.String(32), nullable=False, unique=True),
    sa.Column("person_id", sa.ForeignKey("people.id"), nullable=False),
    sa.Column("council", sa.ForeignKey("councils.code"), nullable=False),
    sa.Column("language", sa.String(2), nullable=False),
    sa.Column("name", SealedText, nullable=False),
    sa.Column("phone", SealedText),
    # What they do and why they want it.
    sa.Column("about", SealedText, nullable=False),
    # The version of the text to which the citizen agreed for this.
    sa.Column("consent", sa.String(16), nullable=False),
    sa.Column("at", UTCDateTime, nullable=False),
    # services.councils.model.ApplicationStatus
    sa.Column("status", sa.String(12), nullable=False),
    sa.Column("version", sa.Integer, nullable=False, server_default="1"),
    sa.Column("decided_by", sa.BigInteger),
    sa.Column("decided_at", UTCDateTime),
    sa.Column("reply", SealedText),
    sa.Index("ix_council_applications_person_id", "person_id"),
    sa.Index("ix_council_applications_status_id", "status", "id"),
    sa.Index("ix_council_applications_decided_at", "decided_at"),
)
