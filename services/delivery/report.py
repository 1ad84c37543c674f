"""What the author of a mailing is told, once for each thing that happened to it."""

from datetime import datetime

from sqlalchemy import Connection

from services.delivery.mailing import Mailing
from storage.outbox import tell

MAILING_REPORT = "mailing_report"


def tell_author(connection: Connection, mailing: Mailing, now: datetime) -> None:
    """Queue the counts of a mailing that has ended or was stopped for its author, if any.

    Once for each status and version: a mailing stopped twice is reported twice.

    Key: (mailing, status, version).
    """
    if mailing.created_by is None:
        return
    payload = {
        "mailing": mailing.id,
        "title_kk": mailing.payload.get("title_kk"),
        "title_ru": mailing.payload.get("title_ru"),
        "status": mailing.status.value,
        "delivered": mailing.delivered,
        "blocked": mailing.blocked,
        "failed": mailing.failed,
    }
    key = f"mailing:{mailing.id}:{mailing.status}:{mailing.version}"
    tell(connection, mailing.created_by, MAILING_REPORT, key, payload, now)
