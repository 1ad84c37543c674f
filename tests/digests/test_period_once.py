"""A longer digest is kept, drawn and told once, whatever happens between two of these steps."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from bot.digest_files import DigestFiles, PeriodDigests
from bot.i18n import Catalogues
from bot.nursery import Nursery
from bot.worker import Run
from handlers.notices import renderers
from services.digests.channel import Undelivered
from services.digests.model import Channel, Period
from services.digests.period_facts import to_payload
from services.digests.period_queueing import (
    KIND,
    queue_period_digests,
    tell_period_digest,
    untold,
)
from services.language import Language
from services.organisation.directory import Organisations
from services.people.person import choose_language
from storage.database import Database
from storage.people import grant_role
from storage.schema.delivery import outbox
from storage.schema.digests import digests
from storage.schema.people import roles
from tests.digests.conftest import OPERATOR, UTILITIES, WATER, settle
from tests.digests.counted import WATER_TOPIC, counted
from tests.digests.sent import at, wants_mail

MONDAY = at(23)
FILES = {"picture": "a.png", "documents": ["a.pdf", "a.xlsx"]}


class Still:
    """A clock that stands."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment

    def now(self) -> datetime:
        """Return its moment."""
        return self._moment


class Drawing:
    """Stands for a process that draws: it keeps what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    @asynccontextmanager
    async def __call__(self, _variables: object) -> AsyncIterator[Run]:
        """Give what runs a function."""

        async def run(function: Any, *_matter: Any, **_more: Any) -> Any:
            self.asked.append(function.__name__)
            return function.__name__.encode()

        yield run


@pytest.fixture
def drawing(monkeypatch: pytest.MonkeyPatch) -> Drawing:
    """Draw nothing, for what is drawn is shown elsewhere."""
    made = Drawing()
    monkeypatch.setattr("bot.digest_files.worker", made)
    return made


def keys(connection: Connection) -> list[str]:
    """Return the keys of what is told."""
    return list(connection.execute(sa.select(outbox.c.key).order_by(outbox.c.id)).scalars())


def kept(connection: Connection) -> int:
    """Return how many digests are kept."""
    return connection.execute(sa.select(sa.func.count()).select_from(digests)).scalar_one()


def tell_all(connection: Connection, now: datetime) -> None:
    """Tell what waits for its files, as if they were drawn."""
    for each in untold(connection, now):
        tell_period_digest(connection, each, FILES, now)


def test_kept_first_and_told_once_its_files_are_there(connection: Connection) -> None:
    """Nothing goes out before its files; afterwards each reader gets one message."""
    assert 2 == queue_period_digests(connection, MONDAY)
    assert [] == keys(connection)
    tell_all(connection, MONDAY + timedelta(minutes=1))

    assert [
        f"digest:mysalbaev:weekly:2026-11-23:{WATER}",
        f"digest:nobaeva:weekly:2026-11-23:{UTILITIES}",
    ] == keys(connection)


def test_a_kill_between_any_two_steps_loses_nothing(connection: Connection) -> None:
    """Each step is done again as often as one likes, and leaves one digest and one message."""
    for minutes in range(3):
        queue_period_digests(connection, MONDAY + timedelta(minutes=minutes))
    first = untold(connection, MONDAY)[0]
    tell_period_digest(connection, first, FILES, MONDAY)
    # The message waits, so that its files are looked after; the other one was never told.
    assert 2 == len(untold(connection, MONDAY))
    tell_all(connection, MONDAY)
    tell_all(connection, MONDAY)
    queue_period_digests(connection, MONDAY + timedelta(hours=1))

    assert (2, 2) == (kept(connection), len(keys(connection)))


def test_nothing_waits_once_it_is_sent(connection: Connection) -> None:
    """What has been sent needs no files any more."""
    queue_period_digests(connection, MONDAY)
    tell_all(connection, MONDAY)
    connection.execute(sa.update(outbox).values(status="delivered"))

    assert () == untold(connection, MONDAY)


@pytest.mark.parametrize("moment", [at(23, 8, 29), at(23, 21), at(24), at(22)])
def test_only_on_the_first_working_day_and_not_at_night(
    connection: Connection, moment: datetime
) -> None:
    """Before the hour, at night, on Tuesday and on Sunday nothing is due."""
    assert 0 == queue_period_digests(connection, moment)


def test_the_next_day_is_too_late(connection: Connection) -> None:
    """What was not drawn on its day is not told, and what was not sent is given up."""
    queue_period_digests(connection, MONDAY)
    tell_period_digest(connection, untold(connection, MONDAY)[0], FILES, MONDAY)
    queue_period_digests(connection, MONDAY + timedelta(days=1))

    assert () == untold(connection, MONDAY + timedelta(days=1))
    statuses = connection.execute(sa.select(outbox.c.status)).scalars().all()
    assert ["given_up"] == statuses


def test_the_first_working_day_of_month_and_quarter(connection: Connection) -> None:
    """On 1 April 2026 the members of the Bureau get the month and the quarter, no week."""
    now = datetime(2026, 4, 1, 4, tzinfo=MONDAY.tzinfo)
    queue_period_digests(connection, now)

    found = connection.execute(sa.select(digests.c.period).distinct()).scalars()
    assert {"monthly", "quarterly"} == set(found)


def test_by_e_mail_nothing_goes_to_telegram(connection: Connection) -> None:
    """The facts stay in the row that the mail is written from."""
    wants_mail(connection, "aibek@example.kz")
    queue_period_digests(connection, MONDAY)

    assert UTILITIES == untold(connection, MONDAY)[0].person_id
    assert 1 == len(untold(connection, MONDAY))
    tell_all(connection, MONDAY)
    assert [f"digest:nobaeva:weekly:2026-11-23:{UTILITIES}"] == keys(connection)


def test_who_answers_for_nothing_gets_none(connection: Connection) -> None:
    """An official without a section, a place or an indicator has nothing to look back on."""
    grant_role(connection, OPERATOR, "official", "qiyalbaev", at(1))
    queue_period_digests(connection, MONDAY)
    officials = set(connection.execute(sa.select(digests.c.official)).scalars())

    assert {"mysalbaev", "nobaeva"} <= officials


def test_who_left_meanwhile_is_told_nothing(connection: Connection) -> None:
    """What waited for its files goes to nobody who holds the account no more."""
    queue_period_digests(connection, MONDAY)
    connection.execute(sa.update(roles).where(roles.c.person_id == WATER).values(until=MONDAY))

    assert [UTILITIES] == [each.person_id for each in untold(connection, MONDAY)]


async def test_files_are_drawn_and_found_again(
    database: Database, tmp_path: Path, drawing: Drawing
) -> None:
    """The look of a bot that was killed draws what is missing, under the same names."""
    now = MONDAY
    await database.write(_two_weeks)
    organisations = Organisations(database)
    await organisations.refresh()
    drawn: list[dict[str, Any]] = []
    for start in range(2):
        await _look(database, tmp_path, organisations, now)
        await _look(database, tmp_path, organisations, now)
        drawn = await database.read(_payloads)
        assert 2 == len(drawn)
        assert [b"draw", b"draw_paper", b"write_book"] == [*map(_content, drawn[0]["files"])]
        assert 6 * (start + 1) == len(drawing.asked)
        # The disk is lost while the messages wait.
        shutil.rmtree(tmp_path / "digests")
    i18n = Catalogues()
    with i18n.context(), i18n.use_locale("ru"):
        notice = renderers()[KIND](drawn[0], organisations.current)
    assert 2 == len(notice.documents)


@pytest.mark.usefixtures("drawing")
async def test_files_of_an_e_mail(database: Database, tmp_path: Path) -> None:
    """The picture and both documents, of one that has anything to say; none of a day."""
    await database.write(_two_weeks)
    organisations = Organisations(database)
    await organisations.refresh()
    facts = (await database.read(untold, MONDAY))[0].facts
    files = DigestFiles(tmp_path, Catalogues(), organisations)
    mailed = Undelivered(
        id=1,
        period=Period.WEEKLY,
        official="mysalbaev",
        day=facts.day,
        person_id=WATER,
        channel=Channel.EMAIL,
        language=Language.RUSSIAN,
        facts=to_payload(facts),
    )
    found = await files.attachments(mailed)

    assert ["image/png", "application/pdf"] == [each.kind for each in found[:2]]
    assert "weekly-2026-11-16-ru.xlsx" == found[2].name


def _two_weeks(connection: Connection) -> None:
    settle(connection)
    choose_language(connection, WATER, Language.RUSSIAN)
    counted(connection, MONDAY.date() - timedelta(days=5), "61", WATER_TOPIC, registered=30)
    counted(connection, MONDAY.date() - timedelta(days=5), "61", "heating", registered=3)
    queue_period_digests(connection, MONDAY)


def _payloads(connection: Connection) -> list[dict[str, Any]]:
    found = connection.execute(sa.select(outbox.c.payload).order_by(outbox.c.id)).scalars()
    return [payload | {"files": [payload["picture"], *payload["documents"]]} for payload in found]


def _content(path: str) -> bytes:
    return Path(path).read_bytes()


async def _look(
    database: Database, folder: Path, organisations: Organisations, now: datetime
) -> None:
    async with Nursery() as nursery:
        files = DigestFiles(folder, Catalogues(), organisations)
        work = PeriodDigests(files, db=database, clock=Still(now), nursery=nursery)
        await work.look()
        await work.tell()
        await asyncio.sleep(0)
