"""What is kept of a person on the proposals board: handed to them, and erased in time."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from services.proposals.model import ProposalStatus
from storage import proposal_rights as rows
from storage.rights_due import Due

# Never on the board, or no longer there.
UNSHOWN = frozenset({ProposalStatus.REFUSED, ProposalStatus.WITHDRAWN, ProposalStatus.MERGED})
# Nothing more becomes of them.
ENDED = frozenset({ProposalStatus.DONE, ProposalStatus.DECLINED})
_OWN = ("number", "status", "topic", "region", "district", "language", "title", "shown", "text")

Statuses = frozenset[ProposalStatus]


def own_proposals(connection: Connection, person_id: int) -> dict[str, Any]:
    """Return the person's proposals and what they support, as JSON values (a query)."""
    return {
        "own": [
            {**{name: row[name] for name in _OWN}, "at": row["at"].isoformat()}
            for row in rows.own(connection, person_id)
        ],
        "supported": [
            {"number": row["number"], "title": row["title"], "day": row["day"].isoformat()}
            for row in rows.supported(connection, person_id)
        ],
    }


def find_due(
    connection: Connection, statuses: Statuses, before: datetime, limit: int
) -> Sequence[int]:
    """Return some proposals in these states that were decided on before then (a query)."""
    return rows.find_over(connection, rows.over(_values(statuses), before), limit)


def count_due(connection: Connection, statuses: Statuses, before: datetime) -> Due:
    """Return how many these are, and since when the oldest of them is over (a query)."""
    return Due(*rows.count_over(connection, rows.over(_values(statuses), before)))


def forget_due(
    connection: Connection, statuses: Statuses, before: datetime, now: datetime, limit: int
) -> int:
    """Erase whose these are, their words as written and who supports them; how many.

    What the board shows stays, and so does the number.

    Key: proposal, by its age.
    """
    found = find_due(connection, statuses, before, limit)
    rows.forget_supports(connection, found, counted=True)
    return rows.forget_authors(connection, found, now)


def _values(statuses: Statuses) -> list[str]:
    return sorted(status.value for status in statuses)
