"""Feeds asked every ten minutes, each by itself, and read beside the event loop."""

import asyncio
import hashlib
import resource
from concurrent.futures.process import BrokenProcessPool

import structlog

from bot.feed_fetching import Fetched, Fetcher
from bot.nursery import Nursery
from bot.worker import worker
from services.clock import Clock
from services.news.feed_reading import Asked, feed_failed, feeds_due, take_feed
from services.news.feeds import Feed, FeedTrouble, Trouble, read_feed
from services.news.sources import Source
from storage.database import Database

log = structlog.get_logger(__name__)

SHORT_PATIENCE = 7.0  # seconds while an operator waits
SIDE_BY_SIDE = 3
EACH_TICK = 10  # feeds begun in one minute: a hundred are gone through in ten
# 64 KB take about 60 ms, which a thread may take from everybody else; more has its own process.
IN_A_THREAD = 64 * 1024
# 2 MB take about 3; a page made to hold its reader up takes half an hour.
MOST_WORK = 20  # seconds of a processor


async def read(fetched: Fetched) -> Feed:
    """Return the feed in what was fetched, read beside the event loop; raises FeedTrouble."""
    facts = (fetched.body, fetched.content_type, fetched.address)
    if len(fetched.body) <= IN_A_THREAD:
        found = await asyncio.to_thread(_read_apart, *facts)
    else:
        try:
            async with worker() as run:
                found = await run(_read_within, MOST_WORK, *facts)
        except BrokenProcessPool:
            log.warning("a feed takes too long to read", size=len(fetched.body))
            found = Trouble.NOT_A_FEED
    if isinstance(found, Trouble):
        raise FeedTrouble(found)
    return found


def _read_within(
    seconds: int, body: bytes, content_type: str | None, address: str
) -> Feed | Trouble:
    """Read a feed in a process that the kernel ends when it has worked so long."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    return _read_apart(body, content_type, address)


def _read_apart(body: bytes, content_type: str | None, address: str) -> Feed | Trouble:
    try:
        return read_feed(body, content_type, address)
    except FeedTrouble as error:
        return error.trouble
    except Exception:  # whatever a site sends must not be asked for again every minute
        log.exception("a feed breaks its reader", size=len(body))
        return Trouble.NOT_A_FEED


class Feeds:
    """Asks the feeds that are due, each by itself, and reads one that an operator names."""

    def __init__(self, fetcher: Fetcher, *, db: Database, clock: Clock, nursery: Nursery) -> None:
        self._fetcher = fetcher
        self._db = db
        self._clock = clock
        self._nursery = nursery
        self._room = asyncio.Semaphore(SIDE_BY_SIDE)
        self._asking: set[int] = set()
        # Sites that answer without an ETag send the same again and again.
        self._last: dict[int, bytes] = {}

    async def look(self) -> None:
        """Begin to ask the feeds that are due; the tick does not wait for them."""
        due = await self._db.read(feeds_due, self._clock.now())
        for source in [one for one in due if one.id not in self._asking][:EACH_TICK]:
            self._asking.add(source.id)
            self._nursery.spawn(self._ask(source), f"feed {source.id}", endless=True)

    async def look_at(self, url: str) -> Feed:
        """Return the feed at an address now; raises FeedTrouble."""
        fetched = await self._fetcher.fetch(url, patience=SHORT_PATIENCE)
        if fetched is None:
            raise FeedTrouble(Trouble.UNREACHABLE)
        return await read(fetched)

    async def _ask(self, source: Source) -> None:
        try:
            async with self._room:
                await self.ask(source)
        finally:
            self._asking.discard(source.id)

    async def ask(self, source: Source) -> None:
        """Ask one feed for what is new and keep it, or that it could not be read."""
        asked = Asked(source.etag, source.last_modified)
        try:
            fetched = await self._fetcher.fetch(source.address, asked)
            feed = None if fetched is None or self._known(source, fetched) else await read(fetched)
        except FeedTrouble as error:
            log.info("a feed was not read", source=source.id, trouble=error.trouble.value)
            failed = (source.id, source.checked_at, error.trouble, self._clock.now())
            await self._db.write(feed_failed, *failed)
            return
        now, said = self._clock.now(), fetched.asked if fetched else asked
        brought = await self._db.write(take_feed, source.id, source.checked_at, feed, said, now)
        if fetched is not None:
            self._last[source.id] = _digest(fetched.body)
        if brought.new or brought.passed:
            log.info("a feed was read", source=source.id, new=brought.new, passed=brought.passed)

    def _known(self, source: Source, fetched: Fetched) -> bool:
        seen = self._last.get(source.id) == _digest(fetched.body)
        return seen and source.checked_at is not None


def _digest(body: bytes) -> bytes:
    return hashlib.sha256(body).digest()
