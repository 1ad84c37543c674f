"""Digests on their way: which to deliver now, and what became of each.

At least once: where it is not known how a mail ended, it is sent again under the same Message-ID.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, RowMapping

from services.clock import local
from services.digests.channel import Ending, Handed, Trouble, Undelivered
from services.digests.due import NIGHT
from services.digests.model import Channel, Period
from services.digests.outgoing import MAILED
from services.language import Language
from storage import digest_delivery as rows
from storage.outbox import OutboxStatus, tell

# Minutes before the next try of a mail, by how often it was tried.
_PAUSES = (1, 2, 5, 10, 20, 30)
_LONGEST = timedelta(minutes=_PAUSES[-1])
# A message in Telegram may arrive after midnight of the day that it was queued on.
_LOOKING_BACK = timedelta(days=3)

_ENDS = {
    OutboxStatus.BLOCKED: Trouble.BLOCKED,
    OutboxStatus.GONE: Trouble.BLOCKED,
    OutboxStatus.REFUSED: Trouble.REFUSED,
    OutboxStatus.GIVEN_UP: Trouble.SERVER,
}


def in_telegram(connection: Connection, now: datetime) -> tuple[Undelivered, ...]:
    """Return the digests that the outbox has and that have not arrived, as far as is known."""
    since = local(now).date() - _LOOKING_BACK
    return tuple(
        _undelivered(row) for row in rows.on_their_way(connection, Channel.TELEGRAM.value, since)
    )


def to_mail(connection: Connection, now: datetime) -> tuple[Undelivered, ...]:
    """Return the digests of this day to send by e-mail now; none at night.

    One that waits for its next try longer than any pause waits since before the clock was set
    back, so it is tried now.
    """
    here = local(now)
    if here.time() >= NIGHT:
        return ()
    return tuple(
        _undelivered(row)
        for row in rows.on_their_way(connection, Channel.EMAIL.value, here.date())
        if row["day"] == here.date() and not _pauses(row, now)
    )


def fate_in_outbox(connection: Connection, key: str) -> Ending:
    """Return what has become of a digest's message in Telegram."""
    letter = rows.letter_of(connection, key)
    if letter is None:
        return Ending(Handed.LATER, trouble=Trouble.WAITING)
    status = OutboxStatus(letter["status"])
    if status is OutboxStatus.DELIVERED:
        return Ending(Handed.DELIVERED, letter["ended_at"])
    if status in _ENDS:
        return Ending(Handed.REFUSED, trouble=_ENDS[status])
    trouble = Trouble.SERVER if letter["attempts"] > 1 else Trouble.WAITING
    return Ending(Handed.LATER, trouble=trouble)


def record_ending(
    connection: Connection,
    digest: Undelivered,
    ending: Ending,
    now: datetime,
    *,
    tried: bool = True,
) -> bool:
    """Keep what became of a digest; tell whether that is new.

    tried: False where the server failed another one just before, so that this one was spared.
    Who gets it by e-mail hears of its arrival in Telegram, where they say that they have read it.

    Key: digest, by its tries.
    """
    mailed = digest.channel is Channel.EMAIL
    if not mailed and ending == Ending(Handed.LATER, trouble=digest.trouble or Trouble.WAITING):
        return False
    values: dict[str, Any] = {"tries": digest.tries + (mailed and tried)}
    match ending.handed:
        case Handed.DELIVERED:
            values |= {"delivered_at": ending.at or now, "trouble": None, "try_after": None}
        case Handed.LATER:
            before = min(digest.tries, len(_PAUSES) - 1) if tried else 0
            pause = timedelta(minutes=_PAUSES[before])
            values |= {"trouble": _word(ending), "try_after": now + pause * mailed}
        case Handed.REFUSED:
            values |= {"trouble": _word(ending), "try_after": None}
    if not rows.change_undelivered(connection, digest.id, digest.tries, values):
        return False
    if mailed and ending.handed is Handed.DELIVERED:
        told = {
            "digest": digest.id,
            "period": digest.period.value,
            "day": digest.day.isoformat(),
        }
        tell(connection, digest.person_id, MAILED, digest.key, told, now)
    return True


def _pauses(row: RowMapping, now: datetime) -> bool:
    return row["try_after"] is not None and now < row["try_after"] <= now + _LONGEST


def _word(ending: Ending) -> str:
    return (ending.trouble or Trouble.WAITING).value


def _undelivered(row: RowMapping) -> Undelivered:
    return Undelivered(
        id=row["id"],
        period=Period(row["period"]),
        official=row["official"],
        day=row["day"],
        person_id=row["person_id"],
        channel=Channel(row["channel"]),
        language=Language(row["language"] or Language.KAZAKH),
        facts=row["facts"],
        email=row["email"],
        tries=row["tries"],
        trouble=Trouble(row["trouble"]) if row["trouble"] else None,
    )
