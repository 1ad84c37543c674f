"""Taking a proposal off the board, and a person's traces out of all of them."""

from datetime import datetime

from sqlalchemy import Connection, RowMapping

from services.proposals.changing import find, move
from services.proposals.machine import Step, after
from services.proposals.model import PUBLIC, ProposalStatus
from services.proposals.supporting import take_all_back
from services.refusal import N_, Refusal
from storage import proposal_rights
from storage import proposals as rows

_ERASED = {"text": None, "title": None, "title_other": None, "shown": None}


def withdraw(
    connection: Connection, proposal_id: int, version: int, person_id: int, now: datetime
) -> None:
    """Let an author take their proposal back: its words are gone, and so are its supports.

    Raises Refusal for somebody else's, and for one that has an answer: it is no longer the
    author's alone.

    Key: (proposal, version).
    """
    row = find(connection, proposal_id)
    if row["person_id"] != person_id:
        raise Refusal(N_("There is no such proposal."))
    if row["status"] == ProposalStatus.WITHDRAWN:
        return
    _withdraw(connection, row, version, now)


def forget_author(
    connection: Connection, person_id: int, now: datetime, *, take_down: bool
) -> None:
    """Erase whose proposals these are, and what was not shown of them; take supports back.

    take_down: what the board shows and nobody has answered goes too; else it stays, without an
    author. What waits for a moderator goes in any case.

    Key: person.
    """
    take_all_back(connection, person_id)
    for row in proposal_rights.own(connection, person_id):
        waits = row["status"] == ProposalStatus.WAITING
        free = after(Step.WITHDRAW, ProposalStatus(row["status"])) is not None
        if free and (waits or take_down):
            _withdraw(connection, row, row["version"], now)
    proposal_rights.forget_authors(
        connection, [row["id"] for row in proposal_rights.own(connection, person_id)], now
    )


def count_on_board(connection: Connection, person_id: int) -> int:
    """Return how many of a person's proposals everybody reads (a query)."""
    public = {status.value for status in PUBLIC}
    return sum(row["status"] in public for row in proposal_rights.own(connection, person_id))


def _withdraw(connection: Connection, row: RowMapping, version: int, now: datetime) -> None:
    values = {**_ERASED, "answered_at": now}
    if move(connection, row, Step.WITHDRAW, version, values, now, by=None) is not None:
        rows.forget_stems(connection, row["id"])
        proposal_rights.forget_supports(connection, [row["id"]], counted=False)
