"""A mailing: one message for many people, launched once and sent at the pace Telegram allows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping

from services.delivery.target import EVERYBODY, Target
from storage import audience as readers
from storage import delivery as rows
from storage.audience import Audience
from storage.delivery import MailingStatus

END = 2**62  # the cursor of a mailing that went through everybody; no id is beyond


@dataclass(frozen=True, slots=True)
class Mailing:
    """A mailing as the tables hold it now; reachable is None until it was counted."""

    id: int
    kind: str
    payload: Mapping[str, Any]
    status: MailingStatus
    audience: Audience
    late_joiners: bool
    at_night: bool
    cursor: int
    created_by: int | None
    starts_at: datetime | None
    started_at: datetime
    finished_at: datetime | None
    stars: int | None
    forgets: bool
    counts_weekly: bool
    reachable: int | None
    delivered: int
    blocked: int
    failed: int
    held: int
    paid: int
    recalled: int
    version: int
    pause_reason: str | None
    progress_message_id: int | None
    # The voting day whose silence holds it now, where that was asked for.
    silent_until: date | None = None

    @property
    def ended(self) -> int:
        """How many of its messages came to an end."""
        return self.delivered + self.blocked + self.failed + self.held


def launch(
    connection: Connection,
    *,
    key: str,
    kind: str,
    payload: Mapping[str, Any],
    created_by: int | None,
    now: datetime,
    target: Target = EVERYBODY,
    recipients: Iterable[int] | None = None,
    starts_at: datetime | None = None,
    late_joiners: bool = False,
    counts_weekly: bool = False,
    stars: int | None = None,
    at_night: bool = False,
    forget_recipients: bool = False,
    repeat_uncertain: bool = True,
) -> int:
    """Start a mailing and return its id; the natural key starts it once, however often asked.

    It goes to everybody of the target who joined before it starts (with `late_joiners` later
    ones too, at the end), chose a language and agreed to get it.
    With `recipients` it goes to these people only. `starts_at` plans it for later;
    `counts_weekly` lets the weekly ceiling hold it back; `stars` is what paid broadcasting may
    cost. kind names the renderer in
    handlers/notices.py; a payload with `title_kk` and `title_ru` tells its author which it is.
    `forget_recipients` erases at the end who it went to. Rights are checked by who launches.

    Key: a text of the caller's, such as `news:9`.
    """
    mailing_id, new = rows.add_mailing(
        connection,
        {
            "key": key,
            "kind": kind,
            "payload": dict(payload),
            "status": (MailingStatus.PLANNED if starts_at else MailingStatus.RUNNING).value,
            "audience": target.as_json(),
            "late_joiners": late_joiners,
            "starts_at": starts_at,
            "counts_weekly": counts_weekly,
            "stars": stars,
            "listed": recipients is not None,
            "at_night": at_night,
            "created_by": created_by,
            "started_at": now,
            "forget_recipients": forget_recipients,
            "repeat_uncertain": repeat_uncertain,
        },
    )
    if new and recipients is not None:
        rows.add_recipients(connection, mailing_id, recipients)
    return mailing_id


def count_audience(connection: Connection, *, now: datetime, target: Target = EVERYBODY) -> int:
    """Return how many people a mailing launched now would go to (a query: `await db.read`)."""
    return readers.count(connection, target.audience(now))


def find_mailing(connection: Connection, mailing_id: int) -> Mailing | None:
    """Return the mailing as it is now."""
    row = rows.find_mailing(connection, mailing_id)
    return mailing_of(row) if row is not None else None


def mailing_of(row: RowMapping) -> Mailing:
    """Return the mailing in a row of the table."""
    return Mailing(
        id=row["id"],
        kind=row["kind"],
        payload=row["payload"],
        status=MailingStatus(row["status"]),
        audience=Target.of_json(row["audience"]).audience(
            row["started_at"], row["id"] if row["listed"] else None
        ),
        late_joiners=row["late_joiners"],
        at_night=row["at_night"],
        cursor=row["cursor"],
        created_by=row["created_by"],
        starts_at=row["starts_at"],
        started_at=row["started_at"],
        finished_at=row["finished_at"],
        stars=row["stars"],
        forgets=row["forget_recipients"],
        counts_weekly=row["counts_weekly"],
        reachable=row["reachable"],
        delivered=row["delivered"],
        blocked=row["blocked"],
        failed=row["failed"],
        held=row["held"],
        paid=row["paid"],
        recalled=row["recalled"],
        version=row["version"],
        pause_reason=row["pause_reason"],
        progress_message_id=row["progress_message_id"],
    )
