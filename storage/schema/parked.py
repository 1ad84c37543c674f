"""Updates whose handlers take long: Telegram may forget them, we may not."""

import sqlalchemy as sa

from storage.schema.metadata import metadata
from storage.types import SealedBytes, UTCDateTime

parked = sa.Table(
    "parked",
    metadata,
    sa.Column("update_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("raw", SealedBytes, nullable=False),
    sa.Column("at", UTCDateTime, nullable=False),
    # A raw tap says in the clear how somebody answered a secret poll.
    info={"backup": False},
)
