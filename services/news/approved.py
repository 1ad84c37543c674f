"""A post that somebody else approved."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from services.news.model import Draft
from services.news.posts import put_out


def publish_approved(
    connection: Connection, author: int, draft_id: str, content: Mapping[str, Any], now: datetime
) -> None:
    """Put out the post that was approved; where its time has passed meanwhile, at once.

    Key: draft id.
    """
    put_out(connection, author, draft_id, Draft.of_json(content), now)
