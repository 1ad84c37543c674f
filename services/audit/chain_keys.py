"""Secrets under which the chain was bound, those of keys that were given up too."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from services.audit.acts import Act
from services.audit.recording import record
from storage import audit_reading as rows
from storage import vault

_SECRET = "secret"  # noqa: S105 - the name of a detail


def keep_secrets(connection: Connection, now: datetime) -> None:
    """Keep, sealed under the newest key, what the audit needs of the keys that will be given up.

    Call it when the data was sealed anew, while DATA_KEY still holds the older keys: without it,
    what was written under them can no longer be verified once they are gone.

    Key: (the secret, the newest key).
    """
    for secret in known_secrets(connection):
        if secret in {b"", vault.chain_secret()}:
            continue
        name = f"{hashlib.sha256(secret).hexdigest()[:16]}:{vault.newest_key()}"
        sealed = {_SECRET: vault.seal_text(secret.hex())}
        record(connection, who=None, what=Act.ROTATE_KEY, on="", now=now, key=name, **sealed)


def known_secrets(connection: Connection) -> Sequence[bytes]:
    """Return every secret under which a link may have been made, the oldest first."""
    found = [b""]
    for row in rows.in_order_of(connection, Act.ROTATE_KEY.value):
        try:
            found.append(bytes.fromhex(vault.open_text(row["details"].get(_SECRET, ""))))
        except (vault.SealBroken, ValueError):
            continue
    found += reversed(vault.chain_secrets()[:-1])
    return tuple(dict.fromkeys(found))
