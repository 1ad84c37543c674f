"""Opening the answers of a poll whose key two people hold.

The process that closes polls makes a key pair in its memory, and whoever takes a passphrase seals
the half that it opens to that pair: no half is ever readable outside of that memory, though the
two may speak days apart and to different processes. A process that ends takes the pair with it,
and the two are asked again. The result comes late rather than never.
"""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from sqlalchemy import Connection, RowMapping

from services.audit.recording import record
from services.people.deeds import Deed
from services.people.rights import grants_of
from services.polls.keys import LockedKey, MissingKey, PollKey, PollKeys
from services.polls.model import Launched, PollStatus
from services.polls.passphrases import WrongPassphrase, open_half, put_together
from services.polls.reading import find_poll, poll_of_draft
from services.refusal import N_, Refusal, SessionEnded
from storage import poll_keys as rows
from storage.database import Database
from storage.outbox import tell
from storage.sessions import session_ended

NEEDED = "poll_key_needed"
TRIES = 5
PAUSE = timedelta(hours=1)  # after so many wrong passphrases
REMIND_AFTER = timedelta(hours=24)


class AwaitsPassphrases(Exception):  # noqa: N818  # it names a state of affairs
    """The answers cannot be opened yet; whose passphrase is missing has been asked."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What a holder is asked for: which half of which poll's key, sealed to whom then."""

    launched: Launched
    place: int
    opening: bytes
    given: bool
    # The last message taken as a passphrase, and the wrong ones in a row.
    heard: int
    tries: int
    # Until when no passphrase is taken, after too many wrong ones.
    wait_until: datetime | None


class Openings:
    """Opens locked keys in the memory of this process; one process at a time does it."""

    def __init__(self, db: Database, keys: PollKeys) -> None:
        self._db = db
        self._keys = keys
        self._pair = PrivateKey.generate()

    async def open(self, launched: Launched, key: LockedKey, now: datetime) -> PollKey:
        """Return the whole key of a frozen poll; raises AwaitsPassphrases and MissingKey."""
        public = bytes(self._pair.public_key)
        if await self._db.read(to_ask, launched.draft_id, public, now):
            await self._db.write(ask, launched, public, now)
        halves = await self._db.read(halves_of, launched.draft_id, public)
        if len(halves) < len(key.halves):
            raise AwaitsPassphrases
        box = SealedBox(self._pair)
        try:
            first, second = (box.decrypt(half) for half in halves)
        except CryptoError as error:
            raise MissingKey("a half of the key cannot be opened") from error
        return key.opened(put_together(first, second))


def to_ask(connection: Connection, draft_id: str, public_key: bytes, now: datetime) -> bool:
    """Tell whether a holder is to be asked, asked again or reminded."""
    anew = rows.opening_of(connection, draft_id) != public_key
    return anew or any(_is_due(row, now) for row in rows.holders_of(connection, draft_id))


def ask(connection: Connection, launched: Launched, public_key: bytes, now: datetime) -> None:
    """Ask the holders whose half is missing for their passphrases.

    What was sealed to another key pair is lost with it, and asked for again. Raises MissingKey
    where nobody is named.

    Key: (draft, key pair, number of asking).
    """
    draft_id, poll = launched.draft_id, launched.poll
    found = rows.holders_of(connection, draft_id)
    if not found:
        raise MissingKey(f"nobody is named who could open the key {draft_id}")
    anew = rows.opening_of(connection, draft_id) != public_key
    if anew:
        rows.put_opening(connection, draft_id, public_key)
    for row in found:
        lost = anew and row["half"] is not None
        if not lost and not _is_due(row, now):
            continue
        number = row["asked"] + 1
        values = {"half": None, "asked_at": now, "asked": number}
        rows.change_holder(connection, draft_id, row["place"], values)
        payload = {
            "draft": draft_id,
            "title_kk": poll.title_kk,
            "title_ru": poll.title_ru,
            "again": lost,
            "reminder": number > 1 and not lost,
        }
        key = f"{NEEDED}:{draft_id}:{row['person_id']}:{number}"
        tell(connection, row["person_id"], NEEDED, key, payload, now)


def halves_of(connection: Connection, draft_id: str, public_key: bytes) -> list[bytes]:
    """Return the halves that were sealed to this key, by place."""
    if rows.opening_of(connection, draft_id) != public_key:
        return []
    found = rows.holders_of(connection, draft_id)
    return [row["half"] for row in found if row["half"] is not None]


def both_given(connection: Connection, draft_id: str) -> bool:
    """Tell whether no passphrase is missing any more."""
    return all(row["half"] is not None for row in rows.holders_of(connection, draft_id))


def turn_of(connection: Connection, draft_id: str, person: int) -> Turn:
    """Return what this person is asked for now; raises Refusal where it is nothing.

    Whoever has left the staff is asked as well: without their half the answers are lost. Who
    works here types their PIN first.
    """
    if grants_of(connection, person) and session_ended(connection, person):
        raise SessionEnded
    poll_id = poll_of_draft(connection, draft_id)
    launched = None if poll_id is None else find_poll(connection, poll_id)
    opening = rows.opening_of(connection, draft_id)
    if launched is not None and launched.status is PollStatus.CLOSING and opening is not None:
        for row in rows.holders_of(connection, draft_id):
            if row["person_id"] == person:
                return Turn(
                    launched=launched,
                    place=row["place"],
                    opening=opening,
                    given=row["half"] is not None,
                    heard=row["heard"],
                    tries=row["tries"],
                    wait_until=row["wait_until"],
                )
    raise Refusal(N_("No passphrase is needed here any more."))


async def give(
    db: Database,
    keys: PollKeys,
    draft_id: str,
    person: int,
    message: int,
    words: str,
    now: datetime,
) -> None:
    """Open this person's half with their passphrase, for the process that counts.

    The words are not kept anywhere. A message that comes again is the same try. Raises Refusal:
    nothing is asked of them, wrong words, too many wrong ones.
    """
    turn = await db.read(turn_of, draft_id, person)
    if turn.given:
        return
    check_patience(turn, now)
    if message <= turn.heard:
        raise _wrong(turn.tries)
    key = await asyncio.to_thread(keys.find, draft_id, turn.launched.public_key)
    if not isinstance(key, LockedKey):
        raise MissingKey(f"the key file {draft_id} is not locked")
    try:
        half = await asyncio.to_thread(open_half, key.halves[turn.place], words)
    except WrongPassphrase:
        raise await db.write(note_wrong, draft_id, turn.place, message, now) from None
    sealed = SealedBox(PublicKey(turn.opening)).encrypt(half)
    await db.write(note_half, draft_id, turn.place, sealed, turn.opening, now)


def check_patience(turn: Turn, now: datetime) -> None:
    """Raise Refusal while no passphrase is taken after too many wrong ones."""
    if turn.wait_until is not None and now < turn.wait_until:
        raise _too_many()


def note_half(
    connection: Connection, draft_id: str, place: int, half: bytes, opening: bytes, now: datetime
) -> None:
    """Keep a half for the process that counts. Key: (draft, place, key pair).

    Raises Refusal where that process has ended meanwhile.
    """
    if rows.opening_of(connection, draft_id) != opening:
        raise Refusal(N_("The bot was just restarted. Please send the passphrase once more."))
    values = {"half": half, "tries": 0, "wait_until": None}
    rows.change_holder(connection, draft_id, place, values)
    who = rows.holders_of(connection, draft_id)[place]["person_id"]
    what, case, key = Deed.HOLD_KEY, f"draft:{draft_id}", f"given:{opening.hex()}"
    record(connection, who=who, what=what, on=case, now=now, key=key, step="given")


def note_wrong(
    connection: Connection, draft_id: str, place: int, message: int, now: datetime
) -> Refusal:
    """Count a wrong passphrase and return what to say about it. Key: (draft, place, message)."""
    row = rows.holders_of(connection, draft_id)[place]
    tries = row["tries"] if message <= row["heard"] else row["tries"] + 1
    if tries >= TRIES:
        values = {"tries": 0, "wait_until": now + PAUSE, "heard": message}
        rows.change_holder(connection, draft_id, place, values)
        return _too_many()
    rows.change_holder(connection, draft_id, place, {"tries": tries, "heard": message})
    return _wrong(tries)


def _wrong(tries: int) -> Refusal:
    return Refusal(
        N_(
            "This is not the passphrase. Nothing is lost: please look carefully and send it "
            "again. Tries left: {number}"
        ),
        number=TRIES - tries,
    )


def _too_many() -> Refusal:
    return Refusal(
        N_(
            "The passphrase was wrong several times. Please wait an hour and try again; the "
            "answers stay locked and nothing is lost."
        )
    )


def _is_due(row: RowMapping, now: datetime) -> bool:
    if row["half"] is not None:
        return False
    return row["asked_at"] is None or now >= row["asked_at"] + REMIND_AFTER
