"""Mailings that were there before a transcript begins."""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from services.delivery.mailing import END
from services.delivery.target import Target
from services.news.model import Draft
from services.news.posts import put_out
from storage.delivery import MailingStatus
from storage.schema.delivery import deliveries, mailings

COUNTERS = {"delivered": "delivered", "refused": "failed", "uncertain": "failed"}


def launch_before(
    connection: Connection,
    name: str,
    person_id: int,
    launched: list[dict[str, Any]],
    start_at: datetime,
) -> None:
    """Publish a person's posts, of which they are shown no progress yet.

    Each has topic, kk and ru (the texts), and may have regions. One with `ended` finished an hour
    ago: how, by person.
    """
    for number, each in enumerate(launched):
        target = Target(regions=tuple(each.get("regions", ())))
        draft = Draft(each["topic"], each["kk"], each["ru"], target=target)
        begun = start_at - timedelta(hours=1 if "ended" in each else 0)
        mailing = put_out(connection, person_id, f"{name}-{number}", draft, begun).mailing_id
        values: dict[str, Any] = {"progress_done": True}
        if "ended" in each:
            values |= _end(connection, mailing, each["ended"])
            values |= {"status": MailingStatus.FINISHED.value, "finished_at": begun}
        connection.execute(sa.update(mailings).where(mailings.c.id == mailing).values(**values))


def _end(connection: Connection, mailing: int, ended: dict[int, str]) -> dict[str, int]:
    """Write how each message ended, and return the counters."""
    rows = [
        {
            "mailing_id": mailing,
            "person_id": person,
            "status": status,
            "error": "Bad Request: message is too long" if status == "refused" else None,
        }
        for person, status in ended.items()
    ]
    connection.execute(sa.insert(deliveries), rows)
    counters = {"reachable": len(ended), "cursor": END, "delivered": 0, "failed": 0}
    for status in ended.values():
        counters[COUNTERS[status]] += 1
    return counters
