"""Digests are followed to their readers by whichever way, and a stuck one raises one alarm."""

import asyncio
from datetime import datetime, timedelta
from typing import cast

import pytest
import sqlalchemy as sa
from aiogram import Bot
from aiogram.types import User
from sqlalchemy import Connection

from bot.digest_delivery import DigestDelivery
from bot.digest_ways import ByMail, ThroughTelegram, open_channels
from bot.i18n import Catalogues
from bot.nursery import Nursery
from bot.sender.rendering import Rendering
from handlers.notices import renderers
from services.digests.alarming import KIND, alarm_administrators, stuck_digests
from services.digests.channel import (
    Attachment,
    Ending,
    Handed,
    Trouble,
    Undelivered,
    Way,
    require_open,
)
from services.digests.delivering import fate_in_outbox, in_telegram, record_ending, to_mail
from services.digests.model import Channel, Period
from services.digests.outgoing import MAILED
from services.digests.overnight import hold_overnight, waits_at_night
from services.digests.period_queueing import queue_period_digests
from services.digests.queueing import queue_digests
from services.digests.reading_proof import mark_read
from services.language import Language
from services.organisation.directory import Organisations, load_organisation
from services.people.person import choose_language, join
from services.refusal import Refusal
from storage.database import Database
from storage.outbox import OutboxStatus
from storage.people import grant_role
from storage.schema.delivery import outbox
from storage.schema.digests import digests
from storage.schema.people import roles
from tests.digests.conftest import JOINED, UTILITIES, WATER, file_appeal, settle
from tests.digests.mail_sink import mail_sink
from tests.digests.sent import at, letters, row, sent, told, wants_mail

ADMINISTRATOR = 302
BUSY = Ending(Handed.LATER, trouble=Trouble.DEFERRED)


@pytest.fixture
def administrator(connection: Connection) -> int:
    """Let there be an administrator."""
    return appoint(connection)


def appoint(connection: Connection) -> int:
    """Appoint an administrator."""
    join(connection, ADMINISTRATOR, "Сынақ Әкімші", JOINED)
    choose_language(connection, ADMINISTRATOR, Language.KAZAKH)
    grant_role(connection, ADMINISTRATOR, "administrator", None, JOINED)
    return ADMINISTRATOR


def follow(connection: Connection, now: datetime) -> None:
    """Keep what became of digests in Telegram."""
    for digest in in_telegram(connection, now):
        record_ending(connection, digest, fate_in_outbox(connection, digest.key), now)


def test_delivered_when_telegram_took_it(connection: Connection) -> None:
    """The moment is that of the message, however late one looks."""
    digest = sent(connection, 23)
    told(connection, 23, OutboxStatus.WAITING, None)
    follow(connection, at(23, 8, 31))
    assert row(connection, digest)["delivered_at"] is None
    told(connection, 23, OutboxStatus.DELIVERED, at(23, 8, 32))
    follow(connection, at(23, 9))
    follow(connection, at(23, 10))

    assert at(23, 8, 32) == row(connection, digest)["delivered_at"]


@pytest.mark.parametrize(
    ("status", "trouble"),
    [
        (OutboxStatus.BLOCKED, Trouble.BLOCKED),
        (OutboxStatus.GONE, Trouble.BLOCKED),
        (OutboxStatus.REFUSED, Trouble.REFUSED),
        (OutboxStatus.GIVEN_UP, Trouble.SERVER),
    ],
)
def test_what_telegram_did_not_take(
    connection: Connection, status: OutboxStatus, trouble: Trouble
) -> None:
    """The reason is kept, and the digest is not looked at again."""
    digest = sent(connection, 23)
    told(connection, 23, status, at(23, 8, 31))
    follow(connection, at(23, 8, 31))

    assert trouble.value == row(connection, digest)["trouble"]
    assert () == in_telegram(connection, at(23, 8, 32))


def mail_until(connection: Connection, end: datetime, ending: Ending) -> list[datetime]:
    """Look each minute from 08:30 on and let every mail end like this; return when one was."""
    now, tried = at(23), []
    while now < end:
        for digest in to_mail(connection, now):
            tried.append(now)
            record_ending(connection, digest, ending, now)
        now += timedelta(minutes=1)
    return tried


def test_tried_again_with_growing_pauses(connection: Connection) -> None:
    """After 1, 2, 5, 10, 20 and then each 30 minutes, on its own day, not at night."""
    wants_mail(connection, "reader@example.kz")
    digest = sent(connection, 23, channel=Channel.EMAIL)
    tried = mail_until(connection, at(23, 10, 10), BUSY)

    minutes = [(moment - at(23)) // timedelta(minutes=1) for moment in tried]
    assert [0, 1, 3, 8, 18, 38, 68, 98] == minutes
    assert 8 == row(connection, digest)["tries"]
    evening = (at(23, 20, 59), at(23, 21), at(24, 0), at(24))
    assert [1, 0, 0, 0] == [len(to_mail(connection, moment)) for moment in evening]


def test_refused_for_good(connection: Connection) -> None:
    """A mail that will never be taken is not tried again."""
    wants_mail(connection, "nobody@example.kz")
    sent(connection, 23, channel=Channel.EMAIL)

    refused = Ending(Handed.REFUSED, trouble=Trouble.ADDRESS)
    assert [at(23)] == mail_until(connection, at(23, 9), refused)


def test_the_clock_set_back(connection: Connection) -> None:
    """A next try that lies hours ahead is one of before the clock was set back."""
    wants_mail(connection, "reader@example.kz")
    sent(connection, 23, channel=Channel.EMAIL)
    (digest,) = to_mail(connection, at(23, 18))
    record_ending(connection, digest, BUSY, at(23, 18))

    assert [] == [each.id for each in to_mail(connection, at(23, 17, 45))]
    assert [digest.id] == [each.id for each in to_mail(connection, at(23, 9))]


def test_one_try_is_counted_once(connection: Connection) -> None:
    """The same ending kept twice changes nothing, and one after the delivery neither."""
    wants_mail(connection, "reader@example.kz")
    digest = sent(connection, 23, channel=Channel.EMAIL)
    (waiting,) = to_mail(connection, at(23))
    delivered = Ending(Handed.DELIVERED)

    assert [True, False] == [
        record_ending(connection, waiting, delivered, at(23, 8, minute)) for minute in (31, 32)
    ]
    assert not record_ending(connection, waiting, BUSY, at(23, 8, 33))
    assert at(23, 8, 31) == row(connection, digest)["delivered_at"]
    (letter,) = letters(connection, MAILED)
    assert {"digest": digest, "period": "daily", "day": "2026-11-23"} == letter["payload"]


def test_who_left_gets_no_mail(connection: Connection) -> None:
    """A mail that waited goes to nobody who holds the account no more, and raises no alarm."""
    wants_mail(connection, "reader@example.kz")
    sent(connection, 23, channel=Channel.EMAIL)
    assert 1 == len(to_mail(connection, at(23)))
    connection.execute(sa.update(roles).values(until=at(23, 8, 40)))

    assert () == to_mail(connection, at(23, 8, 45))
    assert frozenset() == stuck_digests(connection, at(23, 9, 30))


def alarm(connection: Connection, now: datetime) -> int:
    """Raise the alarms that are due."""
    return alarm_administrators(connection, stuck_digests(connection, now), now)


def test_alarm_after_half_an_hour(connection: Connection, administrator: int) -> None:
    """Once for each digest, with the official, since when and why."""
    wants_mail(connection, "reader@example.kz")
    digest = sent(connection, 23, channel=Channel.EMAIL, composed=at(23, 9))
    (waiting,) = to_mail(connection, at(23, 9))
    record_ending(connection, waiting, BUSY, at(23, 9))

    looks = (at(23, 9, 29), at(23, 9, 30), at(23, 9, 31), at(23, 9, 10), at(23, 9, 45))
    assert [0, 1, 0, 0, 0] == [alarm(connection, look) for look in looks]
    (letter,) = letters(connection, KIND)
    assert (f"digest_stuck:{digest}:{administrator}", administrator) == (
        letter["key"],
        letter["person_id"],
    )
    (told_of,) = letter["payload"]["digests"]
    assert ("mysalbaev", "deferred") == (told_of["official"], told_of["why"])
    assert at(23, 9) == datetime.fromisoformat(told_of["since"])


def test_no_alarm_by_night(connection: Connection, administrator: int) -> None:
    """What is stuck before nine or in the evening is told by daylight."""
    sent(connection, 23, composed=at(23, 7))
    assert [0, 1] == [alarm(connection, moment) for moment in (at(23, 8, 59), at(23, 9))]
    sent(connection, 24, composed=at(24, 20, 40))

    assert [0, 0, 1] == [
        alarm(connection, moment) for moment in (at(24, 21, 10), at(25, 8), at(25, 9))
    ]
    assert {administrator} == {letter["person_id"] for letter in letters(connection, KIND)}


@pytest.mark.usefixtures("administrator")
def test_who_blocked_the_bot_is_told_of_once_a_day(connection: Connection) -> None:
    """Daily and weekly digests of one morning are one line; those in other trouble are each."""
    for period, minute in ((Period.DAILY, 0), (Period.WEEKLY, 0), (Period.MONTHLY, 5)):
        sent(connection, 23, period=period, composed=at(23, 9, minute))
        sent(
            connection,
            23,
            period=period,
            composed=at(23, 9, minute),
            person=UTILITIES,
            official="nobaeva",
        )
    blocked = sa.update(digests).where(digests.c.person_id == WATER)
    connection.execute(blocked.values(trouble=Trouble.BLOCKED.value))

    assert [3, 1] == [alarm(connection, moment) for moment in (at(23, 9, 30), at(23, 9, 35))]
    assert 0 == alarm(connection, at(23, 9, 40))


@pytest.mark.usefixtures("administrator")
@pytest.mark.parametrize("language", ["kk", "ru"])
def test_many_at_once_are_one_message(connection: Connection, language: str) -> None:
    """When the mail server is down for everybody nobody gets a hundred messages."""
    for person in range(5000, 5025):
        join(connection, person, "Сынақ Сынақов", JOINED)
        grant_role(connection, person, "official", "mysalbaev", JOINED)
        sent(connection, 23, person=person, composed=at(23, 9))

    assert 25 == alarm(connection, at(23, 10))
    (letter,) = letters(connection, KIND)
    i18n = Catalogues()
    with i18n.context(), i18n.use_locale(language):
        notice = renderers()[KIND](letter["payload"], load_organisation(connection))
    assert "25" in notice.text.splitlines()[0]
    assert notice.text.endswith("15")
    assert len(notice.text) < 4096


def test_nothing_at_night(connection: Connection) -> None:
    """What Telegram did not take by 21:00 waits for the morning, whatever the clock does."""
    told(connection, 23, OutboxStatus.WAITING, None)
    evening, before_dawn = at(23, 21), at(24, 5, 59)
    assert not waits_at_night(connection, at(23, 20, 59))
    assert waits_at_night(connection, evening)

    assert [0, 1, 0, 0] == [
        hold_overnight(connection, moment)
        for moment in (at(23, 20, 59), evening, at(23, 22), before_dawn)
    ]
    assert not waits_at_night(connection, before_dawn)
    moment = sa.select(outbox.c.not_before)
    assert at(24) == connection.execute(moment).scalar_one()


class Slow:
    """A way that takes what it is told to take."""

    def __init__(self) -> None:
        self.endings: list[Ending] = []
        self.asked: list[int] = []

    async def deliver(self, digest: Undelivered) -> Ending:
        """Say what stands on the list, and then that nothing is known."""
        self.asked.append(digest.person_id)
        return self.endings.pop(0) if self.endings else Ending(Handed.DELIVERED)


class Hand:
    """A clock that is moved by hand."""

    def __init__(self, now: datetime) -> None:
        self.moment = now

    def now(self) -> datetime:
        """Return where it stands."""
        return self.moment


async def two_readers(db: Database) -> None:
    """Let two officials wait for their digests by e-mail."""
    await db.write(settle)
    await db.write(appoint)
    for person, official in ((WATER, "mysalbaev"), (UTILITIES, "nobaeva")):
        await db.write(wants_mail, f"{official}@example.kz", person)
        await db.write(
            lambda c, p=person, o=official: sent(
                c, 23, person=p, official=o, channel=Channel.EMAIL
            )
        )


async def look(delivery: DigestDelivery, nursery: Nursery) -> None:
    """Look as the minute tick does, and wait for what that began."""
    await delivery.look()
    await delivery.begin_to_mail()
    async with asyncio.timeout(5):
        while len(nursery):  # noqa: ASYNC110 - it rings no bell
            await asyncio.sleep(0)


async def test_a_server_in_trouble_is_left_alone(database: Database) -> None:
    """The others do not try a server that has just failed; the next minute they do."""
    await two_readers(database)
    mail, clock = Slow(), Hand(at(23))
    mail.endings = [Ending(Handed.LATER, trouble=Trouble.SERVER)]
    async with Nursery() as nursery:
        ways = {Channel.EMAIL: mail, Channel.TELEGRAM: Slow()}
        delivery = DigestDelivery(ways, db=database, clock=clock, nursery=nursery)
        await look(delivery, nursery)
        assert [WATER] == mail.asked
        clock.moment = at(23, 8, 31)
        await look(delivery, nursery)

    assert [WATER, UTILITIES, WATER] == mail.asked  # the least tried first
    assert 2 == len(await database.read(letters, MAILED))


async def test_an_alarm_is_raised_at_the_second_look(database: Database) -> None:
    """What is late when the bot comes back, or after a jump of the clock, goes out first."""
    await two_readers(database)
    mail, clock = Slow(), Hand(at(23, 12))
    mail.endings = [Ending(Handed.LATER, trouble=Trouble.LOGIN)] * 2
    async with Nursery() as nursery:
        ways = {Channel.EMAIL: mail, Channel.TELEGRAM: Slow()}
        delivery = DigestDelivery(ways, db=database, clock=clock, nursery=nursery)
        await look(delivery, nursery)
        assert [] == await database.read(letters, KIND)
        clock.moment = at(23, 12, 1)
        await look(delivery, nursery)

    (letter,) = await database.read(letters, KIND)
    stuck = letter["payload"]["digests"]
    assert ["mysalbaev", "nobaeva"] == [each["official"] for each in stuck]
    assert ["login", "login"] == [each["why"] for each in stuck]


async def no_files(_digest: Undelivered) -> tuple[Attachment, ...]:
    """Return nothing."""
    return ()


class Named:
    """A bot that has a name."""

    async def me(self) -> User:
        """Return who it is."""
        return User(id=1, is_bot=True, first_name="Үлгі", username="ulgi_bot")


async def test_from_the_tables_to_the_mailbox(database: Database) -> None:
    """The morning's digest goes out by e-mail in the reader's language; Telegram says only so."""
    await database.write(settle)
    await database.write(choose_language, WATER, Language.RUSSIAN)
    await database.write(wants_mail, "reader@example.kz")
    await database.write(file_appeal, 1, "water-supply", "10", at(20))
    await database.write(queue_digests, at(23))
    organisations = Organisations(database)
    await organisations.refresh()
    async with mail_sink() as sink, Nursery() as nursery:
        by_mail = ByMail(
            sink.relay(),
            "Үлгі <we@example.kz>",
            bot=cast("Bot", Named()),
            clock=Hand(at(23)),
            rendering=Rendering(Catalogues(), organisations),
            files=no_files,
        )
        ways: dict[Channel, Way] = {
            Channel.EMAIL: by_mail,
            Channel.TELEGRAM: ThroughTelegram(database),
        }
        clock = Hand(at(23))
        await look(DigestDelivery(ways, db=database, clock=clock, nursery=nursery), nursery)
        # A kill before the delivery was kept: another process sends it again.
        (digest,) = [each["digest"] for each in await _mailed(database)]
        forgotten = sa.update(digests).where(digests.c.id == digest).values(delivered_at=None)
        await database.write(lambda connection: connection.execute(forgotten))
        await look(DigestDelivery(ways, db=database, clock=clock, nursery=nursery), nursery)

    first, again = sink.messages
    plain, html = first.get_body(("plain",)), first.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert "Дайджест: 23.11.2026" == first["Subject"]
    assert "https://t.me/ulgi_bot" in plain.get_content()
    assert "<" not in plain.get_content()
    assert "<b>" in html.get_content()
    assert first["Message-ID"] == again["Message-ID"]
    assert 1 == len(await _mailed(database))
    assert at(23, 8, 31) == await database.write(mark_read, WATER, digest, at(23, 8, 31))


async def test_a_weekly_digest_with_its_files(database: Database) -> None:
    """What is drawn for Telegram comes with the e-mail."""
    await database.write(settle)
    await database.write(wants_mail, "reader@example.kz")
    await database.write(queue_period_digests, at(23))
    organisations = Organisations(database)
    await organisations.refresh()
    paper = Attachment("weekly.pdf", "application/pdf", b"%PDF-1.7 synthetic")

    async def files(_digest: Undelivered) -> tuple[Attachment, ...]:
        return (paper,)

    async with mail_sink() as sink:
        by_mail = ByMail(
            sink.relay(),
            "we@example.kz",
            bot=cast("Bot", Named()),
            clock=Hand(at(23)),
            rendering=Rendering(Catalogues(), organisations),
            files=files,
        )
        (digest,) = await database.read(to_mail, at(23))
        assert Ending(Handed.DELIVERED) == await by_mail.deliver(digest)

    (message,) = sink.messages
    assert "Апталық дайджест: 23.11.2026" == message["Subject"]
    assert [paper.content] == [file.get_content() for file in message.iter_attachments()]


async def _mailed(database: Database) -> list[dict[str, int]]:
    """Return what Telegram says of digests by e-mail."""
    return [letter["payload"] for letter in await database.read(letters, MAILED)]


async def test_no_mail_server(database: Database) -> None:
    """Who asked for e-mail never gets service data in Telegram; the administrators hear why."""
    await two_readers(database)
    clock = Hand(at(23, 9, 0))
    by_mail = ByMail(
        None,
        None,
        bot=cast("Bot", Named()),
        clock=clock,
        rendering=Rendering(Catalogues(), Organisations(database)),
        files=no_files,
    )
    async with Nursery() as nursery:
        ways: dict[Channel, Way] = {
            Channel.EMAIL: by_mail,
            Channel.TELEGRAM: ThroughTelegram(database),
        }
        delivery = DigestDelivery(ways, db=database, clock=clock, nursery=nursery)
        for _ in range(3):
            await look(delivery, nursery)
            clock.moment += timedelta(minutes=1)

    (letter,) = await database.read(letters, KIND)
    assert {"not_set_up"} == {each["why"] for each in letter["payload"]["digests"]}
    assert [] == await _mailed(database)
    assert frozenset({Channel.TELEGRAM}) == open_channels(None)
    with pytest.raises(Refusal):
        require_open(open_channels(None), Channel.EMAIL)
