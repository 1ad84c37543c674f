"""«Ознакомлен»: proof that a digest was read."""

from datetime import datetime

from sqlalchemy import Connection, RowMapping

from services.audit.recording import record
from services.clock import local_date
from services.digests.model import Period
from services.people.deeds import Deed
from services.refusal import N_, Refusal
from services.roadmap.desk import official_of
from storage import digest_reading as rows


def mark_read(connection: Connection, actor: int, digest_id: int, now: datetime) -> datetime:
    """Note that the actor has read a digest of theirs; return when they first said so.

    Raises Refusal for a digest of somebody else.

    Key: digest; the first moment stands.
    """
    own_digest(connection, Deed.READ_DIGEST, actor, digest_id)
    rows.note_read(connection, digest_id, now)
    case = f"digest:{digest_id}"
    record(connection, who=actor, what=Deed.READ_DIGEST, on=case, now=now, key="read")
    read_at: datetime = own_digest(connection, Deed.READ_DIGEST, actor, digest_id)["read_at"]
    return read_at


def own_digest(connection: Connection, deed: Deed, actor: int, digest_id: int) -> RowMapping:
    """Return a digest that went out to the actor, who is still an official; raises Refusal."""
    official_of(connection, deed, actor)
    found = rows.find_digest(connection, digest_id)
    if found is None or found["person_id"] != actor:
        raise Refusal(N_("There is no such digest."))
    return found


def require_own(connection: Connection, deed: Deed, actor: int, digest_id: int) -> str:
    """Return as which official the actor reads this digest, 0 for the desk; raises Refusal."""
    if digest_id:
        own_digest(connection, deed, actor, digest_id)
    return official_of(connection, deed, actor)


def digest_of_today(
    connection: Connection, actor: int, now: datetime
) -> tuple[int, datetime | None]:
    """Return the id of the actor's daily digest of this day and when it was read.

    (0, None) where none went out; raises Refusal where the actor is no official.
    """
    official, day = official_of(connection, Deed.READ_DIGEST, actor), local_date(now)
    found = rows.digest_of(connection, official, Period.DAILY.value, day, actor)
    return (0, None) if found is None else (found["id"], found["read_at"])
