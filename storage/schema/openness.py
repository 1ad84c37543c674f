"""What the party publishes about its own work with appeals, month by month."""

import sqlalchemy as sa

from storage.schema.metadata import metadata
from storage.types import UTCDateTime

# A month that is out does not change any more, unless it is corrected openly.
openness_months = sa.Table(
    "openness_months",
    metadata,
    # Its first day, and the first day that was counted: later where the bot began within it.
    sa.Column("month", sa.Date, primary_key=True),
    sa.Column("since", sa.Date, nullable=False),
    # "bot" where counted here, "table" where brought from the records of before.
    sa.Column("source", sa.String(8), nullable=False),
    sa.Column("published_at", UTCDateTime, nullable=False),
    sa.Column("corrected_at", UTCDateTime),
    sa.Column("brought_by", sa.BigInteger),
)

# region "" is the whole country, topic "" all topics; no row has both. Counts as they are, and
# which of them are told, decided once: what came out cannot be worked out differently later.
openness_figures = sa.Table(
    "openness_figures",
    metadata,
    sa.Column("month", sa.ForeignKey("openness_months.month"), primary_key=True),
    sa.Column("region", sa.String(2), primary_key=True),
    sa.Column("topic", sa.String(32), primary_key=True),
    sa.Column("registered", sa.Integer, nullable=False),
    sa.Column("answered", sa.Integer, nullable=False),
    # Of the answers of the month: by their due date, and not disputed since.
    sa.Column("in_time", sa.Integer, nullable=False),
    # Confirmed as solved, disputed, or closed by silence in the month; and the first of these.
    sa.Column("judged", sa.Integer, nullable=False),
    sa.Column("confirmed", sa.Integer, nullable=False),
    # Ratings of the month from 1 to 5: how many, and their sum.
    sa.Column("rated", sa.Integer, nullable=False),
    sa.Column("rating_sum", sa.Integer, nullable=False),
    # Working days from registration to the answer; NULL where nothing was answered.
    sa.Column("median_days", sa.SmallInteger),
    sa.Column("p90_days", sa.SmallInteger),
    # services.openness.figures.Measure, those that are told, by a space between them.
    sa.Column("told", sa.String(100), nullable=False),
)

# What was wrong in a month that was out, shown beside it for ever once a second person has let it
# through.
openness_corrections = sa.Table(
    "openness_corrections",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    # The natural key: "<person>:<message that gave the last reason>".
    sa.Column("key", sa.String(64), nullable=False, unique=True),
    sa.Column("month", sa.ForeignKey("openness_months.month"), nullable=False),
    # All figures as they shall be: never shown by themselves.
    sa.Column("figures", sa.JSON, nullable=False),
    # What citizens read: measures that were told and are, before and after.
    sa.Column("changes", sa.JSON, nullable=False),
    sa.Column("reason_kk", sa.String(500), nullable=False),
    sa.Column("reason_ru", sa.String(500), nullable=False),
    # services.openness.correcting.Status: only what is made is shown to citizens.
    sa.Column("status", sa.String(12), nullable=False),
    sa.Column("asked_at", UTCDateTime, nullable=False),
    sa.Column("asked_by", sa.BigInteger, nullable=False),
    sa.Column("decided_at", UTCDateTime),
    sa.Column("decided_by", sa.BigInteger),
    sa.Index("ix_openness_corrections_month", "month", "id"),
    sa.Index("ix_openness_corrections_status", "status", "id"),
)
