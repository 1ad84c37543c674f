"""The party as data: its names, offices, officials, Road Map, topics and routes."""

import sqlalchemy as sa

from storage.schema.metadata import metadata

party_texts = sa.Table(
    "party_texts",
    metadata,
    sa.Column("key", sa.String(64), primary_key=True),
    sa.Column("kk", sa.Text, nullable=False),
    sa.Column("ru", sa.Text, nullable=False),
)

offices = sa.Table(
    "offices",
    metadata,
    sa.Column("code", sa.String(32), primary_key=True),
    sa.Column("region", sa.String(2)),
    sa.Column("name_kk", sa.String(200), nullable=False),
    sa.Column("name_ru", sa.String(200), nullable=False),
)

officials = sa.Table(
    "officials",
    metadata,
    sa.Column("code", sa.String(32), primary_key=True),
    sa.Column("body", sa.String(16), nullable=False),
    sa.Column("name_kk", sa.String(200), nullable=False),
    sa.Column("name_ru", sa.String(200), nullable=False),
    sa.Column("position_kk", sa.String(200), nullable=False),
    sa.Column("position_ru", sa.String(200), nullable=False),
)

sections = sa.Table(
    "sections",
    metadata,
    sa.Column("code", sa.String(32), primary_key=True),
    sa.Column("position", sa.SmallInteger, nullable=False),
    sa.Column("emoji", sa.String(8), nullable=False),
    sa.Column("name_kk", sa.String(200), nullable=False),
    sa.Column("name_ru", sa.String(200), nullable=False),
)

# Dated, so that an old appeal still names who was responsible then. Half open: `since` is the
# first day in force, `until` the first day after.
section_assignments = sa.Table(
    "section_assignments",
    metadata,
    sa.Column("section", sa.ForeignKey("sections.code"), primary_key=True),
    sa.Column("since", sa.Date, primary_key=True),
    sa.Column("official", sa.ForeignKey("officials.code"), nullable=False),
    sa.Column("until", sa.Date),
    sa.Index("ix_section_assignments_official", "official"),
)

topics = sa.Table(
    "topics",
    metadata,
    sa.Column("code", sa.String(32), primary_key=True),
    sa.Column("section", sa.ForeignKey("sections.code"), nullable=False),
    sa.Column("position", sa.SmallInteger, nullable=False),
    sa.Column("emoji", sa.String(8), nullable=False),
    sa.Column("name_kk", sa.String(200), nullable=False),
    sa.Column("name_ru", sa.String(200), nullable=False),
    sa.Column("retired", sa.Boolean, nullable=False, server_default=sa.false()),
)

# The office that handles a topic in a place: the most specific route wins; NULL means "any".
# Dated like the assignments.
routes = sa.Table(
    "routes",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("topic", sa.ForeignKey("topics.code")),
    sa.Column("region", sa.String(2)),
    sa.Column("district", sa.String(6)),
    sa.Column("office", sa.ForeignKey("offices.code"), nullable=False),
    sa.Column("since", sa.Date, nullable=False),
    sa.Column("until", sa.Date),
)

news_topics = sa.Table(
    "news_topics",
    metadata,
    sa.Column("code", sa.String(32), primary_key=True),
    sa.Column("position", sa.SmallInteger, nullable=False),
    sa.Column("emoji", sa.String(8), nullable=False),
    sa.Column("name_kk", sa.String(200), nullable=False),
    sa.Column("name_ru", sa.String(200), nullable=False),
    sa.Column("retired", sa.Boolean, nullable=False, server_default=sa.false()),
)

# Working days that differ from the holidays package (ministry transfers, religious dates).
calendar_overrides = sa.Table(
    "calendar_overrides",
    metadata,
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("working", sa.Boolean, nullable=False),
    sa.Column("reason_kk", sa.String(200), nullable=False),
    sa.Column("reason_ru", sa.String(200), nullable=False),
)
