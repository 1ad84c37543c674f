"""A mailing: one message for many people, launched once and sent at the pace Telegram allows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping

from services.people.person import PERSONAL_DATA
from storage import audience as readers
from storage import delivery as rows
from storage.audience import Audience
from storage.delivery import MailingStatus


@dataclass(frozen=True, slots=True)
class Mailing:
    """A mailing as the tables hold it now; reachable is None until it was counted."""

    id: int
    kind: str
    payload: Mapping[str, Any]
    status: MailingStatus
    audience: Audience
    at_night: bool
    cursor: int
    created_by: int | None
    started_at: datetime
    finished_at: datetime | None
    reachable: int | None
    delivered: int
    blocked: int
    failed: int
    version: int
    pause_reason: str | None
    progress_message_id: int | None

    @property
    def ended(self) -> int:
        """How many of its messages came to an end."""
        return self.delivered + self.blocked + self.failed


def launch(
    connection: Connection,
    *,
    key: str,
    kind: str,
    payload: Mapping[str, Any],
    created_by: int | None,
    now: datetime,
    region: str | None = None,
    news_topic: str | None = None,
    recipients: Iterable[int] | None = None,
    at_night: bool = False,
    forget_recipients: bool = False,
    repeat_uncertain: bool = True,
) -> int:
    """Start a mailing and return its id; the natural key starts it once, however often asked.

    It goes to everybody who joined before now, chose a language and agreed to the processing of
    their data; of one region where named; without those who muted the news topic where named.
    With `recipients` it goes to these people only. kind names the renderer in
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
            "status": MailingStatus.RUNNING.value,
            "region": region,
            "news_topic": news_topic,
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


def count_audience(
    connection: Connection,
    *,
    now: datetime,
    region: str | None = None,
    news_topic: str | None = None,
) -> int:
    """Return how many people a mailing launched now would go to (a query: `await db.read`)."""
    return readers.count(connection, Audience(PERSONAL_DATA, now, region, news_topic))


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
        audience=Audience(
            PERSONAL_DATA,
            row["started_at"],
            row["region"],
            row["news_topic"],
            row["id"] if row["listed"] else None,
        ),
        at_night=row["at_night"],
        cursor=row["cursor"],
        created_by=row["created_by"],
        started_at=row["started_at"],
        finished_at=row["finished_at"],
        reachable=row["reachable"],
        delivered=row["delivered"],
        blocked=row["blocked"],
        failed=row["failed"],
        version=row["version"],
        pause_reason=row["pause_reason"],
        progress_message_id=row["progress_message_id"],
    )
