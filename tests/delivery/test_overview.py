"""Did it go out? The list and the card of mailings, and when each will be over."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

from bot.i18n import Catalogues
from handlers.views.mailing_card import card_screen, recall_screen
from services.delivery.mailing import find_mailing
from services.delivery.mailing_control import Control, control_mailing
from services.delivery.overview import PAGE, mailings_page, read_card
from services.delivery.progress import ends_at
from services.delivery.recall import ask_recall
from services.organisation.directory import Organisations
from services.refusal import Refusal
from storage.database import Database
from storage.delivery import MailingStatus
from storage.schema.delivery import deliveries, mailings
from tests.delivery.stage import FIRST, MORNING, add_people
from tests.delivery.test_mailing import AUTHOR, add_operator, start_mailing

EVENING = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)  # 20:00 in Asia/Almaty


async def test_the_newest_first(sqlite_database: Database) -> None:
    """Pages of five go back in time; the messages that begin by themselves are left out."""
    await add_operator(sqlite_database)
    launched = [await start_mailing(sqlite_database, f"news:{one}") for one in range(PAGE + 2)]
    await start_mailing(sqlite_database, "digest:1", kind="news_digest")
    first = await sqlite_database.read(mailings_page, AUTHOR, MORNING)
    rest = await sqlite_database.read(mailings_page, AUTHOR, MORNING, first.mailings[-1].id)
    shown = [mailing.id for mailing in (*first.mailings, *rest.mailings)]
    assert launched[::-1] == shown
    assert (True, False) == (first.older, rest.older)


async def test_only_staff_looks(sqlite_database: Database) -> None:
    """Nobody but staff sees the list, a card or what a recall would do."""
    await sqlite_database.write(add_people, [FIRST])
    mailing = await start_mailing(sqlite_database)
    for query, values in (
        (mailings_page, (MORNING,)),
        (read_card, (mailing, MORNING)),
        (ask_recall, (mailing, MORNING)),
    ):
        with pytest.raises(Refusal):
            await sqlite_database.read(query, FIRST, *values)


async def test_a_planned_one_is_called_off(sqlite_database: Database) -> None:
    """A planned mailing says when it begins and can be cancelled before."""
    await add_operator(sqlite_database)
    mailing = await start_mailing(sqlite_database, starts_at=MORNING + timedelta(hours=2))
    assert "20.11.2026, 12:00" in await card_text(sqlite_database, mailing)
    cancelled = await sqlite_database.write(
        control_mailing, AUTHOR, mailing, Control.CANCEL, 0, MORNING
    )
    assert MailingStatus.CANCELLED is cancelled.status


async def test_what_a_card_counts(sqlite_database: Database) -> None:
    """A card tells of the weekly ceiling, the Stars and the uncertain where there are any."""
    await add_operator(sqlite_database)
    mailing = await start_mailing(sqlite_database, stars=4)

    def end(connection: sa.Connection) -> None:
        counters = {"delivered": 1200, "failed": 1, "held": 3, "paid": 25}
        connection.execute(sa.update(mailings).values(status="finished", **counters))
        row = {"mailing_id": mailing, "person_id": FIRST, "status": "uncertain"}
        connection.execute(sa.insert(deliveries).values(**row))

    await sqlite_database.write(end)
    text = await card_text(sqlite_database, mailing)
    for line in (
        "Доставлено: 1\u00a0200",
        "Не отправлено из-за недельного предела: 3",
        "Из них неизвестно, дошли ли: 1",
        "Потрачено звёзд: 3 из 4",
    ):
        assert line in text


async def test_first_messages_may_be_too_old(sqlite_database: Database) -> None:
    """Of a mailing that began more than 48 hours ago it is said that its first messages stay."""
    await add_operator(sqlite_database)
    found = await sqlite_database.read(find_mailing, await start_mailing(sqlite_database))
    assert found is not None
    ended = replace(found, finished_at=MORNING + timedelta(hours=40))
    with spoken():
        early = recall_screen(ended, MORNING + timedelta(hours=47)).text
        late = recall_screen(ended, MORNING + timedelta(hours=49)).text
    assert (False, True) == ("останутся" in early, "останутся" in late)


async def test_nights_are_slept_through(sqlite_database: Database) -> None:
    """What is not done by nine in the evening goes on at nine in the morning."""
    found = await sqlite_database.read(find_mailing, await start_mailing(sqlite_database))
    assert found is not None
    big = replace(found, reachable=30 * 3600 * 2)
    assert EVENING + timedelta(hours=14) == ends_at(big, 30, EVENING)
    assert EVENING + timedelta(hours=2) == ends_at(replace(big, at_night=True), 30, EVENING)
    assert ends_at(replace(big, reachable=60), 30, EVENING) is None
    assert ends_at(found, 30, EVENING) is None


async def test_a_card_reads_few_rows(sqlite_database: Database) -> None:
    """Counting what failed, and the next to take back, go by an index and sort nothing."""
    wanted = deliveries.c.mailing_id == 1
    failed = sa.select(deliveries.c.status, sa.func.count()).where(
        wanted, deliveries.c.status.in_(["refused", "uncertain"])
    )
    arrived = sa.select(deliveries.c.message_id).where(
        wanted, deliveries.c.status == "delivered", deliveries.c.person_id > 5
    )
    for query in (failed.group_by(deliveries.c.status), arrived.order_by(deliveries.c.person_id)):
        plan = await sqlite_database.read(explained, query)
        assert "ix_deliveries_mailing_id_status" in plan
        assert "TEMP B-TREE" not in plan


@contextmanager
def spoken() -> Iterator[None]:
    """Speak Russian inside."""
    i18n = Catalogues()
    with i18n.context(), i18n.use_locale("ru"):
        yield


def explained(connection: sa.Connection, query: sa.Select[Any]) -> str:
    """Return how SQLite would run a query."""
    words = query.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True})
    rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {words}")
    return " ".join(row[3] for row in rows)


async def card_text(db: Database, mailing: int) -> str:
    """Return what the card of a mailing says in Russian."""
    organisations = Organisations(db)
    await organisations.refresh()
    card = await db.read(read_card, AUTHOR, mailing, MORNING)
    with spoken():
        return card_screen(card, organisations.current, 30, MORNING).text
