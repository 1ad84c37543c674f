"""Supporting a proposal: once a person, taken back at any time.

The row, the counter of the proposal and that of the day change in one transaction, so that the
number is exact however often a press comes, and from however many people at once.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, RowMapping

from services.clock import local_date
from services.people.agreement import require_consent
from services.people.consent import ConsentKind
from services.proposals.model import SUPPORTED, ProposalStatus
from services.refusal import N_, Refusal
from storage import proposal_supports as rows
from storage import proposals

_SUPPORTED = sorted(status.value for status in SUPPORTED)
_ANY = sorted(status.value for status in ProposalStatus)
_CHAIN = 10  # no chain of joined proposals is longer


@dataclass(frozen=True, slots=True)
class Supported:
    """The proposal that counts, and how many support it now."""

    id: int
    supports: int


def support(
    connection: Connection, proposal_id: int, person_id: int, now: datetime, *, wanted: bool
) -> Supported:
    """Keep that a person supports a proposal, or no more, and return how many do then.

    One that was joined to another counts there. Raises ConsentNeeded for a support where the
    person did not agree to its being kept, Refusal where nothing can be supported there, or the
    proposal is the person's own.

    Key: (proposal, person); the button says which, not the other.
    """
    row = _standing(connection, proposal_id)
    if wanted:
        require_consent(connection, person_id, ConsentKind.PROPOSALS)
        if row["person_id"] == person_id:
            raise Refusal(N_("This is your own proposal: others support it."))
        _add(connection, row["id"], person_id, now)
    else:
        take_back(connection, row["id"], person_id)
    row = _standing(connection, proposal_id)
    return Supported(row["id"], row["supports"])


def take_back(connection: Connection, proposal_id: int, person_id: int) -> None:
    """Count a person's support no more. Key: (proposal, person)."""
    day = rows.remove(connection, proposal_id, person_id)
    if day is not None:
        rows.count(connection, proposal_id, day, -1, _ANY)


def take_all_back(connection: Connection, person_id: int) -> None:
    """Count none of a person's supports any more. Key: person."""
    for proposal_id in rows.supported_by(connection, person_id):
        take_back(connection, proposal_id, person_id)


def _add(connection: Connection, proposal_id: int, person_id: int, now: datetime) -> None:
    day = local_date(now)
    if rows.add(connection, proposal_id, person_id, day) and not rows.count(
        connection, proposal_id, day, 1, _SUPPORTED
    ):
        raise Refusal(N_("This proposal takes no more support: its answer is given."))


def _standing(connection: Connection, proposal_id: int) -> RowMapping:
    """Return the proposal, or the one to which it was joined; raises Refusal."""
    for _step in range(_CHAIN):
        row = proposals.find(connection, proposal_id)
        if row is None or row["status"] != ProposalStatus.MERGED:
            break
        proposal_id = row["merged_into"]
    if row is None or row["published_at"] is None or row["status"] == ProposalStatus.WITHDRAWN:
        raise Refusal(N_("This proposal is no longer on the board."))
    return row
