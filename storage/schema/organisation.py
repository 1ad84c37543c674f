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

# parent: the office of the next level; head: the official who leads the office.
offices = sa.Table(
    "offices",
    metadata,
    sa.Column("code", sa.String(32), primary_key=True),
    sa.Column("region", sa.String(2)),
    sa.Column("district", sa.String(6)),
    sa.Column("parent", sa.ForeignKey("offices.code")),
    sa.Column("head", sa.ForeignKey("officials.code")),
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

# What is asked about an appeal of this topic; retired ones stay for those who have answered them.
topic_questions = sa.Table(
    "topic_questions",
    metadata,
    sa.Column("topic", sa.ForeignKey("topics.code"), primary_key=True),
    sa.Column("code", sa.String(32), primary_key=True),
    sa.Column("position", sa.SmallInteger, nullable=False),
    sa.Column("kk", sa.String(200), nullable=False),
    sa.Column("ru", sa.String(200), nullable=False),
    sa.Column("retired", sa.Boolean, nullable=False, server_default=sa.false()),
)

# term counts days of the unit: "working" or "calendar".
appeal_types = sa.Table(
    "appeal_types",
    metadata,
    sa.Column("code", sa.String(16), primary_key=True),
    sa.Column("position", sa.SmallInteger, nullable=False),
    sa.Column("emoji", sa.String(8), nullable=False),
    sa.Column("name_kk", sa.String(200), nullable=False),
    sa.Column("name_ru", sa.String(200), nullable=False),
    sa.Column("hint_kk", sa.String(90), nullable=False),
    sa.Column("hint_ru", sa.String(90), nullable=False),
    sa.Column("question_kk", sa.String(200), nullable=False),
    sa.Column("question_ru", sa.String(200), nullable=False),
    sa.Column("term", sa.SmallInteger, nullable=False),
    sa.Column("unit", sa.String(8), nullable=False),
)

# topics: a list of codes; words: lists of triggers by language.
stop_messages = sa.Table(
    "stop_messages",
    metadata,
    sa.Column("code", sa.String(32), primary_key=True),
    sa.Column("position", sa.SmallInteger, nullable=False),
    sa.Column("urgent", sa.Boolean, nullable=False),
    sa.Column("phone", sa.String(32), nullable=False),
    sa.Column("topics", sa.JSON, nullable=False),
    sa.Column("words", sa.JSON, nullable=False),
    sa.Column("text_kk", sa.String(400), nullable=False),
    sa.Column("text_ru", sa.String(400), nullable=False),
    sa.Column("retired", sa.Boolean, nullable=False, server_default=sa.false()),
)

answer_templates = sa.Table(
    "answer_templates",
    metadata,
    sa.Column("code", sa.String(32), primary_key=True),
    sa.Column("position", sa.SmallInteger, nullable=False),
    sa.Column("topic", sa.ForeignKey("topics.code")),
    sa.Column("title_kk", sa.String(60), nullable=False),
    sa.Column("title_ru", sa.String(60), nullable=False),
    sa.Column("text_kk", sa.String(1500), nullable=False),
    sa.Column("text_ru", sa.String(1500), nullable=False),
    sa.Column("retired", sa.Boolean, nullable=False, server_default=sa.false()),
)

# The office that handles a topic in a place: the most specific route wins; NULL means "any".
# official: who answers there instead of the section's official. Dated like the assignments.
routes = sa.Table(
    "routes",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("topic", sa.ForeignKey("topics.code")),
    sa.Column("region", sa.String(2)),
    sa.Column("district", sa.String(6)),
    sa.Column("office", sa.ForeignKey("offices.code"), nullable=False),
    sa.Column("official", sa.ForeignKey("officials.code")),
    sa.Column("since", sa.Date, nullable=False),
    sa.Column("until", sa.Date),
)

# Who acts while an official is away; `until` is the first day back.
absences = sa.Table(
    "absences",
    metadata,
    sa.Column("official", sa.ForeignKey("officials.code"), primary_key=True),
    sa.Column("since", sa.Date, primary_key=True),
    sa.Column("deputy", sa.ForeignKey("officials.code"), nullable=False),
    sa.Column("until", sa.Date, nullable=False),
    sa.Index("ix_absences_until", "until"),
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
    # The topic of appeals to which responses belong; NULL: the citizen is asked.
    sa.Column("responses", sa.String(32)),
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
