"""Sessions of staff: they end without use, and a PIN that is counted first begins them again."""

import asyncio
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from bot.middlewares.session import SessionMiddleware
from handlers.confidential import waits_for_secrets
from handlers.staff_session import StaffPin
from services.people import sessions
from services.people.deeds import Deed
from services.people.model import Person, Role
from services.people.pins import check_strength, digest_of
from services.people.rights import authorise
from services.people.sessions import Session
from services.refusal import Refusal, SessionEnded
from storage.database import Database
from storage.schema.audit import audit
from storage.sessions import find_session
from storage.vault import key_of, newest_key
from tests.appeals_desk.conftest import AIDA, NOW
from tests.staff.conftest import CHIEF, STRANGER, employ

PIN, WRONG = "482915", "482916"
HOURS = 12
LATER = NOW + timedelta(hours=HOURS)


class StandingClock:
    """Tells one moment until it is given another."""

    def __init__(self) -> None:
        self.moment = NOW

    def now(self) -> datetime:
        """Return that moment."""
        return self.moment


@pytest.fixture(scope="session")
def digest() -> str:
    """Make the digest of the PIN once."""
    return digest_of(PIN)


def with_pin(connection: Connection, digest: str) -> None:
    """Let sessions end, and let the operator choose a PIN."""
    sessions.keep_hours(connection, HOURS, NOW)
    sessions.keep_pin(connection, AIDA, 1, digest, NOW)


def may_work(connection: Connection, person: int = AIDA) -> bool:
    """Tell whether the use cases let this person do their work."""
    try:
        authorise(connection, person, Deed.READ_QUEUE)
    except SessionEnded:
        return False
    return True


@pytest.mark.parametrize("hours", [None, 0])
def test_where_sessions_never_end_nobody_needs_a_pin(
    connection: Connection, hours: int | None
) -> None:
    """With 0 hours, or before the bot was ever started, work needs no PIN."""
    if hours is not None:
        sessions.keep_hours(connection, hours, NOW)
    assert may_work(connection)
    assert Session.OPEN is sessions.session_of(connection, AIDA)
    assert not sessions.sessions_due(connection, NOW + timedelta(days=99))


def test_digests_are_sealed(connection: Connection, digest: str) -> None:
    """Whoever steals the database has no digest on which to try all PINs."""
    with_pin(connection, digest)
    kept = connection.execute(sa.text("SELECT pin FROM staff_sessions")).scalar_one()
    assert key_of(kept) == newest_key()
    assert sessions.count_try(connection, AIDA, 2, NOW).digest == digest


def test_without_a_pin_nothing_is_done(connection: Connection) -> None:
    """Who has chosen none is denied in the use case, whatever screen they come from."""
    sessions.keep_hours(connection, HOURS, NOW)
    assert not may_work(connection)
    assert Session.NO_PIN is sessions.session_of(connection, AIDA)


def test_who_has_no_role_is_refused_before_any_pin(connection: Connection) -> None:
    """A citizen is told that it is for staff, and can choose no PIN."""
    sessions.keep_hours(connection, HOURS, NOW)
    with pytest.raises(Refusal, match="staff only"):
        authorise(connection, STRANGER, Deed.READ_QUEUE)
    with pytest.raises(Refusal, match="staff only"):
        sessions.keep_pin(connection, STRANGER, 1, "digest", NOW)


async def test_twelve_hours_without_use_end_it(town: Database, digest: str) -> None:
    """The job ends what nobody used for twelve hours, and not a moment earlier."""
    await town.write(with_pin, digest)
    assert not await town.read(sessions.sessions_due, LATER - timedelta(seconds=1))
    assert await town.read(may_work)
    assert await town.read(sessions.sessions_due, LATER)
    assert 1 == await town.write(sessions.end_sessions, LATER)
    assert not await town.read(may_work)
    assert Session.ENDED is await town.read(sessions.session_of, AIDA)


def test_use_after_too_long_ends_it_also_before_the_job(
    connection: Connection, digest: str
) -> None:
    """A bot that was down meanwhile lets nobody in before its first tick."""
    with_pin(connection, digest)
    sessions.note_use(connection, AIDA, LATER)
    assert not may_work(connection)


def test_use_keeps_it_going(connection: Connection, digest: str) -> None:
    """Hours count from the last use, which is written down every ten minutes at most."""
    with_pin(connection, digest)
    moments = []
    for minutes in (5, 9, 10, 15, 21):
        sessions.note_use(connection, AIDA, NOW + timedelta(minutes=minutes))
        row = find_session(connection, AIDA)
        assert row is not None
        moments.append((row["used_at"] - NOW) // timedelta(minutes=1))
    assert [0, 0, 10, 10, 21] == moments


async def test_citizens_cost_no_look_and_staff_one_in_ten_minutes(
    sqlite_database: Database, digest: str
) -> None:
    """The middleware asks the database for staff only, and rarely."""
    await sqlite_database.write(employ)
    await sqlite_database.write(with_pin, digest)
    clock, writes = StandingClock(), 0

    class Counting:
        async def write(self, *what: object) -> None:
            nonlocal writes
            writes += 1
            await sqlite_database.write(*what)  # type: ignore[arg-type]

    middleware = SessionMiddleware(Counting(), clock)  # type: ignore[arg-type]

    async def update(roles: frozenset[Role]) -> int:
        async def handler(*_given: object) -> None:
            return None

        await middleware(handler, None, {"person": Person(AIDA, "Аида", roles=roles)})  # type: ignore[arg-type]
        return writes

    citizen, operator = frozenset[Role](), frozenset({Role.OPERATOR})
    assert 0 == await update(citizen)
    assert 1 == await update(operator)
    clock.moment += timedelta(minutes=9)
    assert 1 == await update(operator)
    clock.moment += timedelta(minutes=1)
    assert 2 == await update(operator)


async def test_the_right_pin_begins_it(town: Database, digest: str) -> None:
    """Work goes on, wrong ones before are forgotten, and the audit knows of them."""
    await town.write(with_pin, digest)
    await town.write(sessions.end_sessions, LATER)
    wrong = await sessions.begin(town, AIDA, 2, WRONG, LATER)
    right = await sessions.begin(town, AIDA, 3, PIN, LATER)
    assert (False, 4, True) == (wrong.right, wrong.left, right.right)
    assert await town.read(may_work)

    def acts(connection: Connection) -> list[tuple[str, dict[str, int]]]:
        chosen = sa.select(audit.c.what, audit.c.details).where(audit.c.what.like("session.%"))
        return [(row.what, row.details) for row in connection.execute(chosen)]

    assert [
        ("session.choose_pin", {}),
        ("session.wrong_pin", {}),
        ("session.open", {"wrong": 1}),
    ] == await town.read(acts)


async def test_a_message_that_comes_twice_is_one_try(
    sqlite_database: Database, digest: str
) -> None:
    """Telegram delivers some updates again: that costs nobody a try."""
    await sqlite_database.write(employ)
    await sqlite_database.write(with_pin, digest)
    first = await sessions.begin(sqlite_database, AIDA, 2, WRONG, NOW)
    again = await sessions.begin(sqlite_database, AIDA, 2, WRONG, NOW)
    assert first == again
    with pytest.raises(Refusal):
        await sessions.begin(sqlite_database, AIDA, 1, PIN, NOW)


async def test_many_at_once_are_no_more_tries_than_one_after_the_other(
    town: Database, digest: str
) -> None:
    """However many messages come at the same time, five are compared and the others refused."""
    await town.write(with_pin, digest)
    counted = await asyncio.gather(
        *(town.write(sessions.count_try, AIDA, message, NOW) for message in range(2, 32)),
        return_exceptions=True,
    )
    compared = [one for one in counted if isinstance(one, sessions.Try)]
    assert 5 == len(compared)
    assert all(isinstance(one, sessions.Try | Refusal) for one in counted)


def test_the_wait_grows_up_to_a_day(connection: Connection, digest: str) -> None:
    """After five wrong ones 15 minutes, then twice as long each time."""
    with_pin(connection, digest)
    now, minutes = NOW, []
    for message in range(2, 15):
        tried = sessions.count_try(connection, AIDA, message, now)
        waiting = tried.wait_until - now if tried.wait_until else timedelta(0)
        minutes.append(waiting // timedelta(minutes=1))
        if waiting:
            with pytest.raises(Refusal, match="Too many"):
                sessions.count_try(connection, AIDA, message + 1000, now)
        now += waiting
    assert [0, 0, 0, 0, 15, 30, 60, 120, 240, 480, 960, 1440, 1440] == minutes


def test_a_pin_that_was_reset_meanwhile_opens_nothing(connection: Connection, digest: str) -> None:
    """What was compared with the former PIN does not begin a session under the new one."""
    with_pin(connection, digest)
    tried = sessions.count_try(connection, AIDA, 2, NOW)
    sessions.reset_pin_by_shell(connection, AIDA, NOW)
    sessions.keep_pin(connection, AIDA, 3, "another digest", NOW)
    with pytest.raises(Refusal, match="once more"):
        sessions.settle_try(connection, AIDA, 2, tried, NOW, right=True)


def test_an_administrator_resets_and_nobody_else(connection: Connection, digest: str) -> None:
    """After a reset another PIN is chosen; a colleague cannot reset it, nor anybody their own."""
    with_pin(connection, digest)
    sessions.keep_pin(connection, CHIEF, 1, digest, NOW)
    for actor in (AIDA, CHIEF):
        with pytest.raises(Refusal):
            sessions.reset_pin(connection, actor, CHIEF, NOW)
    with pytest.raises(Refusal, match="already"):
        sessions.keep_pin(connection, AIDA, 2, "another", NOW)
    sessions.reset_pin(connection, CHIEF, AIDA, NOW)
    assert Session.NO_PIN is sessions.session_of(connection, AIDA)
    sessions.keep_pin(connection, AIDA, 2, "another", NOW)
    assert may_work(connection)


@pytest.mark.parametrize(
    "pin",
    ["000000", "123456", "654321", "111222", "121212", "123123", "112233", "999999", "456789"],
)
def test_what_is_tried_first_is_refused(pin: str) -> None:
    """Repeated digits, stairs and pairs are no PIN."""
    with pytest.raises(Refusal, match="easy"):
        check_strength(pin)


@pytest.mark.parametrize("pin", ["", "12345", "1234567", "48291a", "٤٨٢٩١٥", "482 15", "²³²³²³"])
def test_what_is_no_pin_is_refused(pin: str) -> None:
    """Six digits of ASCII and nothing else."""
    with pytest.raises(Refusal, match="six digits"):
        check_strength(pin)


async def test_the_pin_is_kept_nowhere(sqlite_database: Database) -> None:
    """The database holds a digest by Argon2id; no row of any table holds the digits."""
    await sqlite_database.write(employ)
    await sqlite_database.write(sessions.keep_hours, HOURS, NOW)
    await sessions.choose(sqlite_database, AIDA, 1, PIN, NOW)
    await sessions.begin(sqlite_database, AIDA, 2, WRONG, NOW)

    def everything(connection: Connection) -> str:
        tables = sa.inspect(connection).get_table_names()
        rows = (connection.exec_driver_sql(f"SELECT * FROM {name}") for name in tables)
        return "".join(repr(tuple(row)) for found in rows for row in found)

    dumped = await sqlite_database.read(everything)
    kept = await sqlite_database.read(find_session, AIDA)
    assert kept is not None
    assert kept["pin"].startswith("$argon2id$")
    assert PIN not in dumped
    assert WRONG not in dumped


def test_messages_with_a_pin_are_never_parked() -> None:
    """Both states are among those whose messages nobody writes down."""
    assert waits_for_secrets(StaffPin.typing.state)
    assert waits_for_secrets(StaffPin.choosing.state)
