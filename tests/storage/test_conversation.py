import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiogram.exceptions import DataNotDictLikeError
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.base import StorageKey
from sqlalchemy import Connection, func, select

from bot.conversation import LIFETIME, ConversationStorage, text_of
from storage.conversation import Overtaken
from storage.database import Database, open_database
from storage.schema.conversations import conversations

NOW = datetime(2026, 11, 2, 10, tzinfo=UTC)
KEY = StorageKey(bot_id=1, chat_id=-42, user_id=42)


class Appeal(StatesGroup):
    """Two questions of a conversation."""

    topic = State()
    text = State()


class Clock:
    """A clock that stands still until it is put forward."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        """Return the time."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """Give a clock that stands still."""
    return Clock()


@pytest.fixture
def storage(database: Database, clock: Clock) -> ConversationStorage:
    """Give a storage in a database of each kind in turn."""
    return ConversationStorage(database, clock)


def fresh(database: Database) -> ConversationStorage:
    """Return a storage that remembers nothing, as after a restart."""
    return ConversationStorage(database, lambda: NOW)


def rows(connection: Connection) -> int:
    """Return how many conversations are kept."""
    return connection.scalar(select(func.count()).select_from(conversations)) or 0


async def test_state(storage: ConversationStorage, database: Database) -> None:
    """A state is there until it is left, after a restart too."""
    assert await storage.get_state(KEY) is None
    await storage.set_state(KEY, "state")
    assert "state" == await storage.get_state(KEY)
    assert "state" == await fresh(database).get_state(KEY)
    await storage.set_state(KEY, None)
    assert await storage.get_state(KEY) is None
    assert await fresh(database).get_state(KEY) is None


async def test_state_object(storage: ConversationStorage) -> None:
    """A state of a group is kept by its full name."""
    await storage.set_state(KEY, Appeal.topic)
    assert "Appeal:topic" == await storage.get_state(KEY)


async def test_data(storage: ConversationStorage, database: Database) -> None:
    """Data are replaced as a whole, and an empty dictionary forgets them."""
    assert {} == await storage.get_data(KEY)
    await storage.set_data(KEY, {"topic": "жол", "files": [1, 2]})
    await storage.set_data(KEY, {"topic": "су"})
    assert {"topic": "су"} == await storage.get_data(KEY)
    assert {"topic": "су"} == await fresh(database).get_data(KEY)
    await storage.set_data(KEY, {})
    assert {} == await storage.get_data(KEY)
    assert {} == await fresh(database).get_data(KEY)


@pytest.mark.parametrize("data", [(), [], "text", 1, [("a", 1)]])
async def test_data_must_be_a_dictionary(storage: ConversationStorage, data: Any) -> None:
    """Anything but a dictionary is refused as data."""
    with pytest.raises(DataNotDictLikeError):
        await storage.set_data(KEY, data)


@pytest.mark.parametrize("value", [object(), NOW, {1: "a"}, KEY, b"bytes"])
async def test_data_must_be_json(storage: ConversationStorage, value: Any) -> None:
    """What would not come back as it was is refused and changes nothing."""
    await storage.set_data(KEY, {"a": 1})
    for change in (storage.set_data, storage.update_data):
        with pytest.raises(TypeError):
            await change(KEY, {"a": value})
    assert {"a": 1} == await storage.get_data(KEY)


async def test_update_data(storage: ConversationStorage, database: Database) -> None:
    """An update sets some of the data, keeps the rest, and returns the whole."""
    assert {} == await storage.update_data(KEY, {})
    assert {"a": 1} == await storage.update_data(KEY, {"a": 1})
    assert {"a": 1, "b": 2} == await storage.update_data(KEY, {"b": 2})
    assert {"a": 3, "b": 2} == await storage.update_data(KEY, {"a": 3})
    assert {"a": 3, "b": 2} == await fresh(database).get_data(KEY)


async def test_value(storage: ConversationStorage) -> None:
    """One value can be read, with a default for what is not there."""
    await storage.set_data(KEY, {"a": 1})
    assert 1 == await storage.get_value(KEY, "a")
    assert await storage.get_value(KEY, "b") is None
    assert 2 == await storage.get_value(KEY, "b", 2)


async def test_own_copy(storage: ConversationStorage) -> None:
    """What a handler does to data it has read or written changes nothing until it writes."""
    written = {"list": [1]}
    await storage.set_data(KEY, written)
    written["list"].append(2)
    read = await storage.get_data(KEY)
    read["list"].append(3)
    (await storage.get_value(KEY, "list", [])).append(4)
    assert {"list": [1]} == await storage.get_data(KEY)


async def test_state_and_data_are_apart(storage: ConversationStorage, database: Database) -> None:
    """Neither the state nor the data disturbs the other, also when written side by side."""
    await asyncio.gather(storage.set_state(KEY, "state"), storage.set_data(KEY, {"a": 1}))
    assert ("state", {"a": 1}) == (await storage.get_state(KEY), await storage.get_data(KEY))
    await storage.set_state(KEY, None)
    assert {"a": 1} == await fresh(database).get_data(KEY)
    await storage.set_state(KEY, "other")
    await storage.set_data(KEY, {})
    assert "other" == await fresh(database).get_state(KEY)


@pytest.mark.parametrize(
    "other",
    [
        StorageKey(bot_id=2, chat_id=-42, user_id=42),
        StorageKey(bot_id=1, chat_id=42, user_id=42),
        StorageKey(bot_id=1, chat_id=-42, user_id=43),
        StorageKey(bot_id=1, chat_id=-42, user_id=42, thread_id=7),
        StorageKey(bot_id=1, chat_id=-42, user_id=42, business_connection_id="7"),
        StorageKey(bot_id=1, chat_id=-42, user_id=42, destiny="other"),
    ],
)
async def test_keys(storage: ConversationStorage, other: StorageKey) -> None:
    """Conversations whose keys differ in anything are different conversations."""
    await storage.set_state(KEY, "state")
    await storage.set_data(other, {"a": 1})
    assert await storage.get_state(other) is None
    assert {} == await storage.get_data(KEY)
    assert text_of(KEY) != text_of(other)


async def test_nothing_is_kept_of_nothing(
    storage: ConversationStorage, database: Database
) -> None:
    """A conversation that ended leaves no row, and one that never began makes none."""
    await storage.set_state(KEY, None)
    await storage.set_data(KEY, {})
    assert 0 == await database.read(rows)
    await storage.set_state(KEY, "state")
    await storage.set_data(KEY, {"a": 1})
    assert 1 == await database.read(rows)
    await storage.set_state(KEY, None)
    await storage.set_data(KEY, {})
    assert 0 == await database.read(rows)


async def test_expiry(storage: ConversationStorage, clock: Clock) -> None:
    """A conversation nobody touched for 30 days is forgotten, in memory too; a younger one not."""
    younger = StorageKey(bot_id=1, chat_id=7, user_id=7)
    await storage.set_state(KEY, "old")
    clock.now += timedelta(minutes=1)
    await storage.set_state(younger, "young")
    clock.now = NOW + LIFETIME + timedelta(seconds=1)
    assert 1 == await storage.expire()
    assert await storage.get_state(KEY) is None
    assert "young" == await storage.get_state(younger)
    assert 0 == await storage.expire()


async def test_expiry_of_many(database: Database, clock: Clock) -> None:
    """Thousands expire in one call."""
    storage = ConversationStorage(database, clock)
    keys = [StorageKey(bot_id=1, chat_id=n, user_id=n) for n in range(2500)]
    await asyncio.gather(*(storage.set_state(key, "state") for key in keys))
    clock.now = NOW + LIFETIME + timedelta(seconds=1)
    assert 2500 == await storage.expire()


async def test_close(storage: ConversationStorage) -> None:
    """Closing does nothing: handlers that still drain go on using the storage."""
    await storage.set_state(KEY, "state")
    await storage.close()
    assert "state" == await storage.get_state(KEY)
    await storage.set_state(KEY, "later")


async def test_memory_is_bounded(database: Database, clock: Clock) -> None:
    """What does not fit in memory is read from the database again."""
    storage = ConversationStorage(database, clock, remembered=2)
    keys = [StorageKey(bot_id=1, chat_id=n, user_id=n) for n in range(5)]
    for key in keys:
        await storage.set_state(key, str(key.chat_id))
    assert ["0", "1", "2", "3", "4"] == [await storage.get_state(key) for key in keys]


async def test_two_replicas(postgres_url: str) -> None:
    """On PostgreSQL each replica sees at once what the other wrote."""
    databases = [await open_database(postgres_url) for _ in range(2)]
    first, second = map(fresh, databases)
    await first.set_state(KEY, "first")
    assert "first" == await second.get_state(KEY)
    await second.set_state(KEY, "second")
    assert "second" == await first.get_state(KEY)
    await asyncio.gather(
        *(each.update_data(KEY, {f"{place}": 1}) for place, each in enumerate((first, second)))
    )
    assert {"0": 1, "1": 1} == await first.get_data(KEY)
    for database in databases:
        await database.close()


async def test_replicas_begin_at_once(postgres_url: str) -> None:
    """Two replicas that begin a conversation at once both have their word in it."""
    databases = [await open_database(postgres_url) for _ in range(2)]
    first, second = map(fresh, databases)
    keys = [StorageKey(bot_id=1, chat_id=n, user_id=n) for n in range(200)]
    await asyncio.gather(
        *(first.set_state(key, "state") for key in keys),
        *(second.set_data(key, {"a": 1}) for key in keys),
    )
    assert {"state"} == {await second.get_state(key) for key in keys}
    assert all([{"a": 1} == await first.get_data(key) for key in keys])
    for database in databases:
        await database.close()


async def test_remembered(sqlite_database: Database) -> None:
    """On SQLite a conversation is read once, and writing what is there already writes nothing."""
    asked: list[str] = []

    class Counting:
        """The database, with a count of what is asked of it."""

        dialect = sqlite_database.dialect
        url = sqlite_database.url
        scrub = sqlite_database.scrub
        close = sqlite_database.close

        async def write(self, command: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
            """Count and write."""
            asked.append("write")
            return await sqlite_database.write(command, *args, **kwargs)

        async def read(self, query: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
            """Count and read."""
            asked.append("read")
            return await sqlite_database.read(query, *args, **kwargs)

    storage = ConversationStorage(Counting(), lambda: NOW)
    assert await storage.get_state(KEY) is None
    assert {} == await storage.get_data(KEY)
    await storage.set_state(KEY, None)
    await storage.set_data(KEY, {})
    await storage.set_state(KEY, "state")
    await storage.set_state(KEY, "state")
    assert "state" == await storage.get_state(KEY)
    assert ["read", "write"] == asked


async def test_turn(storage: ConversationStorage, database: Database) -> None:
    """Inside of a turn each change is seen at once and written at its end, all together."""
    await storage.set_data(KEY, {"a": 1, "b": 1})
    async with storage.turn():
        await storage.set_state(KEY, Appeal.topic)
        assert {"a": 2, "b": 1} == await storage.update_data(KEY, {"a": 2})
        await storage.set_state(KEY, Appeal.text)
        seen = (await storage.get_state(KEY), await storage.get_data(KEY))
        kept = await fresh(database).get_state(KEY)

    assert ("Appeal:text", {"a": 2, "b": 1}) == seen
    assert kept is None
    assert "Appeal:text" == await fresh(database).get_state(KEY)
    assert {"a": 2, "b": 1} == await fresh(database).get_data(KEY)


async def test_turn_settled(storage: ConversationStorage, database: Database) -> None:
    """What a turn has gathered can be written before its end; what comes later is not lost."""
    async with storage.turn():
        await storage.set_data(KEY, {"a": 1})
        await storage.settle()
        assert {"a": 1} == await fresh(database).get_data(KEY)
        await storage.set_data(KEY, {})
        await storage.update_data(KEY, {"b": 1})

    assert {"b": 1} == await fresh(database).get_data(KEY)


async def test_turn_that_fails(storage: ConversationStorage, database: Database) -> None:
    """What a handler changed before it failed is kept; a task that outlives it writes at once."""

    async def later() -> None:
        await ended.wait()
        await storage.set_data(KEY, {"later": 1})

    async def handler() -> None:
        async with storage.turn():
            tasks.append(asyncio.ensure_future(later()))
            await storage.set_state(KEY, "state")
            raise ZeroDivisionError

    ended, tasks = asyncio.Event(), list[asyncio.Future[None]]()
    with pytest.raises(ZeroDivisionError):
        await handler()
    assert "state" == await fresh(database).get_state(KEY)
    ended.set()
    await asyncio.gather(*tasks)
    assert {"later": 1} == await fresh(database).get_data(KEY)


async def test_turns_of_two_replicas(postgres_url: str) -> None:
    """Of two turns at once on two replicas both have their word in the conversation."""
    databases = [await open_database(postgres_url) for _ in range(2)]
    first, second = map(fresh, databases)

    async def turn(storage: ConversationStorage, place: str) -> None:
        async with storage.turn():
            assert {place: 1} == await storage.update_data(KEY, {place: 1})
            await asyncio.sleep(0.1)

    await asyncio.gather(turn(first, "0"), turn(second, "1"))
    assert {"0": 1, "1": 1} == await first.get_data(KEY)
    for database in databases:
        await database.close()


async def test_a_turn_that_is_overtaken(postgres_url: str) -> None:
    """A turn that would undo what another replica wrote since it read is made anew instead."""
    here, there = await open_database(postgres_url), await open_database(postgres_url)
    ours, theirs = fresh(here), fresh(there)
    await ours.update_data(KEY, {"draft": ["place"]})

    async def repeat() -> None:
        async with ours.turn():
            draft = (await ours.get_data(KEY))["draft"]
            await theirs.update_data(KEY, {"draft": [*draft, "words"]})
            await ours.update_data(KEY, {"draft": [*draft, "place again"]})

    with pytest.raises(Overtaken):
        await repeat()
    assert {"draft": ["place", "words"]} == await ours.get_data(KEY)
    async with ours.turn():
        draft = (await ours.get_data(KEY))["draft"]
        await theirs.update_data(KEY, {"draft": [*draft, "more"]})
        await ours.update_data(KEY, {"draft": [*draft, "more"]})  # a repetition of theirs
        await ours.settle()
        await ours.update_data(KEY, {"draft": [*draft, "more", "and more"]})
    assert {"draft": ["place", "words", "more", "and more"]} == await theirs.get_data(KEY)
    await here.close()
    await there.close()


async def test_cancelled_write(sqlite_database: Database) -> None:
    """A handler cancelled while it wrote leaves memory and database agreeing."""
    storage = ConversationStorage(sqlite_database, lambda: NOW)
    await storage.set_state(KEY, "before")
    for _ in range(50):
        write = asyncio.ensure_future(storage.set_state(KEY, "after"))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        write.cancel()
        await asyncio.gather(write, return_exceptions=True)
        seen = await storage.get_state(KEY)
        await sqlite_database.write(lambda _: None)
        assert await fresh(sqlite_database).get_state(KEY) == await storage.get_state(KEY)
        assert seen in {"before", "after"}
        await storage.set_state(KEY, "before")


async def test_a_poll_is_forgotten_wherever_it_stands(
    storage: ConversationStorage, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All conversations are looked at, some at a time, and only those that hold it are changed."""
    monkeypatch.setattr("bot.conversation.LOOKED_AT", 2)
    keys = [StorageKey(bot_id=1, chat_id=chat, user_id=chat) for chat in range(7)]
    for number, key in enumerate(keys):
        await storage.set_state(key, "answers")
        held = {"poll": 17 if number % 3 == 0 else 171, "draft": "Су жоқ"}
        await storage.set_data(key, {"survey": held, "appeal": {"then": "svb:17:2"}})
    await storage.forget_poll(17, ("answers",))
    left = [await fresh(database).get_data(key) for key in keys]
    assert [0, 3, 6] == [number for number, data in enumerate(left) if "survey" not in data]
    assert [{"then": None}] * 7 == [data["appeal"] for data in left]
