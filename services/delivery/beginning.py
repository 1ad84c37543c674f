"""Planned mailings begin at their time; whom each is for is settled then."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, RowMapping

from services.campaigns.silence import silence_of
from services.delivery.mailing import mailing_of
from services.news.model import PostStatus
from storage import delivery as rows
from storage.delivery import MailingStatus
from storage.news import change_post

_LATE = timedelta(days=1)  # longer than a night and a restart


def any_to_begin(connection: Connection, now: datetime) -> bool:
    """Tell whether the time of a planned mailing has come (a query)."""
    return bool(_to_begin(connection, now))


def begin_planned(connection: Connection, now: datetime) -> int:
    """Start the mailings whose time has come, each for who has joined by now; return how many.

    A post that goes out with one is published by that. At night they wait as others do; in the
    silence before a vote they are not begun, and a post that waited for its end is of that day.

    Key: mailing, by its status planned.
    """
    begun = 0
    for row in _to_begin(connection, now):
        published: dict[str, object] = {"status": PostStatus.PUBLISHED.value}
        if now - (row["starts_at"] or now) > _LATE:
            published["published_at"] = now
        values = {"status": MailingStatus.RUNNING.value, "started_at": now}
        expected = {"status": MailingStatus.PLANNED.value, "version": row["version"]}
        if rows.change_mailing(connection, row["id"], values, **expected):
            begun += 1
            post = row["payload"].get("post")
            if post is not None:
                change_post(connection, post, published, PostStatus.PLANNED.value)
    return begun


def _to_begin(connection: Connection, now: datetime) -> list[RowMapping]:
    return [
        row
        for row in rows.planned_by(connection, now)
        if silence_of(connection, mailing_of(row), now) is None
    ]
