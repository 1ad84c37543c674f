"""The state of conversations: what a person was asked, and what they said so far."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any

import orjson
from sqlalchemy import Connection, bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from storage.prepared import Prepared
from storage.schema.conversations import conversations

EMPTY = "{}"
STRICT = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_DATACLASS

_table = conversations.c
_ONE = select(_table.state, _table.data).where(_table.key == bindparam("of_key"))
_HELD = _ONE.with_for_update()
_LOAD = Prepared(sqlite=_ONE, postgresql=_ONE)
_LOCK = Prepared(sqlite=_HELD, postgresql=_HELD)
_REPLACE: dict[str, Any] = {"state": bindparam("of_state"), "data": bindparam("of_data")}
_END = delete(conversations).where(_table.key == bindparam("of_key"))
_EXPIRED = (
    select(_table.key)
    .where(_table.updated_at < bindparam("of_before"))
    .order_by(_table.updated_at)
    .limit(bindparam("of_limit"))
)
_PAGE = (
    select(_table.key, _table.data)
    .where(_table.key > bindparam("of_after"))
    .order_by(_table.key)
    .limit(bindparam("of_limit"))
)
_EXPIRE = delete(conversations).where(_table.key.in_(_EXPIRED.scalar_subquery()))


def _begin(dialect: Any) -> Any:
    row = {"key": bindparam("of_key"), "updated_at": bindparam("of_now"), **_REPLACE}
    insert = dialect.insert(conversations).values(row)
    return insert.on_conflict_do_update(
        index_elements=[_table.key], set_={name: insert.excluded[name] for name in row}
    )


_CLAIM = postgresql.insert(conversations).on_conflict_do_nothing()
_BEGIN = Prepared(sqlite=_begin(sqlite), postgresql=_begin(postgresql))


@dataclass(frozen=True, slots=True)
class Conversation:
    """A state's name, None outside of any, and what was said, a JSON object as text."""

    state: str | None = None
    data: str = EMPTY

    @property
    def blank(self) -> bool:
        """Tell whether there is nothing to remember."""
        return self.state is None and self.data == EMPTY


class Overtaken(RuntimeError):  # noqa: N818 - it names a state of affairs
    """Another replica changed meanwhile what a change replaces: it must be made anew."""


class Kept(Enum):
    """Says of a part that it stays as it is."""

    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of a conversation: its state, all of its data (JSON), then some of them.

    All of it must be what comes back as it was; `encode` refuses the rest.
    """

    state: str | Kept | None = Kept.KEPT
    data: str | None = None
    some: Mapping[str, Any] = field(default_factory=dict)

    def of(self, was: Conversation) -> Conversation:
        """Return the conversation as this change leaves it."""
        data = was.data if self.data is None else self.data
        if self.some:
            data = encode({**decode(data), **self.some})
        return Conversation(was.state if self.state is Kept.KEPT else self.state, data)

    def overtaken(self, seen: Conversation, was: Conversation) -> bool:
        """Tell whether this change, made from what was seen, would undo what came since."""
        if was == seen or self.of(was) == was:
            return False
        if self.state is not Kept.KEPT and was.state != seen.state:
            return True
        if self.data is not None:
            return was.data != seen.data
        before, now = decode(seen.data), decode(was.data)
        return any(now.get(name) != before.get(name) for name in self.some)

    def then(self, later: "Change") -> "Change":
        """Return one change that does what this one and a later one do."""
        state = self.state if later.state is Kept.KEPT else later.state
        if later.data is not None:
            return Change(state, later.data, later.some)
        return Change(state, self.data, {**self.some, **later.some})


def load(connection: Connection, key: str) -> Conversation:
    """Return a conversation, a blank one if there is none."""
    return _conversation(_LOAD.run(connection, {"of_key": key}).first)


def save(connection: Connection, key: str, conversation: Conversation, now: datetime) -> None:
    """Replace a conversation; a blank one is not kept. Key: the conversation."""
    if conversation.blank:
        connection.execute(_END, {"of_key": key})
        return
    _BEGIN.run(connection, _row(key, conversation, now))


def change(
    connection: Connection,
    key: str,
    what: Change,
    now: datetime,
    seen: Conversation | None = None,
) -> Conversation:
    """Change a conversation and return the whole; two changes that run at once both count.

    With `seen`, which it was made from, raises Overtaken where it would undo what came since.

    Key: the conversation.
    """
    was = _taken(connection, key, now, begin=not what.of(Conversation()).blank)
    if seen is not None and what.overtaken(seen, was):
        raise Overtaken(key)
    conversation = what.of(was)
    if not (was.blank and conversation.blank):
        save(connection, key, conversation, now)
    return conversation


def expire(connection: Connection, before: datetime, limit: int = 1000) -> int:
    """Forget at most ``limit`` conversations last touched before a moment; return how many.

    Key: conversation, by its age.
    """
    return connection.execute(_EXPIRE, {"of_before": before, "of_limit": limit}).rowcount


def holding_poll(
    connection: Connection, poll_id: int, after: str, limit: int
) -> tuple[Sequence[str], str | None]:
    """Return which of some conversations hold something of a poll, and the last one looked at.

    They are looked at by key, from behind one on ("" is the beginning); None where no more follow.
    """
    page = connection.execute(_PAGE, {"of_after": after, "of_limit": limit}).all()
    found = [key for key, data in page if _names(data, poll_id)]
    return found, page[-1].key if len(page) == limit else None


def forget_poll(
    connection: Connection, poll_id: int, states: Collection[str], keys: Sequence[str]
) -> int:
    """Take out what these conversations hold of a poll, and let those in these states end.

    That is every part `{"poll": …}` of this number, and a button of its survey that was to come
    `then`, after something else; how long ago somebody was there stays as it was. Return how many
    conversations it was.

    Key: poll.
    """
    wanted = select(conversations).where(_table.key.in_(keys)).with_for_update()
    held = 0
    for row in connection.execute(wanted).mappings().all():
        parts = decode(row["data"])
        left_over = {name: part for name, part in parts.items() if not _is_of(part, poll_id)}
        kept = {name: _not_then(part, poll_id) for name, part in left_over.items()}
        if kept != parts:
            held += 1
            state = None if row["state"] in states else row["state"]
            left = Conversation(state, encode(kept))
            save(connection, row["key"], left, row["updated_at"])
    return held


def encode(data: Mapping[str, Any]) -> str:
    """Return a mapping as a JSON object. Raises TypeError for what would not come back as it was.

    Only an enum is let through, as its value.
    """
    return orjson.dumps(dict(data), option=STRICT).decode()


def decode(data: str) -> dict[str, Any]:
    """Return a JSON object as a dictionary of the caller's own."""
    value: dict[str, Any] = orjson.loads(data)
    return value


def _names(data: str, poll_id: int) -> bool:
    """Tell whether data may hold something of a poll: most are told at a glance."""
    # As `encode` writes a number: followed by another part, or by the end.
    begun = f'"poll":{poll_id}'
    if f"{begun}," in data or f"{begun}}}" in data:
        return True
    return '"then":"sv' in data and bool(re.search(rf'"then":"sv\w:{poll_id}:', data))


def _is_of(part: Any, poll_id: int) -> bool:
    return isinstance(part, dict) and part.get("poll") == poll_id


def _not_then(part: Any, poll_id: int) -> Any:
    """Return a part without the button of this poll's survey that was to come after it."""
    then = part.get("then") if isinstance(part, dict) else None
    if isinstance(then, str) and re.match(rf"sv\w:{poll_id}:", then):
        return {**part, "then": None}
    return part


def _taken(connection: Connection, key: str, now: datetime, *, begin: bool) -> Conversation:
    """Return a conversation that nobody else changes until this transaction ends."""
    row = _LOCK.run(connection, {"of_key": key}).first
    if row is None and begin and connection.dialect.name == "postgresql":
        # A row that is not there cannot be locked, and another replica may be making it.
        blank = {"key": key, "state": None, "data": EMPTY, "updated_at": now}
        connection.execute(_CLAIM, blank)
        row = _LOCK.run(connection, {"of_key": key}).first
    return _conversation(row)


def _row(key: str, conversation: Conversation, now: datetime) -> dict[str, Any]:
    return {
        "of_key": key,
        "of_state": conversation.state,
        "of_data": conversation.data,
        "of_now": now,
    }


def _conversation(row: Sequence[Any] | None) -> Conversation:
    return Conversation() if row is None else Conversation(*row)
