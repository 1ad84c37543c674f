"""Commands about one's own data and about old data, each in a case run twice."""

from collections.abc import Callable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from services.audit import own
from services.audit.acts import Act
from services.people.retention import Kind
from services.rights import erasing, exporting, files, retaining
from storage.schema.appeals import appeals, attachments
from tests.operations.seeded import CITIZEN, FILE, Seeded

_BOTS = (1,)


def _forget(connection: Connection, seeded: Seeded, now: datetime) -> None:
    wish = erasing.Wish(taken_back=frozenset({seeded.open_appeal}), bots=_BOTS)
    erasing.forget_person(connection, CITIZEN, wish, now)


def _finish(connection: Connection, seeded: Seeded, now: datetime) -> None:
    open_one = frozenset({seeded.open_appeal})
    erasing.forget_person(connection, CITIZEN, erasing.Wish(answered_first=open_one), now)
    goes_on = (appeals.c.id == seeded.open_appeal, appeals.c.ended_at.is_(None))
    over = {"status": "closed", "ended_at": now, "closes_on": None}
    connection.execute(sa.update(appeals).where(*goes_on).values(over))
    erasing.finish_leaving(connection, CITIZEN, _BOTS, now)


def _unlink(connection: Connection, seeded: Seeded, now: datetime) -> None:
    kept = attachments.c.erased_at.is_(None)
    connection.execute(sa.update(attachments).where(kept).values(erased_at=now, path="1-3.jpg"))
    files.note_unlinked(connection, (seeded.open_appeal, FILE))


CASES: dict[str, Callable[[Connection, Seeded, datetime], object]] = {
    "services.audit.own.record_own": lambda c, _, now: own.record_own(
        c, CITIZEN, Act.TAKE_OWN_DATA, now, key="1"
    ),
    "services.rights.erasing.finish_leaving": _finish,
    "services.rights.erasing.forget_person": _forget,
    "services.rights.exporting.take_own_data": lambda c, _, now: exporting.take_own_data(
        c, CITIZEN, {}, now
    ),
    "services.rights.files.note_unlinked": _unlink,
    "services.rights.retaining.note_night": lambda c, _, now: retaining.note_night(c, now),
    "services.rights.retaining.note_taken": lambda c, _, now: retaining.note_taken(
        c, Kind.LETTERS, 3, now
    ),
    "services.rights.retaining.take": lambda c, _, now: retaining.take(c, Kind.DRAFTS, _BOTS, now),
}
