"""The published rating of maslikhat deputies: rounds, places, and what was corrected in them."""

import sqlalchemy as sa

from storage.schema.metadata import metadata
from storage.types import Thousandths, UTCDateTime

# district is NULL for the maslikhat of a region or of a city of republican significance.
maslikhats = sa.Table(
    "maslikhats",
    metadata,
    sa.Column("code", sa.String(32), primary_key=True),
    sa.Column("region", sa.String(2), nullable=False),
    sa.Column("district", sa.String(6)),
    sa.Column("name_kk", sa.String(200), nullable=False),
    sa.Column("name_ru", sa.String(200), nullable=False),
    sa.Index("ix_maslikhats_region_district", "region", "district"),
)

# A deputy is an official of the body "deputy", so that letters reach them as any case reaches who
# answers for it. Half open: `until` is the first day after the mandate.
deputies = sa.Table(
    "deputies",
    metadata,
    sa.Column("code", sa.ForeignKey("officials.code"), primary_key=True),
    sa.Column("maslikhat", sa.ForeignKey("maslikhats.code"), nullable=False),
    # The electoral district as people call it: «№ 5», a village; "" for who came by a list.
    sa.Column("constituency_kk", sa.String(200), nullable=False, server_default=""),
    sa.Column("constituency_ru", sa.String(200), nullable=False, server_default=""),
    # Folded words of the name in both languages, to search in.
    sa.Column("words", sa.String(400), nullable=False, server_default=""),
    sa.Column("since", sa.Date, nullable=False),
    sa.Column("until", sa.Date),
    sa.Index("ix_deputies_maslikhat", "maslikhat"),
)

# status: services.ratings.model.RoundStatus; only a published round is shown to citizens.
rating_rounds = sa.Table(
    "rating_rounds",
    metadata,
    sa.Column("code", sa.String(32), primary_key=True),
    sa.Column("title_kk", sa.String(200), nullable=False),
    sa.Column("title_ru", sa.String(200), nullable=False),
    # The days that are rated, both included, and the day on which the numbers were taken.
    sa.Column("begins_on", sa.Date, nullable=False),
    sa.Column("ends_on", sa.Date, nullable=False),
    sa.Column("as_of", sa.Date, nullable=False),
    sa.Column("method_kk", sa.String(2000), nullable=False),
    sa.Column("method_ru", sa.String(2000), nullable=False),
    sa.Column("status", sa.String(12), nullable=False),
    # Raised by every change; a change names the version that it saw (compare and set).
    sa.Column("version", sa.Integer, nullable=False, server_default="1"),
    # NULL where it was brought at the command line.
    sa.Column("brought_by", sa.BigInteger),
    sa.Column("brought_at", UTCDateTime, nullable=False),
    # Who published it, or sent it back with a reason.
    sa.Column("approved_by", sa.BigInteger),
    sa.Column("published_at", UTCDateTime),
    sa.Column("reason", sa.String(500)),
    sa.Index("ix_rating_rounds_status_as_of", "status", "as_of"),
)

rating_indicators = sa.Table(
    "rating_indicators",
    metadata,
    sa.Column("round", sa.ForeignKey("rating_rounds.code"), primary_key=True),
    sa.Column("code", sa.String(32), primary_key=True),
    sa.Column("position", sa.SmallInteger, nullable=False),
    sa.Column("name_kk", sa.String(200), nullable=False),
    sa.Column("name_ru", sa.String(200), nullable=False),
    sa.Column("unit_kk", sa.String(40), nullable=False, server_default=""),
    sa.Column("unit_ru", sa.String(40), nullable=False, server_default=""),
    # Its share of the score in per cent; NULL where the method is not a weighted sum.
    sa.Column("weight", Thousandths),
)

rating_lines = sa.Table(
    "rating_lines",
    metadata,
    sa.Column("round", sa.ForeignKey("rating_rounds.code"), primary_key=True),
    sa.Column("deputy", sa.ForeignKey("deputies.code"), primary_key=True),
    # Of that day: a deputy may sit elsewhere later.
    sa.Column("maslikhat", sa.ForeignKey("maslikhats.code"), nullable=False),
    sa.Column("score", Thousandths, nullable=False),
    # Within the maslikhat, from 1; equal scores share a place.
    sa.Column("place", sa.SmallInteger, nullable=False),
    sa.Index("ix_rating_lines_deputy", "deputy"),
    sa.Index("ix_rating_lines_round_maslikhat_place", "round", "maslikhat", "place"),
)

rating_values = sa.Table(
    "rating_values",
    metadata,
    sa.Column("round", sa.ForeignKey("rating_rounds.code"), primary_key=True),
    sa.Column("deputy", sa.ForeignKey("deputies.code"), primary_key=True),
    sa.Column("indicator", sa.String(32), primary_key=True),
    sa.Column("value", Thousandths, nullable=False),
)

# What was wrong in a published round, shown beside it for ever once a second person has let it
# through. before and after: the score, the place and the values by indicator, as texts.
rating_corrections = sa.Table(
    "rating_corrections",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    # The natural key: "<person>:<message that gave the reason>"; for who has another place because
    # of it "<id of that correction>><deputy>".
    sa.Column("key", sa.String(64), nullable=False, unique=True),
    sa.Column("round", sa.ForeignKey("rating_rounds.code"), nullable=False),
    sa.Column("deputy", sa.ForeignKey("deputies.code"), nullable=False),
    sa.Column("reason_kk", sa.String(500), nullable=False),
    sa.Column("reason_ru", sa.String(500), nullable=False),
    sa.Column("before", sa.JSON, nullable=False),
    sa.Column("after", sa.JSON, nullable=False),
    # services.ratings.model.CorrectionStatus; only what is made is shown to citizens.
    sa.Column("status", sa.String(12), nullable=False),
    sa.Column("at", UTCDateTime, nullable=False),
    sa.Column("by", sa.BigInteger),
    sa.Column("decided_by", sa.BigInteger),
    sa.Column("decided_at", UTCDateTime),
    sa.Index("ix_rating_corrections_round_deputy", "round", "deputy"),
    sa.Index("ix_rating_corrections_status", "status", "id"),
)
