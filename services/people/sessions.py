"""Sessions of staff: they end when nobody has used them for so many hours, and a PIN begins them.

How many hours is a setting of the bot. `authorise` knows no settings, so the bot writes the
number down among the facts of the database when it is started; where it is not zero, nobody who
has chosen no PIN may do anything, and all replicas of the bot go by the same.

A PIN is compared by Argon2id, which takes too long for the one writer of the database. So a try is
counted first, by a command, then compared outside of any transaction, then settled by another
command. However many tries come at once, each was counted before it is compared.
"""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import Enum, auto

from sqlalchemy import Connection

from services.audit.acts import Act
from services.audit.recording import record
from services.people.deeds import Deed
from services.people.pins import check_form, check_strength, digest_of, fits
from services.people.rights import authorise, grants_of
from services.refusal import N_, Refusal
from storage import sessions as rows
from storage.database import Database
from storage.facts import read_fact, write_fact
from storage.outbox import tell

# A use within so long of the one before is not written down.
NOTED = timedelta(minutes=10)
FREE_TRIES = 5
# After the fifth wrong PIN; each further one doubles it.
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=15), timedelta(hours=24)
_DOUBLINGS = 10  # long before that the longest wait is reached
RESET = "pin_reset"


class Session(Enum):
    """Whether a member of staff may go on."""

    # Nothing has to be typed.
    OPEN = auto()
    # Their PIN has to be typed.
    ENDED = auto()
    # They have no PIN and have to choose one.
    NO_PIN = auto()


@dataclass(frozen=True, slots=True)
class Try:
    """A PIN that was typed and has been counted.

    digest is what it has to fit; left is how many more are taken where it does not, and
    wait_until when the next one is, None for at once.
    """

    digest: str = field(repr=False)
    left: int
    wait_until: datetime | None
    right: bool = False


def keep_hours(connection: Connection, hours: int, now: datetime) -> None:
    """Let sessions end after so many hours without use from now on, 0: never. Key: the fact."""
    if read_fact(connection, rows.HOURS) != str(hours):
        write_fact(connection, rows.HOURS, str(hours), now)


def session_of(connection: Connection, person_id: int) -> Session:
    """Tell whether this person may go on (a query)."""
    if not rows.session_ended(connection, person_id):
        return Session.OPEN
    found = rows.find_session(connection, person_id)
    return Session.ENDED if found is not None else Session.NO_PIN


def waits_until(connection: Connection, person_id: int) -> datetime | None:
    """Return until when no PIN of this person is taken, None where none was wrong (a query)."""
    row = rows.find_session(connection, person_id)
    return row["wait_until"] if row is not None else None


def keep_pin(
    connection: Connection, person_id: int, message: int, digest: str, now: datetime
) -> None:
    """Keep the PIN that a member of staff chose, and begin their session.

    Raises Refusal for who is none of the staff, and where they have a PIN already.

    Key: (person, message).
    """
    if not grants_of(connection, person_id):
        raise Refusal(N_("This is for staff only."))
    values = {"person_id": person_id, "pin": digest, "used_at": now, "heard": message}
    if rows.add_session(connection, values):
        _note(connection, Act.CHOOSE_PIN, person_id, now.isoformat(), now)
        return
    row = rows.find_session(connection, person_id)
    if row is not None and row["heard"] != message:
        raise Refusal(N_("You have a PIN already. An administrator can reset it."))


def count_try(connection: Connection, person_id: int, message: int, now: datetime) -> Try:
    """Count a PIN that is being typed before it is compared; a message that comes again once.

    From the fifth wrong one in a row on no other is taken for a while. Raises Refusal then, and
    where there is nothing to type.

    Key: (person, message).
    """
    row = rows.hold_session(connection, person_id)
    if row is None or message < row["heard"]:
        raise Refusal(N_("No PIN is needed here now."))
    if message > row["heard"]:
        wait_until = row["wait_until"]
        if wait_until is not None and now < wait_until:
            minutes = -(-(wait_until - now) // timedelta(minutes=1))
            raise Refusal(
                N_("Too many wrong PINs. Please try again in (minutes): {minutes}"),
                minutes=minutes,
            )
        tries = row["tries"] + 1
        wait_until = _wait(tries, now)
        values = {"tries": tries, "heard": message, "wait_until": wait_until}
        rows.change_session(connection, person_id, values)
    else:
        tries, wait_until = row["tries"], row["wait_until"]
    return Try(row["pin"], max(0, FREE_TRIES - tries), wait_until)


def settle_try(
    connection: Connection, person_id: int, message: int, of: Try, now: datetime, *, right: bool
) -> None:
    """Begin the session where the PIN was right, and write down what it was.

    Raises Refusal where the PIN was reset or typed again while this one was being compared.

    Key: (person, message).
    """
    row = rows.hold_session(connection, person_id)
    if row is None or row["pin"] != of.digest or row["heard"] != message:
        raise Refusal(N_("Please type your PIN once more."))
    since = row["used_at"].isoformat()
    if not right:
        _note(connection, Act.WRONG_PIN, person_id, f"{since} {row['tries']}", now)
    elif row["tries"]:
        values = {"locked": False, "tries": 0, "wait_until": None, "used_at": now}
        rows.change_session(connection, person_id, values)
        wrong = row["tries"] - 1
        _note(connection, Act.OPEN_SESSION, person_id, since, now, wrong=wrong)


def note_use(connection: Connection, person_id: int, now: datetime) -> None:
    """Note that a member of staff uses the bot, or end a session that nobody used for too long.

    Key: person; within ten minutes the first moment stands.
    """
    row = rows.find_session(connection, person_id)
    lifetime = _lifetime(connection)
    if row is None or row["locked"] or lifetime is None:
        return
    if now - row["used_at"] >= lifetime:
        rows.change_session(connection, person_id, {"locked": True})
    elif not timedelta(0) <= now - row["used_at"] < NOTED:
        rows.note_use(connection, person_id, now)


def sessions_due(connection: Connection, now: datetime) -> bool:
    """Tell whether a session has to end (a query)."""
    lifetime = _lifetime(connection)
    return lifetime is not None and rows.unused(connection, now - lifetime)


def end_sessions(connection: Connection, now: datetime) -> int:
    """End the sessions that nobody used for too long; return how many. Key: person."""
    lifetime = _lifetime(connection)
    return 0 if lifetime is None else rows.lock_unused(connection, now - lifetime)


def reset_pin(connection: Connection, actor: int, person_id: int, now: datetime) -> None:
    """Forget somebody else's PIN, so that they choose another, and tell them; raises Refusal.

    Not one's own: whoever finds a session open could put their PIN in its place.

    Key: person; the PIN that they had.
    """
    authorise(connection, actor, Deed.RESET_PIN)
    if actor == person_id:
        raise Refusal(N_("Another administrator forgets your PIN for you."))
    _reset(connection, actor, person_id, now)


def reset_pin_by_shell(connection: Connection, person_id: int, now: datetime) -> bool:
    """Forget somebody's PIN on the server; False where they have none.

    Key: person; the PIN that they had.
    """
    return _reset(connection, None, person_id, now)


async def choose(db: Database, person_id: int, message: int, words: str, now: datetime) -> None:
    """Take the PIN that somebody chooses; raises Refusal. The words are not kept anywhere."""
    check_strength(words)
    digest = await asyncio.to_thread(digest_of, words)
    await db.write(keep_pin, person_id, message, digest, now)


async def begin(db: Database, person_id: int, message: int, words: str, now: datetime) -> Try:
    """Take a PIN and tell whether it is the right one; raises Refusal. The words are not kept."""
    check_form(words)
    counted = await db.write(count_try, person_id, message, now)
    right = await asyncio.to_thread(fits, counted.digest, words)
    await db.write(settle_try, person_id, message, counted, now, right=right)
    return replace(counted, right=right)


def _lifetime(connection: Connection) -> timedelta | None:
    """Return after how long without use a session ends, None where none does."""
    hours = int(read_fact(connection, rows.HOURS) or rows.NEVER)
    return timedelta(hours=hours) if hours else None


def _wait(tries: int, now: datetime) -> datetime | None:
    """Return until when no PIN is taken after so many wrong ones."""
    further = tries - FREE_TRIES
    if further < 0:
        return None
    doubled = FIRST_WAIT * (1 << min(further, _DOUBLINGS))
    return now + min(doubled, LONGEST_WAIT)


def _reset(connection: Connection, actor: int | None, person_id: int, now: datetime) -> bool:
    row = rows.hold_session(connection, person_id)
    if row is None:
        return False
    rows.drop_session(connection, person_id)
    key = row["used_at"].isoformat()
    on = f"person:{person_id}"
    record(connection, who=actor, what=Deed.RESET_PIN, on=on, now=now, key=key)
    tell(connection, person_id, RESET, f"{RESET}:{person_id}:{key}", {}, now)
    return True


def _note(
    connection: Connection, what: Act, person_id: int, key: str, now: datetime, **details: int
) -> None:
    on = f"person:{person_id}"
    record(connection, who=person_id, what=what, on=on, now=now, key=key, **details)
