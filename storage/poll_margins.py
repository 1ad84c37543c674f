"""Official margins that administrators uploaded; the newest counts."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from storage.schema.polls import poll_margins


def add(connection: Connection, values: Mapping[str, Any]) -> None:
    """Keep a table of margins."""
    connection.execute(sa.insert(poll_margins).values(**values))
