"""Commands of polls with two keys, and of what is told of a result, each in a case run twice."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from services.polls import channel_post, done, locked_launch, opening, telling, two_keys
from services.polls.reading import find_poll
from services.refusal import Refusal
from storage import poll_keys
from storage.polls import find_by_draft
from tests.operations.seeded import ADMINISTRATOR, OFFICIAL, OPERATOR, Seeded, poll_draft
from tests.polls.counted import keep
from tests.polls.results import plain_result

_LOCKED = replace(poll_draft("locked"), two_keys=True)
_HOLDERS = (OFFICIAL, ADMINISTRATOR)
_DONE = ("Құдық қазылды, су берілді.", "Колодец выкопан, вода есть.")
_OPENING = b"o" * 32


def _counted(connection: Connection) -> int:
    """Return a poll that is counted once."""
    result = plain_result((120, 60, 20))
    known = find_by_draft(connection, f"counted-{result.poll.id}")
    return keep(connection, result, by=OPERATOR) if known is None else known


def _announce(connection: Connection, _seeded: Seeded, now: datetime) -> None:
    launched = find_poll(connection, _counted(connection))
    assert launched is not None
    telling.announce(connection, launched, plain_result((120, 60, 20)), {}, [OFFICIAL], now)


def _end_posting(connection: Connection, _seeded: Seeded, now: datetime) -> None:
    poll = _counted(connection)
    channel_post.take_result(connection, poll)
    channel_post.end_posting(connection, poll, channel_post.ChannelStatus.SENT, now)


def _tell_done(connection: Connection, now: datetime) -> int:
    poll = _counted(connection)
    done.tell_done(connection, poll, OPERATOR, _DONE, now)
    return poll


def _archive(connection: Connection, _seeded: Seeded, now: datetime) -> None:
    done.archive(connection, _tell_done(connection, now), OPERATOR, now)


def name(connection: Connection, now: datetime) -> str:
    """Name the holders of a key, once, and return the draft."""
    if not poll_keys.holders_of(connection, _LOCKED.id):
        two_keys.name_holders(connection, _LOCKED, _HOLDERS, OPERATOR, now)
    return _LOCKED.id


def confirm(connection: Connection, now: datetime) -> None:
    """Set the passphrase of one holder."""
    draft = name(connection, now)
    two_keys.note_lock(connection, draft, OFFICIAL, 1, b"lock")
    two_keys.confirm_lock(connection, draft, OFFICIAL, 2, b"lock", now)


def _ask(connection: Connection, seeded: Seeded, now: datetime) -> str:
    """Ask the holders of a frozen poll's key, and return its draft."""
    launched = find_poll(connection, seeded.closing_poll)
    assert launched is not None
    if not poll_keys.holders_of(connection, launched.draft_id):
        for place, person in enumerate(_HOLDERS):
            poll_keys.add_holder(connection, launched.draft_id, place, person)
    opening.ask(connection, launched, _OPENING, now)
    return launched.draft_id


def _note_half(connection: Connection, seeded: Seeded, now: datetime) -> None:
    draft = _ask(connection, seeded, now)
    opening.note_half(connection, draft, 0, b"half", _OPENING, now)


def _note_wrong(connection: Connection, seeded: Seeded, now: datetime) -> None:
    opening.note_wrong(connection, _ask(connection, seeded, now), 0, 7, now)


CASES: dict[str, Callable[[Connection, Seeded, datetime], object]] = {
    "services.polls.channel_post.end_posting": _end_posting,
    "services.polls.channel_post.take_result": lambda c, _, __: channel_post.take_result(
        c, _counted(c)
    ),
    "services.polls.done.archive": _archive,
    "services.polls.done.tell_done": lambda c, _, now: _tell_done(c, now),
    "services.polls.locked_launch.tell_opened": lambda c, _, now: locked_launch.tell_opened(
        c, _LOCKED, OPERATOR, approval=False, now=now
    ),
    "services.polls.locked_launch.tell_refused": lambda c, _, now: locked_launch.tell_refused(
        c, _LOCKED, OPERATOR, Refusal("Please choose what the poll is about."), now
    ),
    "services.polls.opening.ask": _ask,
    "services.polls.opening.note_half": _note_half,
    "services.polls.opening.note_wrong": _note_wrong,
    "services.polls.telling.announce": _announce,
    "services.polls.two_keys.call_off": lambda c, _, now: two_keys.call_off(
        c, _LOCKED.id, OPERATOR, now
    ),
    "services.polls.two_keys.confirm_lock": lambda c, _, now: confirm(c, now),
    "services.polls.two_keys.name_holders": lambda c, _, now: two_keys.name_holders(
        c, _LOCKED, _HOLDERS, OPERATOR, now
    ),
    "services.polls.two_keys.note_lock": lambda c, _, now: two_keys.note_lock(
        c, name(c, now), OFFICIAL, 1, b"lock"
    ),
    "services.polls.two_keys.opened": lambda c, _, __: two_keys.opened(c, _LOCKED.id),
}
