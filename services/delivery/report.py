"""What came of a mailing: told to its author once for each thing that happened to it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from services.delivery.mailing import Mailing
from services.news.reaction import Presses, presses
from storage import mailing_desk as rows
from storage.delivery import DeliveryStatus, MailingStatus
from storage.outbox import tell

MAILING_REPORT = "mailing_report"
# Few rows of a mailing have these; of the others the mailing itself keeps the counts.
_RARE = (
    DeliveryStatus.GONE,
    DeliveryStatus.REFUSED,
    DeliveryStatus.UNCERTAIN,
    DeliveryStatus.GIVEN_UP,
)
_FAILED = (DeliveryStatus.REFUSED, DeliveryStatus.GIVEN_UP)
_WORDS = 3


@dataclass(frozen=True, slots=True)
class Failures:
    """Why messages did not arrive; `words` are Telegram's own, the most frequent three."""

    refused: int
    uncertain: int
    given_up: int
    # Accounts that are no more, among the blocked.
    gone: int
    words: tuple[tuple[str, int], ...]


def failures(connection: Connection, mailing_id: int) -> Failures:
    """Return why messages of a mailing did not arrive (a query)."""
    counts = rows.count_by_status(connection, mailing_id, _RARE)
    return Failures(
        refused=counts.get(DeliveryStatus.REFUSED, 0),
        uncertain=counts.get(DeliveryStatus.UNCERTAIN, 0),
        given_up=counts.get(DeliveryStatus.GIVEN_UP, 0),
        gone=counts.get(DeliveryStatus.GONE, 0),
        words=tuple(rows.words_of_failures(connection, mailing_id, _FAILED, _WORDS)),
    )


def asked(mailing: Mailing) -> int | None:
    """Return how many people a mailing is for; None while that is being counted."""
    if mailing.reachable is None:
        return mailing.ended if mailing.status is MailingStatus.FINISHED else None
    return max(mailing.reachable, mailing.ended)


def pressed(connection: Connection, mailing: Mailing) -> Presses | None:
    """Return what was pressed under the post of a mailing; None where it carries no post."""
    post_id = mailing.payload.get("post")
    return presses(connection, post_id) if post_id is not None else None


def tell_author(connection: Connection, mailing: Mailing, now: datetime) -> None:
    """Queue the counts of a mailing that has ended or was stopped for its author, if any.

    Once for each status and version: a mailing stopped twice is reported twice.

    Key: (mailing, status, version).
    """
    if mailing.created_by is None:
        return
    key = f"mailing:{mailing.id}:{mailing.status}:{mailing.version}"
    payload = _payload(connection, mailing)
    tell(connection, mailing.created_by, MAILING_REPORT, key, payload, now)


def _payload(connection: Connection, mailing: Mailing) -> dict[str, Any]:
    why = failures(connection, mailing.id)
    under = pressed(connection, mailing)
    payload: dict[str, Any] = {
        "mailing": mailing.id,
        "title_kk": mailing.payload.get("title_kk"),
        "title_ru": mailing.payload.get("title_ru"),
        "status": mailing.status.value,
        "asked": asked(mailing),
        "delivered": mailing.delivered,
        "blocked": mailing.blocked,
        "failed": mailing.failed,
        "held": mailing.held,
        "uncertain": why.uncertain,
        "words": [list(one) for one in why.words],
    }
    if mailing.status is MailingStatus.RECALLED:
        stayed = rows.count_by_status(connection, mailing.id, [DeliveryStatus.STAYED])
        payload |= {
            "recalled": mailing.recalled,
            "stayed": stayed.get(DeliveryStatus.STAYED, 0),
        }
    if mailing.stars is not None:
        payload |= {"paid": mailing.paid, "stars": mailing.stars}
    if under is not None:
        payload |= {"useful": under.useful, "responses": under.responses}
    return payload
