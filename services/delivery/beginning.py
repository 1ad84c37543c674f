"""Planned mailings begin at their time; whom each is for is settled then."""

from datetime import datetime

from sqlalchemy import Connection

from services.news.model import PostStatus
from storage import delivery as rows
from storage.delivery import MailingStatus
from storage.news import change_post


def any_to_begin(connection: Connection, now: datetime) -> bool:
    """Tell whether the time of a planned mailing has come (a query)."""
    return bool(rows.planned_by(connection, now))


def begin_planned(connection: Connection, now: datetime) -> int:
    """Start the mailings whose time has come, each for who has joined by now; return how many.

    A post that goes out with one is published by that. At night they wait as others do.

    Key: mailing, by its status planned.
    """
    begun, published = 0, {"status": PostStatus.PUBLISHED.value}
    for row in rows.planned_by(connection, now):
        values = {"status": MailingStatus.RUNNING.value, "started_at": now}
        expected = {"status": MailingStatus.PLANNED.value, "version": row["version"]}
        if rows.change_mailing(connection, row["id"], values, **expected):
            begun += 1
            post = row["payload"].get("post")
            if post is not None:
                change_post(connection, post, published, PostStatus.PLANNED.value)
    return begun
