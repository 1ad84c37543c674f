"""Which message shows an author how far their mailing has come."""

from sqlalchemy import Connection

from services.delivery.mailing import Mailing, mailing_of
from storage import delivery as rows


def to_show(connection: Connection) -> list[Mailing]:
    """Return mailings whose author does not yet see their end (a query)."""
    return [mailing_of(row) for row in rows.mailings_to_show(connection)]


def keep_progress_message(connection: Connection, mailing_id: int, message_id: int) -> None:
    """Remember the message in which progress is shown. Key: mailing; the last message stands."""
    rows.change_mailing(connection, mailing_id, {"progress_message_id": message_id})


def end_progress(connection: Connection, mailing_id: int) -> None:
    """Note that the author sees the end. Key: mailing."""
    rows.change_mailing(connection, mailing_id, {"progress_done": True})
