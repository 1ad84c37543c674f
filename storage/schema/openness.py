"""What the party publishes about its own work with appeals, month by month."""

import sqlalchemy as sa

from storage.schema.metadata import metadata
from storage.types import Thousandths, UTCDateTime

# A month that is out does not change any more, unless it is corrected openly.
openness_months = sa.Table(
    "openness_months",
    metadata,
    # Its first day.
    sa.Column("month", sa.Date, primary_key=True),
    # "bot" where counted here, "table" where brought from the records of before.
    sa.Column("source", sa.String(8), nullable=False),
    sa.Column("published_at", UTCDateTime, nullable=False),
    sa.Column("corrected_at", UTCDateTime),
    sa.Column("brought_by", sa.BigInteger),
)

# region "" is the whole country, topic "" all topics. Counts as they are; what is under 10 is
# hidden by services.openness when it is shown, so that no difference gives it away.
openness_figures = sa.Table(
    "openness_figures",
    metadata,
    sa.Column("month", sa.ForeignKey("openness_months.month"), primary_key=True),
    sa.Column("region", sa.String(2), primary_key=True),
    sa.Column("topic", sa.String(32), primary_key=True),
    sa.Column("registered", sa.Integer, nullable=False),
    sa.Column("answered", sa.Integer, nullable=False),
    # Of the answers of the month: by their due date, confirmed as solved, disputed by citizens.
    sa.Column("in_time", sa.Integer, nullable=False),
    sa.Column("confirmed", sa.Integer, nullable=False),
    sa.Column("disputed", sa.Integer, nullable=False),
    # Ratings of the month from 1 to 5: how many, and their sum.
    sa.Column("rated", sa.Integer, nullable=False),
    sa.Column("rating_sum", sa.Integer, nullable=False),
    # Working days from registration to the answer; NULL where nothing was answered.
    sa.Column("median_days", Thousandths),
    sa.Column("p90_days", Thousandths),
)
