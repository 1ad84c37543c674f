"""Indicators of the Road Map: their plans, who answers for them, what was reported."""

import sqlalchemy as sa

from storage.schema.metadata import metadata
from storage.types import Thousandths, UTCDateTime

# Part of a section; level, region and district say where: "republic" (no place), "region" or
# "district". The plan is to be reached from `start` between begins_on and due_on; where plan is
# less than start, less is better.
indicators = sa.Table(
    "indicators",
    metadata,
    sa.Column("code", sa.String(32), primary_key=True),
    sa.Column("section", sa.ForeignKey("sections.code"), nullable=False),
    sa.Column("position", sa.SmallInteger, nullable=False),
    sa.Column("name_kk", sa.String(300), nullable=False),
    sa.Column("name_ru", sa.String(300), nullable=False),
    sa.Column("unit_kk", sa.String(40), nullable=False),
    sa.Column("unit_ru", sa.String(40), nullable=False),
    sa.Column("start", Thousandths, nullable=False),
    sa.Column("plan", Thousandths, nullable=False),
    sa.Column("begins_on", sa.Date, nullable=False),
    sa.Column("due_on", sa.Date, nullable=False),
    sa.Column("level", sa.String(8), nullable=False),
    sa.Column("region", sa.String(2)),
    sa.Column("district", sa.String(6)),
    sa.Column("retired", sa.Boolean, nullable=False, server_default=sa.false()),
    # Raised by every edit; an edit names the version that it saw (compare and set).
    sa.Column("version", sa.Integer, nullable=False, server_default="1"),
    sa.Index("ix_indicators_section_position", "section", "position"),
)

# Which topics of appeals speak of an indicator; none means all topics of its section.
indicator_topics = sa.Table(
    "indicator_topics",
    metadata,
    sa.Column("indicator", sa.ForeignKey("indicators.code"), primary_key=True),
    sa.Column("topic", sa.ForeignKey("topics.code"), primary_key=True),
)

indicator_polls = sa.Table(
    "indicator_polls",
    metadata,
    sa.Column("indicator", sa.ForeignKey("indicators.code"), primary_key=True),
    sa.Column("poll_id", sa.ForeignKey("polls.id"), primary_key=True),
)

# Half open like section_assignments: `until` is the first day after.
indicator_assignments = sa.Table(
    "indicator_assignments",
    metadata,
    sa.Column("indicator", sa.ForeignKey("indicators.code"), primary_key=True),
    sa.Column("since", sa.Date, primary_key=True),
    sa.Column("official", sa.ForeignKey("officials.code"), nullable=False),
    sa.Column("until", sa.Date),
    sa.Index("ix_indicator_assignments_official", "official"),
)

# What the responsible reported; nothing is ever overwritten, the newest that has no question
# waiting for a reply is the fact.
indicator_facts = sa.Table(
    "indicator_facts",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    # The natural key: "<person>:<message that gave the value>".
    sa.Column("key", sa.String(48), nullable=False, unique=True),
    sa.Column("indicator", sa.ForeignKey("indicators.code"), nullable=False),
    sa.Column("value", Thousandths, nullable=False),
    sa.Column("comment", sa.String(1000)),
    sa.Column("at", UTCDateTime, nullable=False),
    sa.Column("by", sa.BigInteger, nullable=False),
    # On whose behalf: the responsible one, or the absent one for whom a deputy acts.
    sa.Column("official", sa.ForeignKey("officials.code"), nullable=False),
    # Returned by the next level with a question, and what was replied.
    sa.Column("returned_at", UTCDateTime),
    sa.Column("returned_by", sa.BigInteger),
    sa.Column("question", sa.String(1000)),
    sa.Column("replied_at", UTCDateTime),
    sa.Column("replied_by", sa.BigInteger),
    sa.Column("reply", sa.String(1000)),
    sa.Index("ix_indicator_facts_indicator_id", "indicator", "id"),
)

# A photo or document that shows a fact, on Telegram's servers.
indicator_evidence = sa.Table(
    "indicator_evidence",
    metadata,
    sa.Column("fact_id", sa.ForeignKey("indicator_facts.id"), primary_key=True),
    sa.Column("message_id", sa.BigInteger, primary_key=True),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("file_id", sa.String(200), nullable=False),
    sa.Column("file_unique_id", sa.String(64), nullable=False),
    sa.Column("file_name", sa.String(255)),
)
