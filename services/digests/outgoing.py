"""Letting a composed digest out to its reader: kept once, and told by their channel."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from services.digests.due import Due
from services.digests.model import Channel
from storage.digests_due import add_digest
from storage.outbox import tell

# The notice in Telegram of a digest that went by e-mail: no service data.
MAILED = "digest_mailed"


def send_out(
    connection: Connection, due: Due, kind: str, facts: Mapping[str, Any], now: datetime
) -> bool:
    """Keep a digest and queue it for its reader; tell whether it is new.

    In Telegram its message carries the facts and, as "digest", the id of the digest. By e-mail
    the digest waits with its channel for the mail; once it has gone Telegram says only so.

    Key: (official, period, day, reader).
    """
    digest = add_digest(
        connection,
        {
            "official": due.official,
            "period": due.period.value,
            "day": due.day,
            "person_id": due.person_id,
            "channel": due.channel.value,
            "composed_at": now,
            "facts": dict(facts),
        },
    )
    if digest is None:
        return False
    if due.channel is Channel.TELEGRAM:
        tell(connection, due.person_id, kind, due.key, {"digest": digest, **facts}, now)
    return True
