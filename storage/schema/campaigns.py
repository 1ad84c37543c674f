"""Election campaigns: their days are data."""

import sqlalchemy as sa

from storage.schema.metadata import metadata
from storage.types import UTCDateTime

campaigns = sa.Table(
    "campaigns",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    # The natural key: "<person>:<message that made it>".
    sa.Column("key", sa.String(48), nullable=False, unique=True),
    sa.Column("title_kk", sa.String(200), nullable=False),
    sa.Column("title_ru", sa.String(200), nullable=False),
    # From the first to the last day, in Asia/Almaty; the last day is the day of voting.
    sa.Column("begins_on", sa.Date, nullable=False),
    sa.Column("votes_on", sa.Date, nullable=False),
    # A KATO prefix where it is local, "" for the whole country.
    sa.Column("area", sa.String(6), nullable=False, server_default=""),
    sa.Column("created_by", sa.BigInteger),
    sa.Column("created_at", UTCDateTime, nullable=False),
    sa.Column("called_off_at", UTCDateTime),
    sa.Column("called_off_by", sa.BigInteger),
    sa.Column("version", sa.Integer, nullable=False, server_default="1"),
    sa.Index("ix_campaigns_votes_on", "votes_on"),
)

# Who let something be published in the days of silence in spite of them, and why.
silence_overrides = sa.Table(
    "silence_overrides",
    metadata,
    # What was let out: "mailing:<id>", with the copy of its post or result in the channel.
    sa.Column("subject", sa.String(64), primary_key=True),
    sa.Column("campaign_id", sa.ForeignKey("campaigns.id"), primary_key=True),
    sa.Column("by", sa.BigInteger, nullable=False),
    sa.Column("at", UTCDateTime, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
)
