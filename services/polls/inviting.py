"""What happens to invitations by the clock: samples are drawn, quotas counted, people reminded.

Everything reads people in pages, so that a million of them take no more memory than a page.
"""

import asyncio
from collections import Counter
from datetime import datetime, timedelta

import structlog
from sqlalchemy import Connection, RowMapping

from services.clock import local_date
from services.polls import quotas
from services.polls.invitations import (
    REMIND_AFTER,
    answered_among,
    begin_reminder,
    frame,
    invite_drawn,
    note_invited,
    profile_of,
)
from services.polls.keys import MissingKey, PollKeys
from services.polls.reading import find_poll
from services.polls.sampling import Drawing, allocate, population
from storage import poll_invitations as rows
from storage.database import Database
from storage.delivery import MailingStatus

log = structlog.get_logger(__name__)

_PAGE = 5000  # people read at a time, some ten milliseconds
_QUOTAS_EVERY = timedelta(minutes=10)
_UNFINISHED = {MailingStatus.RUNNING, MailingStatus.PAUSED}


def open_polls(connection: Connection, now: datetime) -> list[RowMapping]:
    """Return the open polls with how far their invitations have come (a query)."""
    return list(rows.open_polls_with_mailings(connection, now))


def answered_levels(
    connection: Connection, poll_id: int, tag_key: bytes, after: int, year: int
) -> tuple[Counter[str], int | None]:
    """Return at which levels the next invited people answered, and whom to go on after."""
    page = rows.invited_page(connection, poll_id, after, _PAGE)
    answered = answered_among(connection, poll_id, tag_key, [row["id"] for row in page])
    profiles = [profile_of(row) for row in page if row["id"] in answered]
    return quotas.count_levels(profiles, year), page[-1]["id"] if page else None


class Inviting:
    """Looks after the invitations of open polls; one process at a time does."""

    def __init__(self, db: Database, keys: PollKeys) -> None:
        self._db = db
        self._keys = keys
        # When the quotas of a poll were counted last: that walks through all who are invited.
        self._counted: dict[int, datetime] = {}

    async def look(self, now: datetime) -> None:
        """Draw, count and remind what is due now; one poll harms no other."""
        for poll in await self._db.read(open_polls, now):
            try:
                await self._look_at(poll, now)
            except MissingKey as error:
                log.error("Quotas cannot be counted", poll=poll["id"], why=str(error))  # noqa: TRY400
            except Exception:  # the next tick tries again
                log.exception("Invitations of a poll stand still", poll=poll["id"])

    async def _look_at(self, poll: RowMapping, now: datetime) -> None:
        if poll["mailing"] is None:
            if poll["sample"] is not None:
                await self._draw(poll["id"], now)
            return
        if poll["delivered"] != poll["invited"]:
            await self._db.write(note_invited, poll["id"])
        if self._quotas_are_due(poll, now):
            await self._count_quotas(poll, now)
        if _reminder_is_due(poll, now):
            await self._db.write(begin_reminder, poll["id"], now)

    async def _draw(self, poll_id: int, now: datetime) -> None:
        found = await self._db.read(find_poll, poll_id)
        sample = found.poll.passport.sample if found else None
        if found is None or sample is None:
            return
        launched = found.poll.launched_at
        people = frame(found.poll.target.audience(launched), local_date(launched))
        present = await self._db.read(rows.strata, people)
        drawing = Drawing(sample["seed"], allocate(sample["size"], population(), present))
        last = 0
        while page := await self._db.read(rows.frame_page, people, last, _PAGE):
            await asyncio.to_thread(drawing.meet, page)
            last = page[-1][0]
        await self._db.write(invite_drawn, poll_id, drawing.drawn(), now)

    def _quotas_are_due(self, poll: RowMapping, now: datetime) -> bool:
        cells = (poll["quotas"] or {}).get("cells", {})
        inviting = poll["mailing_status"] in _UNFINISHED or poll["reminder"] is None
        if not inviting or cells.keys() <= quotas.full(poll["quotas"]):
            return False
        last = self._counted.get(poll["id"])
        return last is None or not last <= now < last + _QUOTAS_EVERY

    async def _count_quotas(self, poll: RowMapping, now: datetime) -> None:
        key = await asyncio.to_thread(self._keys.find, poll["draft_id"], poll["public_key"])
        year = local_date(now).year
        answered: Counter[str] = Counter()
        last: int | None = 0
        while last is not None:
            page, last = await self._db.read(answered_levels, poll["id"], key.tag_key, last, year)
            answered.update(page)
        filled = quotas.filled(poll["quotas"], answered)
        if filled != poll["quotas"] and filled["full"]:
            await self._db.write(rows.put_quotas, poll["id"], filled)
        self._counted[poll["id"]] = now


def _reminder_is_due(poll: RowMapping, now: datetime) -> bool:
    """Everybody was written to two days ago; whoever was last has had that long too."""
    done = poll["mailing_status"] == MailingStatus.FINISHED and poll["reminder"] is None
    return done and poll["finished_at"] + REMIND_AFTER <= now
