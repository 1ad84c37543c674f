"""Telling the author and the supporters of a proposal what became of it.

The author is told as of a matter of their own, at once. Supporters get a mailing: not at night,
not in the days of silence of a campaign in the proposal's place, and not those who have switched
such messages off. Who got it is forgotten at its end.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping

from services.delivery.mailing import launch
from services.proposals.model import titles_of
from services.text.length import shortened
from storage.outbox import tell
from storage.proposal_supports import list_recipients

AUTHOR_KIND, SUPPORTERS_KIND = "proposal_changed", "proposal_moved"
_TEASER = 80


def tell_author(
    connection: Connection, row: RowMapping, now: datetime, **more: str | int | None
) -> None:
    """Tell who suggested it, where that is known, what became of it.

    row is the proposal after the change. Key: (proposal, version).
    """
    if row["person_id"] is None:
        return
    key = f"{AUTHOR_KIND}:{row['id']}:{row['version']}"
    words = {} if row["title"] else {"words": shortened(row["text"] or "", _TEASER)}
    payload = {**_payload(row), **words, **more}
    tell(connection, row["person_id"], AUTHOR_KIND, key, payload, now)


def tell_supporters(
    connection: Connection, row: RowMapping, now: datetime, **more: str | int | None
) -> None:
    """Begin a mailing to everybody who supports it. Key: (proposal, version)."""
    if not row["supports"]:
        return
    mailing = launch(
        connection,
        key=f"{SUPPORTERS_KIND}:{row['id']}:{row['version']}",
        kind=SUPPORTERS_KIND,
        payload={**_payload(row), **more, "target": _target(row)},
        created_by=None,
        now=now,
        recipients=(),
        forget_recipients=True,
    )
    list_recipients(connection, mailing, row["id"], row["person_id"] or 0)


def _payload(row: RowMapping) -> Mapping[str, Any]:
    kk, ru = titles_of(row)
    return {
        "proposal": row["id"],
        "number": row["number"],
        "title_kk": kk,
        "title_ru": ru,
        "status": row["status"],
    }


def _target(row: RowMapping) -> Mapping[str, Any]:
    """Return the place of a proposal, by which the days of silence go."""
    if row["district"] is not None:
        return {"districts": [row["district"]]}
    return {"regions": [row["region"]]} if row["region"] is not None else {}
