"""Statements about the audit: adding a row to its chain, and reading it."""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage import vault
from storage.schema.audit import audit, audit_ends
from storage.upsert import upsert

_KNOWN = sa.exists().where(audit.c.key == sa.bindparam("of_key"))
# Whoever adds a row holds the end until the transaction is over: the chain has no branches.
_HELD = (
    sa.select(audit_ends.c.last, audit_ends.c.last_link, _KNOWN.label("known"))
    .where(audit_ends.c.id == 1)
    .with_for_update(of=audit_ends)
)
_ADD = sa.insert(audit)
_MOVE = (
    sa.update(audit_ends)
    .where(audit_ends.c.id == 1)
    .values(last=sa.bindparam("of_number"), last_link=sa.bindparam("of_link"))
)

LONGEST_KEY = 200

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def add(connection: Connection, row: Mapping[str, Any]) -> bool:
    """Add a row (at, who, what, on, details, key); False where its key is there already.

    The end of the chain is held from now on until the transaction is over: call it late. A key
    that another process adds meanwhile makes the command run once more.
    """
    key = {"of_key": row["key"]}
    end = connection.execute(_HELD, key).one_or_none()
    if end is None:
        start = {"id": 1, "last": 0, "last_link": "", "before": 0, "before_link": ""}
        upsert(connection, audit_ends, ["id"], start, update=())
        end = connection.execute(_HELD, key).one()
    if end.known:
        return False
    number = end.last + 1
    whole = {**row, "number": number}
    own = link(vault.chain_secret(), end.last_link, whole)
    connection.execute(_ADD, {**whole, "link": own})
    connection.execute(_MOVE, {"of_number": number, "of_link": own})
    return True


def link(secret: bytes, before: str, row: Mapping[str, Any] | RowMapping) -> str:
    """Return what binds a row to the one before: HMAC-SHA-256, hexadecimal.

    Over the link before and the row's number, moment in microseconds since 1970, person, deed,
    case, details and key, as JSON with sorted keys.
    """
    said = {
        "number": row["number"],
        "at": (row["at"] - _EPOCH) // _MICROSECOND,
        "who": row["who"],
        "what": row["what"],
        "on": row["on"],
        "details": row["details"],
        "key": row["key"],
    }
    body = before.encode() + orjson.dumps(said, option=orjson.OPT_SORT_KEYS)
    return hmac.new(secret, body, hashlib.sha256).hexdigest()
