"""Polls whose answers two people open together: named, asked for a passphrase each, launched.

Such a poll opens only when both passphrases are set. Each is said twice, for a mistyped one would
lose all answers; between the two sayings and afterwards only what it became is kept.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, RowMapping

from services.audit.recording import record
from services.delivery.territory import require_poll, require_target
from services.people.deeds import RIGHTS, Deed
from services.people.rights import authorise, entitled
from services.polls.draft import PollDraft
from services.polls.keys import LockedKey, MissingKey, PollKey, PollKeys
from services.polls.passphrases import Lock, check_passphrase, make_lock, opens
from services.refusal import N_, Refusal
from storage import poll_keys as rows
from storage.database import Database
from storage.outbox import tell
from storage.staff import colleagues, staff_names

ASKED = "poll_key_asked"
CALLED_OFF = "poll_key_called_off"

_MOST = 60  # people to choose from
_BOTH = 2


class Said(StrEnum):
    """How far a passphrase has come."""

    ONCE = "once"
    TWICE = "twice"
    # The second time in other words: it begins anew.
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who holds one half of a key."""

    person: int
    name: str
    # Whether the passphrase was said twice.
    set: bool


@dataclass(frozen=True, slots=True)
class LockedDraft:
    """A poll that waits for its passphrases."""

    draft: PollDraft
    created_by: int
    holders: tuple[Holder, ...]


def eligible(connection: Connection, by: int) -> list[tuple[int, str]]:
    """Return (id, name) of who may hold half of a key, by name; raises Refusal."""
    authorise(connection, by, Deed.SHARE_KEY)
    found = colleagues(connection, [role.value for role in RIGHTS[Deed.HOLD_KEY].roles], 0, _MOST)
    return [(row["id"], row["name"]) for row in found]


def name_holders(
    connection: Connection, draft: PollDraft, holders: Sequence[int], by: int, now: datetime
) -> None:
    """Keep the draft exactly as it is and ask two people for a passphrase each.

    A repetition changes nothing. Raises Refusal: not staff, one person twice, a stranger.

    Key: draft id.
    """
    reached = authorise(connection, by, Deed.SHARE_KEY)
    require_target(reached, draft.target)
    if len(set(holders)) != _BOTH:
        raise Refusal(N_("Two different people are needed."))
    for person in holders:
        entitled(connection, person, Deed.HOLD_KEY)
    if not rows.keep_draft(connection, draft.id, draft.as_json(), by, now):
        return
    rows.forget_holders(connection, draft.id)  # of a launch that somebody declined
    title_kk, title_ru = draft.title
    for place, person in enumerate(holders):
        rows.add_holder(connection, draft.id, place, person)
        payload = {"draft": draft.id, "title_kk": title_kk, "title_ru": title_ru}
        key = f"{ASKED}:{draft.id}:{draft.version}:{person}"
        tell(connection, person, ASKED, key, payload, now)
    what, case, key = Deed.SHARE_KEY, f"draft:{draft.id}", f"named:{draft.version}"
    record(connection, who=by, what=what, on=case, now=now, key=key, holders=_BOTH)


def find_locked(connection: Connection, draft_id: str) -> LockedDraft | None:
    """Return a poll that waits for its passphrases; None where it waits no more."""
    row = rows.find_draft(connection, draft_id)
    if row is None:
        return None
    found = rows.holders_of(connection, draft_id)
    names = staff_names(connection, [one["person_id"] for one in found])
    holders = tuple(
        Holder(one["person_id"], names.get(one["person_id"], ""), one["confirmed"])
        for one in found
    )
    return LockedDraft(PollDraft.of_json(row["draft"]), row["created_by"], holders)


def call_off(
    connection: Connection, draft_id: str, by: int, now: datetime
) -> Mapping[str, Any] | None:
    """Let the poll not open, tell who was asked, and return the draft as it was kept.

    None where it waits no more: called off before, or open. Raises Refusal for who is none of
    the staff.

    Key: draft id.
    """
    reached = authorise(connection, by, Deed.SHARE_KEY)
    row = rows.find_draft(connection, draft_id)
    if row is None:
        return None
    kept = PollDraft.of_json(row["draft"])
    if kept.target is not None:
        require_poll(reached, kept.target)
    title_kk, title_ru = kept.title
    for one in rows.holders_of(connection, draft_id):
        key = f"{CALLED_OFF}:{draft_id}:{kept.version}:{one['person_id']}"
        payload = {"title_kk": title_kk, "title_ru": title_ru}
        tell(connection, one["person_id"], CALLED_OFF, key, payload, now)
    what, case, key = Deed.SHARE_KEY, f"draft:{draft_id}", f"called_off:{kept.version}"
    record(connection, who=by, what=what, on=case, now=now, key=key, holders=0)
    rows.drop_draft(connection, draft_id)
    rows.forget_holders(connection, draft_id)
    draft: Mapping[str, Any] = row["draft"]
    return draft


def own_place(connection: Connection, draft_id: str, person: int) -> RowMapping:
    """Return the row of this person as a holder of a poll that waits; raises Refusal.

    Whoever has left the staff meanwhile sets nothing.
    """
    authorise(connection, person, Deed.HOLD_KEY)
    if rows.find_draft(connection, draft_id) is not None:
        for row in rows.holders_of(connection, draft_id):
            if row["person_id"] == person:
                return row
    raise Refusal(N_("No passphrase is needed here any more."))


def note_lock(
    connection: Connection, draft_id: str, person: int, message: int, lock: bytes | None
) -> None:
    """Keep what a passphrase became, None to begin anew. Key: (draft, person, message)."""
    row = own_place(connection, draft_id, person)
    if not row["confirmed"] and row["heard"] < message:
        values = {"lock": lock, "heard": message}
        rows.change_holder(connection, draft_id, row["place"], values)


def confirm_lock(
    connection: Connection, draft_id: str, person: int, message: int, lock: bytes, now: datetime
) -> None:
    """Call a passphrase set that was said twice. Key: (draft, person, message)."""
    row = own_place(connection, draft_id, person)
    if row["lock"] == lock and row["heard"] < message:
        values = {"confirmed": True, "heard": message}
        rows.change_holder(connection, draft_id, row["place"], values)
        what, case, key = Deed.HOLD_KEY, f"draft:{draft_id}", f"set:{message}"
        record(connection, who=person, what=what, on=case, now=now, key=key, step="set")


async def say(
    db: Database, draft_id: str, person: int, message: int, words: str, now: datetime
) -> Said:
    """Take a passphrase for the first or the second time; raises Refusal for an easy one.

    The words are not kept anywhere. A message that comes again is the same saying.
    """
    row = await db.read(own_place, draft_id, person)
    if row["confirmed"]:
        return Said.TWICE
    if message <= row["heard"]:
        return Said.DIFFERENT if row["lock"] is None else Said.ONCE
    if row["lock"] is None:
        check_passphrase(words)
        lock = await asyncio.to_thread(make_lock, words)
        await db.write(note_lock, draft_id, person, message, lock.as_bytes())
        return Said.ONCE
    if not await asyncio.to_thread(opens, Lock.of_bytes(row["lock"]), words):
        await db.write(note_lock, draft_id, person, message, None)
        return Said.DIFFERENT
    await db.write(confirm_lock, draft_id, person, message, row["lock"], now)
    return Said.TWICE


async def key_of(db: Database, keys: PollKeys, draft: PollDraft) -> bytes:
    """Make the key of a draft that is about to be launched, and return its public half.

    Durable on return; a repetition finds the same. Raises Refusal where two passphrases are
    needed and not both are set.
    """
    if not draft.two_keys:
        return (await asyncio.to_thread(_plain_key, keys, draft.id)).public_key
    found = await db.read(rows.holders_of, draft.id)
    locks = [Lock.of_bytes(row["lock"]) for row in found if row["confirmed"] and row["lock"]]
    if len(locks) != _BOTH:
        raise Refusal(N_("This poll opens only when both passphrases are set."))
    return (await asyncio.to_thread(_locked_key, keys, draft.id, locks)).public_key


def opened(connection: Connection, draft_id: str) -> None:
    """Forget what only a launch needed. Key: draft id."""
    rows.drop_draft(connection, draft_id)
    rows.forget_locks(connection, draft_id)


# A draft that was to be launched otherwise before has left a key of the other kind, or one under
# former passphrases; nothing was sealed with it yet.


def _plain_key(keys: PollKeys, name: str) -> PollKey:
    try:
        return keys.create(name)
    except MissingKey:
        keys.destroy(name)
        return keys.create(name)


def _locked_key(keys: PollKeys, name: str, locks: Sequence[Lock]) -> LockedKey:
    try:
        key = keys.lock(name, locks)
    except MissingKey:
        keys.destroy(name)
        return keys.lock(name, locks)
    if [half.lock for half in key.halves] == list(locks):
        return key
    keys.destroy(name)
    return keys.lock(name, locks)
