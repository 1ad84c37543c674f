"""Digests followed to their readers each minute, by whichever way they take."""

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta

import structlog

from bot.nursery import Nursery
from services.clock import Clock
from services.digests.alarming import alarm_administrators, stuck_digests
from services.digests.channel import Ending, Handed, Trouble, Way
from services.digests.delivering import in_telegram, record_ending, to_mail
from services.digests.model import Channel
from services.digests.overnight import hold_overnight, waits_at_night
from services.digests.unreachable import tell_of_unreachable, unreachable_readers
from services.digests.unread import remind_of_unread, reminders_due
from storage.database import Database

log = structlog.get_logger(__name__)

# The server is away or shuts us out: the others need not try it now.
_SERVERS_FAULT = frozenset({Trouble.LOGIN, Trouble.SERVER, Trouble.NOT_SET_UP})
# Between two looks: what has only just begun to go out again, after a restart or a jump of the
# clock, is late and on its way, and nobody needs to be called.
SURE = timedelta(seconds=20)


class DigestDelivery:
    """Keeps what became of digests, mails those that go by e-mail, and tells what went wrong."""

    def __init__(
        self, ways: Mapping[Channel, Way], *, db: Database, clock: Clock, nursery: Nursery
    ) -> None:
        self._ways = ways
        self._db = db
        self._clock = clock
        self._nursery = nursery
        self._mailing: asyncio.Task[None] | None = None
        # Digests that are late, by the moment of the look at which they were first.
        self._late: dict[int, datetime] = {}

    async def look(self) -> None:
        """Look what arrived, tell of what did not arrive or was not read; nothing at night."""
        await self._follow_telegram()
        await self._alarm()
        now = self._clock.now()
        if await self._db.read(reminders_due, now):
            await self._db.write(remind_of_unread, now)
        if await self._db.read(waits_at_night, now):
            await self._db.write(hold_overnight, now)

    async def begin_to_mail(self) -> None:
        """Mail what is due; the tick does not wait for it."""
        if self._mailing is not None and not self._mailing.done():
            return
        waiting = await self._db.read(to_mail, self._clock.now())
        if waiting:
            self._mailing = self._nursery.spawn(self.mail(), "digests by e-mail", endless=True)

    async def mail(self) -> None:
        """Mail what is due, one after the other; after a failure of the server spare the others.

        The least tried come first, so that one that brings a server down does not stop the rest.
        """
        failure: Ending | None = None
        for digest in await self._db.read(to_mail, self._clock.now()):
            ending = failure or await self._ways[Channel.EMAIL].deliver(digest)
            now, tried = self._clock.now(), failure is None
            await self._db.write(record_ending, digest, ending, now, tried=tried)
            if ending.trouble in _SERVERS_FAULT:
                failure = ending

    async def _follow_telegram(self) -> None:
        way = self._ways[Channel.TELEGRAM]
        for digest in await self._db.read(in_telegram, self._clock.now()):
            ending = await way.deliver(digest)
            if ending.handed is not Handed.LATER or ending.trouble is not Trouble.WAITING:
                await self._db.write(record_ending, digest, ending, self._clock.now())

    async def _alarm(self) -> None:
        now = self._clock.now()
        stuck = await self._db.read(stuck_digests, now)
        self._late = {digest: self._late.get(digest, now) for digest in stuck}
        sure = [digest for digest, since in self._late.items() if abs(now - since) >= SURE]
        if sure:
            told = await self._db.write(alarm_administrators, sure, now)
            log.warning("digests have not arrived", digests=told)
        if await self._db.read(unreachable_readers, now):
            await self._db.write(tell_of_unreachable, now)
