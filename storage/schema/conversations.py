from sqlalchemy import Column, Index, Table, Text

from storage.schema.metadata import metadata
from storage.types import SealedBytes, SealedText, UTCDateTime

conversations = Table(
    "conversations",
    metadata,
    Column("key", Text, primary_key=True),
    Column("state", Text),
    Column("data", SealedText, nullable=False),  # a JSON object
    Column("updated_at", UTCDateTime, nullable=False),
    Index(None, "updated_at"),
)

quarantine = Table(
    "quarantine",
    metadata,
    Column("digest", Text, primary_key=True),  # SHA-256 of the raw update, in hexadecimal
    Column("raw", SealedBytes, nullable=False),
    Column("reason", Text, nullable=False),
    Column("received_at", UTCDateTime, nullable=False),
    Index(None, "received_at"),
    info={"backup": False},  # a raw tap may say how somebody answered a secret poll
)

facts = Table(
    "facts",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
    Column("updated_at", UTCDateTime, nullable=False),
)
